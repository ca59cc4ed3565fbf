"""What the film's music expresses, in film order.

The curves of its tracks are carried to where they sound, and so are the turning points that the
film plays, with what is said around them.

"""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from unsung.model.balance import Spoken
from unsung.model.emotion import Emotion, TurningPoint
from unsung.model.film import Placement
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Hearing, Soundtrack
from unsung.model.outcomes import NotHeard
from unsung.model.time import Span
from unsung.pages.figures.film_time import FilmCurve

_MOST_TURNS = 24
_AROUND_S = 6.0


@frozen
class FilmTurn:
    """A turning point that the film plays; `said` is the line nearest to it, if one is near."""

    film_s: float
    track_file: str
    point: TurningPoint
    said: Spoken | None


def feeling(soundtrack: Soundtrack, film: FilmCase) -> tuple[FilmCurve, ...]:
    """Arousal as a hill and a line, tension as a dashed line; a stretch for each placement."""
    felt = [(one, emotion) for one, emotion in _emotions(soundtrack, film)]
    arousal = tuple(_carried(one, emotion.arousal.values[0], emotion) for one, emotion in felt)
    tension = tuple(_carried(one, emotion.tension.values[0], emotion) for one, emotion in felt)
    return (
        FilmCurve("hill", arousal, is_hill=True),
        FilmCurve("line", arousal),
        FilmCurve("line tense", tension),
    )


def turns(soundtrack: Soundtrack, film: FilmCase) -> tuple[FilmTurn, ...]:
    """The sharpest turning points that are played, in film order."""
    found = sorted(_turns(soundtrack, film), key=lambda one: -one.point.size)[:_MOST_TURNS]
    return tuple(sorted(found, key=lambda one: one.film_s))


def _emotions(soundtrack: Soundtrack, film: FilmCase) -> Iterator[tuple[Placement, Emotion]]:
    hearings = _hearings(soundtrack)
    for one in film.placements.placements:
        hearing = hearings.get(one.track_file)
        if hearing is not None and not isinstance(hearing.emotion, NotHeard):
            yield one, hearing.emotion


def _carried(one: Placement, values: np.ndarray, emotion: Emotion) -> tuple[np.ndarray, np.ndarray]:
    """The part of a curve that is played, on the film's clock; its ends are held."""
    times_s, taken = emotion.arousal.times_s, one.track_span
    inside = (times_s > taken.start_s) & (times_s < taken.end_s)
    ends = np.interp([taken.start_s, taken.end_s], times_s, values) if len(times_s) else []
    at_s = np.r_[taken.start_s, times_s[inside], taken.end_s] if len(times_s) else np.empty(0)
    along = np.r_[ends[0], values[inside], ends[1]] if len(times_s) else np.empty(0)
    film_s = one.film_span.start_s + (at_s - taken.start_s) / one.speed.tempo_ratio
    return film_s, along


def _turns(soundtrack: Soundtrack, film: FilmCase) -> Iterator[FilmTurn]:
    hearings, spoken = _hearings(soundtrack), film.speech.spoken if film.speech else ()
    for one in film.placements.placements:
        hearing = hearings.get(one.track_file)
        if hearing is None or isinstance(hearing.turning_points, NotHeard):
            continue
        for point in hearing.turning_points.points:
            if point.differences and one.track_span.start_s <= point.at_s < one.track_span.end_s:
                film_s = one.in_film(Span(point.at_s, one.track_span.end_s)).start_s
                yield FilmTurn(film_s, one.track_file, point, _near(film_s, spoken))


def _near(film_s: float, spoken: Sequence[Spoken]) -> Spoken | None:
    """The line that is spoken at an instant, or nearest to it."""
    apart = [(max(s.span.start_s - film_s, film_s - s.span.end_s, 0.0), k)
             for k, s in enumerate(spoken) if s.line]  # fmt: skip
    nearest = min(apart, default=(_AROUND_S, 0))
    return spoken[nearest[1]] if nearest[0] < _AROUND_S else None


def _hearings(soundtrack: Soundtrack) -> dict[str, Hearing]:
    return {one.track.file: one.hearing for one in soundtrack.heard}
