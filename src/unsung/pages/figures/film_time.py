"""The lanes of a film along one line of time that is looked at from afar and from close by.

Blocks carry when they are in the film, so that a script can show their words where there is room.
Curves are drawn four times as fine as elsewhere: two hours are looked at closely.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.time import Span
from unsung.pages.figures import paths
from unsung.pages.figures.axes import PLOT_WIDTH, Scale, TimeAxis
from unsung.pages.figures.lanes import canvas
from unsung.pages.figures.svg import element, figure, path

ROW_PX, GAP_PX = 18, 2
_FINE = 4 * PLOT_WIDTH


@frozen
class FilmBlock:
    """A stretch of the film: how it looks, its word, what it says; `strength` 0..1 is how sure."""

    span: Span
    look: str
    word: str
    says: str
    strength: float = 1.0


@frozen
class FilmCurve:
    """A curve over stretches of the film: `times_s` and `values` of each; `look` names its line."""

    look: str
    stretches: tuple[tuple[np.ndarray, np.ndarray], ...]
    is_hill: bool = False


def block_lane(label: str, rows: Sequence[Sequence[FilmBlock]], axis: TimeAxis) -> Markup:
    """Rows of blocks; where two are at once they stand in rows of their own."""
    drawn = (_block(one, k, axis) for k, row in enumerate(rows) for one in row)
    return figure(label, len(rows) * (ROW_PX + GAP_PX), *drawn)


def in_rows(blocks: Sequence[FilmBlock]) -> tuple[tuple[FilmBlock, ...], ...]:
    """As few rows as it takes for no two blocks of one to overlap."""
    rows: list[list[FilmBlock]] = []
    for one in sorted(blocks, key=lambda block: block.span):
        free = next((row for row in rows if row[-1].span.end_s <= one.span.start_s + 1e-3), None)
        if free is None:
            rows.append([one])
        else:
            free.append(one)
    return tuple(map(tuple, rows))


def curve_lane(label: str, curves: Sequence[FilmCurve], scale: Scale, axis: TimeAxis) -> Markup:
    """Curves on one scale."""
    drawn = (_curve(one, times_s, values, scale, axis)
             for one in curves for times_s, values in one.stretches)  # fmt: skip
    return figure(label, scale.height_px, canvas(scale.height_px, *drawn))


def _block(one: FilmBlock, row: int, axis: TimeAxis) -> Markup:
    share = max(min(one.span.end_s, axis.duration_s) - one.span.start_s, 0) / axis.duration_s
    place = {"x": axis.percent(one.span.start_s), "width": f"{100 * share:.4g}%"}
    box = {
        "class": "in-film", **place, "y": row * (ROW_PX + GAP_PX), "height": ROW_PX,
        "data-share": f"{share:.6f}", "data-at": f"{one.span.start_s:.3f}",
    }  # fmt: skip
    faint = {"fill-opacity": f"{0.25 + 0.75 * one.strength**2:.2f}"}
    fill = element("rect", {"class": one.look, "width": "100%", "height": ROW_PX, **faint})
    word = element("text", {"x": 5, "y": 13}, one.word) if one.word else Markup("")
    return element("svg", box, element("title", {}, one.says), fill, word)


def _curve(
    one: FilmCurve, times_s: np.ndarray, values: np.ndarray, scale: Scale, axis: TimeAxis
) -> Markup:
    x, lowest, highest = paths.columns(axis.x(times_s), values, _FINE)
    if one.is_hill:
        ground = np.full(len(x), float(scale.height_px))
        return path(one.look, paths.band(x, scale.y(highest), ground))
    return path(one.look, paths.line(x, scale.y((lowest + highest) / 2)))
