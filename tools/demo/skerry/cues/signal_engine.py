"""7. Signal Engine: the new automatic lamp. Orchestra, sequencer and a jazz kit in one room."""

from skerry.harmony import harmony
from skerry.motifs import A, B, C
from skerry.notation import moved, phrase
from skerry.orchestra import BASS_DRUM, CLOSED_HAT, CRASH, OPEN_HAT, RIDE, SNARE
from skerry.sketch import Cue
from skerry.texture import beaten, broken, drummed, hold, stepped
from skerry.transform import plain

_VAMP = "Em9:4 Cmaj9:4 Am9:4 B7#9:4"


def cue() -> Cue:
    """The cue."""
    made = Cue(
        7,
        "Signal Engine",
        key="E minor",
        mode="minor",
        kind="fusion of orchestra, electronics and jazz",
        about="Engineers from the mainland. The lamp will not need anybody.",
        metre=(4, 4),
        tempo=((0, 122), (112, 122), (113, 122)),
        sections=(
            ("sequencer", 0),
            ("engine", 16),
            ("strings", 32),
            ("blue", 50),
            ("machine", 68),
            ("everything", 84),
            ("off", 108),
        ),
        looseness_s=0.003,
    )
    _sequencer(made)
    _engine(made)
    _strings(made)
    _blue(made)
    _machine(made)
    _everything(made)
    _off(made)
    return made


def _sequence(made: Cue, at_q: float, named: str, loud: int = 72) -> None:
    broken(made, "sequencer", at_q, harmony(named), 64, 88, "0312041302140324", 0.25, loud)


def _kit(made: Cue, at_q: float, length_q: float, loud: int = 78) -> None:
    part = "electronic drums"
    drummed(made, part, at_q, length_q, BASS_DRUM, "X..x..x.X.x....x", 0.25, loud)
    drummed(made, part, at_q, length_q, SNARE, "....X..o....X.oo", 0.25, loud)
    drummed(made, part, at_q, length_q, CLOSED_HAT, "xoxoxoxoxoxoxo.o", 0.25, loud - 20)
    drummed(made, part, at_q, length_q, OPEN_HAT, "..............x.", 0.25, loud - 18)


def _sequencer(made: Cue) -> None:
    _sequence(made, 0, _VAMP, 70)
    made.play("warm pad", 0, phrase("E3+B3+F#4/8 E3+C4+G4/8"), 58)
    drummed(made, "electronic drums", 8, 8, CLOSED_HAT, "xoxoxoxo", 0.25, 56)
    drummed(made, "electronic drums", 12, 4, BASS_DRUM, "x...x...x...x.xx", 0.25, 66)
    made.swell("sequencer", (0, 20), (14, 104))
    made.swell("warm pad", (0, 30), (14, 90), (16, 60))


def _engine(made: Cue) -> None:
    """The sea's turn, quick, in the bass of a machine."""
    quick = plain(C).stretched(0.5).transposed(-8)
    for turn, semitones in enumerate((0, 0, 5, 7)):
        made.state(
            "synth bass", 16 + 4 * turn, quick.transposed(semitones), 100,
            voice="bass", new_harmony=True, length=0.8,
        )  # fmt: skip
    _sequence(made, 16, "Em:8 Am:4 B7:4", 66)
    _kit(made, 16, 16, 72)
    beaten(made, "brass", 24, harmony("Am9:4 B7#9:4"), 57, 74, "......X.......xX", 0.25, 74, 0.6)


def _strings(made: Cue) -> None:
    made.state(
        "violins", 31, plain(A).transposed(14), 100, new_harmony=True, doubled=(("violas", -12),)
    )
    chords = harmony("Em9:4 Cmaj9:4")
    _groove(made, 32, "Em9:4 Cmaj9:4 Am9:4 B7#9:4")
    hold(made, "warm pad, warm pad, warm pad", 32, chords, 55, 70, 52)
    made.state(
        "trumpet", 40, plain(A).transposed(7).stretched(0.5), 92, new_harmony=True,
        doubled=(("horns", -12),),
    )  # fmt: skip
    made.play("violins", 40.5, phrase("r/4 E6/1 D6/.5 C6 B5/1 A5/.5 G5/.5 | F#5/1"), 84)
    made.play("brass", 45, phrase("D#4+G4+C5/.5 r/.5 D#4+G4+C#5/.75 r/.25 A3+D#4+G4/1"), 82)


def _groove(made: Cue, at_q: float, named: str) -> None:
    chords = harmony(named)
    length_q = sum(chord.duration_q for chord in chords)
    stepped(made, "synth bass", at_q, chords, 28, 42, "r..r..o.r.f..r.o", 0.25, 96)
    _sequence(made, at_q, named, 60)
    _kit(made, at_q, length_q)


def _blue(made: Cue) -> None:
    """The kit turns to the ride cymbal, the vibraphone says what it thinks."""
    chords = harmony("Em9:4 A13:4 Cmaj9:4 B7#9:4")
    solo = (
        "r/.5 B4/.5 D5/.33 E5/.17 G5/1 F#5/.33 E5/.17 D5/.5 B4/.5 |"
        "C#5/.33 D5/.17 E5/.5 F#5/.33 G5/.17 B5/1.5 r/.5 A5/.5 |"
        "G5/.33 F#5/.17 E5/.33 D5/.17 B4/.5 G4/.5 A4/.33 B4/.17 D5/.5 E5/1 |"
        "D#5/.5 G5/.33 F#5/.17 D#5/.5 C5/.5 B4/1 A4/.5 G4/.5"
    )
    made.play("vibraphone", 50, phrase(solo), 92, 1.3)
    walk = "E2/1 G2 B2 D3 | C#3 A2 G2 A2 | C3 B2 G2 E2 | B1 D#2 F#2 A2"
    made.play("pizzicato basses", 50, phrase(walk), 96)
    beaten(made, "piano", 50, chords, 55, 72, "...x....x.......", 0.5, 62, 0.5)
    drummed(made, "electronic drums", 50, 16, RIDE, "x..x.ox..x.o", 1 / 3, 66)
    drummed(made, "electronic drums", 50, 16, CLOSED_HAT, "...x..", 1 / 3, 54)
    made.play("clarinet", 58, phrase("r/1 E4/.5 G4/1.5 F#4/1 | r/1 A4/.5 G4/.5 F#4/1.5"), 66)
    made.play("brass", 66, phrase("A3+C#4+F#4+B4/.5 r/.5 B3+D#4+G4+D5/.75"), 88)


def _machine(made: Cue) -> None:
    """Finn likes it: his tune, in the minor and twice as fast, three against the machine's four."""
    for turn in range(2):
        made.state(
            "pulse synth",
            67.75 + 4 * turn,
            plain(B).stretched(0.5).transposed(-3).in_mode("minor"),
            96,
            new_harmony=True,
            doubled=(("xylophone", 0),),
        )
    _groove(made, 68, "Em9:4 Cmaj9:4 Am9:4 B7#9:4")
    made.state(
        "flute", 75.5, plain(B).transposed(2).in_mode("minor"), 96, new_harmony=True,
        doubled=(("piccolo", 12),),
    )  # fmt: skip
    beaten(
        made,
        "short strings",
        68,
        harmony("Em9:4 Cmaj9:4 Am9:4 B7#9:4"),
        60,
        76,
        "x..x..x.x.x..x..",
        0.25,
        66,
    )
    hold(made, "horns, horns", 76, harmony("Am9:4 B7#9:4"), 52, 67, 70)
    made.swell("horns", (76, 60), (84, 116))


def _everything(made: Cue) -> None:
    made.state(
        "horns", 83, plain(A).transposed(2), 104, new_harmony=True,
        doubled=(("trombones", 0), ("violins", 24)),
    )  # fmt: skip
    _groove(made, 84, "Em9:4 Cmaj9:4 Am9:4 B7#9:4 | Em9:4 Cmaj9:2 D6:2")
    made.play("violins", 92, phrase("r/1 C6/1 B5/.5 A5 G5 E5 | F#5/1.5 A5/.5 D#5/1 F#5/1"), 92)
    beaten(
        made,
        "brass",
        92,
        harmony("Am9:4 B7#9:4 Em9:4 Cmaj9:2 D6:2"),
        58,
        76,
        "X..x......x.X...",
        0.25,
        78,
        0.6,
    )
    made.state(
        "synth bass",
        100,
        plain(C).stretched(0.5).transposed(4),
        104,
        voice="bass",
        new_harmony=True,
    )
    made.play("violins", 100, moved(phrase("E5/2 F#5/.5 G5 A5 B5 | C6/1.5 B5/.5 D6/2"), 0), 96)
    drummed(made, "electronic drums", 84, 24, CRASH, "X" + "." * 31, 0.25, 74)
    made.swell("violins, horns, trombones", (83, 108), (92, 116), (108, 124))


def _off(made: Cue) -> None:
    """Somebody finds the switch."""
    made.play("brass", 108, phrase("E3+B3+D4+F#4+G4/.5"), 108)
    made.play("short strings", 108, phrase("E3+B3+E4+G4+B4/.5"), 100)
    made.play("synth bass", 108, phrase("E1/.5"), 108)
    drummed(made, "electronic drums", 108, 0.5, CRASH, "X", 0.5, 84)
    drummed(made, "electronic drums", 108, 0.5, BASS_DRUM, "X", 0.5, 100)
    made.play(
        "sequencer", 109, phrase("B5/.25 E5 G5 F#5 | B4 r E5 r | r/.5 G5/.25 r/.75 F#5/.25"), 52
    )
    made.swell("sequencer", (108, 100), (112, 30))
