"""What findings on a film share: its name, where tracks sound in it, where to press play."""

from pathlib import PurePath

from attrs import frozen

from unsung.model.film import Placement
from unsung.model.film_case import FilmCase
from unsung.model.finding import HeardPlace, ReadPlace, Title
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.time import Span
from unsung.questions.places import first_part, place

QUESTION = "film"
_SAYS_NOTHING = {"film", "movie", "video"}


@frozen
class Placed:
    """A placement and the track that was heard."""

    heard: Heard
    at: Placement


def placed(film: FilmCase, soundtrack: Soundtrack) -> tuple[Placed, ...]:
    """The placements in film order; those of tracks that are no longer heard are left out."""
    by_file = {one.track.file: one for one in soundtrack.heard}
    return tuple(
        Placed(by_file[one.track_file], one)
        for one in film.placements.placements
        if one.track_file in by_file
    )


def film_title(film: FilmCase) -> Title | str:
    """The film as its file is called, where that says anything."""
    stem = PurePath(film.name).stem
    return "the film" if stem.casefold() in _SAYS_NOTHING else Title(stem)


def during(where: tuple[Placed, ...], span: Span) -> tuple[Placed, ...]:
    """What sounds in a stretch of the film, the longest first."""
    here = [one for one in where if one.at.film_span.overlap_s(span) > 0]
    return tuple(sorted(here, key=lambda one: -one.at.film_span.overlap_s(span)))


def heard_at(one: Placed, span: Span, listen_for: str) -> tuple[HeardPlace, ...]:
    """The stretch of the track that sounds in a stretch of the film."""
    if not one.at.film_span.overlap_s(span):
        return ()
    return place(one.heard, first_part(one.at.in_track(span)), listen_for)


def film_place(film: FilmCase, span: Span, says: str) -> ReadPlace:
    """A stretch of the film, as hours, minutes and seconds."""
    return ReadPlace(film.name, f"{_clock(span.start_s)}–{_clock(span.end_s)}", says)


def _clock(time_s: float) -> str:
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
