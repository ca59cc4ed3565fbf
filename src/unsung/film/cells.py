"""The spectrum of the film, and of the album as it would sound in the film, cell by cell."""

import numpy as np
import scipy
import soxr
from jaxtyping import Complex64, Float32

from unsung.film.lines import Line
from unsung.film.peaks import RATE_HZ
from unsung.film.timeline import Timeline
from unsung.model.time import Span

WINDOW, HOP = 1024, 512
BINS = np.arange(10, WINDOW // 2 + 1)
"""From 80 Hz up."""
_BLOCK_S = 3.0
_MOST_BLOCKS = 8
_MARGIN = 64


def blocks(span: Span, most: int = _MOST_BLOCKS) -> list[tuple[int, int]]:
    """At most so many blocks of three seconds, evenly spread, in samples of the film."""
    count = int(np.clip(round(span.duration_s / _BLOCK_S), 1, most))
    length_s = min(_BLOCK_S, span.duration_s)
    starts = np.linspace(span.start_s, span.end_s - length_s, count)
    return [(round(at * RATE_HZ), round((at + length_s) * RATE_HZ)) for at in starts]


def cells(
    samples: Float32[np.ndarray, " samples"], advance: float = 0.0
) -> Complex64[np.ndarray, "frames bins"]:
    """The spectrum in 128 ms, of the sound a fraction of a sample later if `advance` is given."""
    if len(samples) < WINDOW:
        return np.zeros((0, len(BINS)), np.complex64)
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
    shape = scipy.signal.get_window("hann", WINDOW).astype(np.float32)
    spectrum = scipy.fft.rfft(windows * shape, axis=1)[:, BINS[0] :]
    turned: np.ndarray = spectrum * np.exp(2j * np.pi * BINS / WINDOW * advance)
    return turned.astype(np.complex64)


def known_cells(
    place: Timeline, line: Line, start: int, length: int
) -> Complex64[np.ndarray, "frames bins"]:
    """The album as it would sound in the film from sample `start`, at the album's level.

    Where the film has it upside down, so it is here.
    """
    ratio = line.speed.tempo_ratio
    at = start * ratio + line.lag
    first = int(np.floor(at)) - _MARGIN
    taken = place.samples[max(0, first) : max(0, first + int(length * ratio) + 3 * _MARGIN)]
    if first < 0:
        taken = np.concatenate((np.zeros(-first, np.float32), taken))
    if ratio != 1:
        taken = soxr.resample(taken, RATE_HZ * ratio, RATE_HZ, quality="HQ")
    advance = (at - first) / ratio
    whole = int(advance)
    part = np.zeros(length, np.float32)
    part[: len(taken[whole : whole + length])] = taken[whole : whole + length]
    return cells(-part if line.inverted else part, advance - whole)
