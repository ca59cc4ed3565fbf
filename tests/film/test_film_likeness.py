"""Two courses of harmony: the stretch that both share, found as an obvious slow search finds it."""

import numpy as np
import pytest

from unsung.film.likeness import AGREES, alike


def course(seed, frames):
    dice = np.random.default_rng(seed)
    rows = dice.random((12, frames)) ** 4
    return (rows / np.linalg.norm(rows, axis=0)).astype(np.float32)


def slow_score(one, other):
    """The best sum of agreement over all paths, cell by cell."""
    agrees = one.T @ other - AGREES
    best = np.zeros(agrees.shape)
    for row in range(agrees.shape[0]):
        for column in range(agrees.shape[1]):
            before = [
                best[row - down, column - right]
                for down, right in ((1, 1), (1, 2), (2, 1))
                if row >= down and column >= right
            ]
            best[row, column] = max(0.0, max([0.0, *before]) + agrees[row, column])
    return best.max()


@pytest.mark.parametrize("seed", range(5))
def test_the_score_is_that_of_the_slow_search(seed):
    one, other = course(seed, 23), course(seed + 100, 31)
    other[:, 10:20] = one[:, 5:15]
    assert alike(one, other).score == pytest.approx(slow_score(one, other), abs=1e-4)


def test_a_planted_stretch_is_found_where_it_lies():
    one, other = course(1, 40), course(2, 80)
    other[:, 30:50] = one[:, 10:30]
    found = alike(one, other)
    assert found.one == (10, 30)
    assert found.other == (30, 50)


def test_half_as_fast_is_still_alike():
    one = course(3, 30)
    found = alike(one, np.repeat(one, 2, axis=1))
    assert found.one[1] - found.one[0] >= 25


def test_what_is_not_alike_scores_next_to_nothing():
    assert alike(course(4, 60), course(5, 200)).score < 1


@pytest.mark.parametrize(("one", "other"), [(0, 0), (0, 9), (9, 0), (1, 1)])
def test_nothing_shares_nothing(one, other):
    found = alike(np.zeros((12, one), np.float32), np.zeros((12, other), np.float32))
    assert found.score == 0
