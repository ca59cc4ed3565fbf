"""Ways of setting chords for the orchestra: held, walked, broken, beaten, rolled."""

from collections.abc import Sequence

from skerry.harmony import Harmony, Voicing, bass_line, voiced
from skerry.notation import Phrase, Tone
from skerry.sketch import Cue


def hold(
    cue: Cue, parts: str, at_q: float, chords: Harmony, low: int, high: int, velocity: int = 58
) -> None:
    """Chords held by parts (low to high, commas between), one voice each; common tones are tied."""
    names = [part.strip() for part in parts.split(",")]
    voicings = voiced(chords, low, high, len(names))
    for voice, part in enumerate(names):
        line = [voicing[min(voice, len(voicing) - 1)] for voicing in voicings]
        cue.play(part, at_q, tied(chords, line), velocity, 1.0)


def bass(
    cue: Cue, parts: str, at_q: float, chords: Harmony, low: int, high: int, velocity: int = 62
) -> None:
    """The bass of the chords, held; further parts play the octave above."""
    line = bass_line(chords, low, high)
    for octave, part in enumerate(parts.split(",")):
        pitches = [pitch + 12 * octave for pitch in line]
        cue.play(part.strip(), at_q, tied(chords, pitches), velocity, 1.0)


def tied(chords: Harmony, line: Sequence[int]) -> Phrase:
    """A voice through the chords; a pitch that stays is one long note, up to two chords."""
    tones: list[Tone] = []
    for chord, pitch in zip(chords, line, strict=True):
        last = tones[-1] if tones else None
        if last and last.midi_pitch == pitch and last.duration_q <= 4:
            joint_q = chord.onset_q + chord.duration_q - last.onset_q
            tones[-1] = Tone(last.onset_q, joint_q, pitch)
        else:
            tones.append(Tone(chord.onset_q, chord.duration_q, pitch))
    return tuple(tones)


def broken(
    cue: Cue,
    part: str,
    at_q: float,
    chords: Harmony,
    low: int,
    high: int,
    pattern: str,
    step_q: float = 0.5,
    velocity: int = 60,
    ring_q: float = 0.0,
) -> None:
    """Chords one note after another: `pattern` counts tones from the lowest, `.` rests.

    The pattern starts again with every chord; `ring_q` lets each note sound on.
    """
    voices = max(int(c, 36) for c in pattern if c != ".") + 1
    for chord, voicing in zip(chords, voiced(chords, low, high, voices), strict=True):
        steps = round(chord.duration_q / step_q)
        tones = tuple(
            Tone(chord.onset_q + i * step_q, step_q + ring_q, _tone_of(voicing, pattern, i))
            for i in range(steps)
            if pattern[i % len(pattern)] != "."
        )
        cue.play(part, at_q, tones, velocity)


def _tone_of(voicing: Voicing, pattern: str, step: int) -> int:
    index = int(pattern[step % len(pattern)], 36)
    return voicing[min(index, len(voicing) - 1)]


def beaten(
    cue: Cue,
    parts: str,
    at_q: float,
    chords: Harmony,
    low: int,
    high: int,
    rhythm: str,
    step_q: float = 0.5,
    velocity: int = 62,
    length: float = 0.7,
) -> None:
    """Chords struck in a rhythm through the cue: `x` struck, `X` accented, `.` rests."""
    names = [part.strip() for part in parts.split(",")]
    voices = max(3, len(names))
    for chord, voicing in zip(chords, voiced(chords, low, high, voices), strict=True):
        for i in range(round(chord.duration_q / step_q)):
            mark = rhythm[(round(chord.onset_q / step_q) + i) % len(rhythm)]
            if mark == ".":
                continue
            onset_q = chord.onset_q + i * step_q
            loud = velocity + (14 if mark == "X" else 0)
            for voice, pitch in enumerate(voicing):
                tone = Tone(onset_q, step_q, pitch)
                cue.play(names[voice % len(names)], at_q, (tone,), loud, length)


def stepped(
    cue: Cue,
    part: str,
    at_q: float,
    chords: Harmony,
    low: int,
    high: int,
    rhythm: str,
    step_q: float = 0.5,
    velocity: int = 70,
    length: float = 0.8,
) -> None:
    """A moving bass: `r` the chord's bass, `f` its fifth or nearest tone, `o` an octave up."""
    for chord, root in zip(chords, bass_line(chords, low, high), strict=True):
        fifth = min(
            (p for p in range(root + 3, root + 10) if p % 12 in chord.pitch_classes),
            key=lambda pitch: abs(pitch - root - 7),
        )
        pitches = {"r": root, "f": fifth, "o": root + 12}
        for i in range(round(chord.duration_q / step_q)):
            mark = rhythm[(round(chord.onset_q / step_q) + i) % len(rhythm)]
            if mark != ".":
                tone = Tone(chord.onset_q + i * step_q, step_q, pitches[mark])
                cue.play(part, at_q, (tone,), velocity, length)


def rolled(
    cue: Cue,
    part: str,
    at_q: float,
    chords: Harmony,
    low: int,
    high: int,
    voices: int = 5,
    velocity: int = 58,
    spread_q: float = 0.09,
) -> None:
    """One chord rolled upward at each change, left to ring."""
    for chord, voicing in zip(chords, voiced(chords, low, high, voices), strict=True):
        tones = tuple(
            Tone(chord.onset_q + i * spread_q, chord.duration_q, pitch)
            for i, pitch in enumerate(voicing)
        )
        cue.play(part, at_q, tones, velocity)


def drummed(
    cue: Cue,
    part: str,
    at_q: float,
    length_q: float,
    drum: int,
    rhythm: str,
    step_q: float = 0.5,
    velocity: int = 74,
) -> None:
    """A drum in a rhythm: `x`, `X` accented, `o` soft, `.` rests."""
    for i in range(round(length_q / step_q)):
        mark = rhythm[i % len(rhythm)]
        if mark != ".":
            loud = velocity + {"x": 0, "X": 18, "o": -24}[mark]
            cue.play(part, at_q, (Tone(i * step_q, step_q, drum),), loud)


def trilled(
    cue: Cue, part: str, at_q: float, length_q: float, pitch: int, start: int, end: int
) -> None:
    """A roll on one pitch, its strength going from `start` to `end`."""
    count = round(length_q / 0.125)
    for i in range(count):
        loud = start + (end - start) * i / max(1, count - 1)
        cue.play(part, at_q, (Tone(i * 0.125, 0.125, pitch),), round(loud))
