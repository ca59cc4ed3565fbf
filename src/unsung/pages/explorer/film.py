"""The film: where the album sounds in it, under which lines, how loud, and what it leaves out."""

from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.frame import addresses, page
from unsung.pages.explorer.taking import film_offers
from unsung.pages.report.film import film_section


def film_page(context: ExplorerContext) -> str:
    """The film beside the album; `KeyError` where none is known."""
    film = film_section(context.soundtrack, addresses(context))
    if film is None:
        raise KeyError("film")
    shown = {"film": film, "offers": film_offers(context)}
    return page(context, "film.html.jinja", "Film", "film", shown)
