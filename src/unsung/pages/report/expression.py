"""The emotional arc: of each track, and of the album, with its turning points in words.

What the curves mean is said beside them, and how far they may be trusted.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.emotion import Difference, Emotion, TurningPoint
from unsung.model.hearing import Soundtrack
from unsung.model.outcomes import NO_CLEAR_PULSE, NotHeard, Outcome
from unsung.model.pitch import Key, pitch_name
from unsung.model.time import Span
from unsung.pages.figures.axes import Scale, TimeAxis
from unsung.pages.figures.expression import expression_arc, expression_lane
from unsung.pages.report.glance import Glance
from unsung.pages.report.lane import Lane
from unsung.pages.report.places import Places, Spot
from unsung.pages.report.scales import AlbumScales
from unsung.pages.report.wording import answer, clock, count, listed, number

ARC_PX = 96
_MOST_TURNS = 8
_AROUND_S = 8.0
_EVEN = 0.3


@frozen
class Turn:
    """A turning point of the album: where, what the expression does, what changed there."""

    number: str
    spot: Spot
    expression: str
    differences: str


@frozen
class Arc:
    """The album's arc; `trust` says how far the curves may be believed."""

    figure: Markup
    turns: tuple[Turn, ...]
    remarks: tuple[str, ...]
    trust: str


def expression_lanes(one: Glance, scales: AlbumScales) -> tuple[Lane, ...]:
    """The lane of one track; none for a score."""
    emotion, turning = one.heard.hearing.emotion, one.heard.hearing.turning_points
    if isinstance(emotion, NotHeard):
        return ()
    turns_s = [] if isinstance(turning, NotHeard) else [point.at_s for point in turning.points]
    turned = f"; turns at {listed([clock(at_s) for at_s in turns_s])}" if turns_s else ""
    aroused, tense = (_course(row.values[0]) for row in (emotion.arousal, emotion.tension))
    words = f"Arousal {aroused}; tension (dashed) {tense}{turned}"
    scale = scales.expression
    figure = expression_lane(words, emotion, turns_s, TimeAxis(one.duration_s), scale)
    return (Lane("Expression", figure, "arousal, tension", number(scale.high), number(scale.low)),)


def _course(row: np.ndarray) -> str:
    """`from 3.1 to 6.2, highest of 7.0`."""
    if not row.size:
        return "too short to tell"
    return f"from {number(row[0])} to {number(row[-1])}, at most {number(row.max())}"


def emotional_arc(
    soundtrack: Soundtrack,
    glances: Sequence[Glance],
    addresses: Mapping[str, str],
    scales: AlbumScales,
) -> Arc | None:
    """The arc over all tracks that sound; nothing where none does."""
    starts_s = [0.0, *accumulate(one.duration_s for one in glances)]
    heard = [
        (start_s, one, one.heard.hearing.emotion)
        for start_s, one in zip(starts_s, glances, strict=False)
        if not isinstance(one.heard.hearing.emotion, NotHeard)
    ]
    sounding = [entry for entry in heard if entry[2].sounding.values.any()]
    if not sounding:
        return None
    axis, scale = TimeAxis(starts_s[-1]), scales.expression
    places = Places({one.track.file: one for one in soundtrack.heard}, addresses)
    found = sorted(_strongest(sounding), key=lambda entry: entry[0] + entry[2].at_s)
    turns = tuple(_turn(k, one, point, places) for k, (_, one, point) in enumerate(found, 1))
    marks = [(start_s + point.at_s, str(k)) for k, (start_s, _, point) in enumerate(found, 1)]
    label = f"The emotional arc of the album, with {count(len(turns), 'turning point')}"
    figure = expression_arc(
        label,
        [(start_s, emotion) for start_s, _, emotion in sounding],
        marks,
        axis,
        Scale(scale.low, scale.high, ARC_PX),
    )
    return Arc(figure, turns, tuple(_remarks(sounding)), _trust(sounding[0][2]))


def _strongest(
    sounding: Sequence[tuple[float, Glance, Emotion]],
) -> list[tuple[float, Glance, TurningPoint]]:
    """The sharpest turns of the album, of which something can be said."""
    points = [
        (start_s, one, point)
        for start_s, one, _ in sounding
        if not isinstance(one.heard.hearing.turning_points, NotHeard)
        for point in one.heard.hearing.turning_points.points
        if point.differences
    ]
    return sorted(points, key=lambda entry: -entry[2].size)[:_MOST_TURNS]


def _turn(place: int, one: Glance, point: TurningPoint, places: Places) -> Turn:
    span = Span(max(point.at_s - _AROUND_S, 0), min(point.at_s + _AROUND_S, one.duration_s))
    return Turn(
        str(place),
        places.spot(one.heard.track.file, span),
        expression_words(point),
        listed([difference_words(each) for each in point.differences]),
    )


def expression_words(point: TurningPoint) -> str:
    """`More energy (+1.4), tenser (+0.5)`."""
    moves = (
        (point.arousal_change, "more energy", "calmer"),
        (point.tension_change, "tenser", "easier"),
    )
    said = [
        f"{up if change > 0 else down} ({_signed(change)})"
        for change, up, down in moves
        if abs(change) >= _EVEN
    ]
    return listed(said).capitalize()


def _signed(change: float) -> str:
    return f"+{number(change)}" if change > 0 else number(change)


def difference_words(one: Difference) -> str:
    """`louder (−24.0 to −15.5 LUFS)`, `a pulse begins (96 bpm)`, `C major gives way to A minor`."""
    before, after = one.before, one.after
    if one.aspect == "key":
        was = "an undecided key" if isinstance(before, Outcome) else answer(before)
        return f"{was} gives way to {answer(after)}"
    if before is NO_CLEAR_PULSE:
        return f"a pulse begins ({answer(after, 'bpm', 0)})"
    if after is NO_CLEAR_PULSE:
        return f"the pulse is lost ({answer(before, 'bpm', 0)} before)"
    if isinstance(before, Outcome | Key) or isinstance(after, Outcome | Key):
        return one.aspect
    return _measured_words(one.aspect, before, after)


_MEASURED = {
    "loudness": ("louder", "softer", "LUFS", 1),
    "tempo": ("faster", "slower", "bpm", 0),
    "density": ("busier", "sparser", "notes a second", 1),
    "brightness": ("brighter", "darker", "Hz", 0),
}


def _measured_words(aspect: str, before: float, after: float) -> str:
    if aspect == "register":
        way = "higher" if after > before else "lower"
        return f"{way} (around {pitch_name(before)} to {pitch_name(after)})"
    up, down, unit, digits = _MEASURED[aspect]
    way = up if after > before else down
    return f"{way} ({number(before, digits)} to {number(after, digits)} {unit})"


def _remarks(sounding: Sequence[tuple[float, Glance, Emotion]]) -> Iterator[str]:
    """The extremes of the album, where there is something to compare."""
    if len(sounding) < 2:
        return
    means = [
        (one.title, _mean(emotion.arousal.values[0]), _mean(emotion.tension.values[0]))
        for _, one, emotion in sounding
    ]
    for place, most, least in ((1, "energy", "calmest"), (2, "tension", "most at ease")):
        ordered = sorted(means, key=lambda entry: float(str(entry[place])))
        low, high = ordered[0], ordered[-1]
        yield (
            f"Most {most} in {high[0]} ({number(float(str(high[place])))} on average);"
            f" {least} is {low[0]} ({number(float(str(low[place])))})."
        )


def _mean(row: np.ndarray) -> float:
    return float(row.mean(dtype=float)) if row.size else 0.0


def _trust(emotion: Emotion) -> str:
    """In words and as it was measured."""
    r = emotion.reliability
    return (
        "On the scale of listeners’ ratings, from 1 to 9. For film music that was not learnt from,"
        f" ratings of energy were foretold with a correlation of {number(r.arousal, 2)}, of tension"
        f" with {number(r.tension, 2)}: believe rises and falls of the first, take the second as a"
        f" hint. Whether music is felt to be pleasant is hardly told by its sound"
        f" ({number(r.valence, 2)}), and so it is not drawn."
    )
