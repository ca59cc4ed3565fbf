"""10. Morning Boats: the end. The boy's jig, the Lamp over it, and the keeper in the major."""

from skerry.harmony import harmony
from skerry.motifs import A, B, C, D
from skerry.notation import phrase
from skerry.orchestra import CRASH, TRIANGLE
from skerry.sketch import Cue
from skerry.texture import bass, beaten, broken, drummed, hold, rolled, stepped, trilled
from skerry.transform import plain


def cue() -> Cue:
    """The cue."""
    made = Cue(
        10,
        "Morning Boats",
        key="G major, then D major",
        mode="major",
        kind="end title",
        about="The boats go out; one of them is his. The light is lit behind them in the day.",
        metre=(6, 8),
        tempo=(
            (0, 138), (12, 148), (48, 152), (60, 150), (66, 120), (69, 76), (69, 66), (78, 64),
            (86, 70), (87, 60), (96, 60), (100, 54), (104, 60), (114, 52), (120, 46),
        ),
        sections=(
            ("harbour", 0), ("Finn", 11.5), ("the Lamp", 24), ("all boats", 35.5), ("a wink", 54),
            ("Mara, inside", 69), ("everybody", 86), ("light in the day", 96),
        ),
        looseness_s=0.006,
    )  # fmt: skip
    _harbour(made)
    _finn(made)
    _lamp(made)
    _all_boats(made)
    _wink(made)
    _mara_inside(made)
    _everybody(made)
    _light_in_the_day(made)
    return made


def _bounce(made: Cue, at_q: float, named: str, loud: int = 66) -> None:
    chords = harmony(named)
    stepped(made, "pizzicato basses", at_q, chords, 31, 48, "r..f..", 0.5, loud + 10)
    beaten(made, "second violins, violas", at_q, chords, 55, 72, ".xx.xx", 0.5, loud - 6, 0.6)


def _harbour(made: Cue) -> None:
    hold(made, "horns, horns, horns", 0, harmony("G:3 Em7:3 C:3 Am7:1.5 D7:1.5"), 50, 69, 50)
    made.play("tubular bells", 0, phrase("G4/3 D5/3 E5/3"), 56)
    made.state("clarinet", 2.5, plain(B).fragment(0, 6).transposed(-12), 78)
    made.state("oboe", 5.5, plain(B).fragment(0, 6).transposed(-3), 100, new_harmony=True)
    broken(made, "flute", 8, harmony("C:1 C:3"), 76, 93, "012321", 0.25, 58)
    _bounce(made, 6, "C:3 Am7:1.5 D7:1.5", 56)
    made.swell("horns", (0, 50), (9, 84), (12, 104))


def _finn(made: Cue) -> None:
    made.state("violins", 11.5, plain(B), 98, doubled=(("flute", 0),))
    _bounce(made, 12, "G:3 D7:1.5 G:1.5 C:1.5 G/B:1.5 Am7:1.5 D7:1.5", 68)
    made.play(
        "violins", 18, phrase("E5/.5 G5 C6 B5/1 G5/.5 | A5 F#5 E5 F#5/.25 G5 A5 B5 C6/.5"), 88
    )
    made.play("bassoon", 12, phrase("G2/1.5 B2 | D3 G2 | C3 B2 | A2 D3"), 66)
    drummed(made, "drums", 12, 12, TRIANGLE, "x.....", 0.5, 50)


def _lamp(made: Cue) -> None:
    """The Lamp, broad in the horns, over the bounce: they fit, bar by bar."""
    made.state("horn", 24, plain(D).transposed(-15), 100, doubled=(("horns", 0), ("cellos", -12)))
    _bounce(made, 24, "G:3 C/G:3 D/F#:3 Em:3", 66)
    broken(made, "violins", 24, harmony("G:3 C:3 D:3 Em:3"), 74, 93, "012343210123", 0.25, 62)
    broken(made, "flute", 24, harmony("G:3 C:3 D:3 Em:3"), 79, 96, "210123", 0.5, 54)
    made.swell("horn, horns, cellos", (24, 100), (30, 120), (36, 104))
    made.swell("violins", (24, 72), (35, 96))


def _all_boats(made: Cue) -> None:
    made.state(
        "trumpet", 35.5, plain(B).transposed(-7), 96, doubled=(("xylophone", 12), ("violins", 0))
    )
    _bounce(made, 36, "C:3 G7:1.5 C:1.5 F:1.5 C/E:1.5 Dm7:1.5 E7:1.5", 72)
    made.play("flute", 42, phrase("A5/.5 C6 F6 E6/1 C6/.5 | D6 B5 A5 G#5/.5 A5 B5"), 84)
    made.play("horns", 42, phrase("F4/1.5 E4 D4 E4"), 78)
    made.state(
        "violins",
        47.5,
        plain(B).transposed(2).ornamented({4: "turn"}),
        100,
        doubled=(("piccolo", 12), ("oboe", 0)),
    )
    _bounce(made, 48, "A:3 E7:1.5 A:1.5", 74)
    made.play("trombones", 48, phrase("A2+C#3/3 G#2+D3/1.5 A2+C#3/1.5"), 76)
    made.play("timpani", 51, phrase("E3/1.5 A2/1.5"), 80)


def _wink(made: Cue) -> None:
    """The sea, on the bassoon and twice as fast, frightens nobody this morning."""
    made.state(
        "bassoon", 54, plain(C).stretched(0.5).transposed(9), 96, new_harmony=True,
        doubled=(("pizzicato", 12),), length=0.6,
    )  # fmt: skip
    beaten(made, "pizzicato", 54, harmony("A:2 Dm6:2"), 60, 76, "..x...x.", 0.5, 54)
    made.play("piccolo", 57.5, phrase("E6/.25 F6 E6/.5"), 66)
    made.state("flute", 58.5, plain(B).fragment(0, 6), 96, new_harmony=True)
    _bounce(made, 59, "Em7:3 A7:1", 62)
    chords = harmony("Bm7:2 Em7:2 A7sus4:2")
    hold(made, "cellos, violas, second violins", 63, chords, 52, 72, 64)
    bass(made, "basses", 63, chords, 31, 45, 64)
    made.play("violins", 62.5, phrase("D5/.5 | F#5/1 G5 | A5 B5 | C#6 D6 "), 84)
    made.swell("cellos, violas, second violins, basses, violins", (63, 80), (68.5, 108), (69, 84))


def _mara_inside(made: Cue) -> None:
    """The motif in the middle of the orchestra, a descant over it."""
    made.state(
        "horns", 69, plain(A).in_mode("major"), 96, voice="inner", new_harmony=True,
        doubled=(("cellos", 0),),
    )  # fmt: skip
    chords = harmony("D:2 G/D:1 A/C#:1 | Bm7:1.5 Em7:.5 A:1 F#m/A:1 | Bm:2 Gmaj7:2 Em7:2 A7sus4:2")
    descant = (
        "A5/1.5 B5/.5 C#6/1 E6 | F#6/1.5 E6/.5 C#6/1 A5 | B5/1 C#6/.5 D6 F#6/1.5 E6/.5 |"
        "D6/.5 C#6 B5/1 E6/1 D6/1"
    )
    made.play("violins", 70, phrase(descant), 88)
    made.play("horns", 79, phrase("B3/1 D4/1 | F#4/1 G4/1 E4/1.5 D4/.5 E4/1"), 84)
    hold(made, "violas, second violins, second violins", 70, chords, 55, 72, 60)
    bass(made, "basses", 70, chords, 31, 45, 66)
    broken(made, "harp", 70, chords, 45, 76, "0123432", 0.5, 56, 0.5)
    made.swell("violins", (70, 80), (79, 104), (86, 122))
    made.swell("horns, cellos", (69, 100), (78, 110), (86, 120))
    made.swell("violas, second violins, basses", (70, 80), (86, 116))
    trilled(made, "timpani", 82, 3.9, 45, 30, 100)


def _everybody(made: Cue) -> None:
    made.state(
        "violins", 86, plain(A).in_mode("major").transposed(24), 112, new_harmony=True,
        doubled=(("trumpet", -12), ("violas", -12), ("flute", 0)),
    )  # fmt: skip
    chords = harmony("G:2 Em7:1 A/C#:1 | F#m7:1.5 G:.5 Bm:2 | Gm6:2 A7sus4:1")
    hold(made, "trombones, trombones, horns, second violins", 87, chords, 50, 72, 82)
    bass(made, "tuba, basses, cellos", 87, chords, 26, 40, 88)
    made.play(
        "glockenspiel", 87, phrase("B5/.5 D6 G6 D6 B5 G6 A6 E6 | F#6 A6 C#7 B6 D7 B6 F#6 D6"), 70
    )
    made.play("timpani", 87, phrase("G2/1 r/2 A2/1 | F#2/1 r/1 B2/1 r/1 | G2/2 A2/1"), 96)
    made.play("violins", 95, phrase("Bb5/1 A5/.5 G5/.5 E5/1"), 100)
    drummed(made, "orchestral drums", 87, 8, CRASH, "X.......o.......", 0.5, 84)
    made.swell(
        "violins, trumpet, horns, trombones, tuba, basses, cellos", (86, 122), (94, 127), (98, 88)
    )


def _light_in_the_day(made: Cue) -> None:
    """Last look back: the Lamp over the water, the keeper's fifth, and the boy far out."""
    made.state(
        "celesta",
        98,
        plain(D).transposed(4).ornamented({3: "turn", 7: "mordent"}),
        84,
        new_harmony=True,
        doubled=(("harp", -12),),
    )
    chords = harmony("D:3 G/D:3 Em7/D:3 D:3 A7sus4/D:3 Dadd9:7")
    hold(made, "violas, second violins, second violins", 98, chords, 57, 74, 50)
    bass(made, "basses, cellos", 98, chords, 26, 40, 52)
    made.state("horn", 109, plain(A).fragment(0, 3).in_mode("major"), 70, new_harmony=True)
    made.state(
        "flute",
        111.5,
        plain(B).fragment(0, 5).transposed(-5).in_rhythm(1, 1, 1, 1.5, 2.5),
        84,
        new_harmony=True,
    )
    rolled(made, "harp", 113, harmony("Dadd9:7"), 45, 81, 7, 56, 0.14)
    made.play("tubular bells", 113, phrase("D5/6"), 48)
    made.play("pizzicato basses", 119, phrase("D2/1"), 70)
    made.play("pizzicato", 119, phrase("F#4+A4+D5/1"), 62)
    made.swell("violas, second violins, basses, cellos", (98, 70), (104, 76), (113, 64), (120, 20))
    made.swell("horn", (109, 70), (112, 84), (113, 40))
    made.swell("flute", (111, 70), (114, 70), (117, 30))
