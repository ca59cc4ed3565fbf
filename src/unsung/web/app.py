"""The application: a value built from a list of routes."""

import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from unsung.model.errors import LibraryError, StoreError, UnsungError
from unsung.web import (
    annotations,
    article,
    films,
    maps,
    marks,
    regrouping,
    searching,
    shelf,
    sounds,
    versions,
    views,
)
from unsung.web.albums import KnownAlbums
from unsung.web.answers import Refusal, html, refusal
from unsung.web.desk import Desk, desk
from unsung.web.guard import Guard, Guarded
from unsung.web.kept import KeptPages
from unsung.web.listening import Listening
from unsung.web.opened import OpenAlbum, OpenAlbums
from unsung.web.pages import Pages
from unsung.web.static import Static

_ALBUM = "/a/{album}"
_API = f"{_ALBUM}/api"
_POST = ["POST"]
_FAULT = "a fault in unsung; please report it with what the terminal shows"
_STATUS_WORDS = {404: "there is nothing at this address", 405: "this cannot be done here"}

ROUTES = [
    Route("/", views.library),
    Route(_ALBUM, views.without_slash),
    Route(f"{_ALBUM}/", views.album_page),
    Route(f"{_ALBUM}/track/{{position:int}}", views.track_page),
    Route(f"{_ALBUM}/motif/{{label}}", views.motif_page),
    Route(f"{_ALBUM}/motif/{{label}}/{{occurrence:int}}", views.motif_page),
    Route(f"{_ALBUM}/gems", views.gems_page),
    Route(f"{_ALBUM}/findings", views.findings_page),
    Route(f"{_ALBUM}/article", views.article_page),
    Route(f"{_ALBUM}/article/whole", article.whole),
    Route(f"{_ALBUM}/article/draft/{{digest}}", article.draft),
    Route(f"{_ALBUM}/film", views.film_page),
    Route(f"{_ALBUM}/film/media", films.media),
    Route(f"{_ALBUM}/film/picture/{{number:int}}", films.picture),
    Route(f"{_ALBUM}/search", views.search_page),
    Route(f"{_ALBUM}/audio/{{position:int}}", sounds.audio),
    Route(f"{_ALBUM}/audio/{{position:int}}/excerpt", sounds.excerpt),
    Route(f"{_API}/map", maps.album_map),
    Route(f"{_API}/tracks/{{position:int}}/peaks", sounds.peaks),
    Route(f"{_API}/tracks/{{position:int}}/notes", maps.notes),
    Route(f"{_API}/search", searching.search),
    Route(f"{_API}/sung", searching.sung, methods=_POST),
    Route(f"{_API}/export/{{what}}.{{form}}", maps.exported),
    Route(f"{_API}/film", films.state),
    Route(f"{_API}/film/copy", films.copy, methods=_POST),
    Route(f"{_API}/film/copy/stop", films.stop, methods=_POST),
    Route(f"{_API}/find", marks.find, methods=_POST),
    Route(f"{_API}/statements", marks.statements, methods=_POST),
    Route(f"{_API}/names", marks.names, methods=_POST),
    Route(f"{_API}/joinings", regrouping.joinings, methods=_POST),
    Route(f"{_API}/partings", regrouping.partings, methods=_POST),
    Route(f"{_API}/undo", marks.undo, methods=_POST),
    Route(f"{_API}/article", article.own),
    Route(f"{_API}/article", article.kept, methods=["PUT"]),
    Route(f"{_API}/article/found", article.found),
    Route(f"{_API}/article/draft", article.drafted, methods=_POST),
    Route(f"{_API}/article/versions", versions.listed),
    Route(f"{_API}/article/versions/{{number:int}}", versions.one),
    Route(f"{_API}/article/export/{{form}}", article.exported),
    Route(f"{_API}/annotations", annotations.listed),
    Route(f"{_API}/annotations", annotations.written, methods=_POST),
    Route(f"{_API}/annotations/import", annotations.imported, methods=_POST),
    Route(f"{_API}/annotations/export", annotations.exported),
    Route(f"{_API}/annotations/{{id}}", annotations.changed, methods=["PUT"]),
    Route(f"{_API}/annotations/{{id}}", annotations.removed, methods=["DELETE"]),
    Route("/api/albums", shelf.albums),
    Route("/api/albums", shelf.add, methods=_POST),
    Route("/api/albums/{album}", shelf.forget, methods=["DELETE"]),
    Route("/api/albums/{album}/listen", shelf.listen, methods=_POST),
    Route("/api/albums/{album}/listen/events", shelf.events),
    Route("/api/albums/{album}/listen/stop", shelf.stop, methods=_POST),
    Route("/api/folders", shelf.folders, methods=_POST),
]


def explorer(
    guard: Guard, known: KnownAlbums, pages: Pages, kept: KeptPages | None = None
) -> Starlette:
    """The explorer as an ASGI application; `kept` holds first pages from one start to the next."""
    static = Static(pages.static)

    def keep_first_page(opened: OpenAlbum) -> None:
        if kept is not None:
            with kept.keeping(opened.entry, guard.token) as keep:
                keep(pages.album(views.context_of(opened, at)))

    albums = OpenAlbums(pages.find, pages.tell, keep_first_page)
    at = Desk(guard, known, albums, pages, static, Listening(), kept)
    app = Starlette(
        routes=[*ROUTES, Route("/static/{name:path}", static.file)],
        middleware=[Middleware(Guarded, guard=guard), Middleware(Faults)],
        exception_handlers={
            Refusal: _refused,
            UnsungError: _told,
            HTTPException: _http,
        },
        lifespan=_lifespan,
    )
    app.state.desk = at
    return app


class Faults:
    """What goes wrong for no fault of the visitor's is told to the terminal, not to the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; where that breaks before it began, say so in one line."""
        began = False

        async def watched(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if began or scope["type"] != "http":
                raise
            traceback.print_exception(error, file=sys.stderr)
            await _shown(Request(scope), 500, _FAULT)(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    try:
        yield
    finally:
        app.state.desk.listening.close()
        app.state.desk.projection.close()


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - registered for it alone
    return _shown(request, error.status, error.words)


async def _told(request: Request, error: Exception) -> Response:
    """What a person can do something about, in its own words."""
    if isinstance(error, StoreError):
        return _shown(request, 409, str(error))
    return _shown(request, 404 if isinstance(error, LibraryError) else 400, str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    words = _STATUS_WORDS.get(error.status_code, error.detail)
    return _shown(request, error.status_code, words)


def _shown(request: Request, status: int, words: str) -> Response:
    """One line of JSON for scripts, a page for readers."""
    parts = request.url.path.split("/")
    if "api" in parts or "audio" in parts or "static" in parts:
        return refusal(status, words)
    return html(desk(request).pages.error(status, words), status)
