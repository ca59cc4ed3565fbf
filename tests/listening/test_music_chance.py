"""How likely there is music."""

import numpy as np
import scipy

from unsung.listening.impressions import impressions
from unsung.listening.music_chance import music_chance, music_weights_digest
from unsung.model.sound import Audio

RATE_HZ = 16_000


def told(samples):
    return music_chance(impressions(Audio(np.asarray(samples, np.float32)[None], RATE_HZ))).values


def chords(seconds):
    """Three tones that change every second, with harmonics, as strings have them."""
    at_s = np.arange(RATE_HZ) / RATE_HZ
    dice = np.random.default_rng(3)
    return 0.02 * np.concatenate(
        [
            sum(
                np.sin(2 * np.pi * hz * k * at_s) / k
                for hz in 220 * 2 ** (dice.choice([0, 3, 5, 7, 10], 3, replace=False) / 12)
                for k in range(1, 6)
            )
            for _ in range(seconds)
        ]
    )


def test_silence_and_noise_are_no_music():
    assert told(np.zeros(4 * RATE_HZ)).max() < 0.5
    noise = np.random.default_rng(1).standard_normal(6 * RATE_HZ) * 0.05
    band = scipy.signal.butter(2, (300, 2000), "bandpass", fs=RATE_HZ, output="sos")
    assert np.median(told(scipy.signal.sosfilt(band, noise))) < 0.5


def test_chords_are_music():
    assert np.median(told(chords(6))) > 0.5


def test_the_weights_have_a_name_of_their_own():
    assert len(music_weights_digest()) == 64
