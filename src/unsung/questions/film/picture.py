"""Music with the picture: hits on cuts, and silence that follows it."""

from collections.abc import Iterator

from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding, Quantity
from unsung.model.outcomes import Outcome
from unsung.model.picture import Silence
from unsung.model.time import Span
from unsung.questions.facts import instant, title_of
from unsung.questions.film.placed import (
    QUESTION,
    Placed,
    during,
    film_place,
    film_title,
    heard_at,
)

_LEVEL = 0.05
_AROUND_S = 4.0
_STOPS_S = 3.0
_CLOSE_LU = 20.0


def with_picture(film: FilmCase, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """What picture and silence tell."""
    yield from _hits(film, where)
    yield from _breaks_off(film, where)


def _hits(film: FilmCase, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """Supported where luck explains them in one film of twenty at most."""
    if film.sight is None:
        return
    found = film.sight.on_cuts
    if isinstance(found.chance, Outcome) or isinstance(found.expected, Outcome):
        return
    if found.chance > _LEVEL or not found.clear:
        return
    strongest = max(found.clear, key=lambda one: one.hit.strength)
    span = Span(max(0.0, strongest.cut_s - _AROUND_S), strongest.cut_s + _AROUND_S)
    here = during(where, span)
    if not here:
        return
    yield Finding(
        slug="film-hits-on-cuts",
        question=QUESTION,
        kind="hits on cuts",
        claim=(
            "The music strikes with the picture: of {cuts} cuts under music {together} have a hit"
            " on them, where luck would bring {expected}; the weightiest is at {at} of the film, in"
            " {track}."
        ),
        facts={
            "cuts": Quantity(found.cuts),
            "together": Quantity(found.together),
            "expected": Quantity(found.expected, "", 1),
            "at": instant(strongest.cut_s),
            "track": title_of(here[0].heard),
        },
        verdict="supported",
        method="Strong beginnings of notes within two frames of a cut.",
        compared_with="the same music turned round against the picture, a thousand times",
        chance=found.chance,
        weight=0.7 * (1 - found.chance),
        places=heard_at(here[0], span, "the stroke on the cut"),
        readings=(film_place(film, span, "the picture cuts as the music strikes"),),
    )


def _breaks_off(film: FilmCase, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """The deepest silence that follows music of the album as it stops."""
    ends = [(one, found) for one in film.silences if one.cuts_music for found in _ended(one, where)]
    if not ends:
        return
    silence, last = max(ends, key=lambda pair: pair[0].drop_lu)
    before = Span(max(0.0, silence.span.start_s - 2 * _AROUND_S), silence.span.start_s)
    yield Finding(
        slug="film-breaks-off",
        question=QUESTION,
        kind="music breaks off",
        claim=(
            "At {at} of {film} the music of {track} ends and all falls silent for {length}, {drop}"
            " beneath what came before."
        ),
        facts={
            "at": instant(silence.span.start_s),
            "film": film_title(film),
            "track": title_of(last.heard),
            "length": Quantity(silence.span.duration_s, "s", 1),
            "drop": Quantity(silence.drop_lu, "LU"),
        },
        verdict="supported",
        method="A second or more far beneath the ten seconds before, as a cue ends.",
        compared_with="the loudness of the whole film",
        weight=0.5 * min(1.0, silence.drop_lu / (2 * _CLOSE_LU)),
        places=heard_at(last, before, "what is heard before the silence"),
        readings=(film_place(film, silence.span, "silence"),),
        against="That silence is meant, no sound can tell.",
    )


def _ended(silence: Silence, where: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """The placement that ended last before it."""
    start_s = silence.span.start_s
    ended = [one for one in where if abs(one.at.film_span.end_s - start_s) <= _STOPS_S]
    return (max(ended, key=lambda one: one.at.film_span.end_s),) if ended else ()
