"""Spectral peaks: the loudest points of the spectrum in time and pitch.

Speech and effects fill only part of the spectrum at any instant, so most peaks of music beneath
them survive. That single peaks, compared one by one, outlive what hashes of peak pairs do not was
measured on broadcast music (Cortès et al., "BAF: an audio fingerprinting dataset for broadcast
monitoring", ISMIR 2022, section 4).
"""

from typing import no_type_check

import numba
import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Float32, Int64

RATE_HZ = 8_000
WINDOW, HOP = 1024, 128
FRAME_RATE_HZ = RATE_HZ / HOP
BINS = WINDOW // 2 + 1
LOWEST_BIN = 10
AROUND = 4
_CHUNK_FRAMES = 4096
_SILENT_POWER = np.float32(1e-7)
"""Power of a bin below which there is nothing but dither; full scale is about 6e4."""


@frozen
class Peaks:
    """Peaks in order of time. `frame` k is centred at (128 k + 512) samples; `pitch` is in bins."""

    frame: Int64[np.ndarray, " peaks"]
    pitch: Float32[np.ndarray, " peaks"]
    frames: int


def peaks(samples: Float32[np.ndarray, " samples"]) -> Peaks:
    """The peaks of one channel at 8 kHz, some 200 a second; none in silence.

    A peak is the loudest of its 9 frames × 9 bins (0.14 s × 70 Hz) and lies above 80 Hz.
    """
    frames = max(0, (len(samples) - WINDOW) // HOP + 1)
    found = [_chunk_peaks(samples, start, frames) for start in range(0, frames, _CHUNK_FRAMES)]
    frame = np.concatenate([frame for frame, _ in found] or [np.empty(0, np.int64)])
    pitch = np.concatenate([pitch for _, pitch in found] or [np.empty(0, np.float32)])
    return Peaks(frame, pitch, frames)


def _chunk_peaks(
    samples: Float32[np.ndarray, " samples"], start: int, frames: int
) -> tuple[Int64[np.ndarray, " peaks"], Float32[np.ndarray, " peaks"]]:
    first, last = max(0, start - AROUND), min(frames, start + _CHUNK_FRAMES + AROUND)
    part = samples[first * HOP : (last - 1) * HOP + WINDOW]
    frame, pitch = _local_maxima(_power(part), _SILENT_POWER)
    inside = (frame + first >= start) & (frame + first < start + _CHUNK_FRAMES)
    return frame[inside] + first, pitch[inside]


def _power(samples: Float32[np.ndarray, " samples"]) -> Float32[np.ndarray, "bins frames"]:
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
    shape = scipy.signal.get_window("hann", WINDOW).astype(np.float32)
    spectrum = scipy.fft.rfft(windows * shape, axis=1)
    power: np.ndarray = (spectrum.real**2 + spectrum.imag**2).T
    return power


@no_type_check
@numba.njit(cache=True, nogil=True)
def _local_maxima(
    power: Float32[np.ndarray, "bins frames"], silent: np.float32
) -> tuple[Int64[np.ndarray, " peaks"], Float32[np.ndarray, " peaks"]]:
    """Frame and interpolated bin of each point that no other within reach exceeds."""
    bins, frames = power.shape
    most = (frames // (AROUND + 1) + 1) * (bins // (AROUND + 1) + 1)
    frame_of = np.empty(most, np.int64)
    pitch_of = np.empty(most, np.float32)
    count = 0
    for frame in range(frames):
        for pitch in range(LOWEST_BIN, bins - 1):
            here = power[pitch, frame]
            if here <= silent or power[pitch - 1, frame] >= here or power[pitch + 1, frame] > here:
                continue
            if _is_highest(power, pitch, frame):
                below, above = (
                    np.log(power[pitch - 1, frame] + 1e-20),
                    np.log(power[pitch + 1, frame] + 1e-20),
                )
                bend = below + above - 2 * np.log(here)
                frame_of[count] = frame
                pitch_of[count] = pitch + 0.5 * (below - above) / bend
                count += 1
    return frame_of[:count].copy(), pitch_of[:count].copy()


@no_type_check
@numba.njit(cache=True, nogil=True)
def _is_highest(power: Float32[np.ndarray, "bins frames"], pitch: int, frame: int) -> bool:
    """Whether no point around exceeds this one; of equals, the first counts."""
    bins, frames = power.shape
    here = power[pitch, frame]
    for other in range(max(0, frame - AROUND), min(frames, frame + AROUND + 1)):
        for step in range(max(0, pitch - AROUND), min(bins, pitch + AROUND + 1)):
            there = power[step, other]
            if there > here:
                return False
            if there == here and (other < frame or (other == frame and step < pitch)):
                return False
    return True
