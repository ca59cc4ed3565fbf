"""Intervals hold the truth as often as their level says."""

import numpy as np
import pytest
import scipy

from unsung.evidence.interval import (
    BootstrapSettings,
    Interval,
    bootstrap_interval,
    mean_difference,
    median_difference,
    wilson_interval,
)
from unsung.model.outcomes import UNDECIDED

QUICK = BootstrapSettings(resamples=299)


@pytest.mark.parametrize(("hits", "count"), [(0, 7), (3, 9), (41, 41), (1, 1)])
def test_wilson_agrees_with_scipy(hits, count):
    found = wilson_interval(hits, count, 0.95)
    expected = scipy.stats.binomtest(hits, count).proportion_ci(0.95, "wilson")
    assert np.allclose([found.low, found.high], expected, atol=1e-12)


def test_nothing_counted_is_undecided():
    assert wilson_interval(0, 0) is UNDECIDED


@pytest.mark.parametrize("method", ["BCa", "percentile"])
def test_nine_of_ten_intervals_hold_the_mean(method):
    dice = np.random.default_rng(8)
    settings = BootstrapSettings(resamples=299, method=method)
    found = [bootstrap_interval(dice.normal(size=25), settings=settings) for _ in range(200)]
    assert 0.82 < np.mean([one.low <= 0 <= one.high for one in found]) < 0.95


def test_a_difference_has_an_interval_of_its_own():
    dice = np.random.default_rng(2)
    high, low = dice.normal(size=40) + 3, dice.normal(size=40)
    for statistic in (mean_difference, median_difference):
        found = bootstrap_interval(high, low, statistic=statistic, settings=QUICK)
        assert 2 < found.low < 3 < found.high + 0.7


def test_two_runs_agree():
    values = np.random.default_rng(5).normal(size=12)
    assert bootstrap_interval(values, settings=QUICK) == bootstrap_interval(values, settings=QUICK)


def test_too_few_values_are_undecided_and_equal_ones_certain():
    assert bootstrap_interval(np.array([1.0, 2.0])) is UNDECIDED
    assert bootstrap_interval(np.full(6, 2.0)) == Interval(2, 2)


def test_a_statistic_that_rarely_moves_still_has_an_interval():
    values = np.array([1.0] * 12 + [9.0])
    found = bootstrap_interval(values, statistic=np.median, settings=QUICK)
    assert found.low == found.high == 1


def test_an_interval_has_its_ends_in_order():
    with pytest.raises(ValueError, match="no interval"):
        Interval(2, 1)
