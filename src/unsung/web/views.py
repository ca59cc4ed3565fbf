"""The pages of an album, and the library."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from unsung import __version__
from unsung.model.album import Recording
from unsung.model.hearing import Soundtrack
from unsung.model.motif import motif_called
from unsung.web.albums import shelved
from unsung.web.answers import Refusal, html
from unsung.web.desk import Desk, album, desk
from unsung.web.opened import OpenAlbum
from unsung.web.pages import Given, GivenShelf

MOST_QUERY = 200


def library(request: Request) -> Response:
    """All albums that are known here."""
    at = desk(request)
    albums = tuple(shelved(one) for one in at.known.entries())
    shelf = GivenShelf(albums, at.listening.slug, at.guard.token, __version__)
    return html(at.pages.library(shelf))


def album_page(request: Request) -> Response:
    """The album; before all is brought back, as it was drawn last, if nothing has changed since."""
    opened, at = album(request), desk(request)
    if at.kept and not opened.is_ready:
        kept = at.kept.page(opened.entry, at.guard.token)
        if kept is not None:
            return html(kept)
    return _page(request, at.pages.album)


def track_page(request: Request) -> Response:
    """A track that was heard."""
    position = int(request.path_params["position"])
    album(request).at(position)
    return _page(request, lambda context: desk(request).pages.track(context, position))


def motif_page(request: Request) -> Response:
    """A motif, known by its label, with one of its occurrences chosen; 0 for none.

    Another label or name that it goes by leads to it.
    """
    label, chosen = request.path_params["label"], request.path_params.get("occurrence", 0)
    found = motif_called(album(request).soundtrack.motifs, label)
    if found is None:
        raise Refusal(404, "no motif of this album has this label")
    if found.label != label:
        return RedirectResponse(f"/a/{request.path_params['album']}/motif/{found.label}", 307)
    if chosen > len(found.occurrences):
        raise Refusal(404, f"motif {label} has {len(found.occurrences)} occurrences")
    return _page(request, lambda context: desk(request).pages.motif(context, label, chosen))


def gems_page(request: Request) -> Response:
    """What was missed."""
    _ = album(request).findings
    return _page(request, desk(request).pages.gems)


def findings_page(request: Request) -> Response:
    """What can be said, and what it rests on."""
    _ = album(request).findings
    return _page(request, desk(request).pages.findings)


def article_page(request: Request) -> Response:
    """The article: to read, to edit, to take along; it is there before the article is."""
    return _page(request, desk(request).pages.article)


def film_page(request: Request) -> Response:
    """The film, if there is one."""
    film = album(request).soundtrack.film
    if film is None or film.duration_s <= 0:
        raise Refusal(404, "no film is known of this album; unsung listen --film takes one")
    return _page(request, desk(request).pages.film)


def search_page(request: Request) -> Response:
    """A search, and what it finds."""
    query = request.query_params.get("q", "")[:MOST_QUERY]
    return _page(request, lambda context: desk(request).pages.search(context, query))


def without_slash(request: Request) -> Response:
    """The album's address has a slash at its end."""
    return RedirectResponse(f"/a/{request.path_params['album']}/", 308)


def context_of(opened: OpenAlbum, at: Desk) -> Any:
    """The context of an album's pages."""
    soundtrack, slug = opened.soundtrack, opened.entry.slug
    given = Given(
        soundtrack=soundtrack,
        findings=opened.findings_so_far,
        album_slug=slug,
        positions=positions_of(soundtrack),
        write_token=at.guard.token,
        version=__version__,
        article_html=f"/a/{slug}/article/whole",
        story=opened.story_so_far,
    )
    return at.pages.context(given)


def positions_of(soundtrack: Soundtrack) -> dict[str, int]:
    """The positions of the tracks that have sound, by file."""
    return {
        one.track.file: one.track.position
        for one in soundtrack.heard
        if isinstance(one.hearing.source, Recording)
    }


def _page(request: Request, made: Callable[[Any], str]) -> Response:
    return html(made(context_of(album(request), desk(request))))
