"""A cue on the desk: what is played, how loud, how fast, and which notes state a motif."""

import hashlib

import numpy as np
from attrs import Factory, define, frozen

from skerry.notation import Phrase, Tone, moved
from skerry.orchestra import ORCHESTRA
from skerry.transform import Disguise

GRID_Q = 0.25
"""The tempo changes at most this often, in quarters."""

Points = tuple[tuple[float, float], ...]


@frozen
class Played:
    """A note of one part, as the players are asked to play it."""

    part: str
    tone: Tone
    velocity: int


@frozen
class Placed:
    """A motif stated at a quarter of the cue: how it is disguised, and how it is set.

    `voice` says where it lies: melody, inner voice or bass. `new_harmony` means other chords than
    at its first statement. `doubled_by` names parts that play along.
    """

    at_q: float
    part: str
    disguise: Disguise
    voice: str
    new_harmony: bool
    doubled_by: tuple[str, ...]


@define
class Cue:
    """One continuous piece. Times are in quarters until the tempo turns them into seconds.

    `tempo` are points (quarter, beats a minute) with straight lines between them; a jump is
    written as two points at the same quarter. `metre` is beats and beat type.
    """

    number: int
    title: str
    key: str
    mode: str
    kind: str
    about: str
    metre: tuple[int, int]
    tempo: Points
    sections: tuple[tuple[str, float], ...] = ()
    looseness_s: float = 0.006
    notes: list[Played] = Factory(list)
    statements: list[Placed] = Factory(list)
    swells: dict[str, list[tuple[float, float]]] = Factory(dict)

    def play(
        self, part: str, at_q: float, tones: Phrase, velocity: int = 76, length: float = 0.98
    ) -> None:
        """Let a part play these notes; `length` is the share of each note that is held."""
        if part not in ORCHESTRA:
            raise KeyError(f"nobody plays {part!r}")
        for tone in moved(tones, delay_q=at_q):
            held = Tone(tone.onset_q, tone.duration_q * length, tone.midi_pitch)
            self.notes.append(Played(part, held, max(1, min(127, velocity))))

    def state(
        self,
        part: str,
        at_q: float,
        disguise: Disguise,
        velocity: int = 88,
        *,
        voice: str = "melody",
        new_harmony: bool = False,
        doubled: tuple[tuple[str, int], ...] = (),
        length: float = 0.98,
    ) -> None:
        """State a motif, perhaps doubled by other parts so many semitones away."""
        self.play(part, at_q, disguise.tones, velocity, length)
        for other, semitones in doubled:
            self.play(other, at_q, moved(disguise.tones, semitones), velocity - 8, length)
        names = tuple(other for other, _ in doubled)
        self.statements.append(Placed(at_q, part, disguise, voice, new_harmony, names))

    def swell(self, parts: str, *points: tuple[float, float]) -> None:
        """Dynamics of parts (names with commas between): (quarter, expression 0..127)."""
        for part in parts.split(","):
            self.swells.setdefault(part.strip(), []).extend(points)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in the order of their first notes written."""
        return tuple(dict.fromkeys(played.part for played in self.notes))

    @property
    def end_q(self) -> float:
        """The quarter at which the last note stops."""
        return max(played.tone.end_q for played in self.notes)


def beats_a_minute(cue: Cue, count: int) -> np.ndarray:
    """The tempo in each of `count` cells of the grid."""
    middles = (np.arange(count) + 0.5) * GRID_Q
    quarters, bpm = (np.array(column, float) for column in zip(*cue.tempo, strict=True))
    # A jump has two points at one quarter; the second counts from there on.
    quarters = quarters + np.arange(len(quarters)) * 1e-9
    curve: np.ndarray = np.round(np.interp(middles, quarters, bpm), 2)
    return curve


def seconds(cue: Cue, at_q: np.ndarray) -> np.ndarray:
    """When these quarters of the cue come, in seconds from its beginning."""
    count = int(cue.end_q / GRID_Q) + 8
    lengths_s = 60.0 / beats_a_minute(cue, count) * GRID_Q
    clock_s = np.concatenate(([0.0], np.cumsum(lengths_s)))
    at_s: np.ndarray = np.interp(at_q, np.arange(count + 1) * GRID_Q, clock_s)
    return at_s


def looseness(cue: Cue, salt: str, count: int) -> np.ndarray:
    """Small human deviations, the same on every build, mostly within one `looseness_s`."""
    seed = hashlib.sha256(f"{cue.title}/{salt}".encode()).digest()
    dice = np.random.default_rng(int.from_bytes(seed[:8], "big"))
    deviations_s: np.ndarray = np.clip(dice.normal(0.0, cue.looseness_s, count), -0.012, 0.012)
    return deviations_s
