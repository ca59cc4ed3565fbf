"""Where a cue whose level is known sets in and stops, even beneath a voice.

With level and moment known, each cell of the spectrum says for itself whether the music is in it:
the likelihood of what is heard with the music against that without, weighed by how little else
sounds there (as in `level`). Where the music is too soft to tell, cells say nothing either way.
"""

import numpy as np
from attrs import evolve
from jaxtyping import Float32, Float64

from unsung.film.cells import HOP, WINDOW, cells, known_cells
from unsung.film.choosing import Stretch
from unsung.film.level import others_around
from unsung.film.lines import BLOCK_S, Line
from unsung.film.peaks import RATE_HZ
from unsung.film.timeline import Timeline

_OUTSIDE_S, _INSIDE_S = 8.0, 8.0
_FADED = 0.3
"""The part of its level at which music counts as heard, so that fades count from nearly nothing."""
_LEAST, _MOST = -8.0, 8.0
_SILENT = 1e-9

Samples = Float32[np.ndarray, " samples"]


def audible(
    film: Samples, place: Timeline, one: Stretch, gain: float, free: tuple[bool, bool]
) -> Stretch:
    """The stretch with those of its two edges that are `free` moved to where it can be heard."""
    first, end = one.first_block, one.end_block
    inside = min(round(_INSIDE_S / BLOCK_S), max(1, (end - first) // 2))
    outside = round(_OUTSIDE_S / BLOCK_S)
    if free[0]:
        low = max(one.line.first_block, first - outside)
        heard = _heard(film, place, one.line, gain, low, one.first_block + inside)
        first = low + _onset(heard)
    if free[1]:
        high = min(one.line.end_block, end + outside)
        heard = _heard(film, place, one.line, gain, one.end_block - inside, high)
        end = high - _onset(heard[::-1])
    return evolve(one, first_block=first, end_block=end) if first < end else one


def _onset(heard: Float64[np.ndarray, " blocks"]) -> int:
    """The block from which on most speaks for the music, and before it least."""
    return int(np.argmin(np.concatenate(([0.0], np.cumsum(heard)[:-1]))))


def _heard(
    film: Samples, place: Timeline, line: Line, gain: float, first: int, end: int
) -> Float64[np.ndarray, " blocks"]:
    """How much more likely each block is with the music in it, as a logarithm, kept in bounds."""
    start = max(0, round(first * BLOCK_S * RATE_HZ) - WINDOW // 2)
    part = film[start : round(end * BLOCK_S * RATE_HZ) + WINDOW // 2]
    mixed, music = cells(part), known_cells(place, line, start, len(part))
    if not len(mixed):
        return np.zeros(max(0, end - first))
    without = np.abs(mixed) ** 2
    rest = np.abs(mixed - np.float32(gain) * music) ** 2
    noise = np.minimum(others_around(without), others_around(rest)) + np.float32(_SILENT)
    faded = np.abs(mixed - np.float32(gain * _FADED) * music) ** 2
    told = ((without - faded) / noise).sum(axis=1, dtype=float)
    middle_s = (start + np.arange(len(told)) * HOP + WINDOW / 2) / RATE_HZ
    block = np.clip(np.floor(middle_s / BLOCK_S).astype(int) - first, 0, end - first - 1)
    summed = np.bincount(block, told, end - first)
    return np.clip(summed, _LEAST, _MOST)
