"""What works of equal exposure were given: a median regression, judged out of fold.

The median is regressed (Koenker & Bassett 1978), so a few famous outliers do not bend what is
expected of the rest. No work takes part in its own expectation: residuals are out of fold. The band
is split conformal (Vovk et al. 2005; Lei et al. 2018): the quantiles of those residuals around the
expectation hold a new work with the stated probability, whatever the shape of the errors. How
unsure the line itself is comes from fitting it to resampled works.
"""

from functools import cached_property

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64

from unsung.model.recognition import INTERVAL_LEVEL

FOLDS = 5
_PENALTY = 1e-3
_RESAMPLED = 12


@frozen
class Expectation:
    """The line fitted to all works, lines fitted to resampled works, and out-of-fold answers."""

    line: Float64[np.ndarray, " terms"] = field(eq=False)
    lines: Float64[np.ndarray, "resampled terms"] = field(eq=False)
    out_of_fold: Float64[np.ndarray, " works"] = field(eq=False)
    residuals: Float64[np.ndarray, " works"] = field(eq=False)
    """Received minus expected, in normal scores, sorted as the works are."""

    @cached_property
    def ordered(self) -> Float64[np.ndarray, " works"]:
        """The residuals from the widest shortfall to the widest excess."""
        return np.sort(self.residuals)

    def of(self, row: Float64[np.ndarray, " columns"]) -> float:
        """The expectation for a work that took no part."""
        return float(self.line[0] + row @ self.line[1:])

    def error(self, row: Float64[np.ndarray, " columns"]) -> float:
        """The standard error of that expectation."""
        return float(np.std(self.lines[:, 0] + self.lines[:, 1:] @ row, ddof=1))

    @property
    def band(self) -> tuple[float, float]:
        """From the expectation down and up to where 90 % of works lie."""
        return conformal(self.residuals)


def expectation(
    rows: Float64[np.ndarray, "works columns"], scores: Float64[np.ndarray, " works"], seed: int
) -> Expectation:
    """What each work was expected to receive, and the line that says so of others."""
    dice = np.random.default_rng(seed)
    fold = dice.permutation(len(scores)) % FOLDS
    out_of_fold = np.empty(len(scores))
    for one in range(FOLDS):
        held = fold == one
        line = median_line(rows[~held], scores[~held])
        out_of_fold[held] = line[0] + rows[held] @ line[1:]
    lines = [
        median_line(rows[chosen], scores[chosen])
        for chosen in dice.integers(len(scores), size=(_RESAMPLED, len(scores)))
    ]
    return Expectation(
        median_line(rows, scores), np.array(lines), out_of_fold, scores - out_of_fold
    )


def median_line(
    rows: Float64[np.ndarray, "works columns"], scores: Float64[np.ndarray, " works"]
) -> Float64[np.ndarray, " terms"]:
    """Intercept and slopes of the median."""
    from sklearn.linear_model import QuantileRegressor  # noqa: PLC0415  (slow to import)

    fitted = QuantileRegressor(quantile=0.5, alpha=_PENALTY, solver="highs").fit(rows, scores)
    terms: np.ndarray = np.r_[fitted.intercept_, fitted.coef_]
    return terms


def conformal(residuals: Float64[np.ndarray, " works"]) -> tuple[float, float]:
    """The residuals between which a new one lies with 90 % probability."""
    count, tail = len(residuals), (1 - INTERVAL_LEVEL) / 2
    ordered = np.sort(residuals)
    last = min(int(np.ceil((count + 1) * (1 - tail))), count) - 1
    return float(ordered[count - 1 - last]), float(ordered[last])
