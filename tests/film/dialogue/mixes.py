"""Made sounds with exact stems: music of noise in bands, speech of bursts, at 16 kHz."""

import numpy as np

from unsung.model.film import Placement, Speed
from unsung.model.sound import Audio
from unsung.model.time import Span

RATE_HZ = 16_000


def audio(samples):
    return Audio(np.asarray(samples, np.float32)[None], RATE_HZ)


def music(seconds, seed=1):
    """Slowly swelling noise with a melody of tones on top: no second is like another."""
    dice = np.random.default_rng(seed)
    at_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    pitches_hz = 220 * 2 ** (dice.integers(0, 24, len(at_s) // 4000 + 1) / 12)
    tones = sum(
        np.sin(2 * np.pi * k * np.cumsum(np.repeat(pitches_hz, 4000)[: len(at_s)]) / RATE_HZ) / k
        for k in (1, 2, 3)
    )
    return (0.08 * tones + 0.03 * dice.normal(size=len(at_s))).astype(np.float32)


def speech(seconds, spans, seed=2, level=0.1):
    """Bursts of coloured noise that come and go eight times a second, within the spans."""
    dice = np.random.default_rng(seed)
    at_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    voice = np.convolve(dice.normal(size=len(at_s)), np.hanning(12) / 6, "same")
    voice *= 0.6 + 0.4 * np.sin(2 * np.pi * 8 * at_s)
    on = np.zeros(len(at_s))
    for start_s, end_s in spans:
        on[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)] = 1
    return (level * voice * on).astype(np.float32)


def placement(film=(0.0, 20.0), track_start_s=0.0, tempo_ratio=1.0, **rest):
    start_s, end_s = film
    track = Span(track_start_s, track_start_s + (end_s - start_s) * tempo_ratio)
    known = {"sameness": "same recording", "confidence": 1.0, **rest}
    return Placement("a.flac", track, Span(start_s, end_s), Speed(tempo_ratio), **known)
