"""4. Black Water: the sea wakes. The motif in the depths, then in every speed at once."""

from skerry.harmony import harmony
from skerry.motifs import A, C
from skerry.notation import phrase
from skerry.orchestra import BASS_DRUM, CRASH
from skerry.sketch import Cue
from skerry.texture import bass, beaten, drummed, hold, trilled
from skerry.transform import plain

_LOW = "cellos, basses"


def cue() -> Cue:
    """The cue."""
    made = Cue(
        4,
        "Black Water",
        key="C minor",
        mode="minor",
        kind="menace",
        about="What lies under the rock and has time.",
        metre=(4, 4),
        tempo=(
            (0, 58), (12, 60), (22, 64), (24, 88), (40, 108), (47, 112), (48, 92), (56, 88),
            (60, 60), (64, 52), (76, 44),
        ),
        sections=(("deep", 0), ("answer", 12), ("rising", 24), ("breaking", 40), ("after", 60)),
    )  # fmt: skip
    _deep(made)
    _answer(made)
    _rising(made)
    _breaking(made)
    _after(made)
    return made


def _deep(made: Cue) -> None:
    made.play("basses", 0, phrase("C2/4 C2/4 C2/4.5"), 60)
    made.play("tremolo strings", 2, phrase("G4+C5/4 Ab4+C5/6"), 46)
    trilled(made, "timpani", 0, 3.9, 36, 16, 36)
    made.state("cellos", 4, plain(C), 90, voice="bass", doubled=(("bassoon", 0),))
    made.play("harp", 8.5, phrase("Eb4/.5 F#4 A4 C5/2"), 50)
    made.swell("cellos, bassoon", (4, 80), (7, 112), (12, 70))
    made.swell("basses, tremolo strings", (0, 40), (7, 84), (12, 48))


def _answer(made: Cue) -> None:
    made.state(
        "trombones", 12, plain(C).transposed(3), 84, voice="bass", doubled=(("basses", -12),)
    )
    chords = harmony("Ebm:2 Ddim:1 Ebm:2 Cdim:3")
    hold(made, "violas, second violins, tremolo strings", 12, chords, 56, 76, 54)
    made.play("oboe", 16, phrase("Bb4/1 Gb5/1.5 F5/.5 Eb5/2"), 70)
    made.play("clarinet", 20, phrase("C4/1 F#4 Ab4/2"), 66)
    chords = harmony("Cdim7:2 G7b9:2")
    hold(made, "violas, second violins, tremolo strings", 20, chords, 56, 77, 58)
    made.play("cellos", 20, phrase("A2/.5 C3 Eb3 F#3 G3/1 B2"), 76)
    made.play("basses", 20, phrase("A1/2 G1/2"), 70)
    made.swell("trombones, basses", (12, 74), (15, 108), (20, 72), (24, 110))
    made.swell("violas, second violins, tremolo strings", (12, 50), (16, 84), (20, 70), (24, 116))


def _rising(made: Cue) -> None:
    """The turn at double speed climbs in the violas while the tuba has it at half speed."""
    made.state("tuba", 24, plain(C).stretched(2), 88, voice="bass", doubled=(("basses", 0),))
    half = plain(C).stretched(0.5)
    for at_q, semitones, part in (
        (24, 12, "violas"), (28, 15, "violas"), (32, 18, "second violins"), (36, 21, "violins"),
    ):  # fmt: skip
        made.state(
            part,
            at_q,
            half.transposed(semitones),
            108,
            voice="melody",
            new_harmony=True,
            doubled=(("cellos", -12),) if semitones < 18 else (("violas", -12),),
        )
    chords = harmony("Cm:4 Ebm:4 F#dim:4 Adim7:4")
    beaten(made, "short strings", 24, chords, 60, 77, ".x.xX.xx", 0.5, 58)
    hold(made, "horns, horns", 32, harmony("F#dim:4 Adim7:4"), 50, 66, 66)
    made.play("flute", 34, phrase("C6/.25 Eb6 F#6 Eb6 C6 A5 F#5 A5"), 70)
    made.play("flute", 38, phrase("Eb6/.25 F#6 A6 F#6 Eb6 C6 A5 C6"), 76)
    drummed(made, "orchestral drums", 24, 16, BASS_DRUM, "X...o...", 0.5, 66)
    trilled(made, "timpani", 36, 3.9, 43, 30, 104)
    made.swell("tuba, basses", (24, 92), (36, 112), (40, 124))
    made.swell("violas, cellos, second violins, violins", (24, 84), (32, 100), (40, 124))
    made.swell("horns", (32, 70), (40, 116))


def _breaking(made: Cue) -> None:
    made.state(
        "trumpet", 40, plain(C).transposed(29), 108, new_harmony=True,
        doubled=(("horns", -12), ("trombones", -24)),
    )  # fmt: skip
    chords = harmony("Fm:1.5 Gb/F:.5 Fm:.5 Edim/F:.5 Fm:2 Ddim7/F:3")
    hold(made, "violas, second violins, violins", 40, chords, 60, 84, 84)
    bass(made, "basses, cellos", 40, chords, 29, 41, 92)
    beaten(made, "short strings", 40, harmony("Fm:4 Ddim7:4"), 60, 79, "XxxXxxXx", 0.5, 72)
    drummed(made, "orchestral drums", 40, 8, CRASH, "X.......X.......", 0.5, 82)
    made.play("timpani", 40, phrase("F2/1 r/1 F2/.5 F2/.5 F2/1 | D3/1 r/1 F2/.5 F2 F2 F2"), 100)
    # The keeper's fifth, against it.
    made.state(
        "horns", 47, plain(A).transposed(-9).fragment(0, 5), 104, new_harmony=True,
        doubled=(("trombones", 0),),
    )  # fmt: skip
    chords = harmony("Fm:2 Db:2 Ebm:2 Gbmaj7:1 Adim7:1 Cm:4")
    hold(made, "violas, second violins, violins", 48, chords, 58, 82, 80)
    bass(made, "basses, cellos", 48, chords, 29, 43, 90)
    made.play("violins", 52, phrase("Bb5/.5 A5 Bb5 Gb5 F5/1 Eb5 | Eb5/2 D5/1 C5"), 86)
    trilled(made, "timpani", 52, 3.9, 41, 96, 60)
    made.swell("violins, violas, second violins, basses, cellos", (48, 124), (56, 96), (60, 60))
    made.swell("trumpet, horns, trombones", (40, 124), (52, 120), (56, 96))


def _after(made: Cue) -> None:
    """Flat calm. A clarinet remembers the turn, a third lower, and does not finish it."""
    chords = harmony("Cm:4 Abmaj7:4 Fm/Ab:4 Cm:6")
    hold(made, "cellos, violas, second violins", 58, chords, 50, 68, 48)
    made.state(
        "clarinet",
        62,
        plain(C).transposed(9).fragment(0, 5).in_rhythm(1, 1, 1, 1, 2.5),
        80,
        new_harmony=True,
    )
    made.play("harp", 67, phrase("C5/.5 Eb5 Ab5/2"), 46)
    made.play("flute", 70, phrase("C5/1 Bb4/1 G4/4"), 54)
    made.play("piano", 71, phrase("C2+G2/5"), 44)
    made.play("basses", 66, phrase("Ab1/4 C2/6"), 52)
    made.swell("cellos, violas, second violins, basses", (60, 60), (68, 66), (76, 20))
    made.swell("clarinet", (62, 76), (65, 96), (67, 50))
