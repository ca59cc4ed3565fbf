"""What a line still explains of the film once another is known to sound."""

import numpy as np
from jaxtyping import Float32, Float64

from unsung.film.lines import BLOCK_S, Line, smooth
from unsung.film.peak_lines import Keys, meeting, with_peaks, without
from unsung.film.peaks import RATE_HZ, Peaks
from unsung.film.whitened import WHITE_RATE_HZ, block_products

_ALIKE = 0.95
_ONE_SPEED = 1e-3


def beyond_waveform(
    line: Line, other: Line, first: int, end: int, album: Float32[np.ndarray, " white"]
) -> Float64[np.ndarray, " blocks"]:
    """The line's partial correlation with the film, given the other's, from block to block.

    Two places of the album that sound the same leave each other nothing.
    """
    own, theirs = line.during(first, end), other.during(first, end)
    if abs(line.speed.tempo_ratio - other.speed.tempo_ratio) > _ONE_SPEED:
        return own
    scale = WHITE_RATE_HZ / RATE_HZ
    blocks, per_block = np.arange(first, end + 1), BLOCK_S * WHITE_RATE_HZ
    edges = np.rint(blocks * per_block * line.speed.tempo_ratio + line.lag * scale)
    growing = blocks[:-1] * per_block * (other.speed.tempo_ratio - line.speed.tempo_ratio)
    apart = np.rint(other.lag * scale + growing) - np.rint(line.lag * scale)
    turned = -1 if line.inverted != other.inverted else 1
    alike = turned * smooth(
        block_products(album, album, edges.astype(np.int64), apart[np.newaxis].astype(np.int64))[0]
    )
    rest = (own - alike * theirs) / np.sqrt(1 - np.minimum(np.abs(alike), _ALIKE) ** 2)
    return np.where(np.abs(alike) > _ALIKE, 0.0, rest)


def beyond_peaks(
    line: Line, other: Line, first: int, end: int, film: Peaks, album: Keys
) -> Float64[np.ndarray, " blocks"]:
    """The line's evidence from peaks that the other line does not meet."""
    return with_peaks(line, without(film, meeting(other, film, album)), album).during(first, end)
