"""Path outlines from arrays: one column a step, tenths of a pixel, relative moves.

A curve with more instants than `PLOT_WIDTH` is drawn as its envelope, the lowest and highest value
of every column, so that no peak is lost however long the track.
"""

from functools import lru_cache

import numpy as np

from unsung.pages.figures.axes import PLOT_WIDTH

_FAR = 20 * PLOT_WIDTH
"""Further than any stroke reaches, in tenths: keeps rows apart."""


def columns(
    x: np.ndarray, values: np.ndarray, most: int = PLOT_WIDTH
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Columns, and the lowest and highest value in each; the values themselves where they fit."""
    if len(x) <= most:
        return x, values, values
    column = np.minimum((x * (most / PLOT_WIDTH)).astype(int), most - 1)
    starts = np.flatnonzero(np.r_[True, np.diff(column) > 0])
    lowest, highest = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    return (column[starts] + 0.5) * (PLOT_WIDTH / most), lowest, highest


def line(x: np.ndarray, y: np.ndarray) -> str:
    """A line through the points; a lone point becomes a dot as wide as a column."""
    if len(x) == 0:
        return ""
    if len(x) == 1:
        return f"M{_tenths(_tenth(x[0]))} {_tenths(_tenth(y[0]))}h1"
    return _outline(x, y)


def band(x: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> str:
    """The closed outline between two curves."""
    if len(x) == 0:
        return ""
    return _outline(np.r_[x, x[::-1]], np.r_[top, bottom[::-1]]) + "z"


def strokes(x_start: np.ndarray, x_end: np.ndarray, y: np.ndarray) -> str:
    """Level strokes, half a column long at least; where they touch on one level they are one."""
    start, row = _rounded(x_start / 5) * 5, _rounded(y)
    end = np.maximum(_rounded(x_end / 5) * 5, start + 5)
    order = np.lexsort((start, row))
    start, end, row = start[order], end[order], row[order]
    reach = np.maximum.accumulate(end + row * _FAR) - row * _FAR
    begins = np.r_[True, (start[1:] > reach[:-1]) | (np.diff(row) > 0)][: len(start)]
    first = np.flatnonzero(begins)
    ends = np.maximum.reduceat(end, first) if len(first) else end
    joined = zip(start[first].tolist(), row[first].tolist(), ends.tolist(), strict=True)
    return "".join(f"M{_tenths(a)} {_tenths(b)}h{_tenths(c - a)}" for a, b, c in joined)


def _outline(x: np.ndarray, y: np.ndarray) -> str:
    points = np.stack([_rounded(x), _rounded(y)], axis=1)
    moves = np.diff(points, axis=0)
    moves = moves[(moves != 0).any(axis=1)].ravel().tolist()
    start = " ".join(map(_tenths, points[0].tolist()))
    steps = " ".join(map(_tenths, moves)).replace(" -", "-")
    return f"M{start}l{steps}" if moves else f"M{start}h1"


def _rounded(values: np.ndarray) -> np.ndarray:
    tenths: np.ndarray = np.rint(np.asarray(values, float) * 10).astype(int)
    return tenths


def _tenth(value: float) -> int:
    return round(float(value) * 10)


@lru_cache(maxsize=16384)
def _tenths(count: int) -> str:
    """A number of tenths as SVG likes it: `.3`, `-.3`, `12`, `12.5`."""
    return f"{count / 10:g}".replace("0.", ".", 1) if abs(count) < 10 else f"{count / 10:g}"
