"""The trail of motifs in film order: where each sounds as the film is seen, not as the album is."""

from collections.abc import Iterator

from attrs import frozen

from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding, HeardPlace, Quantity
from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.time import Span
from unsung.questions.facts import instant, slug_of, title_of
from unsung.questions.film.placed import QUESTION, film_place, film_title

_MOST_TRAILS, _MOST_READINGS = 3, 6
_SURE = 0.5


@frozen
class Sounding:
    """An occurrence and when the film plays it."""

    occurrence: Occurrence
    film_span: Span


def trails(film: FilmCase, soundtrack: Soundtrack) -> Iterator[Finding]:
    """The way of the most prominent motifs through the film."""
    told = ((motif, trail(film, motif)) for motif in soundtrack.motifs)
    found = [(motif, way) for motif, way in told if len(way) > 1]
    yield from (_finding(film, motif, way, soundtrack) for motif, way in found[:_MOST_TRAILS])


def trail(film: FilmCase, motif: Motif) -> tuple[Sounding, ...]:
    """Where the motif sounds, in film order; an occurrence that is played again comes again."""
    sure = [one for one in motif.occurrences if one.confidence >= _SURE]
    found = [
        Sounding(one, placed.in_film(one.span))
        for placed in film.placements.placements
        for one in sure
        if one.track_file == placed.track_file and placed.plays(one.span)
    ]
    return tuple(sorted(found, key=lambda one: one.film_span))


def _finding(
    film: FilmCase, motif: Motif, way: tuple[Sounding, ...], soundtrack: Soundtrack
) -> Finding:
    first, last = way[0], way[-1]
    spoken = film.speech.spans if film.speech else ()
    under = sum(any(one.film_span.overlap_s(span) > 0 for span in spoken) for one in way)
    name = motif.name or f"motif {motif.label}"
    heard = soundtrack[first.occurrence.track_file]
    return Finding(
        slug=slug_of("film-trail", motif.label),
        question=QUESTION,
        kind="motif in the film",
        claim=(
            "In {film} {motif} is met {times} times, first at {first} in {track}, last at {last};"
            + (" {under} of them under speech." if under else " never under speech.")
        ),
        facts={
            "film": film_title(film),
            "motif": name,
            "times": Quantity(len(way)),
            "first": instant(first.film_span.start_s),
            "last": instant(last.film_span.start_s),
            "track": title_of(heard),
            "under": Quantity(under),
        },
        verdict="supported",
        method="Occurrences of the motif in stretches of tracks that the film plays.",
        weight=0.5 * motif.prominence,
        places=(HeardPlace(first.occurrence.track_file, first.occurrence.span, name),),
        readings=tuple(
            film_place(film, one.film_span, f"{name} sounds") for one in way[:_MOST_READINGS]
        ),
        against="Stretches of music that the album lacks are not searched for the motif.",
    )
