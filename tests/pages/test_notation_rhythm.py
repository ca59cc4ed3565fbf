"""Rhythm from instants: what a musician would write, and nothing where nothing fits."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.pages.notation.rhythm import UNMEASURED, rhythm, rhythm_like

TUNES = {
    "four quarters": (1, 1, 1, 1),
    "Ode to Joy": (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 0.5, 2),
    "dotted march": (1, 1, 1, 0.75, 0.25, 1, 0.75, 0.25, 2),
    "triplets": (2, 1 / 3, 1 / 3, 1 / 3, 1, 1, 2),
    "pickup": (0.5, 1.5, 0.5, 1, 0.5, 0.5, 2),
}


def onsets(steps, quarter_s, start_s=0.0):
    return (start_s + np.concatenate([[0], np.cumsum(steps)]) * quarter_s).tolist()


def steps_ql(found):
    return [(after - before) / 12 for before, after in pairwise(found.places)]


@pytest.mark.parametrize("name", TUNES)
@pytest.mark.parametrize("tempo_bpm", [84, 120])
def test_a_tune_played_in_time_is_written_as_it_was(name, tempo_bpm):
    found = rhythm(onsets(TUNES[name], 60 / tempo_bpm), tempo_bpm)
    assert steps_ql(found) == pytest.approx(TUNES[name])
    assert found.quarter_s == pytest.approx(60 / tempo_bpm, rel=1e-6)


@pytest.mark.parametrize("name", TUNES)
def test_a_hand_that_shakes_a_little_is_forgiven(name):
    dice = np.random.default_rng(4)
    exact = np.array(onsets(TUNES[name], 0.6, 10.0))
    found = rhythm((exact + dice.normal(0, 0.008, len(exact))).tolist(), 100)
    assert steps_ql(found) == pytest.approx(TUNES[name])


def test_a_slow_ritardando_keeps_its_values():
    steps_s = 0.5 * 1.02 ** np.arange(12)
    found = rhythm([0.0, *np.cumsum(steps_s).tolist()], 115)
    assert steps_ql(found) == [1] * 12


@given(st.floats(0, 3000))
@settings(max_examples=12, deadline=None)
def test_when_it_begins_does_not_matter(start_s):
    tune = TUNES["dotted march"]
    assert rhythm(onsets(tune, 0.5, start_s), 120).places == rhythm(onsets(tune, 0.5), 120).places


def test_instants_without_any_measure_are_mostly_left_unmeasured():
    dice = np.random.default_rng(8)
    free = [
        rhythm([0.0, *np.cumsum(np.exp(dice.normal(-0.9, 0.6, 11))).tolist()]) for _ in range(30)
    ]
    assert sum(one is UNMEASURED for one in free) >= 18


def test_free_time_is_found_more_often_than_a_measured_tune_is_lost():
    dice = np.random.default_rng(9)
    lost = 0
    for _ in range(10):
        exact = np.array(onsets(TUNES["Ode to Joy"], dice.uniform(0.45, 0.75)))
        lost += rhythm(np.sort(exact + dice.normal(0, 0.02, len(exact))).tolist()) is UNMEASURED
    assert lost <= 2


@pytest.mark.parametrize("instants", [[], [3.0]])
def test_no_note_and_one_note_have_a_rhythm(instants):
    assert len(rhythm(instants).places) == len(instants)


def test_a_certain_tempo_is_not_doubted():
    """Quarters at 60 could be read as eighths at 30 or halves at 120."""
    assert steps_ql(rhythm(onsets((1, 1, 2, 4), 1.0), 60.0, certain=True)) == [1, 1, 2, 4]


def test_a_faster_statement_takes_the_values_of_what_it_is_compared_with():
    expected = {0: 6, 1: 12, 2: 30, 3: 36}
    found = rhythm_like(onsets((0.5, 1.5, 0.5), 0.3, 40.0), expected, 0.3)
    assert found.places == (6, 12, 30, 36)


def test_notes_before_the_first_that_is_expected_stand_before_it():
    found = rhythm_like(onsets((0.5, 0.5, 1, 1), 0.5), {2: 0, 3: 12, 4: 24}, 0.5)
    assert found.places == (-12, -6, 0, 12, 24)
