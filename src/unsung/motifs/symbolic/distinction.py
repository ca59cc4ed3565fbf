"""Which of the shapes that come back a listener would call a motif.

Each shape is described by how often it returns, how freely it goes on and comes about, how long
it is, the pauses around it and how much it moves. A logistic regression, learned on the
development sonatas of `bench/motif_discovery_scores.py --learn`, weighs these: the log odds that
a musician marked just this stretch as a motif.
"""

import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.motifs.lines import Lines
from unsung.motifs.symbolic.shapes import LONGEST, SHORTEST, Shapes, bits_after, bits_before

TRAITS = (
    "returns", "returns exactly", "rhythm returns", "goes on freely", "comes about freely",
    "notes", "lasts", "pause before", "pause after", "pitches a note", "pitches", "stands still",
    "begins where others begin", "ends where others end",
    "lasts, squared", "notes, squared", "stands still, squared", "returns, squared",
)  # fmt: skip
WEIGHTS = np.array(
    (
        0.323, 0.203, -0.041, 0.488, 0.752, 0.025, 1.026, 0.559, 0.621, 0.645, 0.597, 0.554, 0.193,
        -0.228, -0.134, -0.065, 0.229, -0.03,
    )
)  # fmt: skip
BIAS = -9.025
_SQUARED = (6, 5, 11, 0)
_OFTEN = 3
_MOST_BITS = 7.0


@frozen(eq=False)
class Candidates:
    """Shapes that return: where each is first stated, its notes, and its traits.

    `shape` is the number of the shape among those of as many notes.
    """

    first: Int64[np.ndarray, " candidates"]
    notes: Int64[np.ndarray, " candidates"]
    shape: Int64[np.ndarray, " candidates"]
    traits: Float64[np.ndarray, "candidates traits"]

    def __len__(self) -> int:
        return len(self.first)


def log_odds(found: Candidates) -> Float64[np.ndarray, " candidates"]:
    """The log odds that each is a motif."""
    odds: np.ndarray = found.traits @ WEIGHTS + BIAS
    return odds


def candidates(led: Lines, counted: dict[int, Shapes]) -> Candidates:
    """Every shape that occurs at least twice, at its first statement."""
    begins, ends = _boundaries(counted, len(led))
    usual_s = _usual_step_s(led)
    each = [
        _of_length(led, counted, count, begins, ends, usual_s)
        for count in range(SHORTEST, LONGEST + 1)
    ]
    columns = zip(*each, strict=True)
    first, notes, shape, traits = (np.concatenate(column) for column in columns)
    return Candidates(first, notes, shape, traits)


def _boundaries(
    counted: dict[int, Shapes], count: int
) -> tuple[Float64[np.ndarray, " notes"], Float64[np.ndarray, " notes"]]:
    """For each note, the mean bits before the shapes that begin there, after those that end."""
    sums, votes = np.zeros((2, count)), np.ones((2, count))
    for notes in range(SHORTEST, LONGEST + 1):
        at = np.flatnonzero((counted[notes].shape >= 0) & (counted[notes].count >= _OFTEN))
        for side, where, bits in (
            (0, at, bits_before(counted, notes)),
            (1, at + notes - 1, bits_after(counted, notes)),
        ):
            sums[side, where] += bits[at]
            votes[side, where] += 1
    begins, ends = sums / votes
    return begins, ends


def _usual_step_s(led: Lines) -> float:
    steps = np.diff(led.onset_s)[np.diff(led.line) == 0]
    return max(float(np.median(steps)), 1e-3) if steps.size else 1.0


def _of_length(
    led: Lines,
    counted: dict[int, Shapes],
    count: int,
    begins: Float64[np.ndarray, " notes"],
    ends: Float64[np.ndarray, " notes"],
    usual_s: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """First note, notes, shape and traits of the shapes of one length."""
    found = counted[count]
    at = np.flatnonzero((found.shape >= 0) & (found.count >= 2))
    _, first, member = np.unique(found.shape[at], return_index=True, return_inverse=True)
    lasts_s = led.onset_s[at + count - 1] - led.onset_s[at]
    step_s = np.maximum(lasts_s / (count - 1), 1e-3)
    own = np.stack(
        [
            bits_after(counted, count)[at],
            bits_before(counted, count)[at],
            np.log2(_gap_s(led, at) / step_s),
            np.log2(_gap_s(led, at + count) / step_s),
            begins[at],
            ends[at + count - 1],
        ],
        axis=1,
    )
    shared = _means(own, member, len(first))
    one = at[first]
    pitches, still = _movement(led, one, count)
    plain = [
        np.log2(found.count[one]), np.log2(found.exactly[one]), np.log2(found.in_rhythm[one]),
        shared[:, 0], shared[:, 1], np.full(len(one), np.log2(count)),
        np.log2(np.maximum(lasts_s[first] / usual_s, 0.1)), shared[:, 2], shared[:, 3],
        pitches / count, np.log2(np.maximum(pitches, 1)), still, shared[:, 4], shared[:, 5],
    ]  # fmt: skip
    level = np.clip(np.array(plain).T.reshape(len(one), len(plain)), -_MOST_BITS, _MOST_BITS)
    traits = np.concatenate([level, level[:, _SQUARED] ** 2], axis=1)
    return one, np.full(len(one), count), found.shape[one], traits


def _means(own: np.ndarray, member: np.ndarray, groups: int) -> np.ndarray:
    size = np.bincount(member, minlength=groups)
    sums = [np.bincount(member, column, minlength=groups) for column in own.T]
    means: np.ndarray = np.array(sums).T / np.maximum(size, 1)[:, None]
    return means


def _gap_s(led: Lines, after: Int64[np.ndarray, " places"]) -> Float64[np.ndarray, " places"]:
    """Time from the note before `after` to it; four usual steps at either end of a line."""
    edge = 4 * _usual_step_s(led)
    inner = np.concatenate([[edge], np.diff(led.onset_s), [edge]])
    inner[1:-1][np.diff(led.line) != 0] = edge
    gap: np.ndarray = np.maximum(inner[after], 1e-3)
    return gap


def _movement(
    led: Lines, one: Int64[np.ndarray, " shapes"], count: int
) -> tuple[Float64[np.ndarray, " shapes"], Float64[np.ndarray, " shapes"]]:
    """How many pitches a stretch has, and the share of its steps that stand still."""
    if not one.size:
        return np.zeros(0), np.zeros(0)
    pitch = np.sort(led.pitch[one[:, None] + np.arange(count)], axis=1)
    sung = led.pitch[one[:, None] + np.arange(count)]
    pitches = 1.0 + (np.diff(pitch, axis=1) > 0).sum(axis=1)
    return pitches, (np.diff(sung, axis=1) == 0).mean(axis=1)
