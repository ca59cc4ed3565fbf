"""The film on one timeline: its picture, speech and loudness, and where the album sounds in it."""

from attrs import evolve

from unsung.model.film_case import FilmCase
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.film_lanes import film_lanes
from unsung.pages.explorer.film_moments import kinds_of, moments
from unsung.pages.explorer.film_plain import film_plain, film_values
from unsung.pages.explorer.frame import addresses, page
from unsung.pages.explorer.taking import film_offers
from unsung.pages.figures import film as drawn
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.lanes import grid
from unsung.pages.report.film import film_section
from unsung.pages.report.wording import clock, count


def film_page(context: ExplorerContext) -> str:
    """The film beside the album; `KeyError` where none is known."""
    soundtrack = context.soundtrack
    section = film_section(soundtrack, addresses(context))
    if section is None or soundtrack.film is None:
        raise KeyError("film")
    film, axis = soundtrack.film, TimeAxis(soundtrack.film.duration_s)
    found = moments(context, film)
    parts = {
        "film": evolve(section, tracks=(), lanes=()),
        "lead": _lead(section.name, section.lead, film),
        "plain": film_plain(context, film),
        "duration_s": film.duration_s,
        "lanes": film_lanes(soundtrack, film),
        "grid": grid(axis),
        "ticks": drawn.ticks(axis, [clock(tick) for tick in axis.ticks_s]),
        "values": film_values(soundtrack, film),
        "moments": found,
        "offers": film_offers(context),
        "kinds": kinds_of(found),
    }
    return page(context, "film.html.jinja", "Film", "film", parts)


def _lead(name: str, told: str, film: FilmCase) -> str:
    """What there is to see; where nothing of the album was found, what the report says."""
    found = film.placements.placements
    if not found:
        return told
    tracks = len({one.track_file for one in found})
    return (
        f"{name}, {clock(film.duration_s)} long, plays {count(tracks, 'track')} of the album in"
        f" {count(len(found), 'uncut piece')}. What is faint is less sure."
    )
