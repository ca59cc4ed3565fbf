"""5. Under the Keel: twelve tones and clusters. It has no key and states no motif.

One row in four forms, its notes thrown from register to register; between them clusters of
neighbouring semitones swell and thin out. The wave breaks at the golden section.
"""

from collections.abc import Sequence

from skerry.notation import Phrase, Tone, phrase
from skerry.orchestra import BASS_DRUM, CRASH
from skerry.sketch import Cue
from skerry.texture import drummed, trilled

_ROW = (0, 11, 7, 8, 2, 1, 9, 10, 4, 6, 5, 3)
_RHYTHMS = (
    (0.75, 0.5, 1.5, 0.25, 1.0, 0.5, 2.0, 0.75, 0.25, 1.25, 0.5, 1.75),
    (0.5, 0.25, 0.25, 1.0, 0.5, 0.75, 0.25, 0.5, 1.25, 0.25, 0.25, 1.5),
)
_LEAPS = (0, 1, -1, 1, 0, -1, 1, 0, 2, -1, 0, 1)


def cue() -> Cue:
    """The cue."""
    made = Cue(
        5,
        "Under the Keel",
        key="none",
        mode="atonal",
        kind="fear",
        about="The boat is over the deep, and something turns round below.",
        metre=(4, 4),
        tempo=((0, 56), (16, 62), (32, 84), (37, 66), (38, 50), (56, 46)),
        sections=(("points", 0), ("clusters", 14), ("wave", 26), ("points again", 40)),
        looseness_s=0.009,
    )
    _points(made)
    _clusters(made)
    _wave(made)
    _points_again(made)
    return made


def _thrown(
    row: Sequence[int], durations_q: Sequence[float], centre: int, low: int, high: int
) -> Phrase:
    """The row from `centre`, each note in the octave that the leaps ask for."""
    tones: list[Tone] = []
    now_q = 0.0
    for degree, leap, duration_q in zip(row, _LEAPS, durations_q, strict=True):
        pitch = centre + degree + 12 * leap
        while pitch < low:
            pitch += 12
        while pitch > high:
            pitch -= 12
        tones.append(Tone(now_q, duration_q * 1.3, pitch))
        now_q += duration_q
    return tuple(tones)


def _retrograde() -> tuple[int, ...]:
    return tuple(reversed(_ROW))


def _inversion(by: int) -> tuple[int, ...]:
    return tuple((by - degree) % 12 for degree in _ROW)


def _points(made: Cue) -> None:
    made.play("vibraphone", 1, _thrown(_ROW, _RHYTHMS[0], 64, 58, 88), 70)
    made.play("harp", 6.25, _thrown(_inversion(5), _RHYTHMS[0], 52, 40, 82), 62)
    made.play("piano", 2.5, phrase("C#2/3 r/2 G1+F#2/4"), 58)
    made.play("tremolo strings", 4, phrase("B5+C6/4 r/2 F6+Gb6/4"), 44)
    made.play("flute", 9, phrase("D#5/.25 E6/1.5 r/.75 G#4/.5 A5/.25 Bb4/2"), 70)
    made.swell("tremolo strings", (4, 10), (7, 76), (8, 10), (10, 14), (12, 84), (14, 20))


def _cluster(made: Cue, part: str, at_q: float, lowest: int, width: int, length_q: float) -> None:
    """Neighbouring semitones that enter one after another and stop together."""
    for i in range(width):
        late_q = 0.35 * i
        made.play(part, at_q + late_q, (Tone(0, length_q - late_q, lowest + i),), 60)


def _clusters(made: Cue) -> None:
    _cluster(made, "violas", 14, 60, 5, 8)
    _cluster(made, "choir", 18, 64, 6, 8.5)
    _cluster(made, "tremolo strings", 22, 76, 7, 9)
    made.play("english horn", 15, _thrown(_retrograde(), _RHYTHMS[0], 60, 55, 78), 66)
    made.play("basses", 17, phrase("F#1/3 G1/3 F1/3.5"), 66)
    trilled(made, "timpani", 20, 3, 41, 16, 52)
    made.play("xylophone", 22.5, phrase("A5/.25 G#4 C6 B4 r/1 F5/.25 E6 Eb5"), 66)
    made.swell("violas", (14, 30), (18, 92), (22, 40))
    made.swell("choir", (18, 20), (23, 96), (26.5, 30))
    made.swell("tremolo strings", (22, 20), (30, 112), (31, 60))
    made.swell("basses", (17, 60), (26, 104))


def _wave(made: Cue) -> None:
    """Row against inversion, faster and faster, until everything strikes at once."""
    made.play("trumpet", 26.5, _thrown(_ROW, _RHYTHMS[1], 66, 58, 80), 84)
    made.play("clarinet", 27, _thrown(_inversion(9), _RHYTHMS[1], 66, 54, 88), 82)
    made.play("trombones", 28.5, _thrown(_retrograde(), _RHYTHMS[1], 48, 42, 64), 86)
    made.play("xylophone", 29, _thrown(_inversion(2), _RHYTHMS[1], 74, 66, 92), 84)
    _cluster(made, "short strings", 30, 55, 4, 1)
    for i, lowest in enumerate((48, 52, 57, 61, 66, 70)):
        _cluster(made, "short strings", 32 + i * 0.75, lowest, 4, 1.6)
    made.play("brass", 36.5, phrase("E3+F3+F#3+B3+C4+C#4+G4+Ab4/2"), 108)
    made.play("tremolo strings", 36.5, phrase("D6+Eb6+E6+F6+Gb6/3"), 92)
    made.play("basses", 36.5, phrase("C#1+D1/3"), 100)
    made.play("piano", 36.5, phrase("C1+C#1+D1+F#1/5"), 108)
    drummed(made, "orchestral drums", 36.5, 0.5, BASS_DRUM, "X", 0.5, 100)
    drummed(made, "orchestral drums", 36.5, 0.5, CRASH, "X", 0.5, 84)
    trilled(made, "timpani", 33, 3.5, 44, 30, 110)
    made.swell("brass", (36.5, 127), (38.5, 70))
    made.swell("tremolo strings", (36, 127), (39.5, 30))
    made.swell("basses", (36, 124), (39.5, 60))


def _points_again(made: Cue) -> None:
    made.play("choir", 40, phrase("A3+Bb3+E4/8"), 46)
    made.play("celesta", 41, _thrown(_inversion(0), _RHYTHMS[0], 74, 72, 98), 62)
    made.play("solo cello", 44, phrase("F#3/2 G2/1.5 D#4/3"), 66)
    made.play("harp", 49, phrase("E2/1 Bb3 F4 C#5/3"), 50)
    made.play("vibraphone", 53, phrase("B4/.75 C6/4"), 54)
    made.swell("choir", (40, 20), (44, 64), (48, 10))
