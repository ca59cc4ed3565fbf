"""Onset strength from notes."""

import numpy as np
import pytest

from unsung.film.picture.note_onsets import onset_strength
from unsung.model.notes import Notes


def test_a_chord_strikes_harder_than_a_note_and_where_it_begins():
    notes = Notes.sorted(
        np.array([1.0, 3.0, 3.0, 3.0]), 0.5, np.array([60, 60, 64, 67], np.float32)
    )
    curve = onset_strength(notes)
    row, times = curve.values[0], curve.times_s
    assert times[row.argmax()] == pytest.approx(3.0, abs=0.03)
    assert row.max() == pytest.approx(3 * row[np.abs(times - 1.0).argmin()])


def test_without_notes_nothing_strikes():
    assert not onset_strength(Notes.none()).values.any()
