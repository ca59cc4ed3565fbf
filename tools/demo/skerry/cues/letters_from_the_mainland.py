"""6. Letters from the Mainland: a chamber waltz. Everybody's motif at the kitchen table."""

from skerry.harmony import harmony
from skerry.motifs import A, B, D
from skerry.notation import phrase
from skerry.sketch import Cue
from skerry.texture import bass, beaten, broken, hold, rolled, stepped
from skerry.transform import plain


def cue() -> Cue:
    """The cue."""
    made = Cue(
        6,
        "Letters from the Mainland",
        key="E♭ major",
        mode="major",
        kind="chamber waltz",
        about="The post boat brings one letter for the boy. She reads it first.",
        metre=(3, 4),
        tempo=(
            (0, 92), (12, 98), (34, 100), (36, 90), (38, 96), (50, 88), (51, 84), (65, 76),
            (66, 92), (78, 96), (80, 84), (82, 90), (96, 78), (99, 60), (108, 50),
        ),
        sections=(
            ("waltz", 0), ("the Lamp", 12), ("Mara smiles", 35), ("Finn, dreaming", 50),
            ("the Lamp, adorned", 78), ("folded away", 96),
        ),
        looseness_s=0.008,
    )  # fmt: skip
    _waltz(made)
    _lamp(made)
    _mara(made)
    _finn(made)
    _adorned(made)
    _folded(made)
    return made


def _accompany(made: Cue, at_q: float, named: str, loud: int = 54) -> None:
    chords = harmony(named)
    stepped(made, "piano", at_q, chords, 34, 50, "r.....f.....", 0.5, loud + 4, 2.0)
    beaten(made, "piano", at_q, chords, 55, 72, "..x.x.", 0.5, loud - 6)


def _waltz(made: Cue) -> None:
    _accompany(made, 0, "Eb:3 Cm7:3 Fm7:3 Bb7sus4:3")
    made.play("solo violin", 5, phrase("G5/1 | Ab5/1.5 G5/.5 F5/1 | Eb5/2 r/1"), 66)


def _lamp(made: Cue) -> None:
    made.state("clarinet", 12, plain(D).transposed(-7), 90)
    _accompany(made, 12, "Eb:3 Ab/Eb:3 Bb/D:3 Cm:3")
    made.play("clarinet", 24, phrase("Ab4/1 C5 Eb5 | F5/1.5 Eb5/.5 C5/1 | D5/1 Bb4 Ab4 | G4/2"), 84)
    made.play(
        "solo cello", 21, phrase("r/1 G3/1 Ab3 | C4/2 Bb3/1 | Ab3/3 | F3/2 Ab3/1 | Bb3/2"), 70
    )
    _accompany(made, 24, "Fm:3 Fm/Ab:3 Bb7:3 Eb:3")
    hold(made, "violas, second violins", 24, harmony("Fm:3 Fm/Ab:3 Bb7:3 Eb:2"), 55, 68, 46)
    made.swell("clarinet", (12, 84), (18, 108), (24, 90), (27, 110), (35, 76))
    made.swell("violas, second violins", (24, 40), (29, 74), (35, 50))


def _mara(made: Cue) -> None:
    """The keeper's motif, in the major for the first time: she is pleased and hides it."""
    made.state("solo cello", 35, plain(A).in_mode("major").transposed(-11), 96, new_harmony=True)
    chords = harmony("Eb:3 Gm/D:3 Cm7:3 Ab:2 Abmaj7:1")
    broken(made, "harp", 36, chords, 50, 77, "012321", 0.5, 54, 0.5)
    hold(made, "violas, second violins", 36, chords, 58, 72, 48)
    bass(made, "pizzicato basses", 36, chords, 31, 46, 66)
    made.play("flute", 44, phrase("Eb5/.5 F5 | G5/1.5 F5/.5 Eb5/1 C5/1"), 64)
    made.play("solo cello", 46, phrase("C4/1 Bb3/1 Ab3/.5 G3/.5 F3/1"), 76)
    made.swell("solo cello", (35, 88), (40, 116), (44, 96), (50, 70))
    made.swell("violas, second violins", (36, 54), (42, 76), (50, 50))


def _finn(made: Cue) -> None:
    """The boy's tune, twice as slow and in the minor: he has read it too."""
    made.state(
        "oboe", 50, plain(B).stretched(2).in_mode("minor").transposed(-7), 88, new_harmony=True
    )
    chords = harmony("Cm:3 Abmaj7:3 Fm7:2 G7:1 Cm:3")
    broken(made, "harp", 51, chords, 48, 72, "0121", 0.5, 50, 0.5)
    hold(made, "cellos, violas, second violins", 51, chords, 50, 68, 50)
    bass(made, "basses", 51, chords, 31, 46, 54)
    made.play("clarinet", 60, phrase("Eb4/1.5 D4/.5 C4/1 | Bb3/1 C4 D4"), 62)
    chords = harmony("Fm7:3 Bb7sus4:3 Eb:3 Bb7/D:3 Cm7:3 F7:1.5 Bb7:1.5")
    made.play(
        "solo violin",
        65,
        phrase("Bb4/1 | Eb5/1.5 F5/.5 G5/1 | Ab5/2 F5/1 | G5/1 Eb5 C5 | D5/1 C5 D5"),
        80,
    )
    _accompany(made, 63, "Bb7sus4:3 Eb:3 Bb7/D:3 Cm7:3 F7:1.5 Bb7:1.5", 56)
    hold(made, "cellos, violas", 66, harmony("Eb:3 Bb7/D:3 Cm7:3 F7:1.5 Bb7:1.5"), 50, 63, 50)
    made.swell("oboe", (50, 84), (55, 112), (60, 90), (63, 70))
    made.swell("cellos, violas, second violins, basses", (51, 50), (56, 74), (63, 50), (72, 80))


def _adorned(made: Cue) -> None:
    ornate = plain(D).ornamented({0: "mordent", 3: "turn", 5: "grace", 6: "passing"})
    made.state("solo violin", 78, ornate.transposed(-2), 92, new_harmony=True, doubled=())
    chords = harmony("Ab:3 Fm7:3 Eb/G:3 Fm7:3")
    _accompany(made, 78, "Ab:3 Fm7:3 Eb/G:3 Fm7:3", 58)
    hold(made, "cellos, violas, second violins", 78, chords, 50, 68, 54)
    made.play("clarinet", 79, phrase("C4/1 Eb4/1 | F4/1 Ab4 C5 | Bb4/2 G4/1 | Ab4/1 Ab4 C5"), 66)
    made.play("solo violin", 90, phrase("Db5/1.5 C5/.5 Bb4/1 | G4/1 Bb4 Eb5"), 80)
    _accompany(made, 90, "Bbm7:3 Eb7sus4:3", 54)
    made.play("solo cello", 90, phrase("F3/1 Ab3 Bb3 | Db4/2 Bb3/1"), 70)
    made.swell("solo violin", (78, 88), (83, 114), (90, 96), (96, 72))
    made.swell("cellos, violas, second violins", (78, 64), (84, 84), (90, 60))


def _folded(made: Cue) -> None:
    chords = harmony("Abmaj7:3 Fm7/Bb:3 Ebadd9:6")
    rolled(made, "harp", 96, chords, 44, 75, 5, 52, 0.12)
    hold(made, "cellos, violas, second violins", 96, chords, 50, 67, 46)
    made.state("celesta", 99, plain(D).fragment(0, 4).transposed(-7), 76, new_harmony=True)
    made.play("basses", 96, phrase("Ab1/3 Bb1/3 Eb2/6"), 50)
    made.play("clarinet", 97, phrase("C5/1 Eb5/1 D5/1.5 r/.5"), 48)
    made.swell("cellos, violas, second violins, basses", (96, 56), (102, 60), (108, 20))
