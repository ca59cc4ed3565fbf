"""Timbre tells instruments apart, not levels, and not pitches first of all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.timbre import timbre
from unsung.model.sound import Audio

RATE_HZ = 22_050


def tone(pitch_hz, slope, seconds=3.0):
    """Overtones up to 8 kHz whose strength falls with `slope`: 2 is flute-like, 0.5 brassy."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    hiss = np.random.default_rng(0).normal(0, 1e-3, len(time_s))
    orders = range(1, int(8000 / pitch_hz))
    return hiss + 0.1 * sum(np.sin(2 * np.pi * pitch_hz * k * time_s) / k**slope for k in orders)


def heard(samples):
    return timbre(Audio([samples], RATE_HZ)).values


def colour(samples):
    return heard(samples)[:, 1:-1].mean(axis=1)


def test_another_instrument_lies_further_away_than_another_note_of_the_same():
    dull, dull_higher = colour(tone(110, 2)), colour(tone(123, 2))
    brassy = colour(tone(110, 0.5))
    assert np.linalg.norm(dull - brassy) > 2 * np.linalg.norm(dull - dull_higher)


def test_thirteen_rows_twice_a_second():
    feature = timbre(Audio([tone(220, 1, 10.0)], RATE_HZ))
    assert feature.values.shape == (13, 21)
    assert feature.frames.rate_hz == pytest.approx(2)


def test_it_is_the_cepstrum_librosa_computes():
    from librosa.feature import melspectrogram, mfcc

    noise = np.random.default_rng(0).normal(0, 0.1, 10 * RATE_HZ).astype(np.float32)
    power = melspectrogram(y=noise, sr=RATE_HZ, n_fft=2048, hop_length=735, n_mels=40, norm=None)
    theirs = mfcc(S=10 * np.log10(power), n_mfcc=14)[1:]
    assert colour(noise) == pytest.approx(theirs[:, 15:-16].mean(axis=1), abs=0.5)


@settings(deadline=None, max_examples=15)
@given(gain=st.floats(0.1, 100.0))
def test_gain_changes_nothing(gain):
    noise = np.random.default_rng(1).normal(0, 0.1, RATE_HZ)
    assert heard(gain * noise) == pytest.approx(heard(noise), abs=1e-2)


@pytest.mark.parametrize("samples", [0, 1, 700, 50_000])
def test_silence_has_no_colour(samples):
    assert (heard(np.zeros(samples)) == 0).all()


def test_a_single_click_is_heard():
    assert heard(np.ones(1)).shape == (13, 1)


def test_blocks_leave_no_seams():
    steady = heard(np.tile(tone(250, 1, 1.0), 120))[:, 2:-2]
    assert np.ptp(steady, axis=1) == pytest.approx(0, abs=1)
