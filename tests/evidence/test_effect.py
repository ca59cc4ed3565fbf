"""How far two groups lie apart by rank."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from unsung.evidence.effect import cliffs_delta, superiority
from unsung.model.outcomes import UNDECIDED

groups = st.lists(st.integers(-5, 5), min_size=1, max_size=12).map(lambda one: np.array(one, float))


@given(groups, groups)
def test_fast_equals_slow(values, others):
    pairs = [(a > b) + 0.5 * (a == b) for a in values for b in others]
    assert np.isclose(superiority(values, others), np.mean(pairs))


@given(groups, groups)
def test_the_other_way_round_it_is_the_opposite(values, others):
    assert np.isclose(cliffs_delta(values, others), -cliffs_delta(others, values))


def test_apart_alike_and_empty():
    low, high = np.arange(4.0), np.arange(4.0) + 10
    assert cliffs_delta(high, low) == 1
    assert cliffs_delta(low, low) == 0
    assert superiority(low, high) == 0
    assert superiority(np.empty(0), high) is UNDECIDED
    assert cliffs_delta(high, np.empty(0)) is UNDECIDED
