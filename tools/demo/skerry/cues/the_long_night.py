"""8. The Long Night: the storm. Sea against keeper; in its eye, the boy; then the light."""

from skerry.harmony import harmony
from skerry.motifs import A, B, C, D
from skerry.notation import phrase
from skerry.orchestra import BASS_DRUM, CRASH
from skerry.sketch import Cue
from skerry.texture import bass, beaten, broken, drummed, hold, trilled
from skerry.transform import plain

_UPPER = "violas, second violins, violins"


def cue() -> Cue:
    """The cue."""
    made = Cue(
        8,
        "The Long Night",
        key="D minor",
        mode="minor",
        kind="storm",
        about="The engine has failed. She climbs; he is out there.",
        metre=(4, 4),
        tempo=(
            (0, 112), (15, 116), (24, 120), (38, 126), (40, 126), (40, 76), (54, 70), (64, 66),
            (64, 96), (74, 116), (75, 80), (76, 76), (84, 72), (88, 62), (98, 50),
        ),
        sections=(
            ("storm", 0), ("keeper against sea", 15), ("waves", 24), ("the eye", 40),
            ("climbing", 64), ("the light", 75), ("afterwards", 86),
        ),
    )  # fmt: skip
    _storm(made)
    _against(made)
    _waves(made)
    _eye(made)
    _climbing(made)
    _light(made)
    _afterwards(made)
    return made


def _storm(made: Cue) -> None:
    quick = plain(C).stretched(0.5)
    for turn, semitones in enumerate((2, 2, 5, 8)):
        made.state(
            "cellos", 4 * turn, quick.transposed(semitones), 96,
            voice="bass", new_harmony=turn > 1, doubled=(("bassoon", 0), ("basses", -12)),
        )  # fmt: skip
    chords = harmony("Dm:4 Eb/D:4 Gm:4 Bbm6:4")
    hold(made, "tremolo strings, tremolo strings, tremolo strings", 0, chords, 65, 82, 70)
    made.play("horns", 6, phrase("A3/.25 D4 F4 A4/1.25 | r/4 Bb3/.25 D4 G4 Bb4/1.25"), 92)
    made.play("piccolo", 2, phrase("A5/.25 Bb5 A5 G5 F5/.5 r/2.5 Bb5/.25 A5 Bb5 G5 Eb5/.5"), 72)
    drummed(made, "orchestral drums", 0, 15, BASS_DRUM, "X.....x.o.....x.", 0.5, 70)
    trilled(made, "timpani", 12, 2.9, 46, 40, 100)
    made.swell("tremolo strings", (0, 50), (4, 96), (8, 70), (15, 116))
    made.swell("cellos, basses, bassoon", (0, 104), (15, 120))


def _against(made: Cue) -> None:
    made.state(
        "trumpet", 15, plain(A).transposed(7), 106, new_harmony=True, doubled=(("horns", -12),)
    )
    made.state(
        "trombones", 16, plain(C).transposed(-3), 96, voice="bass", new_harmony=True,
        doubled=(("tuba", -12),),
    )  # fmt: skip
    chords = harmony("Am:2 Am/C:1 E/B:1 | F:1.5 Dm/F:.5 Am:2")
    hold(made, _UPPER, 16, chords, 57, 79, 72)
    broken(made, "short strings", 16, chords, 62, 82, "0123321012303210", 0.25, 66)
    drummed(made, "orchestral drums", 16, 8, CRASH, "X.......o.......", 0.5, 76)
    made.swell(_UPPER, (15, 100), (24, 112))
    made.swell("trumpet, horns, trombones, tuba", (15, 110), (20, 124), (24, 110))


def _waves(made: Cue) -> None:
    """Harmony by thirds, each wave higher; over it the turn, shortened, in the trumpet."""
    chords = harmony("Am:4 F#m:4 Ebm:4 Cm:4")
    broken(made, "short strings", 24, chords, 60, 84, "0123432101234321", 0.25, 70)
    broken(made, "flute", 24, chords, 76, 94, "32102321", 0.25, 66)
    hold(made, "horns, horns, trombones", 24, chords, 50, 68, 62)
    bass(made, "tuba, basses, cellos", 24, chords, 26, 38, 86)
    made.state(
        "violins", 24, plain(C).transposed(33), 96, new_harmony=True, doubled=(("violas", -12),)
    )
    made.state("violins", 32, plain(C).stretched(0.5).transposed(39), 100, new_harmony=True)
    made.state("trumpet", 36, plain(C).stretched(0.5).transposed(24), 118, new_harmony=True)
    drummed(made, "orchestral drums", 24, 16, BASS_DRUM, "X..xo.x.", 0.5, 72)
    drummed(made, "orchestral drums", 32, 8, CRASH, "o.......X.......", 0.5, 72)
    trilled(made, "timpani", 36, 4, 36, 50, 112)
    made.play("brass", 40, phrase("C3+G3+C4+Eb4+G4/1"), 100)
    made.play("basses", 40, phrase("C2/3"), 92)
    made.swell("horns, trombones, tuba, basses, cellos, violins", (24, 104), (39, 124), (42, 60))


def _eye(made: Cue) -> None:
    """No wind. The boy's tune in the minor, slow; a music box has the Lamp, gone dark."""
    made.state(
        "oboe", 42, plain(B).stretched(2).in_mode("minor").transposed(4 - 12), 84, new_harmony=True
    )
    chords = harmony("Bm:3 Gmaj7:3 Em:2 F#7:1 Bm:3")
    hold(made, "tremolo strings, tremolo strings, tremolo strings", 43, chords, 59, 76, 44)
    bass(made, "basses", 43, chords, 31, 43, 50)
    made.state(
        "music box",
        54,
        plain(D).fragment(0, 5).in_mode("minor").transposed(1),
        80,
        new_harmony=True,
    )
    chords = harmony("Bm:3 Em/B:3 F#dim/C:4")
    hold(made, "tremolo strings, tremolo strings, tremolo strings", 55, chords, 59, 76, 42)
    made.play("harp", 60, phrase("C3/.5 F#3 A3 C4 F#4 A4/2"), 50)
    made.play("basses", 55, phrase("B1/6 C2/3"), 52)
    made.swell("tremolo strings", (42, 40), (48, 62), (55, 40), (62, 54), (64, 80))
    made.swell("oboe", (42, 76), (47, 108), (54, 70))


def _climbing(made: Cue) -> None:
    """A step at a time: the head of the keeper's motif, in canon, over the turn."""
    for turn, (part, semitones) in enumerate(
        (("cellos", -7), ("violas", 3), ("violins", 12), ("horns", 0))
    ):
        made.state(
            part,
            63 + 2 * turn,
            plain(A).fragment(0, 5).transposed(semitones).stretched(0.5),
            104,
            new_harmony=True,
        )
    for turn in range(2):
        made.state(
            "basses",
            64 + 4 * turn,
            plain(C).stretched(0.5).transposed(-5 + 2 * turn),
            104,
            voice="bass",
            new_harmony=True,
            doubled=(("tuba", 0),),
        )
    chords = harmony("Gm:2 Bb:2 Am7b5:2 Dm/A:2 | A7sus4:1 A7:2")
    beaten(made, "short strings", 64, chords, 57, 77, "x.xxX.xx", 0.25, 54)
    hold(
        made, "trombones, trombones, horns", 68, harmony("Am7b5:2 Dm/A:2 A7sus4:1 A7:2"), 48, 67, 62
    )
    trilled(made, "timpani", 70, 4.8, 45, 30, 116)
    drummed(made, "orchestral drums", 64, 11, BASS_DRUM, "x...x...x.x.xxxx", 0.5, 66)
    made.swell("trombones, horns, violins, violas, cellos, basses", (63, 88), (70, 104), (75, 127))


def _light(made: Cue) -> None:
    """The lamp is lit by hand: the motif in the major, with everything."""
    made.state(
        "violins", 75, plain(A).in_mode("major").transposed(24), 112, new_harmony=True,
        doubled=(("trumpet", -12), ("horns", -24), ("flute", 0)),
    )  # fmt: skip
    chords = harmony("D:2 Bm7:1 A/C#:1 | F#m7:1.5 G:.5 D/F#:2 | Gm:2 D:2")
    hold(made, "trombones, trombones, violas, second violins", 76, chords, 50, 74, 82)
    bass(made, "tuba, basses, cellos", 76, chords, 26, 40, 88)
    broken(made, "harp", 76, chords, 50, 88, "0123456654321", 0.25, 74, 0.5)
    made.play("tubular bells", 76, phrase("D5/2 A4/2 F#4/2 D5/4"), 84)
    made.play("timpani", 76, phrase("D3/1 r/2 A2/1 | F#2/1 r/1 D3/1 r/.5 D3/.5 | G2/2 D3/2"), 96)
    made.play("violins", 84, phrase("Bb5/1.5 A5/.5 F#5/2"), 100)
    drummed(made, "orchestral drums", 76, 8, CRASH, "X.......o.......", 0.5, 88)
    made.swell(
        "violins, trumpet, horns, trombones, tuba, basses, cellos, violas, second violins",
        (75, 120),
        (82, 127),
        (88, 84),
    )


def _afterwards(made: Cue) -> None:
    """The sea has not gone anywhere."""
    chords = harmony("D5:4 Gm6/D:4 D5:4")
    hold(made, "cellos, violas, second violins", 88, chords, 50, 69, 50)
    made.play("basses", 88, phrase("D2/12"), 54)
    made.state(
        "bassoon", 89, plain(C).transposed(2).fragment(0, 6), 74, voice="bass", new_harmony=True
    )
    made.play("horn", 93, phrase("D4/1 A4/4"), 54)
    made.play("celesta", 96, phrase("A5/1 F#5 A5/3"), 54)
    made.swell("cellos, violas, second violins, basses", (88, 84), (92, 60), (100, 16))
