"""The motif map: the album from its first track to its last, a lane a motif, a block an occurrence.

A motif is told by its letter, its hue and its weave; hues and weaves go round at different turns,
so that thirty motifs look different. Blocks are links: they play without a script, too.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from attrs import frozen
from markupsafe import Markup

from unsung.model.time import Span
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.svg import decoration, element, figure

LANE_PX = 30
ROW_PX = 22
_HUES, _WEAVES = 6, 5
_WEAVE_PX = 8
_ROOM_FOR_A_LETTER = 0.016
_ROOM_FOR_A_NUMBER = 0.02
_WEAVE_PATHS = (
    "",
    "M-2 2l4 -4M0 8l8 -8M6 10l4 -4",
    "M2 0v8M6 0v8",
    "M-2 6l4 4M0 0l8 8M6 -2l4 4",
    "M0 2h8M0 6h8",
)


@frozen
class Mark:
    """An occurrence on a figure: where it stands, how sure it is, what it says and plays.

    `address` is empty where there is no sound; `track` is what the page calls the track;
    `verdict` is `confirmed` or `rejected` where a person said so.
    """

    span: Span
    confidence: float
    words: str
    track: str
    heard_span: Span
    address: str = ""
    verdict: str = ""


@frozen
class AlbumAxis:
    """All tracks one after the other, in album order."""

    durations_s: tuple[float, ...]

    @property
    def time(self) -> TimeAxis:
        """The axis of the whole."""
        return TimeAxis(sum(self.durations_s))

    @property
    def starts_s(self) -> tuple[float, ...]:
        """Where each track begins on it."""
        return tuple(accumulate(self.durations_s[:-1], initial=0.0))

    def span(self, track: int, span: Span) -> Span:
        """Where a span of a track (counted from 0) stands on it; cut at the track's end."""
        start_s, lasts_s = self.starts_s[track], self.durations_s[track]
        end_s = min(span.end_s, lasts_s)
        return Span(start_s + min(span.start_s, end_s - 1e-3), start_s + end_s)


def look(place: int) -> str:
    """The hue of the motif at this place in order of prominence."""
    return f"motif hue-{place % _HUES}"


def weaves() -> Markup:
    """The patterns that motifs are woven with: definitions for a page to hold once."""
    box = {"width": _WEAVE_PX, "height": _WEAVE_PX, "patternUnits": "userSpaceOnUse"}
    return Markup("").join(
        element("pattern", {"id": f"weave-{k}", **box}, element("path", {"class": "weave", "d": d}))
        for k, d in enumerate(_WEAVE_PATHS)
        if d
    )


def swatch(place: int, letter: str) -> Markup:
    """The motif's letter on its own ground, as large as a word."""
    box = {"class": "swatch", "aria-hidden": "true", "width": 30, "height": 24}
    inner = element("text", {"x": 15, "y": 17, "text-anchor": "middle"}, letter)
    return element("svg", box, *_ground(place), inner)


def motif_lane(
    label: str, place: int, letter: str, marks: Iterable[Mark], axis: AlbumAxis
) -> Markup:
    """One motif over the whole album."""
    box = {"class": "figure", "role": "group", "aria-label": label}
    size = {"width": "100%", "height": LANE_PX}
    blocks = (_link(one, place, letter, axis.time) for one in marks)
    return element("svg", box | size, *blocks)


def track_edges(axis: AlbumAxis) -> Markup:
    """Where tracks meet, behind all lanes."""
    lines = (
        element("line", {"x1": x, "x2": x, "y1": 0, "y2": "100%"})
        for x in (axis.time.percent(start_s) for start_s in axis.starts_s)
    )
    return decoration("grid", "100%", *lines)


def track_numbers(axis: AlbumAxis, numbers: Sequence[int]) -> Markup:
    """The number of each track at its beginning, where there is room."""
    whole_s, texts, free_from = sum(axis.durations_s), [], 0.0
    for start_s, number in zip(axis.starts_s, numbers, strict=True):
        share = start_s / whole_s
        if share >= free_from:
            texts.append(
                element("text", {"x": axis.time.percent(start_s), "dx": 3, "y": 14}, str(number))
            )
            free_from = share + _ROOM_FOR_A_NUMBER * len(str(number))
    return decoration("ticks", 20, *texts)


def motifs_lane(label: str, placed: Sequence[tuple[int, str, Span]], axis: TimeAxis) -> Markup:
    """All motifs of one track; what sounds together stands in rows beneath one another."""
    rows = _rows([span for _, _, span in placed])
    height_px = ROW_PX * (max(rows, default=0) + 1)
    blocks = (
        element(
            "g",
            {"class": "section", "data-from": f"{span.start_s:.3f}"},
            _block(span, place, letter, axis, row * ROW_PX, ROW_PX - 2),
        )
        for (place, letter, span), row in zip(placed, rows, strict=True)
    )
    return figure(label, height_px, *blocks)


def _rows(spans: Sequence[Span]) -> list[int]:
    """The first row that is free for each, in the order in which they begin."""
    free_from_s: list[float] = []
    rows = [0] * len(spans)
    for k in sorted(range(len(spans)), key=lambda k: spans[k].start_s):
        free = [row for row, end_s in enumerate(free_from_s) if end_s <= spans[k].start_s]
        rows[k] = free[0] if free else len(free_from_s)
        free_from_s[rows[k] : rows[k] + 1] = [spans[k].end_s]
    return rows


def _link(one: Mark, place: int, letter: str, axis: TimeAxis) -> Markup:
    heard = {
        "data-track": one.track,
        "data-from": f"{one.heard_span.start_s:.3f}",
        "data-until": f"{one.heard_span.end_s:.3f}",
    }
    drawn = _block(one.span, place, letter, axis, 3, LANE_PX - 6)
    title = element("title", {}, one.words)
    name = f"occurrence {one.verdict}".strip()
    faint = dict.fromkeys(("fill-opacity", "stroke-opacity"), f"{_opacity(one):.2f}")
    box = {"class": name, "aria-label": one.words, **faint}
    if not one.address:
        return element("g", box | {"role": "img"}, title, drawn)
    return element("a", box | {"href": one.address} | heard, title, drawn)


def _opacity(one: Mark) -> float:
    """The fainter, the less sure; what a person confirmed is sure."""
    return 1.0 if one.verdict == "confirmed" else 0.15 + 0.85 * one.confidence**2


def _block(
    span: Span, place: int, letter: str, axis: TimeAxis, top_px: int, height_px: int
) -> Markup:
    share = max(min(span.end_s, axis.duration_s) - span.start_s, 0) / axis.duration_s
    where = {"x": axis.percent(span.start_s), "y": top_px}
    size = {"width": f"{100 * share:.4g}%", "height": height_px}
    text = element("text", {"x": "50%", "y": height_px / 2 + 4, "text-anchor": "middle"}, letter)
    fits = (text,) if share > _ROOM_FOR_A_LETTER else ()
    return element("svg", where | size | {"overflow": "visible"}, *_ground(place), *fits)


def _ground(place: int) -> tuple[Markup, ...]:
    """The motif's hue, and its weave over it."""
    box = {"width": "100%", "height": "100%"}
    weave = place % _WEAVES
    hue = element("rect", {"class": look(place), **box})
    if not _WEAVE_PATHS[weave]:
        return (hue,)
    return hue, element(
        "rect", {"class": f"woven weave-{weave}", "fill": f"url(#weave-{weave})", **box}
    )
