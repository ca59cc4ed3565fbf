"""What a network that heard two million clips of everyday sound makes of every second.

YAMNet (Hershey et al., "CNN Architectures for Large-Scale Audio Classification", ICASSP 2017, with
the layers of Howard et al., "MobileNets", 2017; trained on Gemmeke et al., "Audio Set", ICASSP
2017) looks at 0.96 s of the spectrum at a time. It answers with 1024 numbers that describe the
sound, and with how well each of 521 words fits. The words are no measurement: nearly all music is
"Music" first, and hardly any is "Happy music". What instruments play is read from the description
by weights of our own (`instruments`), moods from the words against the album's other tracks
(`character`).

Its front end is as published: 16 kHz, frames of 25 ms every 10 ms, 64 bands from 125 to 7500 Hz on
the mel scale of HTK, the logarithm of magnitude plus 0.001. We ask twice a second, at the first
and the third quarter, where the original asks every 0.48 s, and give the mean of the two.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import scipy
import soxr
from attrs import frozen
from jaxtyping import Float32

from unsung.listening.mel import htk_bands
from unsung.listening.networks import session
from unsung.listening.roll import seconds
from unsung.model.sound import Audio, Feature

NETWORK = "yamnet"
WORDS = 521
FACETS = 1024

_RATE_HZ = 16_000
_FRAME, _HOP, _BINS_FROM = 400, 160, 512
_BANDS, _LOWEST_HZ, _HIGHEST_HZ = 64, 125.0, 7500.0
_OFFSET = 1e-3
_PATCH_FRAMES = 96
_FRAMES_A_PATCH_APART = 50
_PATCHES_A_SECOND = 2
_BLOCK_S = 16
_MARGIN_S = 1
_ANSWERS = ("facets", "words")


@frozen
class Impressions:
    """Once a second: `facets` describe the sound, `words` say how well each word fits (logits)."""

    facets: Feature
    words: Feature


def impressions(audio: Audio) -> Impressions:
    """What every second of mono sound is like; silence is what the network makes of silence."""
    clock, count = seconds(audio.duration_s)
    heard = [_heard(_patches(block)) for block in _blocks(audio, count)]
    facets, words = (np.concatenate(rows).T for rows in zip(*heard, strict=True))
    return Impressions(Feature(facets, clock), Feature(words, clock))


def _blocks(audio: Audio, count: int) -> Iterator[Float32[np.ndarray, " samples"]]:
    """The sound at 16 kHz in stretches of whole seconds, with what their first and last need."""
    rate, reach = audio.sample_rate_hz, _RATE_HZ * _MARGIN_S // 2
    for first in range(0, count, _BLOCK_S):
        length = min(_BLOCK_S, count - first)
        sound = _between(audio, (first - _MARGIN_S) * rate, (first + length + _MARGIN_S) * rate)
        resampled = soxr.resample(sound, rate, _RATE_HZ)
        yield resampled[reach : reach + (length + _MARGIN_S) * _RATE_HZ]


def _between(audio: Audio, start: int, end: int) -> Float32[np.ndarray, " samples"]:
    """These samples; silence beyond either end."""
    inside = audio.samples[0, max(start, 0) : max(end, 0)]
    before = max(-start, 0)
    return np.pad(inside, (before, end - start - before - inside.size))


def _patches(
    sound: Float32[np.ndarray, " samples"],
) -> Float32[np.ndarray, "patches frames bands"]:
    """Two stretches of 0.96 s for every second, centred on its first and third quarter.

    `sound` begins and ends half a second before and after the seconds in question.
    """
    windows = np.lib.stride_tricks.sliding_window_view(sound, _FRAME)[::_HOP]
    window = scipy.signal.get_window("hann", _FRAME).astype(np.float32)
    magnitudes = np.abs(scipy.fft.rfft(windows * window, _BINS_FROM, axis=1))
    bands = np.log(magnitudes @ _bands().T + np.float32(_OFFSET))
    count = (len(sound) // _RATE_HZ - 1) * _PATCHES_A_SECOND
    first = _FRAMES_A_PATCH_APART * 3 // 2 - _PATCH_FRAMES // 2 - 1
    starts = first + _FRAMES_A_PATCH_APART * np.arange(count)
    patches: np.ndarray = bands[starts[:, None] + np.arange(_PATCH_FRAMES)]
    return patches


@cache
def _bands() -> Float32[np.ndarray, "bands bins"]:
    bins_hz = np.arange(_BINS_FROM // 2 + 1) * (_RATE_HZ / _BINS_FROM)
    return htk_bands(bins_hz, _BANDS, _LOWEST_HZ, _HIGHEST_HZ)


def _heard(
    patches: Float32[np.ndarray, "patches frames bands"],
) -> tuple[Float32[np.ndarray, "seconds facets"], Float32[np.ndarray, "seconds words"]]:
    facets, words = session(NETWORK).run(_ANSWERS, {"audio": patches[:, np.newaxis]})
    return _by_second(facets), _by_second(words)


def _by_second(
    rows: Float32[np.ndarray, "patches rows"],
) -> Float32[np.ndarray, "seconds rows"]:
    mean: np.ndarray = rows.reshape(-1, _PATCHES_A_SECOND, rows.shape[1]).mean(axis=1)
    return mean
