"""Density: notes beginning a second."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.density import density
from unsung.model.notes import Notes


def beginning_at(onsets_s):
    return Notes.sorted(onsets_s, np.full(len(onsets_s), 0.1), np.full(len(onsets_s), 60))


@pytest.mark.parametrize("notes_a_second", [1, 4, 10])
def test_an_even_pulse_is_as_dense_as_it_is_fast_also_at_the_ends(notes_a_second):
    onsets_s = (0.5 + np.arange(30 * notes_a_second)) / notes_a_second
    found = density(beginning_at(onsets_s), 30.0)
    np.testing.assert_allclose(found.values, notes_a_second, rtol=0.12)


def test_a_run_stands_out_where_it_is():
    calm, run = np.arange(0, 40, 1.0), np.arange(20, 24, 0.1)
    values = density(beginning_at(np.concatenate([calm, run])), 40.0).values[0]
    assert 20 <= values.argmax() <= 23
    assert values.max() > 4 * values[:15].max()


def test_a_chord_counts_all_its_notes():
    one, chord = density(beginning_at([10.0]), 20.0), density(beginning_at([10.0] * 4), 20.0)
    np.testing.assert_allclose(chord.values, 4 * one.values)


def test_one_value_a_second_at_mid_second():
    found = density(beginning_at([1.0]), 12.2)
    assert found.values.shape == (1, 12)
    assert found.times_s[0] == 0.5
    assert found.frames.rate_hz == 1


@pytest.mark.parametrize("duration_s", [1 / 22_050, 0.7, 90.0])
def test_silence_has_no_density(duration_s):
    assert density(Notes.none(), duration_s).values.max() == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(3, 37), max_size=30))
def test_each_note_adds_one_wherever_it_falls(onsets_s):
    total = density(beginning_at(onsets_s), 40.0).values.sum()
    np.testing.assert_allclose(total, len(onsets_s), rtol=0.05)
