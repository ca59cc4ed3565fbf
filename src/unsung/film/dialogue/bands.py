"""Power of sound by third of an octave and as the K filter weighs it, ten times a second.

Windows of 200 ms overlap by half under a sine, whose square adds up to one: no power is lost or
counted twice. So sums over them are the powers that BS.1770 asks for.
"""

from functools import cache

import numpy as np
import scipy
from jaxtyping import Complex64, Float32, Float64, Int64

from unsung.model.balance import Part
from unsung.model.sound import Feature
from unsung.model.time import Frames
from unsung.model.weighting import k_weighting

FRAMES_A_SECOND = 10
CLOCK = Frames(FRAMES_A_SECOND)
"""Column k stands for the 200 ms around k / 10 s."""

_THIRDS_HZ = (
    63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150,
    4000, 5000, 6300, 8000, 10000, 12500, 16000,
)  # fmt: skip


def hop_samples(rate_hz: int) -> int:
    """Samples between columns; the rate must be a multiple of ten."""
    if rate_hz % FRAMES_A_SECOND or rate_hz < 4000:
        raise ValueError(f"balance is measured at a multiple of 10 Hz from 4 kHz, not {rate_hz}")
    return rate_hz // FRAMES_A_SECOND


def bands_hz(rate_hz: int) -> tuple[float, ...]:
    """Middles of the thirds of an octave that fit below half the sample rate."""
    return tuple(float(f) for f in _THIRDS_HZ if f * 2 ** (1 / 6) <= rate_hz / 2)


def cells(
    samples: Float32[np.ndarray, " samples"], rate_hz: int
) -> Complex64[np.ndarray, "frames bins"]:
    """The spectrum of every window that lies in the samples; power is the mean over time."""
    hop = hop_samples(rate_hz)
    windows = np.lib.stride_tricks.sliding_window_view(samples, 2 * hop)[::hop]
    shape = np.sin(np.pi * (np.arange(2 * hop) + 0.5) / (2 * hop)).astype(np.float32)
    spectra: np.ndarray = scipy.fft.rfft(windows * shape / np.float32(hop), axis=1)
    return spectra.astype(np.complex64)


def sound(
    found: Complex64[np.ndarray, "frames bins"], rate_hz: int, count: int
) -> Float32[np.ndarray, " samples"]:
    """The way back from `cells`: `count` hops of sound from the middle of the first window on."""
    hop = hop_samples(rate_hz)
    shape = np.sin(np.pi * (np.arange(2 * hop) + 0.5) / (2 * hop)).astype(np.float32)
    windows = scipy.fft.irfft(found * np.float32(hop), 2 * hop, axis=1) * shape
    windows = np.pad(windows, ((0, max(0, count + 1 - len(windows))), (0, 0)))[: count + 1]
    joined: np.ndarray = (windows[:-1, hop:] + windows[1:, :hop]).reshape(-1).astype(np.float32)
    return joined


def powers(
    found: Complex64[np.ndarray, "frames bins"], rate_hz: int
) -> Float64[np.ndarray, "frames rows"]:
    """Mean power in each band, and last as the K filter weighs all."""
    power = found.real**2 + found.imag**2
    rows: np.ndarray = (power @ _rows(rate_hz)).astype(np.float64)
    return rows


def band_of_bin(rate_hz: int) -> Int64[np.ndarray, " bins"]:
    """The band that each bin of `cells` belongs to; what lies beyond belongs to the outermost."""
    edges = np.array(bands_hz(rate_hz)[1:]) / 2 ** (1 / 6)
    return np.searchsorted(edges, _bins_hz(rate_hz), side="right")


def part(rows: Float64[np.ndarray, "frames rows"]) -> Part:
    """The powers of a part of the sound with their clock."""
    return Part(Feature(rows[:, :-1].T, CLOCK), Feature(rows[:, -1:].T, CLOCK))


@cache
def _rows(rate_hz: int) -> Float32[np.ndarray, "bins rows"]:
    """What each bin adds to each row; a real spectrum holds half the power of all bins but two."""
    bins_hz, middles = _bins_hz(rate_hz), np.array(bands_hz(rate_hz))
    low, high = middles / 2 ** (1 / 6), middles * 2 ** (1 / 6)
    inside = (bins_hz[:, None] >= low) & (bins_hz[:, None] < high)
    _, response = scipy.signal.freqz_sos(k_weighting(rate_hz), bins_hz, fs=rate_hz)
    rows = np.concatenate([inside, np.abs(response[:, None]) ** 2], axis=1)
    twice = np.full(len(bins_hz), 2.0)
    twice[[0, -1]] = 1.0
    # Parseval over two hops, a window whose square sums to one hop, and the division in `cells`
    weights: np.ndarray = (rows * twice[:, None] / 2).astype(np.float32)
    return weights


def _bins_hz(rate_hz: int) -> Float64[np.ndarray, " bins"]:
    return np.arange(hop_samples(rate_hz) + 1) * (FRAMES_A_SECOND / 2)
