"""Figures of a film on one line of time: where tracks sound, who speaks, how loud beside them."""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.time import Span
from unsung.pages.figures.axes import Scale, TimeAxis
from unsung.pages.figures.blocks import block
from unsung.pages.figures.svg import decoration, element, figure

TRACK_PX, STRIP_PX, LEVEL_PX = 20, 18, 44


@frozen
class Placing:
    """A block to play: where it stands in the film, what it says, and which sound it is."""

    span: Span
    words: str
    track: str
    heard_span: Span
    address: str
    confidence: float


def track_lane(label: str, place: int, placings: Iterable[Placing], axis: TimeAxis) -> Markup:
    """Where one track sounds in the film; the fainter, the less sure."""
    box = {"class": "figure", "role": "group", "aria-label": label}
    size = {"width": "100%", "height": TRACK_PX}
    return element("svg", box | size, *(_placing(one, place, axis) for one in placings))


def _placing(one: Placing, place: int, axis: TimeAxis) -> Markup:
    drawn = block(f"motif hue-{place % 6}", one.span, axis, TRACK_PX - 4)
    title = element("title", {}, one.words)
    faint = {"fill-opacity": f"{0.15 + 0.85 * one.confidence**2:.2f}"}
    box = {"class": "occurrence", "aria-label": one.words, **faint}
    if not one.address:
        return element("g", box | {"role": "img"}, title, drawn)
    heard = {
        "data-track": one.track,
        "data-from": f"{one.heard_span.start_s:.3f}",
        "data-until": f"{one.heard_span.end_s:.3f}",
    }
    return element("a", box | {"href": one.address} | heard, title, drawn)


def strip(
    label: str, blocks: Sequence[tuple[str, Span, tuple[str, ...]]], axis: TimeAxis
) -> Markup:
    """Stretches as blocks: the class of each, where it lies, and the word that has room there."""
    drawn = (block(look, span, axis, STRIP_PX, words) for look, span, words in blocks)
    return figure(label, STRIP_PX, *drawn)


def instants(label: str, times_s: Sequence[float], axis: TimeAxis) -> Markup:
    """Moments as upright strokes."""
    lines = (
        element("line", {"class": "cut", "x1": x, "x2": x, "y1": 2, "y2": STRIP_PX - 2})
        for x in map(axis.percent, times_s)
    )
    return figure(label, STRIP_PX, *lines)


def levels(
    label: str, values: Sequence[tuple[Span, float]], limit: float, scale: Scale, axis: TimeAxis
) -> Markup:
    """A bar for each stretch at its value, and a line where the limit is."""
    heights = scale.y(np.array([value for _, value in values]))
    at_limit = f"{float(scale.y(np.array(limit))):.1f}"
    line = element(
        "line", {"class": "limit", "x1": 0, "x2": "100%", "y1": at_limit, "y2": at_limit}
    )
    bars = (
        element(
            "rect",
            {
                "class": "above" if value >= limit else "beneath",
                "x": axis.percent(span.start_s),
                "width": f"{100 * span.duration_s / axis.duration_s:.4g}%",
                "y": f"{height - 2:.1f}",
                "height": 4,
            },
        )
        for (span, value), height in zip(values, heights.tolist(), strict=True)
    )
    return figure(label, scale.height_px, line, *bars)


def ticks(axis: TimeAxis, words: Sequence[str]) -> Markup:
    """The axis: a word at each round instant."""
    texts = (
        element("text", {"x": axis.percent(tick), "dx": 3, "y": 14}, word)
        for tick, word in zip(axis.ticks_s, words, strict=True)
    )
    return decoration("ticks", TRACK_PX, *texts)
