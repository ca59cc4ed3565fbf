"""What people say of whole motifs: these two are one, these places are a motif of their own."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from unsung import session
from unsung.model.motif import Motif, Occurrence, Passage, motif_called
from unsung.motifs.membership import at_places
from unsung.web.answers import Refusal, answer
from unsung.web.asked import Json, object_of, span, text, whole
from unsung.web.desk import album
from unsung.web.marks import as_they_stand
from unsung.web.opened import OpenAlbum

MOST_CHOSEN = 500


async def joinings(request: Request) -> Response:
    """A person says that another motif is this one."""
    plain = await object_of(request)
    return answer(await run_in_threadpool(_joined, plain, album(request)), 201)


async def partings(request: Request) -> Response:
    """A person says that some places of a motif are a motif of their own."""
    plain = await object_of(request)
    return answer(await run_in_threadpool(_parted, plain, album(request)), 201)


def _joined(plain: Json, opened: OpenAlbum) -> Json:
    stands, joins = _motif(plain, "motif", opened), _motif(plain, "other", opened)
    opened.say(partial(session.keep_joining, stands=stands, joins=joins))
    return {"label": stands.label} | as_they_stand(opened)


def _parted(plain: Json, opened: OpenAlbum) -> Json:
    motif, known = _motif(plain, "motif", opened), opened.soundtrack.motifs
    chosen = tuple(_chosen(plain.get("places"), motif, opened))
    name = text(plain, "name", most=100, default="")
    said = partial(session.keep_parting, motif=motif, chosen=chosen, known=known, name=name)
    return {"label": opened.say(said)} | as_they_stand(opened)


def _motif(plain: Json, key: str, opened: OpenAlbum) -> Motif:
    name = text(plain, key, most=100)
    found = motif_called(opened.soundtrack.motifs, name)
    if found is None:
        raise Refusal(404, f"no motif is known as {name}")
    return found


def _chosen(rows: Any, motif: Motif, opened: OpenAlbum) -> Iterator[Occurrence]:
    """The occurrences at the places that were sent; each must be there, and the motif's."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal(400, "places are needed, as a list of {track, from_s, to_s}")
    if len(rows) > MOST_CHOSEN:
        raise Refusal(400, f"at most {MOST_CHOSEN} places can be chosen at once")
    places = [Passage(opened.at(whole(row, "track")).track.file, span(row)) for row in rows]
    for place in places:
        if not at_places(motif, [place]):
            raise Refusal(
                400, f"motif {motif.label} is not found at {place.span.start_s:.1f} s of this track"
            )
    yield from at_places(motif, places)
