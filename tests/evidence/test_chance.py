"""Chance is counted, never zero, and right as often as it says."""

import numpy as np
import pytest

from unsung.evidence.chance import (
    ChanceSettings,
    chance_probability,
    permutation_chance,
    rotated_places,
    shuffled_places,
)

FEW = ChanceSettings(shuffles=199)


def test_chance_counts_what_was_observed_among_the_deals():
    by_chance = np.arange(99.0)
    assert chance_probability(1000.0, by_chance) == 1 / 100
    assert chance_probability(98.0, by_chance) == 2 / 100
    assert chance_probability(-1.0, by_chance) == 1.0
    assert chance_probability(-1.0, by_chance, "less") == 1 / 100
    assert chance_probability(-1.0, by_chance, "both") == 2 / 100
    assert chance_probability(49.0, by_chance, "both") == 1.0


def test_a_difference_that_is_there_is_found():
    values = np.concatenate([np.arange(20.0), np.arange(20.0) + 15])
    marked = np.arange(40) >= 20
    assert permutation_chance(values, marked) < 0.01
    assert permutation_chance(values, marked, "less") > 0.99
    assert permutation_chance(values, marked, "both") < 0.01


def test_two_runs_agree():
    values, marked = np.random.default_rng(1).normal(size=30), np.arange(30) % 3 == 0
    assert permutation_chance(values, marked) == permutation_chance(values, marked)


def test_strata_take_away_what_they_explain():
    """Both values and marks are high in the second stratum, and unrelated inside each."""
    dice = np.random.default_rng(4)
    strata = np.repeat([0, 1], 40)
    values = dice.normal(size=80) + 10 * strata
    marked = np.concatenate([np.arange(40) < 5, np.arange(40) < 35])
    assert permutation_chance(values, marked) < 0.01
    assert permutation_chance(values, marked, strata=strata) > 0.05


@pytest.mark.parametrize("marked", [np.zeros(5, bool), np.ones(5, bool)])
def test_nothing_is_set_apart_without_two_groups(marked):
    assert permutation_chance(np.arange(5.0), marked) == 1.0


def test_equal_values_leave_everything_to_luck():
    assert permutation_chance(np.full(8, 0.1), np.arange(8) < 3) == 1.0


@pytest.mark.parametrize("sides", ["greater", "less", "both"])
def test_of_surrogates_five_in_a_hundred_are_below_five_per_cent(sides):
    dice = np.random.default_rng(12)
    marked = np.arange(24) < 8
    chances = [permutation_chance(dice.normal(size=24), marked, sides, FEW) for _ in range(400)]
    assert 0.025 < np.mean(np.array(chances) <= 0.05) < 0.08


@pytest.mark.parametrize("places", [shuffled_places, rotated_places])
def test_every_deal_keeps_each_thing_in_its_stratum(places):
    strata = np.array([1, 0, 1, 1, 0, 2])
    for place in places(strata, ChanceSettings(shuffles=50)):
        assert np.array_equal(np.sort(place), np.arange(6))
        assert np.array_equal(strata[place], strata)


def test_every_order_is_equally_likely():
    deals = shuffled_places(np.zeros(3, np.int64), ChanceSettings(shuffles=6000))
    counts = np.unique([tuple(deal) for deal in deals], axis=0, return_counts=True)[1]
    assert counts.size == 6
    assert counts.min() > 880


def test_a_turned_wheel_keeps_neighbours():
    for place in rotated_places(np.zeros(7, np.int64), ChanceSettings(shuffles=30)):
        assert set(np.diff(place) % 7) == {1}
