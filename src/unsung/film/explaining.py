"""What a line still explains of the film once another is known to sound."""

import numpy as np
from jaxtyping import Float32, Float64

from unsung.film.lines import BLOCK_S, Line, smooth
from unsung.film.peak_lines import Keys, meeting, with_peaks, without
from unsung.film.peaks import RATE_HZ, Peaks
from unsung.film.whitened import WHITE_RATE_HZ, block_products

_ALIKE = 0.95


def beyond_waveform(
    line: Line, other: Line, first: int, end: int, album: Float32[np.ndarray, " white"]
) -> Float64[np.ndarray, " blocks"]:
    """The line's partial correlation with the film, given the other's, from block to block.

    Two places of the album that sound the same leave each other nothing.
    """
    own, theirs = line.during(first, end), other.during(first, end)
    if line.speed != other.speed:
        return own
    scale = WHITE_RATE_HZ / RATE_HZ
    per_block = BLOCK_S * WHITE_RATE_HZ * line.speed.tempo_ratio
    edges = np.rint(np.arange(first, end + 1) * per_block + line.lag * scale).astype(np.int64)
    apart = np.array([round(other.lag * scale) - round(line.lag * scale)])
    alike = smooth(block_products(album, album, edges, apart)[0])
    rest = (own - alike * theirs) / np.sqrt(1 - np.minimum(np.abs(alike), _ALIKE) ** 2)
    return np.where(np.abs(alike) > _ALIKE, 0.0, rest)


def beyond_peaks(
    line: Line, other: Line, first: int, end: int, film: Peaks, album: Keys
) -> Float64[np.ndarray, " blocks"]:
    """The line's evidence from peaks that the other line does not meet."""
    return with_peaks(line, without(film, meeting(other, film, album)), album).during(first, end)
