"""Where a number stands among others, and what luck alone would show."""

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from unsung.questions.comparing import order_chance, percentile, rank_correlation

ROWS = st.lists(st.integers(0, 9), min_size=2, max_size=9)


def test_the_middle_of_three_stands_in_the_middle():
    assert percentile(2.0, [1.0, 2.0, 3.0]) == pytest.approx(50)


def test_nothing_compared_stands_in_the_middle():
    assert percentile(7.0, []) == 50


@given(ROWS, ROWS)
def test_the_correlation_is_that_of_scipy(one, other):
    count = min(len(one), len(other))
    one, other = one[:count], other[:count]
    found = rank_correlation(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found == 0
    else:
        assert found == pytest.approx(scipy.stats.spearmanr(one, other).statistic)


def test_a_rising_row_of_five_is_met_by_luck_in_two_of_all_orders():
    assert order_chance([1, 2, 3, 4, 5], [0, 1, 2, 3, 4]) == pytest.approx(2 / 120, abs=0.01)


def test_a_row_that_never_changes_is_always_met_by_luck():
    assert order_chance([3, 3, 3, 3, 3], [0, 1, 2, 3, 4]) == 1


def test_five_per_cent_means_five_per_cent():
    dice = np.random.default_rng(5)
    chances = [order_chance(dice.normal(size=9).tolist(), list(range(9))) for _ in range(200)]
    assert 0.01 <= np.mean(np.array(chances) <= 0.05) <= 0.1


def test_the_same_rows_have_the_same_chance():
    row = [3.0, 1.0, 4.0, 1.5, 9.0, 2.6, 5.0, 8.0]
    assert order_chance(row, list(range(8))) == order_chance(row, list(range(8)))
