"""How high the sound wave itself rises, between the samples too: the true peak.

A converter draws a smooth wave through the samples, and its crests may stand above all of them.
The wave is drawn by the interpolating filter of ITU-R BS.1770-5 Annex 2: four points a sample
below 96 kHz, two below 192 kHz; above that the samples stand close enough.

Only stretches that could hold a new maximum are drawn. No interpolated point can exceed the
largest sample under the filter times the filter's absolute sum (its L1 norm), so a stretch whose
samples stay below the maximum so far, divided by that norm, cannot beat it. The answer is exact.
"""

import numpy as np
from jaxtyping import Float32, Float64, Int

from unsung.model.outcomes import SILENT, Silent

_QUARTER = (14, 90, -161, 272, -487, 1125, 7964, -838, 390, -218, 122, -68)
_HALF = (-239, 240, -424, 730, -1364, 3810, 6388, -1641, 832, -477, 271, -155)
_PHASES = np.array([_QUARTER, _HALF, _HALF[::-1], _QUARTER[::-1]], np.float32) / 8192
"""The table of Annex 2; its phases stand -3/8, -1/8, 1/8 and 3/8 of a sample off the middle."""

_TAPS = _PHASES.shape[1]
_STRETCH_SAMPLES = 64


class TruePeakMeter:
    """The true peak of sound that arrives in blocks of `channels samples`."""

    def __init__(self, sample_rate_hz: int, channels: int) -> None:
        self._phases = _phases(sample_rate_hz)
        self._tail = np.zeros((channels, _TAPS - 1), np.float32)
        self._peak = 0.0

    def add(self, samples: Float32[np.ndarray, "channels samples"]) -> None:
        """Listen to the next block."""
        samples = np.concatenate([self._tail, samples], axis=1)
        self._peak = _raised_peak(samples, self._phases, self._peak)
        self._tail = samples[:, samples.shape[1] - _TAPS + 1 :].copy()

    def true_peak_dbtp(self, last: Float32[np.ndarray, "channels samples"]) -> float | Silent:
        """The true peak in dB over full scale of all that was added, then `last`, then silence."""
        ending = np.concatenate([self._tail, last, np.zeros_like(self._tail)], axis=1)
        peak = _raised_peak(ending, self._phases, self._peak)
        return float(20 * np.log10(peak)) if peak > 0 else SILENT


def _phases(sample_rate_hz: int) -> Float32[np.ndarray, "phases taps"]:
    if sample_rate_hz < 96_000:
        return _PHASES
    return _PHASES[::2] if sample_rate_hz < 192_000 else _PHASES[:0]


def _raised_peak(
    samples: Float32[np.ndarray, "channels samples"],
    phases: Float32[np.ndarray, "phases taps"],
    peak: float,
) -> float:
    """The larger of `peak` and the highest point of the wave; never below a sample's own height."""
    heights = _stretch_heights(samples)
    peak = max(peak, float(heights.max()))
    if not len(phases):
        return peak
    reach = np.abs(phases).sum(axis=1, dtype=np.float64).max()
    highest = np.unravel_index(heights.argmax(), heights.shape)
    peak = max(peak, _crest(samples, phases, *np.atleast_1d(*highest)))
    channels, stretches = np.nonzero(heights * reach > peak)
    return max(peak, _crest(samples, phases, channels, stretches)) if len(channels) else peak


def _stretch_heights(
    samples: Float32[np.ndarray, "channels samples"],
) -> Float64[np.ndarray, "channels stretches"]:
    """The largest absolute sample under the filter while it draws each stretch.

    Stretch k draws the points whose filters begin at its samples, so it sees as far as
    the first samples of stretch k + 1.
    """
    stretches = -(-samples.shape[1] // _STRETCH_SAMPLES)
    padded = np.zeros((samples.shape[0], stretches * _STRETCH_SAMPLES), np.float32)
    np.abs(samples, out=padded[:, : samples.shape[1]])
    own = padded.reshape(samples.shape[0], stretches, _STRETCH_SAMPLES)
    heights: np.ndarray = own.max(axis=2).astype(np.float64)
    beyond = own[:, 1:, : _TAPS - 1].max(axis=2)
    heights[:, :-1] = np.maximum(heights[:, :-1], beyond)
    return heights


def _crest(
    samples: Float32[np.ndarray, "channels samples"],
    phases: Float32[np.ndarray, "phases taps"],
    channels: Int[np.ndarray, " chosen"],
    stretches: Int[np.ndarray, " chosen"],
) -> float:
    """The highest interpolated point in the chosen stretches."""
    span = _STRETCH_SAMPLES + _TAPS - 1
    padded = np.pad(samples, ((0, 0), (0, span)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, span, axis=1)
    chosen = windows[channels, stretches * _STRETCH_SAMPLES]
    taps = np.lib.stride_tricks.sliding_window_view(chosen, _TAPS, axis=1)
    # the filter's taps run against time (a convolution)
    return float(np.abs(taps @ phases[:, ::-1].T).max())
