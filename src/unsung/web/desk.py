"""What every request finds at hand: the library, open albums, pages, and hands for long work."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar, cast

from attrs import field, frozen
from starlette.requests import Request

from unsung.web.albums import Entry, KnownAlbums
from unsung.web.answers import Refusal
from unsung.web.guard import Guard
from unsung.web.kept import KeptPages
from unsung.web.listening import Listening
from unsung.web.opened import OpenAlbum, OpenAlbums
from unsung.web.pages import Pages
from unsung.web.projection import Projection
from unsung.web.static import Static

P = ParamSpec("P")
T = TypeVar("T")


class Hands:
    """Two at a time do what takes a second; a long queue is refused rather than joined."""

    def __init__(self, count: int = 2, most_waiting: int = 100) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="unsung-hand")
        self._free = threading.BoundedSemaphore(count + most_waiting)

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of `work`, when its turn has come."""
        if not self._free.acquire(blocking=False):
            raise Refusal(503, "there is too much to do at the moment; try again soon")
        try:
            return await asyncio.wrap_future(self._pool.submit(work, *args, **kwargs))
        finally:
            self._free.release()


@frozen(eq=False)
class Desk:
    """The parts of the server; `eyes` are hands that look at films, so that sound never waits."""

    guard: Guard
    known: KnownAlbums
    open: OpenAlbums
    pages: Pages
    static: Static
    listening: Listening
    kept: KeptPages | None = None
    hands: Hands = field(factory=Hands)
    eyes: Hands = field(factory=Hands)
    projection: Projection = field(factory=Projection)


def desk(request: Request) -> Desk:
    """The desk of the application that answers."""
    return cast("Desk", request.app.state.desk)


def entry(request: Request) -> Entry:
    """The album that the address names."""
    found = desk(request).known.entry(request.path_params["album"])
    if found is None:
        raise Refusal(404, "no album is known here under this address")
    return found


def album(request: Request) -> OpenAlbum:
    """The album that the address names, opened."""
    return desk(request).open.opened(entry(request))


def only_from_here(request: Request) -> None:
    """What lies on this machine is shown to nobody else, password or not."""
    client = request.client.host if request.client else ""
    if not (client == "::1" or client.startswith("127.")):
        raise Refusal(403, "this can be done only at the machine itself")
