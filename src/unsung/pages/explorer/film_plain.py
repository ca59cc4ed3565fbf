"""What the script must know of the film, and the values along it as a table."""

import math
from typing import Any

import numpy as np
from attrs import frozen

from unsung.model.film_case import FilmCase, FilmLevels
from unsung.model.hearing import Soundtrack
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.film_feeling import feeling
from unsung.pages.report.wording import clock, level, number

_MOST_ROWS = 240
_LEAST_STEP_S = 5


@frozen
class FilmValues:
    """The curves every `step_s` seconds, in words; `columns` with their units."""

    step_s: int
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


def film_plain(context: ExplorerContext, film: FilmCase) -> dict[str, Any]:
    """How long it lasts, where to ask for it, where the album plays in it, what is said.

    A placement is track (as `settings.tracks` counts), start and end in the film, start in the
    track, tempo ratio and confidence. `api` is empty where no film can be shown.
    """
    positions = {one.track.file: one.track.position for one in context.soundtrack.heard}
    return {
        "durationS": round(film.duration_s, 3),
        "api": context.urls.api("film"),
        "placements": [
            [
                positions[one.track_file],
                *_rounded(one.film_span),
                round(one.track_span.start_s, 4),
                round(one.speed.tempo_ratio, 6),
                round(one.confidence, 2),
            ]
            for one in film.placements.placements
            if one.track_file in positions
        ],
        "scenes": [
            [*_rounded(one.film_span), one.title or one.name]
            for one in film.scenes
            if one.film_span
        ],
        "spoken": [
            [
                *_rounded(one.span),
                one.line.speaker if one.line else "",
                one.line.text if one.line else "",
            ]
            for one in (film.speech.spoken if film.speech else ())
        ],
    }


def film_values(soundtrack: Soundtrack, film: FilmCase) -> FilmValues | None:
    """The values along the film; None where there are none."""
    step_s = max(_LEAST_STEP_S, math.ceil(film.duration_s / _MOST_ROWS))
    at_s = np.arange(0.0, film.duration_s, step_s)
    columns = [*_loudness(film.levels, at_s), *_feeling(soundtrack, film, at_s)]
    if not columns:
        return None
    rows = zip(map(clock, at_s.tolist()), *(words for _, _, words in columns), strict=True)
    heads = (("Time", ""), *((name, unit) for name, unit, _ in columns))
    return FilmValues(step_s, heads, tuple(rows))


Column = tuple[str, str, list[str]]


def _loudness(levels: FilmLevels | None, at_s: np.ndarray) -> list[Column]:
    if levels is None:
        return []
    named = (("Film", levels.film), ("Music", levels.music), ("Rest", levels.rest))
    return [(name, "LUFS", _levels(curve, at_s)) for name, curve in named]


def _levels(curve: Feature, at_s: np.ndarray) -> list[str]:
    row = curve.values[0]
    if not row.size:
        return ["silent"] * len(at_s)
    columns = [min(max(curve.frames.index_at(t), 0), row.size - 1) for t in at_s.tolist()]
    return [level(float(row[k])) for k in columns]


def _feeling(soundtrack: Soundtrack, film: FilmCase, at_s: np.ndarray) -> list[Column]:
    _, arousal, tension = feeling(soundtrack, film)
    if not arousal.stretches:
        return []
    return [
        (name, "", [_at(t, curve.stretches) for t in at_s.tolist()])
        for name, curve in (("Arousal", arousal), ("Tension", tension))
    ]


def _at(time_s: float, stretches: tuple[tuple[np.ndarray, np.ndarray], ...]) -> str:
    for times_s, values in stretches:
        if len(times_s) and times_s[0] <= time_s <= times_s[-1]:
            return number(float(np.interp(time_s, times_s, values)))
    return "–"


def _rounded(span: Span) -> tuple[float, float]:
    return round(span.start_s, 3), round(span.end_s, 3)
