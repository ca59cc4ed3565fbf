"""Tension: the helix of fifths, and how far the music strays on it."""

import numpy as np
import pytest

from unsung.listening.key import key
from unsung.listening.tension import FRAMES, chord_centre, key_centre, place, tension
from unsung.model.notes import Notes
from unsung.model.settings import KeySettings

CADENCE = ((48, 64, 67), (53, 65, 69), (55, 62, 71), (48, 64, 67))


def struck(chords, each_s=2.0):
    rows = [(each_s * k, each_s, p) for k, one in enumerate(chords) for p in one]
    return Notes.sorted(*np.array(rows, float).T)


def ribbons(notes, duration_s=None):
    duration_s = duration_s or float(notes.end_s.max())
    return tension(notes, key(notes, duration_s, KeySettings()), duration_s).ribbons.values


@pytest.mark.parametrize(
    ("fifths", "apart", "scaled"),
    [
        (1, 1.5261, 0.2217),  # C to G
        (4, 2.2943, 0.3333),  # C to E
        (3, 2.2273, 0.3236),  # C to A
        (5, 3.1976, 0.4646),  # C to B
        (6, 3.9804, 0.5783),  # C to F sharp
    ],
)
def test_intervals_lie_as_far_apart_as_published(fifths, apart, scaled):
    distance = np.linalg.norm(place(fifths) - place(0))
    widest = np.linalg.norm(place(12) - place(0))
    assert distance == pytest.approx(apart, abs=1e-4)
    assert distance / widest == pytest.approx(scaled, abs=1e-4)


def test_a_pair_of_notes_is_as_wide_as_their_interval():
    values = ribbons(struck([(60, 67)] * 4))
    assert values[0, 2] == pytest.approx(0.2217, abs=1e-4)
    assert ribbons(struck([(60, 66)] * 4))[0, 2] == pytest.approx(0.5783, abs=1e-4)


def test_a_chord_lies_nearer_its_own_key_than_a_foreign_one():
    home = key_centre(0, "major")
    near = np.linalg.norm(chord_centre(0, "major") - home)
    far = np.linalg.norm(chord_centre(6, "major") - home)
    assert near < far / 3


def test_held_harmony_has_no_momentum_and_a_change_has_some():
    values = ribbons(struck(CADENCE))
    change = round(2 * FRAMES.rate_hz)
    assert values[1, change] > 0.05
    np.testing.assert_allclose(values[1, change + 1 : change + 3], 0, atol=1e-6)


def test_a_foreign_chord_strains_more_than_the_tonic():
    strain = ribbons(struck([*CADENCE * 3, (54, 58, 61), *CADENCE * 3]))[2]
    foreign = round(24 * FRAMES.rate_hz)
    assert strain[foreign + 1] > 2 * strain[1]


@pytest.mark.parametrize("semitones", [1, 5, 7])
def test_transposing_the_music_changes_nothing(semitones):
    here = ribbons(struck(CADENCE * 3))
    there = ribbons(struck([[p + semitones for p in chord] for chord in CADENCE * 3]))
    np.testing.assert_allclose(here, there, atol=1e-5)


def test_silence_and_one_instant_are_without_tension():
    for duration_s in (1 / 22050, 3.0):
        assert not ribbons(Notes.none(), duration_s).any()
