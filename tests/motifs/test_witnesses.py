"""Who leads, as several witnesses agree."""

import numpy as np
import pytest

from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames
from unsung.motifs import witnesses
from unsung.motifs.witnesses import NAMES, WEIGHTS, chances

CLOCK = Frames(12.5)
COUNT = 100


def curve(rows: int, row: int | None = None) -> Feature:
    values = np.zeros((rows, COUNT), np.float32)
    if row is not None:
        values[row] = 1
    return Feature(values, CLOCK)


def together(theme: int | None, loud: int | None, notes: Notes) -> np.ndarray:
    return chances(curve(13, theme), curve(12, loud), notes, CLOCK.rate_hz)


def held(*pitches: int) -> Notes:
    return Notes.sorted(np.zeros(len(pitches)), np.full(len(pitches), 8.0), np.array(pitches), 0.8)


def test_a_melody_over_a_bass_leads():
    likely = together(7, 0, held(36, 67))
    assert (likely.argmax(axis=0) == 7).all()
    assert (likely[7] > 0.5).all()


def test_the_highest_note_leads_where_nothing_else_is_known():
    assert (together(None, None, held(60, 64, 67)).argmax(axis=0) == 7).all()


def test_in_silence_nobody_leads():
    assert together(None, None, Notes.none()).sum(axis=0).max() < 0.2


def test_chances_are_chances():
    likely = together(3, 5, held(50, 63, 65))
    assert (likely >= 0).all()
    assert (likely.sum(axis=0) <= 1 + 1e-6).all()


@pytest.mark.parametrize("semitones", [1, 5, 11])
def test_in_another_key_other_pitch_classes_lead_as_likely(semitones):
    here = together(0, 7, held(60, 67))
    there = together(semitones, (7 + semitones) % 12, held(60 + semitones, 67 + semitones))
    np.testing.assert_allclose(np.roll(here, semitones, axis=0), there, atol=1e-6)


def test_each_witness_has_a_weight_and_says_something():
    assert len(NAMES) == len(WEIGHTS)
    said = witnesses.testimony(curve(13, 2), curve(12, 4), held(40, 60, 76), CLOCK.rate_hz)
    assert said.shape == (len(NAMES), 12, COUNT)
    assert (said[:, :, 0].max(axis=1) != said[:, :, 0].min(axis=1)).all()


def test_notes_beyond_the_end_say_nothing():
    late = Notes.sorted([1000.0], [5.0], [60])
    np.testing.assert_array_equal(together(2, 4, late), together(2, 4, Notes.none()))


def test_a_track_without_length_has_no_leader():
    nothing = Feature(np.zeros((13, 0), np.float32), CLOCK)
    empty = Feature(np.zeros((12, 0), np.float32), CLOCK)
    assert chances(nothing, empty, Notes.none(), CLOCK.rate_hz).shape == (12, 0)
