"""Spectra of a whole track, a block at a time, so that two hours need no more room than a minute.

The short-time Fourier transform with a Hann window, centred on its instants; the ends of the
track are followed by silence. A sine of amplitude 1 has magnitude 1 in its bin.
"""

from collections.abc import Iterator

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Float, Float32

from unsung.model.sound import Audio
from unsung.model.time import Frames

_BLOCK_FRAMES = 1500
"""Whole cells of 15 frames, the only ones in use."""


@frozen
class Lens:
    """How sound is cut into spectra: samples under the window, samples from one to the next."""

    window_samples: int
    hop_samples: int

    def frame_count(self, audio: Audio) -> int:
        """Instants from 0 to the end of the sound; one at least."""
        return 1 + int(audio.samples.shape[1]) // self.hop_samples

    def frames(self, audio: Audio) -> Frames:
        """The clock of the spectra."""
        return Frames(audio.sample_rate_hz / self.hop_samples)

    def cells(self, audio: Audio, cell_frames: int) -> Frames:
        """The clock of what is `summed` over cells: their middles."""
        frames = self.frames(audio)
        return Frames(frames.rate_hz / cell_frames, (cell_frames - 1) / 2 / frames.rate_hz)

    def frequencies_hz(self, audio: Audio) -> Float32[np.ndarray, " bins"]:
        """The frequency of each bin."""
        bins = np.arange(self.window_samples // 2 + 1)
        hz: np.ndarray = (bins * audio.sample_rate_hz / self.window_samples).astype(np.float32)
        return hz


def magnitude_blocks(audio: Audio, lens: Lens) -> Iterator[Float32[np.ndarray, "bins frames"]]:
    """The magnitudes of the first channel's spectra, in order, in blocks of bounded length."""
    window = scipy.signal.get_window("hann", lens.window_samples).astype(np.float32)
    window *= 2 / window.sum()
    count = lens.frame_count(audio)
    for first in range(0, count, _BLOCK_FRAMES):
        last = min(first + _BLOCK_FRAMES, count)
        spectra = scipy.fft.rfft(_windows(audio, lens, first, last) * window, axis=1)
        yield np.abs(spectra).T


def _windows(
    audio: Audio, lens: Lens, first: int, last: int
) -> Float32[np.ndarray, "frames samples"]:
    start = first * lens.hop_samples - lens.window_samples // 2
    end = start + (last - 1 - first) * lens.hop_samples + lens.window_samples
    sound = audio.samples[0, max(start, 0) : max(end, 0)]
    before = max(-start, 0)
    sound = np.pad(sound, (before, end - start - before - len(sound)))
    windows = np.lib.stride_tricks.sliding_window_view(sound, lens.window_samples)
    return windows[:: lens.hop_samples]


def summed(
    values: Float[np.ndarray, "bins frames"], cell_frames: int
) -> Float[np.ndarray, "bins cells"]:
    """Sums over cells of `cell_frames` in a row; the last may hold fewer."""
    starts = np.arange(0, values.shape[1], cell_frames)
    sums: np.ndarray = np.add.reduceat(values, starts, axis=1)
    return sums
