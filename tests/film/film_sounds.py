"""Albums and films made in code: tracks of shaped noise and tones, voices of modulated noise."""

import numpy as np
import scipy

from unsung.model.film import FilmSound
from unsung.model.sound import Audio

RATE_HZ = 8_000


def track(seed, seconds):
    """Music of a kind: chords of decaying tones that change four times a second, over noise."""
    dice = np.random.default_rng(seed)
    result = 0.02 * dice.standard_normal(round(seconds * RATE_HZ))
    length = RATE_HZ // 4
    at = np.arange(2 * length) / RATE_HZ
    for start in range(0, len(result) - 2 * length, length):
        for pitch_hz in dice.uniform(120, 3000, 5):
            tone = np.sin(2 * np.pi * pitch_hz * at + dice.uniform(0, 6)) * np.exp(-4 * at)
            result[start : start + 2 * length] += 0.1 * dice.uniform(0.3, 1) * tone
    return result.astype(np.float32)


def voice(seed, seconds, level_db=0.0):
    """Speech of a kind: bands of noise that come and go four times a second, with pauses."""
    dice = np.random.default_rng(seed)
    noise = dice.standard_normal(round(seconds * RATE_HZ))
    band = scipy.signal.butter(2, (200, 2500), "bandpass", fs=RATE_HZ, output="sos")
    shaped = scipy.signal.sosfilt(band, noise)
    gates = np.repeat(dice.random(round(seconds * 4) + 1) < 0.6, RATE_HZ // 4)[: len(noise)]
    spoken = shaped * scipy.ndimage.uniform_filter1d(gates.astype(float), 400)
    return (spoken * 0.15 * 10 ** (level_db / 20)).astype(np.float32)


def album(*sounds):
    """An album whose tracks are called 1, 2, 3 …"""
    return tuple((str(k + 1), Audio(sound[np.newaxis], RATE_HZ)) for k, sound in enumerate(sounds))


def film(samples):
    """A film with this sound, in which both views are the mix."""
    sound = Audio(np.asarray(samples, np.float32)[np.newaxis], RATE_HZ)
    return FilmSound(sound, sound)


def mixed(seconds, *cues, voices=None):
    """A film of cues `(samples, film_start_s, gain_db)` over a little noise, and voices."""
    result = 1e-4 * np.random.default_rng(99).standard_normal(round(seconds * RATE_HZ))
    for samples, start_s, gain_db in cues:
        at = round(start_s * RATE_HZ)
        part = samples[: len(result) - at]
        result[at : at + len(part)] += part * 10 ** (gain_db / 20)
    return film(result if voices is None else result + voices)


def cut(samples, start_s, end_s):
    """A stretch of a track."""
    return samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
