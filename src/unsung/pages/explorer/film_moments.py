"""The film moment by moment: what begins in it, in film order, and where to press play."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from unsung.model.balance import Spoken
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.time import Span
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.film_feeling import turns
from unsung.pages.explorer.film_lanes import Sounding, line_words, soundings
from unsung.pages.explorer.frame import addresses
from unsung.pages.report.expression import difference_words, expression_words
from unsung.pages.report.places import Places, Spot, title, title_of
from unsung.pages.report.wording import answer, listed, number

_AROUND_S = 8.0

KINDS = {
    "scene": "Scenes",
    "music": "Music",
    "other": "Music with no source",
    "motif": "Motifs",
    "feeling": "Turns of feeling",
    "silence": "Silences",
}
"""What can begin, and what it is called as a group."""


@frozen
class Moment:
    """Something that begins in the film; `spot` is where the album has it, if it has."""

    film_span: Span
    kind: str
    title: str
    address: str
    detail: str
    said: str
    spot: Spot | None = None


def moments(context: ExplorerContext, film: FilmCase) -> tuple[Moment, ...]:
    """All of them, in film order."""
    soundtrack = context.soundtrack
    places = Places({one.track.file: one for one in soundtrack.heard}, addresses(context))
    found = (
        *_scenes(film),
        *_music(film, places, context),
        *_other_music(film, places),
        *(_motif(one, film, places, context) for one in soundings(soundtrack, film)
          if one.placement.track_file in places.heard),
        *_feeling(soundtrack, film, places, context),
        *_silences(film),
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.film_span.start_s))


def _scenes(film: FilmCase) -> Iterator[Moment]:
    for one in film.scenes:
        if one.film_span:
            there = ", ".join(one.characters or ())
            yield Moment(one.film_span, "scene", one.title or one.name, "", there, "")


def _music(film: FilmCase, places: Places, context: ExplorerContext) -> Iterator[Moment]:
    for one in film.placements.placements:
        if one.track_file not in places.heard:
            continue
        spot = places.spot(one.track_file, one.track_span)
        detail = (
            f"level {answer(one.level_db, 'dB')}; {answer(one.above_rest_db, 'dB')} above the rest"
        )
        yield Moment(one.film_span, "music", spot.title, _page(spot, context), detail, "", spot)


def _other_music(film: FilmCase, places: Places) -> Iterator[Moment]:
    """Music that the album lacks; the place of the album that it resembles, if any does."""
    for one in film.unplaced.stretches if film.unplaced else ():
        like = one.resembles if one.resembles and one.resembles.track_file in places.heard else None
        spot = places.spot(like.track_file, like.span) if like else None
        detail = f"resembles {spot.title}" if spot else ""
        yield Moment(one.span, "other", "Music with no source", "", detail, "", spot)


def _motif(one: Sounding, film: FilmCase, places: Places, context: ExplorerContext) -> Moment:
    spot = places.spot(one.occurrence.track_file, one.placement.in_track(one.film_span))
    under = [it for it in _spoken(film) if it.span.overlap_s(one.film_span) > 0]
    return Moment(
        one.film_span,
        "motif",
        title(one.motif),
        context.urls.motif(one.motif.label),
        f"in {spot.title}" + (", under speech" if under else ""),
        line_words(under[0]) if under else "",
        spot,
    )


def _feeling(
    soundtrack: Soundtrack, film: FilmCase, places: Places, context: ExplorerContext
) -> Iterator[Moment]:
    for one in turns(soundtrack, film):
        heard = places.heard[one.track_file]
        span = _around(one.point.at_s, heard)
        words = listed([difference_words(each) for each in one.point.differences])
        spot = places.spot(one.track_file, span)
        yield Moment(
            Span(one.film_s, min(one.film_s + _AROUND_S, film.duration_s + _AROUND_S)),
            "feeling",
            expression_words(one.point) or "The expression turns",
            _page(spot, context),
            f"in {title_of(heard)}: {words}",
            line_words(one.said) if one.said else "",
            spot,
        )


def _around(at_s: float, heard: Heard) -> Span:
    return Span(max(at_s - _AROUND_S / 2, 0), min(at_s + _AROUND_S, heard.hearing.duration_s))


def _silences(film: FilmCase) -> Iterator[Moment]:
    for one in film.silences:
        ends = "; the music of the album stops with it" if one.cuts_music else ""
        detail = f"{number(one.drop_lu, 0)} LU beneath what came before{ends}"
        yield Moment(one.span, "silence", "All falls silent", "", detail, "")


def _spoken(film: FilmCase) -> tuple[Spoken, ...]:
    return film.speech.spoken if film.speech else ()


def _page(spot: Spot, context: ExplorerContext) -> str:
    return context.urls.track(spot.position, spot.from_s)


def kinds_of(found: tuple[Moment, ...]) -> Mapping[str, str]:
    """The kinds that come, each with what its group is called."""
    here = {one.kind for one in found}
    return {kind: name for kind, name in KINDS.items() if kind in here}
