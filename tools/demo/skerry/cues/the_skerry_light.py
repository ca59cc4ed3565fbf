"""1. The Skerry Light: main title. Horn alone, then the strings, then everybody; then the Lamp."""

from skerry.harmony import harmony
from skerry.motifs import A, D
from skerry.notation import phrase
from skerry.orchestra import CRASH
from skerry.sketch import Cue
from skerry.texture import bass, broken, drummed, hold, rolled, trilled
from skerry.transform import plain

STRINGS = "cellos,violas,second violins"
ALL_STRINGS = "basses, cellos, violas, second violins, violins"


def cue() -> Cue:
    """The cue."""
    made = Cue(
        1,
        "The Skerry Light",
        key="D minor, then B♭ major",
        mode="minor",
        kind="main title",
        about="The rock, the tower, and the woman who keeps the light.",
        metre=(4, 4),
        tempo=(
            (0, 62), (7, 60), (14, 64), (16, 58), (17, 66), (30, 62), (32, 68), (46, 76),
            (47, 64), (48, 70), (56, 62), (60, 54), (64, 46), (64, 76), (74, 70), (78, 48),
            (84, 40),
        ),
        sections=(
            ("horn call", 0), ("strings answer", 16), ("second statement", 31), ("brass", 39),
            ("tutti", 47), ("falling away", 56), ("the Lamp", 64),
        ),
    )  # fmt: skip
    _horn_call(made)
    _strings_answer(made)
    _second_statement(made)
    _brass(made)
    _tutti(made)
    _falling_away(made)
    _lamp(made)
    return made


def _horn_call(made: Cue) -> None:
    made.play("basses", 0, phrase("D2/7.5 D2/8"), 66)
    made.play("cellos", 0, phrase("A2/4 D3/3.5"), 60)
    made.play("tremolo strings", 1, phrase("A5/3 D6/3"), 44)
    made.play("harp", 0, phrase("D3/1 A3 D4 F4 | A4/1 D5 A4 F4"), 54)
    trilled(made, "timpani", 4, 3.5, 38, 18, 46)
    made.state("horn", 7, plain(A), 92)
    hold(made, STRINGS, 8, harmony("Dm:3 Am/C:1 | F:2 Bbmaj7:2"), 48, 67, 54)
    made.play("basses", 8 + 3, phrase("C2/1 A1/2 Bb1/2"), 60)
    made.swell("basses, cellos, violas, second violins", (0, 50), (6, 84), (8, 70), (14, 88))
    made.swell("tremolo strings", (0, 20), (4, 70), (7, 30))
    made.swell("horn", (7, 84), (12, 108), (14, 112), (16, 84))


def _strings_answer(made: Cue) -> None:
    line = phrase(
        "Bb4/1.5 C5/.5 D5/1 G5 | F5/2 E5/.5 D5 A4/1 | Bb4/.5 D5 G5/1.5 F5/.5 Eb5/.5 F5 | D5/2 C5/1"
    )
    made.play("violins", 16, line, 82)
    made.play("clarinet", 16, phrase("r/4 r/4 D4/.5 Bb4/.5 D5/1 A4/1 C5/1 | Bb4/2 A4/1"), 66)
    chords = harmony("Gm:4 Dm/F:4 Ebmaj7:2 F:2 Cm/Eb:2 D7sus4:1")
    hold(made, STRINGS, 16, chords, 50, 69, 56)
    bass(made, "basses", 16, chords, 31, 46, 60)
    broken(made, "harp", 16, chords, 43, 74, "0123432123", 0.5, 54, 1.0)
    made.swell("violins", (16, 86), (20, 104), (24, 92), (26, 112), (31, 80))
    made.swell(STRINGS + ",basses", (16, 84), (26, 96), (30, 78))


def _second_statement(made: Cue) -> None:
    made.state("violins", 31, plain(A).transposed(17), 92, doubled=(("flute", 0), ("violas", -12)))
    chords = harmony("Gm:3 Dm/F:1 | Bb:2 Ebmaj7:2")
    hold(made, "cellos, second violins, horns", 32, chords, 50, 70, 60)
    bass(made, "basses", 32, chords, 31, 46, 66)
    broken(made, "harp", 32, chords, 43, 79, "01234543", 0.25, 52, 0.75)
    made.play("bassoon", 32, phrase("Bb2/2 A2/1 C3 | D3/1.5 F3/.5 G3/2"), 70)
    made.swell("violins, flute", (31, 92), (36, 118), (40, 104))
    made.swell("cellos, second violins, basses, horns", (32, 82), (38, 104))


def _brass(made: Cue) -> None:
    made.state(
        "trumpet", 39, plain(A).fragment(0, 5).transposed(10), 100, doubled=(("horns", -12),)
    )
    made.state(
        "trombones", 43, plain(A).fragment(0, 5).transposed(-9), 104, doubled=(("tuba", -12),)
    )
    chords = harmony("Cm:4 Fm:2 Db:2")
    made.play(
        "violins", 40, phrase("G5/1 Ab5/.5 G5 F5 Eb5 D5 Eb5 | C5/.5 Db5 Eb5 F5 Ab5/1 Bb5"), 74
    )
    hold(made, "violas, second violins", 40, chords, 58, 74, 70)
    bass(made, "basses, cellos", 40, chords, 30, 44, 76)
    trilled(made, "timpani", 44, 3.9, 45, 30, 96)
    made.swell("second violins, violas, cellos, basses", (40, 98), (44, 102), (47.5, 127))
    made.swell("trumpet, horns, trombones, tuba", (39, 88), (43, 98), (47, 116))


def _tutti(made: Cue) -> None:
    made.state(
        "violins",
        47,
        plain(A).transposed(24),
        106,
        new_harmony=True,
        doubled=(("trumpet", -12), ("violas", -12), ("flute", 0)),
    )
    chords = harmony("Bb:3 C:1 | Am:2 Dm:2")
    hold(made, "trombones, horns, horns, second violins", 48, chords, 48, 72, 82)
    bass(made, "tuba, basses, cellos", 48, chords, 26, 38, 86)
    made.play("timpani", 48, phrase("Bb2/1 r/1.5 Bb2/.5 C3/1 | A2/1 r/1 D3/1 r/.5 D3/.5"), 100)
    drummed(made, "orchestral drums", 48, 8, CRASH, "X.......o.......", 0.5, 84)
    broken(made, "harp", 48, chords, 48, 86, "0123456765432", 0.25, 70, 0.5)
    made.swell("violins, trumpet, trombones, horns", (47, 116), (52, 127), (56, 112))
    made.swell("second violins, basses, cellos, tuba", (48, 118), (52, 124), (56, 104))


def _falling_away(made: Cue) -> None:
    chords = harmony("Gm:2 Dm/F:2 Ebmaj7:2 F:2")
    made.play("violins", 56, phrase("D6/1.5 C6/.5 Bb5/1 A5 | G5/1 Bb5/.5 A5 A5/2"), 82)
    made.play("horn", 59, phrase("D4/1 Bb3/2 C4/2"), 70)
    hold(made, STRINGS, 56, chords, 50, 69, 62)
    bass(made, "basses", 56, chords, 31, 43, 66)
    made.swell("violins", (56, 100), (60, 84), (64, 48))
    made.swell("second violins, violas, cellos, basses, horn", (56, 96), (60, 76), (64, 50))


def _lamp(made: Cue) -> None:
    made.state("celesta", 64, plain(D), 84)
    chords = harmony("Bb:3 Eb/Bb:3 F/A:3 Gm:3 Bbadd9:7")
    hold(made, "cellos, violas, second violins, tremolo strings", 64, chords, 50, 72, 44)
    rolled(made, "harp", 64, chords, 43, 70, 4, 48)
    made.play("flute", 76, phrase("C5/1 F5/1 Bb5/4"), 52)
    made.play("basses", 76, phrase("Bb1/7"), 50)
    made.swell("cellos, violas, second violins, basses", (64, 54), (72, 64), (76, 54), (83, 20))
    made.swell("tremolo strings", (64, 30), (76, 44), (83, 10))
    made.swell("flute", (76, 70), (80, 60), (82, 20))
