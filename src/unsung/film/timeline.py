"""The album laid out on one line of time, with gaps, so that it can be searched in one go."""

from bisect import bisect_right

import numpy as np
from attrs import field, frozen
from jaxtyping import Float32

from unsung.film.peaks import HOP, RATE_HZ
from unsung.model.sound import Audio, read_only

_GAP_FRAMES = 700
"""11 s: more than a window of the film, so that no window meets two tracks at one offset."""


def _float32(values: object) -> np.ndarray:
    return read_only(values, np.float32)


@frozen
class Timeline:
    """The tracks one after another at 8 kHz, with 11 s of silence after each.

    `start` and `length` of each track are in samples; starts lie on whole frames of the spectra.
    """

    files: tuple[str, ...]
    samples: Float32[np.ndarray, " samples"] = field(converter=_float32)
    start: tuple[int, ...]
    length: tuple[int, ...]

    def track_at(self, sample: float) -> int:
        """The track that sounds at this sample, or the nearest one."""
        later = bisect_right(self.start, sample + _GAP_FRAMES * HOP / 2)
        return max(0, later - 1)


def timeline(album: tuple[tuple[str, Audio], ...]) -> Timeline:
    """The album's tracks, each one channel at 8 kHz, in their order."""
    frames = [-(-audio.samples.shape[1] // HOP) + _GAP_FRAMES for _, audio in album]
    start = np.concatenate(([0], np.cumsum(frames))).astype(int) * HOP
    samples = np.zeros(start[-1], np.float32)
    for (file, audio), first in zip(album, start[:-1], strict=True):
        if audio.sample_rate_hz != RATE_HZ or len(audio.samples) != 1:
            raise ValueError(f"{file}: placements are sought in one channel at {RATE_HZ} Hz")
        samples[first : first + audio.samples.shape[1]] = audio.samples[0]
    files = tuple(file for file, _ in album)
    lengths = tuple(audio.samples.shape[1] for _, audio in album)
    return Timeline(files, samples, tuple(int(k) for k in start[:-1]), lengths)
