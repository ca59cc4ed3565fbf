"""Onset strength rises where notes begin, and vibrato is no row of notes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.onset_strength import onset_strength
from unsung.model.sound import Audio

RATE_HZ = 22_050


def heard(samples):
    return onset_strength(Audio([samples], RATE_HZ))


def notes(onsets_s, seconds=4.0):
    """Decaying tones at the given seconds."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    since_s = time_s - np.array(onsets_s)[:, np.newaxis]
    tones = np.exp(-np.maximum(since_s, 0) / 0.2) * np.sin(2 * np.pi * 440 * since_s)
    return 0.3 * np.where(since_s >= 0, tones, 0).sum(axis=0)


def test_it_is_highest_where_notes_begin():
    feature = heard(notes([0.5, 1.7, 2.9]))
    highest = feature.times_s[np.argsort(feature.values[0])[-6:]]
    for time_s in highest:
        assert min(abs(time_s - onset_s) for onset_s in (0.5, 1.7, 2.9)) < 0.06
    for onset_s in (0.5, 1.7, 2.9):
        around = np.abs(feature.times_s - onset_s) < 0.06
        assert feature.values[0, around].max() > 0.1


def test_ninety_a_second():
    feature = heard(notes([1.0]))
    assert feature.frames.rate_hz == pytest.approx(90)
    assert feature.values.shape == (1, 361)


def test_vibrato_has_hardly_any_onsets():
    time_s = np.arange(4 * RATE_HZ) / RATE_HZ
    vibrato = 0.3 * np.sin(2 * np.pi * 440 * time_s + 3 * np.sin(2 * np.pi * 5.5 * time_s))
    assert heard(vibrato).values[0, 20:-20].max() < 0.1 * heard(notes([2.0])).values.max()


@settings(deadline=None, max_examples=10)
@given(gain=st.floats(1e-3, 10.0))
def test_gain_changes_nothing(gain):
    wave = notes([0.5, 1.7], 2.0)
    assert heard(gain * wave).values == pytest.approx(heard(wave).values, abs=1e-4)


@pytest.mark.parametrize("samples", [0, 1, 50_000])
def test_silence_has_no_onsets(samples):
    assert (heard(np.zeros(samples)).values == 0).all()


def test_a_single_sample_is_heard():
    assert heard(np.ones(1)).values.shape == (1, 1)
