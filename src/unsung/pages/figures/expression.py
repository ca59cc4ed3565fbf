"""Arousal as a hill and tension as a dashed line over it, along a track or along the album."""

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from unsung.model.emotion import Emotion
from unsung.pages.figures.axes import Scale, TimeAxis
from unsung.pages.figures.lanes import canvas, curve, hill
from unsung.pages.figures.svg import element, figure, path

MARKS_PX = 14


def expression_lane(
    label: str, emotion: Emotion, turns_s: Sequence[float], axis: TimeAxis, scale: Scale
) -> Markup:
    """One track; a stroke through both curves where the expression turns."""
    drawn = canvas(scale.height_px, *_curves(emotion, 0.0, axis, scale))
    return figure(label, scale.height_px, drawn, *(_stroke(at_s, axis) for at_s in turns_s))


def expression_arc(
    label: str,
    placed: Sequence[tuple[float, Emotion]],
    turns: Sequence[tuple[float, str]],
    axis: TimeAxis,
    scale: Scale,
) -> Markup:
    """The album: each track from where it begins, turning points with their number above."""
    height_px = scale.height_px + MARKS_PX
    drawn = [part for start_s, one in placed for part in _curves(one, start_s, axis, scale)]
    begins = path("octave", "".join(f"M{_column(start_s, axis)} 0V{scale.height_px}"
                                    for start_s, _ in placed))  # fmt: skip
    box = {"y": MARKS_PX, "width": "100%", "height": scale.height_px}
    curves = element("svg", box, canvas(scale.height_px, begins, *drawn))
    marks = [_number(at_s, word, axis, height_px) for at_s, word in turns]
    return figure(label, height_px, curves, *marks)


def _curves(
    emotion: Emotion, start_s: float, axis: TimeAxis, scale: Scale
) -> tuple[Markup, Markup, Markup]:
    times_s = start_s + emotion.arousal.times_s
    arousal, tension = emotion.arousal.values[0], emotion.tension.values[0]
    tense = str(curve(tension, times_s, axis, scale)).replace('class="line', 'class="line tense', 1)
    return (
        hill(arousal, times_s, axis, scale),
        curve(arousal, times_s, axis, scale),
        Markup(tense),  # noqa: S704 (our own path, with one more class)
    )


def _column(at_s: float, axis: TimeAxis) -> str:
    return f"{float(axis.x(np.array(at_s))):.1f}"


def _stroke(at_s: float, axis: TimeAxis) -> Markup:
    at = axis.percent(at_s)
    return element("line", {"class": "turn", "x1": at, "x2": at, "y1": 0, "y2": "100%"})


def _number(at_s: float, word: str, axis: TimeAxis, height_px: int) -> Markup:
    at = axis.percent(at_s)
    stroke = element("line", {"class": "turn", "x1": at, "x2": at, "y1": MARKS_PX, "y2": height_px})
    text = element("text", {"x": at, "y": MARKS_PX - 3, "text-anchor": "middle"}, word)
    return Markup("").join((stroke, text))
