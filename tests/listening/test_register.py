"""Register: how low, how high, and where the middle lies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.register import register
from unsung.model.notes import Notes


def test_one_held_note_is_low_centre_and_high():
    found = register(Notes.sorted([0.0], [10.0], [67]), 10.0)
    np.testing.assert_allclose(found.pitch.values, 67, atol=1e-4)
    assert found.sounding.values.min() == 1


def test_a_bass_and_a_flute_lie_far_apart():
    found = register(Notes.sorted([0.0, 0.0], [10.0, 10.0], [36, 84]), 10.0)
    np.testing.assert_allclose(found.pitch.values[:, 5], [36, 60, 84], atol=1e-4)


def test_the_centre_leans_to_what_is_heard_more_surely():
    found = register(Notes.sorted([0.0, 0.0], [10.0, 10.0], [48, 72], [0.75, 0.25]), 10.0)
    np.testing.assert_allclose(found.pitch.values[1, 5], 54, atol=1e-4)


def test_a_climb_of_two_octaves_is_seen():
    steps = np.arange(48, 72)
    centre = register(Notes.sorted(np.arange(24.0), np.ones(24), steps), 24.0).pitch.values[1]
    assert (np.diff(centre) > 0).all()
    np.testing.assert_allclose(centre[5:19], steps[5:19], atol=0.1)


def test_in_a_rest_the_last_register_is_held():
    found = register(Notes.sorted([5.0, 30.0], [1.0, 1.0], [50, 80]), 40.0)
    assert found.sounding.values[0, [0, 5, 20, 30]].tolist() == [0, 1, 0, 1]
    np.testing.assert_allclose(found.pitch.values[:, 0], 50, atol=1e-4)
    np.testing.assert_allclose(found.pitch.values[:, 20], 50, atol=1e-4)
    np.testing.assert_allclose(found.pitch.values[:, 39], 80, atol=1e-4)


@pytest.mark.parametrize("duration_s", [1 / 22_050, 0.7, 90.0])
def test_silence_rests_on_middle_c_and_does_not_sound(duration_s):
    found = register(Notes.none(), duration_s)
    assert found.sounding.values.max() == 0
    assert set(found.pitch.values.ravel().tolist()) == {60.0}


any_notes = st.lists(
    st.tuples(st.floats(0, 20), st.floats(0.01, 8), st.integers(10, 100), st.floats(0.01, 1)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(any_notes)
def test_low_is_under_centre_is_under_high_within_the_notes(rows):
    notes = Notes.sorted(*np.array(rows, float).T)
    low, centre, high = register(notes, 22.0).pitch.values
    assert (low <= high).all()
    assert low.min() >= notes.midi_pitch.min()
    assert high.max() <= notes.midi_pitch.max()
    assert (centre >= notes.midi_pitch.min() - 1e-3).all()
    assert (centre <= notes.midi_pitch.max() + 1e-3).all()


@settings(max_examples=60, deadline=None)
@given(any_notes, st.integers(1, 20))
def test_music_transposed_lies_as_much_higher(rows, semitones):
    up = [(onset, lasts, pitch + semitones, salience) for onset, lasts, pitch, salience in rows]
    here = register(Notes.sorted(*np.array(rows, float).T), 22.0)
    there = register(Notes.sorted(*np.array(up, float).T), 22.0)
    np.testing.assert_allclose(there.pitch.values, here.pitch.values + semitones, atol=1e-3)
