"""9. Leave the Lamp: the farewell. Quiet, late, and the keeper's motif as it never was before.

D flat major, half as slow again, adorned, over chords it has not met; the Lamp in four-four under
the cello's song; the boy's tune, in the minor, begun and not ended.
"""

from skerry.harmony import harmony
from skerry.motifs import A, B, D
from skerry.notation import phrase
from skerry.sketch import Cue
from skerry.texture import bass, hold, rolled
from skerry.transform import plain

_MUTED = "violas, second violins, second violins"


def cue() -> Cue:
    """The cue."""
    made = Cue(
        9,
        "Leave the Lamp",
        key="D♭ major",
        mode="major",
        kind="farewell",
        about="She tells him to go. She does not say it in those words.",
        metre=(4, 4),
        tempo=(
            (0, 54), (6, 50), (10, 58), (17, 54), (20, 48), (24, 60), (33, 62), (39, 52), (44, 58),
            (50, 62), (54, 50), (58, 48), (66, 46), (72, 40),
        ),
        sections=(
            ("threshold", 0), ("Mara, adorned", 6.5), ("the Lamp, below", 24), ("higher", 41.5),
            ("the boat", 58),
        ),
        looseness_s=0.009,
    )  # fmt: skip
    _threshold(made)
    _mara_adorned(made)
    _lamp_below(made)
    _higher(made)
    _boat(made)
    return made


def _threshold(made: Cue) -> None:
    chords = harmony("Dbadd9:4 Gbmaj7/Db:4")
    rolled(made, "harp", 0, chords, 49, 77, 5, 50, 0.16)
    hold(made, _MUTED, 1, harmony("Dbadd9:3 Gbmaj7/Db:4"), 53, 70, 40)
    made.play("flute", 3, phrase("F5/.5 Ab5/.5 Eb5/2"), 48)
    made.swell(_MUTED, (0, 24), (5, 56), (8, 48))


def _mara_adorned(made: Cue) -> None:
    sung = (
        plain(A).in_mode("major").ornamented({1: "turn", 4: "grace", 5: "passing", 7: "mordent"})
        .stretched(1.5).transposed(-13)
    )  # fmt: skip
    made.state("solo cello", 6.5, sung, 92, new_harmony=True)
    chords = harmony("Bbm7:3 Gbmaj7:1.5 Ab:1.5 | Dbmaj7/F:3 Gbadd9:3")
    hold(made, _MUTED, 8, chords, 55, 72, 42)
    bass(made, "basses", 8, chords, 30, 46, 46)
    rolled(made, "harp", 8, chords, 54, 80, 4, 44, 0.16)
    made.play(
        "english horn",
        17.5,
        phrase("Eb4/.5 | Ab4/1.5 Gb4/.5 F4/1 | Db4/1 Eb4/.5 F4/.5 Ab4/1.5"),
        64,
    )
    hold(made, _MUTED, 20, harmony("Ebm9:2 Ab7sus4:2"), 55, 72, 42)
    bass(made, "basses", 20, harmony("Ebm9:2 Ab7sus4:2"), 30, 46, 46)
    made.swell("solo cello", (6.5, 78), (11, 108), (14, 96), (16, 112), (20, 62))
    made.swell(_MUTED + ", basses", (8, 46), (15, 66), (20, 52), (24, 44))
    made.swell("english horn", (17.5, 66), (19, 92), (23.5, 58))


def _lamp_below(made: Cue) -> None:
    """The lullaby, no longer rocking, in the harp; above it the cello goes on alone."""
    slow = plain(D).in_rhythm(1, 1, 2, 2.5, 1.5, 1, 3, 4).transposed(-9)
    made.state("celesta", 24, slow, 78, voice="inner", new_harmony=True, doubled=(("harp", 0),))
    chords = harmony("Bbm:4 Gbmaj7:4 Db/F:4 Ebm9:4")
    hold(made, _MUTED, 24, chords, 53, 68, 40)
    bass(made, "basses", 24, chords, 30, 46, 44)
    line = (
        "F4/1.5 Gb4/.5 Ab4/1 Db4 | Bb3/1 Db4/1.5 Eb4/.5 F4/1 |"
        "Ab4/2 Gb4/.5 F4/.5 Eb4/1 | F4/.5 Eb4 Db4/1 Bb3/1.5 r/.5"
    )
    made.play("solo cello", 24, phrase(line), 82)
    made.swell("solo cello", (24, 70), (28, 92), (32, 110), (36, 84), (40, 56))
    made.swell(_MUTED + ", basses", (24, 44), (32, 62), (40, 44))


def _higher(made: Cue) -> None:
    """A third up, for two bars only, the violins have it; then the reach and fall, in the horn."""
    sung = (
        plain(A)
        .in_mode("major")
        .fragment(0, 5)
        .stretched(1.5)
        .transposed(14)
        .ornamented({1: "mordent"})
    )
    made.state("solo violin", 42.5, sung, 78, new_harmony=True, doubled=())
    chords = harmony("C#m7:2 Amaj7:2 F#m9:2 Emaj7/G#:2")
    hold(made, _MUTED, 42, chords, 55, 71, 42)
    bass(made, "basses", 42, chords, 30, 46, 44)
    rolled(
        made, "harp", 40, harmony("Amaj9:2 C#m7:2 Amaj7:2 F#m9:2 Emaj7/G#:2"), 52, 80, 5, 46, 0.14
    )
    reach = plain(A).in_mode("major").fragment(5, 8).stretched(1.5).transposed(-1)
    made.state("horn", 50, reach, 60, new_harmony=True)
    chords = harmony("Bbm9:3 Gbmaj9:3 Ebm7:1 Ab:1")
    hold(made, _MUTED, 50, chords, 53, 70, 42)
    bass(made, "basses", 50, chords, 30, 46, 46)
    rolled(made, "harp", 50, chords, 52, 80, 5, 44, 0.14)
    made.swell("solo violin", (42.5, 66), (46, 96), (49.5, 60))
    made.swell(_MUTED + ", basses", (42, 50), (47, 68), (50, 54), (54, 60), (58, 40))
    made.swell("horn", (50, 70), (52, 84), (56, 40))


def _boat(made: Cue) -> None:
    away = plain(B).stretched(2).in_mode("minor").fragment(0, 6).transposed(-9)
    made.state("clarinet", 57, away, 66, new_harmony=True)
    chords = harmony("Bbm:3 Gbmaj7:3 Ebm7/Gb:2")
    hold(made, _MUTED, 58, chords, 53, 70, 40)
    bass(made, "basses", 58, chords, 30, 46, 44)
    made.state(
        "celesta", 64.5, plain(D).fragment(0, 4).transposed(3).stretched(1.25), 50, new_harmony=True
    )
    rolled(made, "harp", 66, harmony("Dbadd9:6"), 49, 77, 6, 44, 0.2)
    hold(made, _MUTED, 66, harmony("Dbadd9:6"), 53, 70, 38)
    made.play("solo cello", 66, phrase("Db3/6"), 50)
    made.swell(_MUTED + ", basses", (58, 44), (62, 52), (66, 40), (72, 8))
    made.swell("clarinet", (57, 64), (60, 88), (64, 40))
    made.swell("solo cello", (66, 50), (72, 12))
