"""The gem plane: merit to the right, gap upwards, every point with both its intervals."""

from collections.abc import Sequence

from markupsafe import Markup

from unsung.model.recognition import GemPlane, GemPoint
from unsung.pages.figures.svg import element

SIDE = 420
_MARGIN = 46
_MOST_NAMED = 12
_MOST_INTERVALS = 60


def gem_plane_figure(plane: GemPlane, own: str, top: float) -> Markup:
    """The plane as a picture; `own` is the point it is about, gems lie right of `top`."""
    points = plane.points
    label = f"Gem plane of {len(points)} pieces: merit to the right, gap upwards"
    box = {
        "class": "figure plane", "role": "img", "aria-label": label,
        "viewBox": f"0 0 {SIDE + _MARGIN + 130} {SIDE + _MARGIN + 10}",
    }  # fmt: skip
    few = len(points) <= _MOST_INTERVALS
    return element(
        "svg",
        box,
        _ground(top, plane.brought),
        *(_interval(one) for one in points if few or one.on_front or one.name == own),
        *(_point(one, own) for one in points),
        *_names(points, own),
    )


def _ground(top: float, brought: Sequence[tuple[float, float]]) -> Markup:
    line = [(_x(merit), _y(gap)) for merit, gap in brought]
    inside = [(_x(merit), _y(gap)) for merit, gap in brought if merit >= top]
    corner = [(_x(top), _y(100)), *inside, (_x(100), _y(100))]
    frame = {"x": _x(0), "y": _y(100), "width": SIDE, "height": SIDE}
    return Markup("").join((
        element("polygon", {"class": "corner", "points": _listed(corner)}),
        element("rect", {"class": "frame", **frame}),
        element("polyline", {"class": "brought", "points": _listed(line)}),
        _word("end", _x(100), SIDE + _MARGIN - 1, "merit: more of what can be heard →"),
        element(
            "text",
            {"class": "axis-name", "transform": f"translate(14 {_y(0)}) rotate(-90)"},
            "gap: less noticed than its like →",
        ),
        *(_word("middle", _x(tick), SIDE + 26, str(tick)) for tick in (0, 50, 100)),
        *(_word("end", _x(0) - 6, _y(tick) + 4, str(tick)) for tick in (0, 50, 100)),
    ))  # fmt: skip


def _interval(one: GemPoint) -> Markup:
    x, y = _x(one.merit.value), _y(one.gap.value)
    across = f"M{_x(one.merit.low)} {y}H{_x(one.merit.high)}"
    up = f"M{x} {_y(one.gap.low)}V{_y(one.gap.high)}"
    look = "interval front" if one.on_front else "interval"
    return element("path", {"class": look, "d": across + up})


def _point(one: GemPoint, own: str) -> Markup:
    look = " ".join(["point", *["front"] * one.on_front, *["own"] * (one.name == own)])
    place = {"cx": _x(one.merit.value), "cy": _y(one.gap.value), "r": 5 if one.name == own else 3.5}
    said = (
        f"{one.title}: merit {one.merit.value:.0f} ({one.merit.low:.0f} to {one.merit.high:.0f}),"
        f" gap {one.gap.value:.0f} ({one.gap.low:.0f} to {one.gap.high:.0f})"
    )
    return element("circle", {"class": look, **place}, element("title", {}, said))


def _names(points: Sequence[GemPoint], own: str) -> list[Markup]:
    """Names beside the points of the front, from the top; those that would collide step down."""
    shown = [one for one in points if one.on_front or one.name == own][:_MOST_NAMED]
    names, last = [], -100.0
    for one in sorted(shown, key=lambda one: -one.gap.value):
        y = max(_y(one.gap.value) + 4, last + 13)
        names.append(_word("start", _x(one.merit.value) + 9, y, one.title[:28]))
        last = y
    return names


def _listed(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _word(anchor: str, x: float, y: float, text: str) -> Markup:
    return element("text", {"x": x, "y": y, "text-anchor": anchor}, text)


def _x(percent: float) -> float:
    return round(_MARGIN + percent / 100 * SIDE, 1)


def _y(percent: float) -> float:
    return round(10 + (100 - percent) / 100 * SIDE, 1)
