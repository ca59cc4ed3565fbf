"""How far passages resemble each other, in one figure, and what follows for a whole album.

Seven likenesses are weighed together. The weights are those of a logistic regression that tells
statements of one motif from other passages, learned on the development sonatas of
`bench/motif_retrieval.py --learn`; none may be negative.
"""

import numpy as np
import scipy
from jaxtyping import Float32, Float64, Int64

from unsung.motifs.symbolic.comparing import compared
from unsung.motifs.symbolic.passages import Passages

WEIGHTS = np.array((0.271, 2.659, 5.343, 3.738, 1.18, 2.609, 0.085))
BIAS = -5.198
_NEIGHBOURS = 10
_CLOSEST = 4
_ONWARD = 0.95
_FAINTEST = 1e-12


def likenesses(
    heard: Passages, pairs: Int64[np.ndarray, "pairs two"]
) -> Float32[np.ndarray, "pairs likenesses"]:
    """How alike the passages of each pair are, in seven ways."""
    found: np.ndarray = compared(
        np.ascontiguousarray(pairs, np.int64), heard.notes_from, heard.tick, heard.pitch,
        heard.weight, heard.line_from, heard.line_tick, heard.line_pitch,
    )  # fmt: skip
    return found


def log_odds(alike: Float32[np.ndarray, "pairs likenesses"]) -> Float64[np.ndarray, " pairs"]:
    """The log odds that two passages state the same; 0 is even."""
    odds: np.ndarray = alike.astype(np.float64) @ WEIGHTS + BIAS
    return odds


def resemblance(heard: Passages) -> Float64[np.ndarray, "passages passages"]:
    """Log odds for every two passages; the diagonal holds the highest of all."""
    count = len(heard)
    above = np.triu_indices(count, 1)
    odds = log_odds(likenesses(heard, np.stack(above, axis=1)))
    whole = np.full((count, count), odds.max(initial=0.0))
    whole[above] = odds
    whole.T[above] = odds
    return whole


def through_others(
    odds: Float64[np.ndarray, "passages passages"],
) -> Float64[np.ndarray, "passages passages"]:
    """Resemblance that also counts what two passages have in common with third ones.

    A statement that is far from the first may be near to a second that is near to the first.
    Random walks over the nearest neighbours of each passage (Zhou, Weston, Gretton, Bousquet and
    Schölkopf, NIPS 2003: ranking on manifolds, closed form), their logarithm added to the odds;
    then what a passage's closest resemble counts as well (Chum et al., ICCV 2007: average query
    expansion).
    """
    count = len(odds)
    if count < 2:
        return odds
    near = _chances_of_neighbours(odds)
    degree = np.sqrt(near.sum(axis=1) + _FAINTEST)
    walk = np.linalg.inv(np.eye(count) - _ONWARD * near / degree[:, None] / degree)
    return _with_closest(odds + np.log(np.maximum(walk, _FAINTEST)))


def _with_closest(
    reached: Float64[np.ndarray, "passages passages"],
) -> Float64[np.ndarray, "passages passages"]:
    others = reached.copy()
    np.fill_diagonal(others, -np.inf)
    closest = np.argsort(-others, axis=1, kind="stable")[:, : min(_CLOSEST, len(others) - 1)]
    theirs = reached[closest].mean(axis=1)
    both: np.ndarray = reached + (theirs + theirs.T) / 2
    return both


def _chances_of_neighbours(
    odds: Float64[np.ndarray, "passages passages"],
) -> Float64[np.ndarray, "passages passages"]:
    """The chance that two passages state the same, if either is among the other's nearest."""
    others = odds.copy()
    np.fill_diagonal(others, -np.inf)
    nearest = min(_NEIGHBOURS, len(odds) - 1)
    least = np.partition(others, -nearest, axis=1)[:, -nearest]
    near = (others >= least[:, None]) | (others >= least)
    chance: np.ndarray = np.where(near, scipy.special.expit(others), 0)
    return chance
