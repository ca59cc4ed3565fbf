"""Where two courses of harmony run alike, at whatever tempo each of them bends.

A local alignment (Smith and Waterman, J. Mol. Biol. 147, 1981) of pitch classes: agreement above a
threshold adds up along a path that may go up to twice as fast or slow; the best path is the stretch
that both share. So cover versions are found (Serrà, Serra and Andrzejak, New J. Phys. 11, 2009).
"""

from typing import no_type_check

import numba
import numpy as np
from attrs import frozen

from unsung.film.pitch_classes import Course

AGREES = 0.85
"""Columns that agree more than this speak for a shared stretch, others against it."""


@frozen
class Alike:
    """Frames of both from `start` up to `end`, and how much agreement adds up between them."""

    score: float
    one: tuple[int, int]
    other: tuple[int, int]


def alike(one: Course, other: Course) -> Alike:
    """The stretch that both share best; a score of 0 where nothing agrees."""
    score, start, end, other_start, other_end = _aligned(one, other, AGREES)
    return Alike(float(score), (int(start), int(end)), (int(other_start), int(other_end)))


@no_type_check
@numba.njit(cache=True, nogil=True)
def _aligned(one, other, agrees):  # noqa: ANN001, ANN202 - compiled
    rows, columns = one.shape[1], other.shape[1]
    score = np.zeros((3, columns))
    start = np.zeros((3, columns, 2), np.int32)
    best, at = 0.0, (0, 0, 0, 0)
    for row in range(rows):
        here, last, before = row % 3, (row - 1) % 3, (row - 2) % 3
        for column in range(columns):
            found = -agrees
            for k in range(one.shape[0]):
                found += one[k, row] * other[k, column]
            gained, first, second = 0.0, row, column
            if row > 0 and column > 0 and score[last, column - 1] > gained:
                gained = score[last, column - 1]
                first, second = start[last, column - 1]
            if row > 0 and column > 1 and score[last, column - 2] > gained:
                gained = score[last, column - 2]
                first, second = start[last, column - 2]
            if row > 1 and column > 0 and score[before, column - 1] > gained:
                gained = score[before, column - 1]
                first, second = start[before, column - 1]
            gained += found
            if gained <= 0.0:
                gained, first, second = 0.0, row, column
            score[here, column] = gained
            start[here, column, 0], start[here, column, 1] = first, second
            if gained > best:
                best, at = gained, (first, row + 1, second, column + 1)
    return best, at[0], at[1], at[2], at[3]
