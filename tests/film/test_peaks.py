"""Spectral peaks are the loudest points around, and there are none in silence."""

import numpy as np
import pytest
import scipy
from film_sounds import RATE_HZ, track

from unsung.film.peaks import AROUND, HOP, LOWEST_BIN, WINDOW, peaks


def test_a_tone_that_sets_in_is_a_peak_at_its_pitch():
    at = np.arange(RATE_HZ) / RATE_HZ
    tone = np.sin(2 * np.pi * 1003 * at) * np.exp(-((at - 0.5) ** 2) / 0.002)
    found = peaks(tone.astype(np.float32))
    middle = (found.frame * HOP + WINDOW / 2) / RATE_HZ
    nearest = np.argmin(np.abs(middle - 0.5))
    assert middle[nearest] == pytest.approx(0.5, abs=HOP / RATE_HZ)
    assert found.pitch[nearest] * RATE_HZ / WINDOW == pytest.approx(1003, abs=1)


def test_peaks_are_those_that_a_maximum_over_the_neighbourhood_gives():
    sound = track(1, 3)
    windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP]
    shape = scipy.signal.get_window("hann", WINDOW)
    power = np.abs(np.fft.rfft(windows * shape, axis=1)).T ** 2
    highest = scipy.ndimage.maximum_filter(power, 2 * AROUND + 1, mode="constant")
    pitch, frame = np.nonzero(power == highest)
    inside = (pitch >= LOWEST_BIN) & (pitch < WINDOW // 2) & (power[pitch, frame] > 1e-7)
    expected = set(zip(frame[inside], pitch[inside], strict=True))
    found = peaks(sound)
    assert {(f, round(p)) for f, p in zip(found.frame, found.pitch, strict=True)} == expected


def test_long_sound_has_the_peaks_of_its_parts():
    short = track(2, 20)
    assert len(short) // HOP < 4096
    silence = np.zeros(4090 * HOP, np.float32)
    found, later = peaks(short), peaks(np.concatenate((silence, short)))
    inside = later.frame > 4100
    after = found.frame[found.frame + 4090 > 4100] + 4090
    np.testing.assert_array_equal(later.frame[inside], after)


@pytest.mark.parametrize("samples", [0, 1, 1023, 1024, 9000])
def test_silence_has_no_peaks(samples):
    found = peaks(np.zeros(samples, np.float32))
    assert len(found.frame) == len(found.pitch) == 0
