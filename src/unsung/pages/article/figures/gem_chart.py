"""The gem chart: what the sound is worth, upwards, against how exposed it is."""

from collections.abc import Sequence

from attrs import field, frozen
from markupsafe import Markup

from unsung.model.article import Figure
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.facts import Named, caption, counted
from unsung.pages.article.figures.labels import Box, Placed, free_place
from unsung.pages.article.figures.sheet import (
    LARGE,
    SMALL,
    length,
    rectangle,
    rimmed_words,
    sheet,
    shortened,
    stroke,
    text_width,
    words,
)
from unsung.pages.figures.svg import element
from unsung.pages.report.wording import count, number

_SLUG = "gem-chart"
_LEFT, _TOP, _RIGHT, _BOTTOM = 12.0, 34.0, 708.0, 440.0
_PAD = 16.0
_LONGEST_TITLE = 320.0
_MOST_WHISKERS = 60
_MOST_NAMED = 8


@frozen
class ChartPoint:
    """A track on the chart; `low` and `high` are the ends of its merit's interval.

    `label` says in a word or two what kind of moment it is; empty where that is not known.
    """

    title: str
    x: float = field(converter=float)
    y: float = field(converter=float)
    low: float = field(converter=float)
    high: float = field(converter=float)
    is_gem: bool = False
    label: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.low <= self.y <= self.high:
            raise ValueError(f"a point lies in its interval: {self.low} {self.y} {self.high}")


@frozen
class Axis:
    """What it means to lie at either end of an axis: `the end of the album`."""

    at_low: str
    at_high: str


@frozen
class GemChart:
    """Points and their axes: `across` is exposure or position, `up` is merit."""

    points: tuple[ChartPoint, ...]
    across: Axis = Axis("less exposed", "more exposed")
    up: Axis = Axis("less merit", "more merit")


@frozen
class _Plot:
    """From the lowest to the highest of what is shown, on both axes."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        share = (value - self.x_low) / (self.x_high - self.x_low)
        return _LEFT + _PAD + share * (_RIGHT - _LEFT - 2 * _PAD)

    def y(self, value: float) -> float:
        share = (value - self.y_low) / (self.y_high - self.y_low)
        return _BOTTOM - _PAD - share * (_BOTTOM - _TOP - 2 * _PAD)


def gem_chart(chart: GemChart, rests_on: Sequence[str] = ()) -> Figure | None:
    """The chart, gems by name; nothing where there is nothing to compare."""
    if len(chart.points) < 2:
        return None
    plot, gems = _plot(chart.points), [one for one in chart.points if one.is_gem]
    description = _description(chart, gems)
    drawn = sheet(
        _SLUG,
        f"Gem chart of {count(len(chart.points), 'track')}",
        description,
        _BOTTOM + 30,
        _ground(chart),
        *_whiskers(chart.points, plot),
        *(_point(one, plot) for one in chart.points if not one.is_gem),
        *(_point(one, plot) for one in gems),
        *_names(gems, chart.points, plot),
    )
    return Figure(_SLUG, drawn, caption(_said(chart, gems), rests_on), description)


def _plot(points: Sequence[ChartPoint]) -> _Plot:
    across = [one.x for one in points]
    up = [end for one in points for end in (one.low, one.high)]
    return _Plot(*_ends(across), *_ends(up))


def _ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 1, high + 1)


def _ground(chart: GemChart) -> Markup:
    frame = rectangle(_LEFT, _TOP, _RIGHT - _LEFT, _BOTTOM - _TOP, painted("none", "rule"))
    y = _BOTTOM + 20
    axes = stroke("soft", f"M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}", stroke_width=1.5)
    return Markup("").join([
        frame,
        axes,
        words(f"↑ {chart.up.at_high}", _LEFT, _TOP - 12, colour="soft"),
        words(f"← {chart.across.at_low}", _LEFT, y, colour="soft"),
        words(f"{chart.across.at_high} →", _RIGHT, y, colour="soft", anchor="end"),
    ])  # fmt: skip


def _whiskers(points: Sequence[ChartPoint], plot: _Plot) -> list[Markup]:
    few = len(points) <= _MOST_WHISKERS
    shown = [one for one in points if (few or one.is_gem) and one.low < one.high]
    return [
        stroke(
            "accent" if one.is_gem else "rule",
            f"M{length(plot.x(one.x))} {length(plot.y(one.low))}V{length(plot.y(one.high))}",
            stroke_width=2.5 if one.is_gem else 1.5,
        )
        for one in shown
    ]


def _point(one: ChartPoint, plot: _Plot) -> Markup:
    """Gems are filled diamonds, the others open circles."""
    x, y = plot.x(one.x), plot.y(one.y)
    if not one.is_gem:
        place = {"cx": length(x), "cy": length(y), "r": 5, "stroke-width": 2}
        return element("circle", painted("paper", "soft") | place)
    drawn = f"M{length(x)} {length(y - 10)}l9 10l-9 10l-9 -10z"
    return element("path", painted("accent", "paper") | {"stroke-width": 2, "d": drawn})


def _names(gems: Sequence[ChartPoint], points: Sequence[ChartPoint], plot: _Plot) -> list[Markup]:
    """The best gems by name, beside their points where nothing else stands."""
    taken = [_about(one, plot) for one in points]
    within, drawn = Box(_LEFT + 4, _TOP, _RIGHT, _BOTTOM), []
    for one in sorted(gems, key=lambda one: (-one.y, one.title))[:_MOST_NAMED]:
        title = shortened(one.title, _LONGEST_TITLE, LARGE)
        placed = free_place(_about(one, plot), _size(title, one.label), within, taken)
        if placed is not None:
            taken += placed.boxes
            drawn.append(_name(title, one.label, plot.x(one.x), placed))
    return drawn


def _about(one: ChartPoint, plot: _Plot) -> Box:
    x, y = plot.x(one.x), plot.y(one.y)
    if one.is_gem:
        return Box(x - 10, plot.y(one.high) - 2, x + 10, plot.y(one.low) + 2)
    return Box(x - 6, y - 6, x + 6, y + 6)


def _size(title: str, label: str) -> tuple[float, float]:
    wide = max(text_width(title, LARGE), text_width(label, SMALL))
    return wide, LARGE + 5.0 + (SMALL + 4.0) * bool(label)


def _name(title: str, label: str, x: float, placed: Placed) -> Markup:
    """The title, what kind of moment it is, and a line to the point where they stand apart."""
    box = placed.box
    is_right, is_left = box.left > x, box.right < x
    anchor = "start" if is_right else "end" if is_left else "middle"
    at = box.left if is_right else box.right if is_left else (box.left + box.right) / 2
    drawn = [rimmed_words(title, at, box.top + LARGE, LARGE, anchor, font_style="italic")]
    if label:
        drawn.append(rimmed_words(label, at, box.top + LARGE + SMALL + 3, SMALL, anchor))
    if placed.line:
        ends = (f"{length(at_x)} {length(at_y)}" for at_x, at_y in placed.line)
        drawn.insert(0, stroke("soft", f"M{'L'.join(ends)}"))
    return Markup("").join(drawn)


def _said(chart: GemChart, gems: Sequence[ChartPoint]) -> list[Named]:
    tracks, of_tracks = counted("tracks", len(chart.points), "track")
    across, up = chart.across, chart.up
    ends = f"from {across.at_low} (left) to {across.at_high} (right)"
    heights = f"from {up.at_low} (below) to {up.at_high} (above)"
    how_sure = "lines show how sure that is"
    said: list[Named] = [(f"{tracks}, {ends} and {heights}; {how_sure}.", of_tracks)]
    if gems:
        named, of_gems = counted("gems", len(gems), "gem")
        verb = "is a diamond" if len(gems) == 1 else "are diamonds"
        said.append((f"The {named} {verb}.", of_gems))
    else:
        said.append(("None of them stands out enough to be called a gem.", {}))
    return said


def _description(chart: GemChart, gems: Sequence[ChartPoint]) -> str:
    """Every gem in words, the best first, and the range of the others."""
    best = sorted(gems, key=lambda one: (-one.y, one.title))
    told = [
        f"{one.title}{f' ({one.label})' if one.label else ''}, merit {number(one.y, 0)}"
        f" ({number(one.low, 0)} to {number(one.high, 0)})"
        for one in best
    ]
    gem = "Gem" if len(gems) == 1 else "Gems"
    said = f"{gem}, the best first: {'; '.join(told)}." if told else "No track is a gem."
    others = [number(one.y, 0) for one in sorted(chart.points, key=_merit) if not one.is_gem]
    if not others:
        return said
    if len(others) == 1:
        return f"{said} The other track lies at {others[0]}."
    return f"{said} The {len(others)} other tracks lie between {others[0]} and {others[-1]}."


def _merit(one: ChartPoint) -> float:
    return one.y
