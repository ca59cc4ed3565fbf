"""Where a number stands among others, and what luck alone would show.

The order that two rows share is Spearman's rank correlation ("The proof and measurement of
association between two things", American Journal of Psychology 15, 1904); its chance is the share
of re-orderings that show as much, all of them where they are few, else 1,999 drawn from a seed
with one added to both counts (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9(1), 2010, §2).
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np
import scipy

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
    left, right = (scipy.stats.rankdata(row) for row in (one, other))
    left, right = left - left.mean(), right - right.mean()
    scale = float(np.sqrt((left**2).sum() * (right**2).sum()))
    return float(left @ right / scale) if scale > 0 else 0.0


def order_chance(one: Sequence[float], other: Sequence[float]) -> float:
    """How often shuffled rows agree or disagree in order as strongly, 0..1."""
    shown = abs(rank_correlation(one, other)) - _SAME
    as_strong = [abs(rank_correlation(order, other)) >= shown for order in _orders(one)]
    if len(one) <= _ALL_OF:
        return float(np.mean(as_strong))
    return (1 + sum(as_strong)) / (1 + len(as_strong))


def _orders(row: Sequence[float]) -> Iterator[Sequence[float]]:
    if len(row) <= _ALL_OF:
        yield from permutations(row)
        return
    dice = np.random.default_rng(0)
    for _ in range(_DRAWS):
        yield dice.permutation(np.asarray(row, float)).tolist()
