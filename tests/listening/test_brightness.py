"""Brightness is where the spectrum has its centre, whatever the level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.brightness import brightness
from unsung.model.sound import Audio

RATE_HZ = 22_050


def sine(frequency_hz, seconds=4.0):
    return np.sin(2 * np.pi * frequency_hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)


def heard(samples):
    return brightness(Audio([samples], RATE_HZ))


def inner(feature):
    return feature.values[0, 2:-2]


@pytest.mark.parametrize("frequency_hz", [220.0, 1000.0, 5000.0])
def test_a_sine_is_as_bright_as_it_is_high(frequency_hz):
    assert inner(heard(sine(frequency_hz))) == pytest.approx(frequency_hz, rel=0.03)


def test_two_equal_sines_balance_in_the_middle():
    centre_hz = inner(heard(sine(1000) + sine(3000)))
    assert centre_hz == pytest.approx(2000, rel=0.02)


def test_white_noise_has_its_centre_at_half_the_band():
    noise = np.random.default_rng(0).normal(0, 0.1, 4 * RATE_HZ)
    assert inner(heard(noise)) == pytest.approx(RATE_HZ / 4, rel=0.02)


def test_more_overtones_sound_brighter():
    dull, bright = (sum(sine(220 * k) / k**slope for k in range(1, 20)) for slope in (2.0, 1.0))
    assert inner(heard(bright)).mean() > 1.5 * inner(heard(dull)).mean()


def test_twice_a_second():
    feature = heard(sine(440, 10.0))
    assert feature.frames.rate_hz == pytest.approx(2)
    assert feature.values.shape == (1, 21)


@settings(deadline=None, max_examples=15)
@given(gain=st.floats(0.1, 100.0))
def test_gain_changes_nothing(gain):
    wave = 0.1 * (sine(300, 2.0) + sine(2000, 2.0))
    assert inner(heard(gain * wave)) == pytest.approx(inner(heard(wave)), rel=1e-3)


def test_a_steady_offset_is_not_heard():
    assert inner(heard(sine(2000) + 0.5)) == pytest.approx(2000, rel=0.03)


def test_silence_holds_what_was_heard_last_and_first():
    rest = np.zeros(3 * RATE_HZ)
    feature = heard(np.concatenate([rest, sine(500), rest, sine(3000), rest]))
    at = feature.values[0, [feature.frames.index_at(s) for s in (1.0, 5.0, 9.0, 12.0, 16.0)]]
    assert at == pytest.approx([500, 500, 500, 3000, 3000], rel=0.1)


@pytest.mark.parametrize("samples", [0, 1, 700, 50_000])
def test_silence_rests_at_zero(samples):
    assert (heard(np.zeros(samples)).values == 0).all()


def test_a_single_click_is_heard():
    assert heard(np.ones(1)).values.shape == (1, 1)


def test_blocks_leave_no_seams():
    """Longer than one block of spectra, steady throughout."""
    assert inner(heard(sine(1000, 120.0))) == pytest.approx(1000, rel=0.002)
