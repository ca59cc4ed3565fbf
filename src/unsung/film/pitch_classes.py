"""Pitch classes over time, coarse enough that another performance of the same music looks alike.

Energy by pitch class, evened out over two seconds and given twice a second, as in CENS (Müller,
Kurth, Clausen, ISMIR 2005): what is left is the harmony's course, without touch and colour.
"""

import numpy as np
import scipy
from jaxtyping import Float32

from unsung.film.peaks import RATE_HZ

FRAMES_A_SECOND = 2
_WINDOW, _HOP = 4096, RATE_HZ // 4
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 2000.0
_STEPS = (0.05, 0.1, 0.2, 0.4)
_EVENED = 9
_SILENT = 1e-5
_FRAMES_AT_ONCE = 2048


Course = Float32[np.ndarray, "12 _"]
"""Twelve rows, C first, and a column every half second; each course has its own length."""


def pitch_classes(samples: Float32[np.ndarray, " samples"]) -> Course:
    """Twelve rows, C first, of one channel at 8 kHz; columns have length 1, or 0 in silence."""
    frames = _folded(samples)
    total = frames.sum(axis=1, keepdims=True)
    shares = np.divide(frames, total, out=np.zeros_like(frames), where=total > _SILENT)
    grades = sum((shares > step).astype(np.float32) for step in _STEPS)
    evened = scipy.ndimage.convolve1d(grades, np.hanning(_EVENED + 2)[1:-1], axis=0)[::2]
    length = np.linalg.norm(evened, axis=1, keepdims=True)
    even = np.divide(evened, length, out=np.zeros_like(evened), where=length > 0)
    return np.ascontiguousarray(even.T, np.float32)


def _folded(samples: Float32[np.ndarray, " samples"]) -> Float32[np.ndarray, "frames bins"]:
    """Energy by pitch class four times a second."""
    padded = np.pad(samples, _WINDOW // 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    parts = [
        _energy(windows[first : first + _FRAMES_AT_ONCE])
        for first in range(0, len(windows), _FRAMES_AT_ONCE)
    ]
    return np.concatenate(parts)


def _energy(windows: Float32[np.ndarray, "frames window"]) -> Float32[np.ndarray, "frames bins"]:
    shape = np.hanning(_WINDOW).astype(np.float32)
    power = np.abs(scipy.fft.rfft(windows * shape, axis=1)) ** 2
    bins_hz = np.arange(_WINDOW // 2 + 1) * RATE_HZ / _WINDOW
    rows = np.flatnonzero((bins_hz >= _LOWEST_HZ) & (bins_hz <= _HIGHEST_HZ))
    pitch = np.round(12 * np.log2(bins_hz[rows] / 440)).astype(int) + 9
    fold = np.zeros((len(rows), 12), np.float32)
    fold[np.arange(len(rows)), pitch % 12] = 1
    folded: np.ndarray = (power[:, rows] @ fold).astype(np.float32)
    return folded
