"""Intervals: between which values the truth lies, as often as the level says."""

import warnings
from collections.abc import Callable
from typing import Literal

import numpy as np
import scipy
from attrs import field, frozen, validators
from jaxtyping import Float64

from unsung.model.outcomes import UNDECIDED, Undecided

Values = Float64[np.ndarray, " values"]
Statistic = Callable[..., np.ndarray]
"""From one or more samples, along `axis`, to one number each: `numpy.mean`, `numpy.median` …"""


@frozen
class Interval:
    """From `low` to `high`; of many such intervals, the share `level` holds the truth."""

    low: float = field(converter=float)
    high: float = field(converter=float)
    level: float = field(default=0.9, converter=float)

    def __attrs_post_init__(self) -> None:
        if not self.low <= self.high or not 0 < self.level < 1:
            raise ValueError(f"no interval: {self.low} to {self.high} at level {self.level}")


@frozen
class BootstrapSettings:
    """How many samples to draw again, how, the level, and the seed of the dice."""

    resamples: int = field(default=1999, validator=[validators.ge(99), validators.le(99_999)])
    method: Literal["BCa", "percentile"] = "BCa"
    level: float = field(default=0.9, converter=float)
    seed: int = field(default=1729, validator=validators.ge(0))


def wilson_interval(hits: int, count: int, level: float = 0.9) -> Interval | Undecided:
    """The interval of a share, given `hits` of `count`; undecided where nothing was counted.

    Wilson, *Probable inference, the law of succession, and statistical inference*, J. Am. Stat.
    Assoc. 22 (1927). Stays within 0..1, and is honest about few.
    """
    if not count:
        return UNDECIDED
    z, share = float(scipy.special.ndtri((1 + level) / 2)), hits / count
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    spread = z * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2)) / (1 + z**2 / count)
    return Interval(max(0.0, middle - spread), min(1.0, middle + spread), level)


def bootstrap_interval(
    *samples: Values, statistic: Statistic = np.mean, settings: BootstrapSettings | None = None
) -> Interval | Undecided:
    """The interval of a statistic of one sample, or of several that were drawn independently.

    Bias-corrected and accelerated (Efron, *Better bootstrap confidence intervals*, J. Am. Stat.
    Assoc. 82, 1987); percentiles where asked for, or where BCa has nothing to correct by. Undecided
    with fewer than three values: they cannot say how far others would lie.
    """
    settings = settings or BootstrapSettings()
    if min(sample.size for sample in samples) < 3:
        return UNDECIDED
    if all(np.ptp(sample) == 0 for sample in samples):
        at = float(statistic(*samples, axis=-1))
        return Interval(at, at, settings.level)
    low, high = _bootstrapped(samples, statistic, settings.method, settings)
    if not np.isfinite([low, high]).all():
        low, high = _bootstrapped(samples, statistic, "percentile", settings)
    return Interval(low, high, settings.level)


def mean_difference(values: np.ndarray, others: np.ndarray, axis: int = -1) -> np.ndarray:
    """By how much the mean of `values` exceeds that of `others`: a statistic of two samples."""
    difference: np.ndarray = np.mean(values, axis=axis) - np.mean(others, axis=axis)
    return difference


def median_difference(values: np.ndarray, others: np.ndarray, axis: int = -1) -> np.ndarray:
    """By how much the median of `values` exceeds that of `others`."""
    difference: np.ndarray = np.median(values, axis=axis) - np.median(others, axis=axis)
    return difference


def _bootstrapped(
    samples: tuple[Values, ...], statistic: Statistic, method: str, settings: BootstrapSettings
) -> tuple[float, float]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a degenerate sample answers with NaN, which is looked at
        found = scipy.stats.bootstrap(
            samples,
            statistic,
            n_resamples=settings.resamples,
            confidence_level=settings.level,
            method=method,
            batch=256,
            rng=np.random.default_rng(settings.seed),
        )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
