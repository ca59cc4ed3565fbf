"""3. Nets and Fiddles: a reel on the quay, D Dorian, over a drone. It states no motif."""

from skerry.harmony import harmony
from skerry.notation import Phrase, moved, phrase
from skerry.orchestra import LOW_TOM, MID_TOM, SHAKER, TAMBOURINE
from skerry.sketch import Cue
from skerry.texture import beaten, drummed, stepped

_FIRST = phrase(
    "D5/.5 A4 D5 E5 F5 E5 D5 C5 | A4/1 G4/.5 A4 C5 D5 C5 A4 |"
    "D5/.5 A4 D5 E5 F5 G5 A5 F5 | G5 E5 C5 E5 D5/1.5 C5/.5"
)
_FIRST_END = phrase(
    "D5/.5 A4 D5 E5 F5 E5 D5 C5 | A4/1 G4/.5 A4 C5 D5 E5 C5 |"
    "D5/.5 F5 A5 F5 G5 F5 E5 D5 | C5 E5 D5 C5 D5/2"
)
_SECOND = phrase(
    "A5/.5 B5 A5 G5 A5/1 D5/1 | A5/.5 B5 A5 G5 F5 E5 D5 C5 |"
    "D5/.5 E5 F5 G5 A5 B5 C6 A5 | G5 E5 C5 E5 D5/2"
)
_SECOND_END = phrase(
    "D6/1 C6/.5 B5 A5/1 G5/.5 F5 | E5/1 C5/.5 E5 G5/1 C6/.5 B5 |"
    "A5/.5 F5 D5 F5 G5 E5 C5 E5 | D5 C5 A4 C5 D5/2"
)
_REEL = (_FIRST, _FIRST_END, _SECOND, _SECOND_END)
_CHORDS = (
    "Dm:4 Am:4 Dm:4 C:2 Dm:2",
    "Dm:4 C:4 Dm:2 G:2 C:2 Dm:2",
    "Dm:4 G:4 Dm:4 C:2 Dm:2",
    "G:4 C:4 Dm:2 C:2 Am:2 Dm:2",
)
_SECOND_VOICE = (
    "A4/4 E4/2 E4 | F4/4 E4/2 F4",
    "F4/4 E4/2 G4 | F4/2 G4 E4 F4",
    "F5/4 D5 | F5/2 A5 | E5/2 F5",
    "B5/4 G5/2 E5 | F5/2 E5 C5 F5",
)


def cue() -> Cue:
    """The cue."""
    made = Cue(
        3,
        "Nets and Fiddles",
        key="D dorian",
        mode="dorian",
        kind="folk dance",
        about="The quay on a Saturday; nobody is waiting for anything.",
        metre=(4, 4),
        tempo=((0, 118), (8, 120), (72, 124), (120, 130), (134, 128), (136, 96), (138, 70)),
        sections=(("drone", 0), ("fiddle", 8), ("whistle", 40), ("all", 72), ("stop", 136)),
        looseness_s=0.008,
    )
    made.play("accordion", 0, phrase("D3+A3/8"), 60)
    made.play("fiddle", 4, phrase("D4+A4/2 E4+A4/1 D4+A4/.9"), 76)
    drummed(made, "drums", 4, 4, LOW_TOM, "X..xo.x.", 0.5, 52)
    _fiddle(made, 8)
    _whistle(made, 40)
    _all(made, 72)
    _stop(made)
    return made


def _fiddle(made: Cue, at_q: float) -> None:
    for turn in (0, 1):
        _reel(made, "fiddle", at_q + 16 * turn, _REEL[turn], 90)
        made.play("accordion", at_q + 16 * turn, phrase("D3+A3/8 D3+A3/8"), 58)
        drummed(made, "drums", at_q + 16 * turn, 16, LOW_TOM, "X..xo.x.", 0.5, 56)
    drummed(made, "drums", at_q + 16, 16, SHAKER, "o.xo", 0.5, 58)


def _whistle(made: Cue, at_q: float) -> None:
    for turn in (2, 3):
        here_q = at_q + 16 * (turn - 2)
        _reel(made, "whistle", here_q, _REEL[turn], 88)
        made.play("fiddle", here_q, phrase(_SECOND_VOICE[turn]), 66)
        chords = harmony(_CHORDS[turn])
        beaten(made, "guitar", here_q, chords, 50, 69, "X.xxx.xx", 0.5, 58)
        stepped(made, "cellos", here_q, chords, 36, 52, "r...f...", 0.5, 62)
        drummed(made, "drums", here_q, 16, LOW_TOM, "X..xo.xo", 0.5, 58)
        drummed(made, "drums", here_q, 16, TAMBOURINE, "..x...x.", 0.5, 54)


def _all(made: Cue, at_q: float) -> None:
    for turn in range(4):
        here_q = at_q + 16 * turn
        _reel(made, "fiddle", here_q, _REEL[turn], 92)
        made.play("whistle", here_q, moved(_REEL[turn], 12 if turn < 2 else 0), 72)
        made.play("second fiddle", here_q, phrase(_SECOND_VOICE[turn]), 72)
        chords = harmony(_CHORDS[turn])
        beaten(made, "guitar", here_q, chords, 50, 69, "X.xxXxxx", 0.5, 62)
        beaten(made, "accordion", here_q, chords, 55, 72, "..x...x.", 0.5, 66)
        stepped(made, "cellos", here_q, chords, 36, 52, "r..rf.o.", 0.5, 68)
        drummed(made, "drums", here_q, 16, LOW_TOM, "X.oxo.xo", 0.5, 62)
        drummed(made, "drums", here_q, 16, MID_TOM, "....X..x", 0.5, 50)
        drummed(made, "drums", here_q, 16, TAMBOURINE, "o.xoo.xo", 0.5, 58)


def _reel(made: Cue, part: str, at_q: float, tune: Phrase, velocity: int) -> None:
    """Dance music: the first of each group of four leans, the second is let go."""
    for tone in tune:
        lean = {0.0: 8, 1.0: 3, 0.5: -6, 1.5: -3}[tone.onset_q % 2.0]
        made.play(part, at_q, (tone,), velocity + lean, 0.92)


def _stop(made: Cue) -> None:
    made.play("fiddle", 136, phrase("D4+A4+D5/3"), 96)
    made.play("whistle", 136, phrase("A5/.5 D6/2.5"), 84)
    made.play("guitar", 136, phrase("D3+A3+D4+F4/3"), 74)
    made.play("accordion", 136, phrase("D3+A3/3"), 70)
    made.play("cellos", 136, phrase("D2/3"), 74)
    drummed(made, "drums", 136, 1, LOW_TOM, "X.", 0.5, 70)
