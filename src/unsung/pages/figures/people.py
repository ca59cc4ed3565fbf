"""Composers on the left, directors on the right; a line is as thick as their works are many."""

from collections.abc import Sequence

from markupsafe import Markup

from unsung.model.recognition import Partnership
from unsung.pages.figures.svg import element

_WIDTH, _ROW, _LEFT, _RIGHT = 640, 24, 220, 420
_THICKEST = 10


def people_figure(partnerships: Sequence[Partnership], makers: Sequence[str]) -> Markup:
    """Who works with whom; `makers` of this work stand out."""
    composers = list(dict.fromkeys(one.composer for one in partnerships))
    directors = list(dict.fromkeys(one.director for one in partnerships))
    height = _ROW * max(len(composers), len(directors)) + 10
    label = f"{len(composers)} composers and {len(directors)} directors who made works together"
    box = {"class": "figure people", "role": "img", "aria-label": label,
           "viewBox": f"0 0 {_WIDTH} {height}"}  # fmt: skip
    left, right = _rows(composers, height), _rows(directors, height)
    return element(
        "svg",
        box,
        *(_line(one, left[one.composer], right[one.director]) for one in partnerships),
        *(_name(name, _LEFT - 8, y, "end", makers) for name, y in left.items()),
        *(_name(name, _RIGHT + 8, y, "start", makers) for name, y in right.items()),
    )


def _rows(names: Sequence[str], height: int) -> dict[str, float]:
    """A row for each name, spread over the height."""
    step = height / (len(names) + 1) if names else 0
    return {name: round(step * (at + 1), 1) for at, name in enumerate(names)}


def _line(one: Partnership, start: float, end: float) -> Markup:
    middle = (_LEFT + _RIGHT) / 2
    drawn = f"M{_LEFT} {start}C{middle} {start} {middle} {end} {_RIGHT} {end}"
    width = min(1.5 * len(one.works), _THICKEST)
    said = f"{one.composer} and {one.director}: {', '.join(one.works)}"
    look = "bond repeated" if len(one.works) > 1 else "bond"
    return element(
        "path", {"class": look, "d": drawn, "stroke-width": width}, element("title", {}, said)
    )


def _name(name: str, x: float, y: float, anchor: str, makers: Sequence[str]) -> Markup:
    look = "maker" if name in makers else "other"
    return element("text", {"class": look, "x": x, "y": y + 4, "text-anchor": anchor}, name[:32])
