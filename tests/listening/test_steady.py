"""A path that only changes where it pays, against trying every path."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from unsung.listening.steady import steady_states, stretches


def worth(path, rewards, cost):
    changes = sum(a != b for a, b in pairwise(path))
    return sum(rewards[k, state] for k, state in enumerate(path)) - cost * changes


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 3), st.floats(0, 3))
def test_no_other_path_is_worth_more(seed, frames, states, cost):
    rewards = np.random.default_rng(seed).normal(size=(frames, states))
    found = steady_states(rewards, cost)
    best = max(worth(path, rewards, cost) for path in product(range(states), repeat=frames))
    np.testing.assert_allclose(worth(found.tolist(), rewards, cost), best)


def test_a_passing_advantage_is_not_worth_a_change():
    rewards = np.array([[1.0, 0.0]] * 5 + [[0.0, 1.0]] + [[1.0, 0.0]] * 5)
    assert set(steady_states(rewards, 1.0).tolist()) == {0}
    assert set(steady_states(rewards, 0.1).tolist()) == {0, 1}


def test_stretches_run_from_change_to_change():
    assert stretches(np.array([3, 3, 1, 1, 1, 2])) == [(0, 2), (2, 5), (5, 6)]
    assert stretches(np.array([], np.int64)) == []
