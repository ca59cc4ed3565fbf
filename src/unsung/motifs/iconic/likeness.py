"""Which famous melodies a melody is like, note by note, and whether luck would do as well.

catalogue = known(shipped_incipits())
nearest, *others = likenesses(motif.prototype.notes, catalogue)
nearest.incipit.name, nearest.kinship, nearest.chance
"""

from functools import cache

import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.model.iconic import Incipit, Kinship, Likeness
from unsung.model.motif import NotePair
from unsung.model.notes import Notes
from unsung.motifs.commonness import WIDEST_SEMITONES, shipped, step_bits
from unsung.motifs.iconic.aligning import PRICES, agreement
from unsung.motifs.iconic.luck import chance_of

QUOTED, ALIKE = 0.01, 0.05
"""The chances below which luck is ruled out for a quotation, and for a likeness."""
NEAR_IDENTICAL, KIN, NEAR = 0.75, 0.4, 0.6
"""How similar a quotation is at least, a likeness, and what is alike but may be so by luck."""
FEWEST_QUOTED = 7
"""Notes that a quotation has at least."""
_SHUFFLES, _SEED = 25, 1729


@frozen(eq=False)
class _Told:
    """An incipit made ready: what each of its steps costs in other music."""

    incipit: Incipit
    pitch: Float64[np.ndarray, " told"]
    onset_s: Float64[np.ndarray, " told"]
    own_bits: Float64[np.ndarray, " steps"]


@frozen(eq=False)
class Known:
    """A catalogue made ready to be compared with many melodies."""

    told: tuple[_Told, ...]
    steps: int


def known(incipits: tuple[Incipit, ...]) -> Known:
    """The catalogue of those incipits that have three notes or more."""
    long_enough = tuple(_told(one) for one in incipits if len(one.notes) >= 3)
    return Known(long_enough, sum(len(one.own_bits) for one in long_enough))


def likenesses(
    line: Notes, catalogue: Known, most: int = 3, asked: int = 1
) -> tuple[Likeness, ...]:
    """The nearest melodies of a catalogue, the nearest first; none for fewer than three notes.

    `asked` is how many melodies of the album are asked about: with more of them, one is near by
    luck more easily, and the chances say so.
    """
    if len(line) < 3:
        return ()
    heard = np.round(line.midi_pitch).astype(float), np.asarray(line.onset_s)
    found = _agreements(*heard, catalogue)
    order = np.argsort([-bits for bits, _ in found], kind="stable")[:most]
    return tuple(_likeness(line, catalogue, int(k), found[k], asked) for k in order)


def _agreements(
    pitch: Float64[np.ndarray, " notes"], onset_s: Float64[np.ndarray, " notes"], catalogue: Known
) -> list[tuple[float, Int64[np.ndarray, " told"]]]:
    bits = _interval_bits()
    return [
        agreement(one.pitch, one.onset_s, pitch, onset_s, one.own_bits, bits, PRICES)
        for one in catalogue.told
    ]


def _told(one: Incipit) -> _Told:
    pitch = np.round(one.notes.midi_pitch).astype(float)
    return _Told(one, pitch, np.asarray(one.notes.onset_s), step_bits(one.notes, shipped())[0])


@cache
def _interval_bits() -> Float64[np.ndarray, " intervals"]:
    """What each interval costs on its own; an unseen one as if seen once."""
    counts = shipped().intervals.sum(axis=0)
    kinds = 2 * WIDEST_SEMITONES + 1
    bits: np.ndarray = -np.log2((counts + 1) / (counts.sum() + kinds))
    return bits


def _likeness(
    line: Notes,
    catalogue: Known,
    at: int,
    agreed: tuple[float, Int64[np.ndarray, " told"]],
    asked: int,
) -> Likeness:
    told, (bits, answered) = catalogue.told[at].incipit, agreed
    pairs = tuple((k, int(note)) for k, note in enumerate(answered) if note >= 0)
    alone = chance_of(bits, len(line) - 1, catalogue.steps)
    if alone <= ALIKE:
        alone = max(alone, _in_another_order(line, pairs, bits, catalogue))
    chance = 1 - (1 - alone) ** asked
    similar = _similarity(told.notes, line, pairs)
    return Likeness(
        told, similar, bits, chance, _kinship(similar, len(pairs), chance), pairs,
        *_moved(told.notes, line, pairs),
    )  # fmt: skip


def _in_another_order(
    line: Notes, pairs: tuple[NotePair, ...], bits: float, catalogue: Known
) -> float:
    """How often the stretch that answers, its intervals shuffled, agrees with something as well.

    A scale shuffled is the same scale: then it is the intervals that are near, not the melody.
    """
    stretch = slice(pairs[0][1], pairs[-1][1] + 1)
    pitch = np.round(line.midi_pitch[stretch]).astype(float)
    dice = np.random.default_rng(_SEED)
    as_well = 0
    for _ in range(_SHUFFLES):
        other = np.append(0.0, np.cumsum(dice.permutation(np.diff(pitch))))
        found = _agreements(other, np.asarray(line.onset_s[stretch]), catalogue)
        as_well += max(score for score, _ in found) >= bits
    return as_well / _SHUFFLES


def _similarity(told: Notes, line: Notes, pairs: tuple[NotePair, ...]) -> float:
    """The share of the shorter melody's steps that answer, each for what it keeps."""
    if len(pairs) < 2:
        return 0.0
    ours, theirs = np.array(pairs).T
    off = np.abs(np.diff(told.midi_pitch[ours]) - np.diff(np.round(line.midi_pitch[theirs])))
    ratio = np.log2(_steps_s(told, ours) / _steps_s(line, theirs))
    bent = np.minimum(np.abs(ratio - np.median(ratio)), 1)
    passed = np.diff(ours) + np.diff(theirs) - 2
    kept = np.where(off % 12 == 0, 1.0, np.where(off == 1, 0.5, 0.0))
    worth = np.clip(kept - 0.25 * bent - 0.25 * passed, 0, 1)
    return float(min(worth.sum() / (min(len(told), len(line)) - 1), 1.0))


def _steps_s(line: Notes, at: np.ndarray) -> Float64[np.ndarray, " steps"]:
    steps: np.ndarray = np.maximum(np.diff(line.onset_s[at]), 1e-3)
    return steps


def _kinship(similarity: float, notes: int, chance: float) -> Kinship:
    if chance <= QUOTED and similarity >= NEAR_IDENTICAL and notes >= FEWEST_QUOTED:
        return "quotation"
    if chance <= ALIKE:
        return "likeness" if similarity >= KIN else "undecided"
    return "undecided" if similarity >= NEAR else "none"


def _moved(told: Notes, line: Notes, pairs: tuple[NotePair, ...]) -> tuple[int, float]:
    """The transposition of most notes, and how much faster the melody runs."""
    if len(pairs) < 2:
        return 0, 1.0
    ours, theirs = np.array(pairs).T
    moved = np.round(line.midi_pitch[theirs] - told.midi_pitch[ours]).astype(int)
    values, counts = np.unique(moved, return_counts=True)
    ratio = np.median(_steps_s(told, ours) / _steps_s(line, theirs))
    return int(values[counts.argmax()]), float(ratio)
