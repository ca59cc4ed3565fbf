"""2. Finn and the Gulls: the boy runs along the rocks. Six-eight, woodwind and pizzicato."""

from skerry.harmony import harmony
from skerry.motifs import B
from skerry.notation import phrase
from skerry.sketch import Cue
from skerry.texture import bass, beaten, broken, hold, stepped
from skerry.transform import plain


def cue() -> Cue:
    """The cue."""
    made = Cue(
        2,
        "Finn and the Gulls",
        key="G major",
        mode="major",
        kind="scherzo",
        about="Finn, eleven, and the birds he shouts at.",
        metre=(6, 8),
        tempo=(
            (0, 146), (36, 150), (60, 154), (72, 138), (88, 148), (110, 156), (120, 130),
            (126, 84),
        ),
        sections=(
            ("run", 0), ("flute and clarinet", 12), ("away from home", 36), ("shade", 54),
            ("broad", 73), ("home again", 91), ("wink", 117),
        ),
        looseness_s=0.005,
    )  # fmt: skip
    _run(made)
    _flute_and_clarinet(made)
    _away(made)
    _shade(made)
    _broad(made)
    _home_again(made)
    _wink(made)
    return made


def _skip(made: Cue, at_q: float, named: str, loud: int = 64) -> None:
    """The bounce under everything: basses on the beat, violas after it."""
    chords = harmony(named)
    stepped(made, "pizzicato basses", at_q, chords, 31, 48, "r..f..", 0.5, loud + 10)
    beaten(made, "pizzicato", at_q, chords, 55, 72, ".xx.xx", 0.5, loud - 8)


def _run(made: Cue) -> None:
    _skip(made, 0, "G:3 Em7:3 C:3 D7:3")
    made.play("clarinet", 3, phrase("B4/.25 C5 D5/.5 B4 | r/1.5 | C5/.25 D5 E5/.5 C5 r/1.5"), 72)
    made.play("flute", 4.5, phrase("G5/.25 A5 B5/.5 G5 | r/1.5 | A5/.25 B5 C6/.5 E6"), 74)
    made.play("piccolo", 9, phrase("D6/.25 E6 F#6 G6 A6 B6 | A6/.5 F#6 "), 66)


def _flute_and_clarinet(made: Cue) -> None:
    made.state("flute", 11.5, plain(B), 90)
    made.play("flute", 18, phrase("E5/.5 G5 C6 B5/1 G5/.5 | A5 F#5 E5 D5/1"), 84)
    _skip(made, 12, "G:3 D7:1.5 G:1.5 C:1.5 G/B:1.5 Am7:1.5 D7:1.5")
    made.state("clarinet", 23.5, plain(B).transposed(-12), 92)
    made.play("clarinet", 30, phrase("C5/.5 E5 G5 F#5/1 D5/.5 | E5 C5 A4 G4/1.5"), 86)
    made.play("oboe", 30, phrase("r/1.5 A5/1 F#5/.5 | G5 E5 C5 B4/1.5"), 70)
    _skip(made, 24, "G:3 D7:1.5 G:1.5 Am:1.5 D7:1.5 C:.5 D7:1 G:1.5", 66)
    made.play("glockenspiel", 35, phrase("D6/.5 G6/.5"), 60)


def _away(made: Cue) -> None:
    made.state("oboe", 35.5, plain(B).transposed(-7), 104)
    _skip(made, 36, "C:3 G7:1.5 C:1.5", 66)
    made.play(
        "flute", 42, phrase("r/1 C6/.25 D6 E6/.5 D6/.5 B5/.5 | C6/.25 B5 A5 G5 F5 E5 D5/1"), 78
    )
    _skip(made, 42, "F:1.5 G7:1.5 Am:1.5 G:1.5", 66)
    made.state("violins", 47.5, plain(B).transposed(2), 104, doubled=(("glockenspiel", 0),))
    made.play("bassoon", 48, phrase("A2/1.5 C#3 | E3 A2"), 62)
    _skip(made, 48, "A:3 E7:1.5 A:1.5", 70)


def _shade(made: Cue) -> None:
    """A cloud: E minor, the bassoon tries the tune and stops to think."""
    made.state("bassoon", 53.5, plain(B).transposed(-27).in_mode("minor"), 96)
    chords = harmony("Em:3 B7:1.5 Em:1.5")
    beaten(made, "pizzicato", 54, chords, 59, 76, "x..x..", 0.5, 56)
    made.play("clarinet", 60, phrase("E5/.5 G5 F#5 E5/1 D#5/.5 | E5/.5 C5 A4 B4/1.5"), 78)
    chords = harmony("Am:1.5 B7/A:1.5 C/G:1.5 B7:1.5")
    hold(made, "cellos, violas, second violins", 60, chords, 52, 69, 52)
    made.state("bassoon", 65.5, plain(B).transposed(-27).in_mode("minor").fragment(0, 6), 90)
    chords = harmony("Em:3 C:1.5 D7sus4:2.5")
    hold(made, "cellos, violas, second violins", 66, chords, 52, 69, 50)
    made.play("harp", 69, phrase("D4/.25 F#4 A4 D5 E5 F#5 A5 C6 D6/2"), 62)
    made.swell("cellos, violas, second violins", (60, 74), (66, 66), (69, 60), (72, 104))


def _broad(made: Cue) -> None:
    """The tune as a grown man might sing it, twice as slow, while the birds go on."""
    made.state("horn", 72, plain(B).transposed(-12).stretched(2), 94, doubled=(("cellos", -12),))
    chords = harmony("G:3 G/B:3 | D7:3 G:3")
    broken(made, "flute", 73, chords, 74, 91, "012321", 0.25, 58)
    broken(made, "clarinet", 73, chords, 62, 79, "321012", 0.25, 52)
    hold(made, "violas, second violins, second violins", 73, chords, 55, 72, 58)
    stepped(made, "pizzicato basses", 73, chords, 31, 46, "r..f..", 0.5, 74)
    made.swell("horn, cellos", (72, 92), (79, 116), (85, 94))
    made.swell("violas, second violins", (73, 84), (79, 100), (85, 84))
    made.play("violins", 85, phrase("E5/.5 F#5 G5 A5/1 B5/.5 | C6/1.5 D6/.5 C6 A5"), 84)
    chords = harmony("C:3 Am7:1.5 D7:1.5")
    hold(made, "cellos, violas, second violins", 85, chords, 52, 70, 64)
    bass(made, "basses", 85, chords, 31, 43, 70)
    made.swell("violins, basses", (85, 96), (91, 118))


def _home_again(made: Cue) -> None:
    ornate = plain(B).ornamented({2: "mordent", 4: "turn", 9: "mordent"})
    made.state("violins", 90.5, ornate, 96, doubled=(("piccolo", 12),))
    _skip(made, 91, "G:3 D7:1.5 G:1.5", 74)
    made.play("horns", 91, phrase("B3/1.5 D4 | C4 B3"), 74)
    made.play("flute", 97, phrase("E6/.5 D6 C6 B5/1 G5/.5 | A5 B5 C6 D6/1"), 84)
    _skip(made, 97, "C:1.5 G/B:1.5 Am7:1.5 D7:1.5", 72)
    made.state(
        "trumpet",
        102.5,
        plain(B).transposed(-12),
        112,
        new_harmony=True,
        doubled=(("xylophone", 12),),
    )
    _skip(made, 103, "Em:1.5 Bm7:1.5 Am7:1.5 G/B:1.5", 64)
    made.play("violins", 103, phrase("G5/3 | A5/1.5 G5/1.5"), 60)
    made.play(
        "violins", 109, phrase("E5/.25 F#5 G5 A5 B5 C6 D6/.5 E6 F#6 | G6/.5 D6 B5 G5 r/1"), 88
    )
    _skip(made, 109, "C:1.5 D7:1.5 Em:1.5 C:.75 D7:.75", 74)
    made.play("timpani", 113.5, phrase("D3/.5 G2/1"), 74)
    _skip(made, 115, "G:2", 72)


def _wink(made: Cue) -> None:
    made.state("oboe", 117.5, plain(B).fragment(0, 5), 80)
    made.play("pizzicato", 122, phrase("r/1 D5+F#5+C5/.5 r/.5 G4+B4+D5+G5/.5"), 74)
    made.play("pizzicato basses", 123, phrase("D3/.5 r/.5 G2/.5"), 84)
    made.play("glockenspiel", 124, phrase("G6/1"), 56)
