"""The film stays on a line unless the evidence pays for a jump."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from unsung.film.choosing import best_path, followed
from unsung.film.lines import Line
from unsung.model.film import Speed


def _line(evidence, first_block=0, track=0, lag=0.0):
    return Line(track, Speed(), lag, "same recording", first_block, np.asarray(evidence, float))


def _all_theirs(line, _other, first, end):
    """Whatever the first line has is explained by the second."""
    return np.zeros(len(line.during(first, end)))


def _all_its_own(line, _other, first, end):
    return line.during(first, end)


def _worth(rewards, path, jump):
    """Rewards along a path, less a jump for each line that is entered."""
    total, before = 0.0, -1
    for block, row in enumerate(path):
        if row >= 0:
            total += rewards[row, block] - (jump if row != before else 0)
        before = row
    return total


@given(st.lists(st.lists(st.floats(-3, 6), min_size=5, max_size=5), min_size=1, max_size=2))
def test_no_other_path_is_worth_more(rows):
    rewards = np.array(rows)
    chosen = _worth(rewards, best_path(rewards, 4.0), 4.0)
    every = product(range(-1, len(rewards)), repeat=5)
    assert chosen >= max(_worth(rewards, path, 4.0) for path in every) - 1e-9


def test_of_a_long_line_and_many_short_ones_that_fit_as_well_the_long_one_is_followed():
    long = _line(np.full(300, 3.0))
    short = [_line(np.full(50, 3.1), 50 * k, lag=1.0 + k) for k in range(6)]
    [one] = followed([*short, long], _all_theirs, 10)
    assert one.line is long
    assert (one.first_block, one.end_block) == (0, 300)


def test_a_jump_is_followed_where_one_line_ends_and_another_begins():
    before = np.concatenate((np.full(100, 3.0), np.zeros(100)))
    first, second = _line(before), _line(before[::-1], lag=9.0)
    one, two = followed([first, second], _all_theirs, 10)
    assert (one.first_block, one.end_block) == (0, 100)
    assert (two.first_block, two.end_block) == (100, 200)


def test_two_lines_that_explain_nothing_of_each_other_are_both_followed():
    lines = [_line(np.full(200, 4.0)), _line(np.full(200, 3.0), track=1)]
    found = followed(lines, _all_its_own, 10, layers=2)
    assert {one.line.track: one.layer for one in found} == {0: 0, 1: 1}


def test_noise_is_not_followed():
    dice = np.random.default_rng(5)
    lines = [_line(dice.standard_normal(20_000), lag=float(k)) for k in range(5)]
    assert followed(lines, _all_its_own, 5, layers=2) == ()


def test_there_is_nothing_to_follow_without_lines():
    assert followed([], _all_its_own, 1) == ()
    assert followed([_line([])], _all_its_own, 1) == ()
