"""How far apart two groups of values are, by rank alone: no scale, no bell curve supposed."""

import numpy as np
from jaxtyping import Float64

from unsung.model.outcomes import UNDECIDED, Undecided

Values = Float64[np.ndarray, " values"]
Others = Float64[np.ndarray, " others"]


def superiority(values: Values, others: Others) -> float | Undecided:
    """How probably one of `values` exceeds one of `others`, equals counting half: 0..1, 0.5 alike.

    Vargha and Delaney, *A critique and improvement of the CL common language effect size
    statistics*, J. Educ. Behav. Stat. 25 (2000). Undecided where either group is empty.
    """
    if not values.size or not others.size:
        return UNDECIDED
    ordered = np.sort(others)
    below = np.searchsorted(ordered, values, "left")
    not_above = np.searchsorted(ordered, values, "right")
    return float((below + not_above).mean() / (2 * others.size))


def cliffs_delta(values: Values, others: Others) -> float | Undecided:
    """Cliff's delta, -1..1: how much more often `values` exceed `others` than fall below them.

    Cliff, *Dominance statistics*, Psychological Bulletin 114 (1993).
    """
    probability = superiority(values, others)
    return probability if probability is UNDECIDED else 2 * probability - 1
