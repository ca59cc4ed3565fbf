"""The emotional arc: energy as a hill, tension as a dashed line, and where the two turn."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.article import Figure
from unsung.model.emotion import Emotion, TurningPoint
from unsung.model.finding import Fact, Quantity
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.outcomes import NotHeard
from unsung.pages.article.figures.along import (
    LEFT,
    NUMBERS_HEIGHT,
    RIGHT,
    Along,
    along,
    track_bands,
    track_numbers,
)
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.facts import Named, caption, counted
from unsung.pages.article.figures.labels import spread
from unsung.pages.article.figures.sheet import (
    SMALL,
    WIDTH,
    length,
    sheet,
    shortened,
    stroke,
    words,
)
from unsung.pages.figures import paths
from unsung.pages.figures.axes import Scale
from unsung.pages.figures.svg import element
from unsung.pages.report.expression import difference_words, expression_words
from unsung.pages.report.places import title_of
from unsung.pages.report.scales import album_scales
from unsung.pages.report.wording import clock, count, listed, number

MOST_TURNS = 6
_SLUG = "emotional-arc"
_LEGEND, _MARKS, _PLOT, _LINE = 28, 34, 170, 25
_TOP = _LEGEND + _MARKS
_BOTTOM = _TOP + _PLOT
_STEP = 4.0
_RADIUS = 12
_WHAT = "Energy (the hill) and tension (dashed) along the album, as listeners would rate them."
_TRUST = (
    "For film music that was not learnt from, ratings of energy were foretold with a correlation of"
    " {arousal_trust}, of tension with {tension_trust}: believe the rises and falls of the first,"
    " take the second as a hint."
)


@frozen
class Turn:
    """A turning point and the track (counted from 0) it lies in."""

    track: int
    point: TurningPoint


def emotional_arc(soundtrack: Soundtrack, rests_on: Sequence[str] = ()) -> Figure | None:
    """The arc over the album; nothing where no track sounds."""
    album, sounding = along(soundtrack), _sounding(soundtrack)
    if album is None or not sounding:
        return None
    scale, found = _scale(soundtrack), turns(soundtrack)
    numbers_at = _BOTTOM + NUMBERS_HEIGHT
    description = _description(sounding, found, soundtrack)
    drawn = sheet(
        _SLUG,
        f"The emotional arc of the album, with {count(len(found), 'turning point')}",
        description,
        numbers_at + (16 + _LINE * ((len(found) + 1) // 2) if found else 0),
        _legend(),
        track_bands(album, _TOP, _BOTTOM),
        *(_curves(track, emotion, album, scale) for track, emotion in sounding),
        _axis_words(),
        _marks(found, album),
        track_numbers(album, [one.track.position for one in soundtrack.heard], _BOTTOM),
        _key(found, soundtrack.heard, numbers_at),
    )
    return Figure(_SLUG, drawn, caption(_said(sounding, found), rests_on), description)


def _sounding(soundtrack: Soundtrack) -> list[tuple[int, Emotion]]:
    """The tracks (counted from 0) that are not silent, and what they express."""
    return [
        (track, one.hearing.emotion)
        for track, one in enumerate(soundtrack.heard)
        if not isinstance(one.hearing.emotion, NotHeard)
        and one.hearing.emotion.sounding.values.any()
    ]


def turns(soundtrack: Soundtrack) -> tuple[Turn, ...]:
    """The sharpest turns of either of the album of which something can be said, in its order."""
    found = [
        Turn(track, point)
        for track, one in enumerate(soundtrack.heard)
        if not isinstance(one.hearing.turning_points, NotHeard)
        for point in one.hearing.turning_points.points
        if point.differences
    ]
    sharpest = sorted(found, key=lambda one: -one.point.size)[:MOST_TURNS]
    return tuple(sorted(sharpest, key=lambda one: (one.track, one.point.at_s)))


def _scale(soundtrack: Soundtrack) -> Scale:
    album = album_scales(soundtrack).expression
    return Scale(album.low, album.high, _PLOT)


def _legend() -> Markup:
    """What the two lines are."""
    y = _LEGEND - 14
    line = stroke("curve", f"M{LEFT} {y}h34", stroke_width=3)
    dashed = stroke("accent", f"M{LEFT + 130} {y}h34", stroke_width=2.5, stroke_dasharray="8 5")
    return Markup("").join(
        [line, words("energy", LEFT + 42, y + 5), dashed, words("tension", LEFT + 172, y + 5)]
    )


def _curves(track: int, emotion: Emotion, album: Along, scale: Scale) -> Markup:
    x, arousal = _averaged(emotion.arousal.times_s, emotion.arousal.values[0], track, album)
    _, tension = _averaged(emotion.tension.times_s, emotion.tension.values[0], track, album)
    high, tense = (_TOP + scale.y(values) for values in (arousal, tension))
    hill = paths.band(x, high, np.full(len(x), float(_BOTTOM)))
    return Markup("").join([
        element("path", painted("hill") | {"d": hill}),
        stroke("curve", paths.line(x, high), stroke_width=2.5, stroke_linejoin="round"),
        stroke("accent", paths.line(x, tense), stroke_width=1.8, stroke_dasharray="8 5"),
    ])  # fmt: skip


def _averaged(
    times_s: np.ndarray, values: np.ndarray, track: int, album: Along
) -> tuple[np.ndarray, np.ndarray]:
    """One mean for each step of the width, held to the ends of the track."""
    if not len(values):
        return np.zeros(0), np.zeros(0)
    x = album.columns(track, times_s)
    starts = np.flatnonzero(np.diff(x // _STEP, prepend=-1.0))
    sizes = np.diff(starts, append=len(x))
    middles, means = (np.add.reduceat(row, starts) / sizes for row in (x, values.astype(float)))
    ends = album.x(track, 0.0), album.x(track, album.axis.durations_s[track])
    return np.r_[ends[0], middles, ends[1]], np.r_[means[0], means, means[-1]]


def _axis_words() -> Markup:
    lines = ((_TOP + 14, "more"), (_TOP + 32, "energy ↑"), (_BOTTOM - 4, "calmer ↓"))
    return Markup("").join(words(word, LEFT - 10, y, colour="soft", anchor="end")
                           for y, word in lines)  # fmt: skip


def _marks(found: Sequence[Turn], album: Along) -> Markup:
    """A number above each turn, a line down through both curves."""
    exact = [album.x(one.track, one.point.at_s) for one in found]
    moved = spread(exact, 2 * _RADIUS + 3, LEFT + _RADIUS, RIGHT - _RADIUS)
    drawn = [
        _mark(number, at, place)
        for number, (at, place) in enumerate(zip(exact, moved, strict=True), 1)
    ]
    return Markup("").join(drawn)


def _mark(number: int, at: float, place: float) -> Markup:
    y = _LEGEND + _RADIUS
    line = f"M{length(place)} {y + _RADIUS}L{length(at)} {_TOP}V{_BOTTOM}"
    return Markup("").join([stroke("ink", line), _numbered(number, place, y)])


def _numbered(number: int, x: float, y: float) -> Markup:
    circle = {"cx": length(x), "cy": length(y), "r": _RADIUS}
    text = words(str(number), x, y + 6, SMALL, "paper", "middle", font_weight="bold")
    return element("circle", painted("ink") | circle) + text


def _key(found: Sequence[Turn], heard: Sequence[Heard], top: float) -> Markup:
    """Which turn is which: its track and its time, in two columns."""
    rows, half = (len(found) + 1) // 2, WIDTH / 2
    drawn = []
    for k, one in enumerate(found):
        x, y = 12 + half * (k // rows), top + 22 + _LINE * (k % rows)
        at = f" {clock(one.point.at_s)}"
        title = shortened(title_of(heard[one.track]), half - 90, SMALL)
        drawn += [_numbered(k + 1, x + 4, y - 5), words(f"{title}{at}", x + 24, y)]
    return Markup("").join(drawn)


def _said(sounding: Sequence[tuple[int, Emotion]], found: Sequence[Turn]) -> list[Named]:
    turned, of_turns = counted("turns", len(found), "sharpest turn")
    marks: list[Named] = [(f"Numbers mark the {turned}.", of_turns)] if found else []
    trust = sounding[0][1].reliability
    foretold: dict[str, Fact] = {
        "arousal_trust": Quantity(trust.arousal, digits=2),
        "tension_trust": Quantity(trust.tension, digits=2),
    }
    return [(_WHAT, {}), *marks, (_TRUST, foretold)]


def _description(
    sounding: Sequence[tuple[int, Emotion]], found: Sequence[Turn], soundtrack: Soundtrack
) -> str:
    return " ".join([*_extremes(sounding, soundtrack), *_turns_in_words(found, soundtrack)])


def _extremes(sounding: Sequence[tuple[int, Emotion]], soundtrack: Soundtrack) -> list[str]:
    means = [
        (float(one.arousal.values.mean(dtype=float)), track)
        for track, one in sounding
        if one.arousal.values.size
    ]
    if len(means) < 2:
        return ["The arc of one track."]
    (low, calm), (high, lively) = min(means), max(means)
    calmest, liveliest = (title_of(soundtrack.heard[track]) for track in (calm, lively))
    least = f"energy is lowest in {calmest} ({number(low)} on average)"
    most = f"highest in {liveliest} ({number(high)})"
    return [f"On the scale of ratings from 1 to 9, {least} and {most}."]


def _turns_in_words(found: Sequence[Turn], soundtrack: Soundtrack) -> list[str]:
    """Such as `Turn 1, Dawn at 1:03: more energy (+1.4); louder (−24.0 to −15.5 LUFS)`."""
    said = []
    for place, one in enumerate(found, 1):
        where = f"{title_of(soundtrack.heard[one.track])} at {clock(one.point.at_s)}"
        moves = expression_words(one.point)
        changed = listed([difference_words(each) for each in one.point.differences])
        told = "; ".join(part for part in (f"{moves[:1].lower()}{moves[1:]}", changed) if part)
        said.append(f"Turn {place}, {where}: {told}.")
    return said
