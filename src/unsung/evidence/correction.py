"""Chances of many questions asked at once, made honest about their number."""

import numpy as np
from jaxtyping import Float64

Chances = Float64[np.ndarray, " questions"]


def holm(chances: Chances) -> Chances:
    """Chances such that, of all questions below 0.05, not one is luck in 19 of 20 albums.

    Holm, *A simple sequentially rejective multiple test procedure*, Scand. J. Stat. 6 (1979);
    whatever the questions have to do with each other.
    """
    order = np.argsort(chances, kind="stable")
    left = np.arange(chances.size, 0, -1)
    raised = np.maximum.accumulate(chances[order] * left)
    return _in_place(np.minimum(raised, 1.0), order)


def benjamini_hochberg(chances: Chances) -> Chances:
    """Chances such that, of the questions below 0.05, at most one in 20 is luck on average.

    Benjamini and Hochberg, *Controlling the false discovery rate*, J. R. Stat. Soc. B 57 (1995);
    for questions that are independent or pull the same way.
    """
    order = np.argsort(chances, kind="stable")
    shares = chances[order] * chances.size / np.arange(1, chances.size + 1)
    lowered = np.minimum.accumulate(shares[::-1])[::-1]
    return _in_place(np.minimum(lowered, 1.0), order)


def _in_place(by_rank: Chances, order: np.ndarray) -> Chances:
    corrected = np.empty_like(by_rank)
    corrected[order] = by_rank
    return corrected
