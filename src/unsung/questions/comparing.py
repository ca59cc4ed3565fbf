"""Where a number stands among others, and what luck alone would show.

The order that two rows share is Spearman's rank correlation ("The proof and measurement of
association between two things", American Journal of Psychology 15, 1904); its chance is the share
of re-orderings that show as much, all of them where they are few, else 1,999 drawn from a seed
with one added to both counts (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9(1), 2010, §2).
"""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import scipy
from jaxtyping import Float64, Int64

_ALL_OF = 7
_DRAWS = 1999
_SAME = 1e-9


def percentile(value: float, among: Sequence[float]) -> float:
    """How many of 100 lie below, those equal counted half; 50 where nothing is compared."""
    if not among:
        return 50.0
    others = np.asarray(among, float)
    return float(100 * ((others < value).mean() + (others == value).mean() / 2))


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, -1..1; 0 where either never changes."""
    return float(_ranks(one) @ _ranks(other))


def order_chance(one: Sequence[float], other: Sequence[float]) -> float:
    """How often shuffled rows agree or disagree in order as strongly, 0..1."""
    left, right = _ranks(one), _ranks(other)
    as_strong = np.abs(left[_orders(len(left))] @ right) >= abs(left @ right) - _SAME
    if len(left) <= _ALL_OF:
        return float(as_strong.mean())
    return float((1 + as_strong.sum()) / (1 + len(as_strong)))


def _ranks(row: Sequence[float]) -> Float64[np.ndarray, " row"]:
    """Ranks less their mean, of length 1; zeros where nothing changes."""
    ranks = scipy.stats.rankdata(np.asarray(row, float))
    ranks = ranks - ranks.mean()
    length = float(np.sqrt(ranks @ ranks))
    scaled: np.ndarray = ranks / length if length > 0 else ranks
    return scaled


def _orders(count: int) -> Int64[np.ndarray, "orders row"]:
    if count <= _ALL_OF:
        return np.array(list(permutations(range(count))), np.int64)
    dice = np.random.default_rng(0)
    return np.array([dice.permutation(count) for _ in range(_DRAWS)], np.int64)
