"""Bands of frequency as wide as hearing has them.

The mel scale of Slaney, "Auditory Toolbox" (Interval Research, 1998): linear up to 1 kHz, then
logarithmic; triangular bands of height 1. It is librosa's filter bank, without the 200 MB that
come with it; the tests hold the two together.
"""

import numpy as np
from jaxtyping import Float32, Float64

from unsung.listening.spectrum import Lens
from unsung.model.sound import Audio

_LINEAR_HZ_A_MEL = 200 / 3
_LOG_FROM_HZ = 1000.0
_LOG_FROM_MEL = _LOG_FROM_HZ / _LINEAR_HZ_A_MEL
_LOG_STEP = np.log(6.4) / 27


def mel_bands(audio: Audio, lens: Lens, count: int) -> Float32[np.ndarray, "bands bins"]:
    """How much of each bin of a spectrum falls in each of `count` bands, 0..1, up to Nyquist."""
    bins_hz = lens.frequencies_hz(audio).astype(np.float64)
    edges_hz = _hz(np.linspace(0, _mel(audio.sample_rate_hz / 2), count + 2))
    low, centre, high = (edges_hz[k : k + count, np.newaxis] for k in range(3))
    rising, falling = (bins_hz - low) / (centre - low), (high - bins_hz) / (high - centre)
    bands: np.ndarray = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return bands


def htk_bands(
    bins_hz: Float64[np.ndarray, " bins"], count: int, lowest_hz: float, highest_hz: float
) -> Float32[np.ndarray, "bands bins"]:
    """Bands of the HTK book (Young et al., 2006, §5.4), logarithmic throughout, up to 1.

    Their sides are straight in mel, not in hertz, as in the front ends of Google's networks.
    """
    edges = np.linspace(_htk_mel(lowest_hz), _htk_mel(highest_hz), count + 2)
    low, centre, high = (edges[k : k + count, np.newaxis] for k in range(3))
    mel = _htk_mel(bins_hz)
    rising, falling = (mel - low) / (centre - low), (high - mel) / (high - centre)
    bands: np.ndarray = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return bands


def _htk_mel(hz: float | Float64[np.ndarray, " bins"]) -> Float64[np.ndarray, "..."]:
    return np.asarray(1127.0 * np.log1p(np.asarray(hz, np.float64) / 700.0))


def _mel(hz: float) -> float:
    if hz < _LOG_FROM_HZ:
        return hz / _LINEAR_HZ_A_MEL
    return float(_LOG_FROM_MEL + np.log(hz / _LOG_FROM_HZ) / _LOG_STEP)


def _hz(mel: Float64[np.ndarray, " edges"]) -> Float64[np.ndarray, " edges"]:
    above = np.maximum(mel - _LOG_FROM_MEL, 0)
    hz: np.ndarray = np.where(
        mel < _LOG_FROM_MEL, mel * _LINEAR_HZ_A_MEL, _LOG_FROM_HZ * np.exp(_LOG_STEP * above)
    )
    return hz
