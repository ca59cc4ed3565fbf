"""Sound reduced to its phases, and what it shares with the album at one lag.

Every cell of the spectrum counts the same, however loud, so music 30 dB beneath speech is heard in
all the cells that speech leaves alone (the phase transform of Knapp and Carter, "The generalized
correlation method for estimation of time delay", IEEE Trans. ASSP 24, 1976, taken over 128 ms).
"""

from typing import no_type_check

import numba
import numpy as np
import scipy
import soxr
from attrs import frozen
from jaxtyping import Float32, Float64, Int64

from unsung.film.peaks import RATE_HZ

WHITE_RATE_HZ = 2_000
_WINDOW, _HOP = 256, 128
_LOWEST_BIN, _END_BIN = 8, 122
_SILENT = np.float32(1e-5)
_CHUNK_FRAMES = 8192


def whitened(
    samples: Float32[np.ndarray, " samples"], tempo_ratio: float = 1.0
) -> Float32[np.ndarray, " white"]:
    """Sound at 8 kHz as its phases alone from 60 to 950 Hz of the album, 2 kHz on its clock.

    Sample k stands for the film's instant k / (2000 · tempo ratio). Silence stays 0.
    """
    low = soxr.resample(samples, RATE_HZ, WHITE_RATE_HZ * tempo_ratio, quality="HQ")
    return _phases(low.astype(np.float32, copy=False))


def _phases(low: Float32[np.ndarray, " samples"]) -> Float32[np.ndarray, " samples"]:
    frames = len(low) // _HOP + 1
    padded = np.zeros((frames + 1) * _HOP, np.float32)
    padded[_HOP // 2 : _HOP // 2 + len(low)] = low[: len(padded) - _HOP // 2]
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    shape = np.sqrt(scipy.signal.get_window("hann", _WINDOW)).astype(np.float32)
    result = np.zeros_like(padded)
    for start in range(0, len(windows), _CHUNK_FRAMES):
        spectrum = scipy.fft.rfft(windows[start : start + _CHUNK_FRAMES] * shape, axis=1)
        spectrum[:, :_LOWEST_BIN] = spectrum[:, _END_BIN:] = 0
        spectrum /= np.abs(spectrum) + _SILENT
        part = scipy.fft.irfft(spectrum, axis=1).astype(np.float32) * shape
        halves = part.reshape(len(part), 2, _HOP)
        first = start * _HOP
        result[first : first + len(part) * _HOP] += halves[:, 0].ravel()
        result[first + _HOP : first + _HOP + len(part) * _HOP] += halves[:, 1].ravel()
    return result[_HOP // 2 : _HOP // 2 + len(low)]


@frozen
class Lag:
    """Where two whitened sounds meet best: `samples` at 2 kHz to add to the film's position.

    Where the film has the music upside down they meet as well, and `inverted` says so. Where the
    film runs a little faster or slower than believed, each of its samples adds `drift`.
    """

    samples: float
    sigmas: float
    inverted: bool = False
    drift: float = 0.0


def shared_at_lags(
    film: Float32[np.ndarray, " film"],
    album: Float32[np.ndarray, " album"],
    first: int,
    length: int,
    lag: int,
    reach: int,
) -> Float64[np.ndarray, " lags"]:
    """Correlation of the film's `length` samples from `first`, at lags `lag` ± `reach`."""
    here = _slice(film, first, length)
    there = _slice(album, first + lag - reach, length + 2 * reach)
    size = scipy.fft.next_fast_len(length + 2 * reach, real=True)
    spectrum = scipy.fft.rfft(there, size) * np.conj(scipy.fft.rfft(here, size))
    shared = scipy.fft.irfft(spectrum, size)[: 2 * reach + 1]
    power = float(np.dot(here, here)) * float(np.dot(there, there)) * length / len(there)
    correlation: np.ndarray = shared.astype(float) / np.sqrt(power + 1e-12)
    return correlation


def _slice(
    sound: Float32[np.ndarray, " white"], first: int, length: int
) -> Float32[np.ndarray, " taken"]:
    """`length` samples from `first`, which may lie outside; there it is silent."""
    taken = np.zeros(length, np.float32)
    low, high = max(0, first), min(len(sound), first + length)
    if low < high:
        taken[low - first : high - first] = sound[low:high]
    return taken


def best_lag(shared: Float64[np.ndarray, " lags"], lag: int, within: int) -> Lag:
    """The strongest correlation at most `within` samples from the middle, against all the others.

    Its sign does not matter: music upside down sounds the same.
    """
    return strongest_lag(shared, lag, within, spread(shared))


def strongest_lag(
    shared: Float64[np.ndarray, " lags"], lag: int, within: int, chance: float
) -> Lag:
    """As `best_lag`, where the standard deviation of chance is known."""
    middle = len(shared) // 2
    inner = shared[middle - within : middle + within + 1]
    best = middle - within + int(np.argmax(np.abs(inner)))
    inverted = bool(shared[best] < 0)
    crest = vertex(-shared if inverted else shared, best)
    return Lag(lag + best - middle + crest, abs(float(shared[best])) / chance, inverted)


def spread(shared: Float64[np.ndarray, "*shape"]) -> float:
    """The standard deviation of correlations, nearly all of which are chance."""
    return float(np.median(np.abs(shared))) / 0.6745 + 1e-9


def vertex(shared: Float64[np.ndarray, " lags"], best: int) -> float:
    """How far beside the highest value the crest lies, -0.5..0.5, by a parabola through three."""
    if not 0 < best < len(shared) - 1:
        return 0.0
    before, here, after = shared[best - 1 : best + 2]
    bend = before + after - 2 * here
    return float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < 0 else 0.0


@no_type_check
@numba.njit(cache=True, nogil=True, fastmath=True)
def block_products(
    first: Float32[np.ndarray, " film"],
    second: Float32[np.ndarray, " album"],
    edges: Int64[np.ndarray, " bounds"],
    lags: Int64[np.ndarray, "lags blocks"],
) -> Float64[np.ndarray, "lags blocks"]:
    """Correlation of each block of `first` with `second` displaced by each lag; outside it is 0.

    Block k are the samples from `edges[k]` to `edges[k + 1]`.
    """
    blocks = len(edges) - 1
    shared = np.zeros((len(lags), blocks))
    for row in range(len(lags)):
        for block in range(blocks):
            lag = lags[row, block]
            low = max(edges[block], 0, -lag)
            high = min(edges[block + 1], len(first), len(second) - lag)
            product = here = there = 0.0
            for k in range(low, high):
                product += first[k] * second[k + lag]
                here += first[k] * first[k]
                there += second[k + lag] * second[k + lag]
            if here > 0 and there > 0:
                shared[row, block] = product / np.sqrt(here * there)
    return shared
