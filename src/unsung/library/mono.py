"""A recording reduced to one channel, at what most of listening needs: 22,050 Hz."""

import numpy as np
import soxr
from jaxtyping import Float32

from unsung.model.sound import Audio

MONO_RATE_HZ = 22_050
_GROWTH_S = 600
_LFE = {6: 3, 8: 3}


class MonoReduction:
    """Grows by each block of sound to the mean of its channels, at 22,050 Hz unless told else.

    Nothing is delayed: an event stays at its time, and the length is the recording's to within a
    sample. The low-frequency effects of 5.1 and 7.1 sound (channel 4 of 6 or 8) are left out.
    Memory: the result itself and ten minutes more, 4 bytes a sample.
    """

    def __init__(self, sample_rate_hz: int, mono_rate_hz: int = MONO_RATE_HZ) -> None:
        self._rate_hz, self._mono_rate_hz = sample_rate_hz, mono_rate_hz
        self._growth = _GROWTH_S * mono_rate_hz
        self._taken = self._made = 0
        self._mono = np.empty(self._growth, np.float32)
        self._resampler = (
            soxr.ResampleStream(sample_rate_hz, mono_rate_hz, 1, dtype="float32", quality="HQ")
            if sample_rate_hz != mono_rate_hz
            else None
        )

    def add(self, audio: Audio) -> None:
        """Take the next block."""
        if audio.sample_rate_hz != self._rate_hz:
            raise ValueError(f"the recording is at {self._rate_hz} Hz, not {audio.sample_rate_hz}")
        self._taken += audio.samples.shape[1]
        mono = channel_mean(audio)
        self._keep(self._resampler.resample_chunk(mono) if self._resampler else mono)

    def audio(self) -> Audio:
        """All that was added, as one channel; after this the reduction takes no more."""
        if self._resampler:
            self._keep(self._resampler.resample_chunk(np.empty(0, np.float32), last=True))
            self._resampler = None
        self._mono.resize(self._length, refcheck=False)
        return Audio(self._mono[np.newaxis], self._mono_rate_hz)

    @property
    def _length(self) -> int:
        """How many samples the result has, as exact as whole samples allow; the last may be 0."""
        return round(self._taken * self._mono_rate_hz / self._rate_hz)

    def _keep(self, mono: Float32[np.ndarray, " samples"]) -> None:
        end = self._made + len(mono)
        if end > len(self._mono):
            self._mono.resize(end + self._growth, refcheck=False)
        self._mono[self._made : end] = mono
        self._made = end


def mono(audio: Audio) -> Audio:
    """A short sound, held in memory, as one channel at 22,050 Hz."""
    reduction = MonoReduction(audio.sample_rate_hz)
    reduction.add(audio)
    return reduction.audio()


def channel_mean(audio: Audio) -> Float32[np.ndarray, " samples"]:
    """The mean of the channels that carry music."""
    channels = audio.samples
    if len(channels) in _LFE:
        channels = np.delete(channels, _LFE[len(channels)], axis=0)
    mean: np.ndarray = channels.mean(axis=0, dtype=np.float32)
    return mean
