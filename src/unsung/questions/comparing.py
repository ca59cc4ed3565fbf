"""Where a number stands among others, and whether two rows share an order.

The order that two rows share is Spearman's rank correlation ("The proof and measurement of
association between two things", American Journal of Psychology 15, 1904).
"""

from collections.abc import Sequence

import numpy as np
import scipy
from jaxtyping import Float64

from unsung.evidence.chance import ChanceSettings, chance_probability, shuffled_places
from unsung.recognition import percentiles


def percentile(value: float, among: Sequence[float]) -> float:
    """How many of 100 lie below, those equal counted half; 50 where nothing is compared."""
    return percentiles.percentile(value, np.sort(np.asarray(among, float)))


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, -1..1; 0 where either never changes."""
    return float(_ranks(one) @ _ranks(other))


def order_chance(one: Sequence[float], other: Sequence[float]) -> float:
    """How often shuffled rows agree or disagree in order as strongly, 0..1."""
    left, right = _ranks(one), _ranks(other)
    deals = shuffled_places(np.zeros(len(left), np.int64), ChanceSettings())
    by_luck = np.array([abs(left[deal] @ right) for deal in deals])
    return chance_probability(float(abs(left @ right)), by_luck)


def _ranks(row: Sequence[float]) -> Float64[np.ndarray, " row"]:
    """Ranks less their mean, of length 1; zeros where nothing changes."""
    ranks = scipy.stats.rankdata(np.asarray(row, float))
    ranks = ranks - ranks.mean()
    length = float(np.sqrt(ranks @ ranks))
    scaled: np.ndarray = ranks / length if length > 0 else ranks
    return scaled
