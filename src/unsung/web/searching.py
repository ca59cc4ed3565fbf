"""Search over an album: what the machine knows, as the pages search it, and what people wrote."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

from starlette.requests import Request
from starlette.responses import Response

from unsung.web.annotations import standing_in, track_of
from unsung.web.answers import Refusal, answer
from unsung.web.desk import Desk, album, desk
from unsung.web.opened import OpenAlbum
from unsung.web.pages import Hit
from unsung.web.views import MOST_QUERY, context_of

_MOST_HITS = 200
_MOST_WORDS = 160


def search(request: Request) -> Response:
    """Everything in which all words of the query occur, whatever their case and accents."""
    query = request.query_params.get("q", "")
    if len(query) > MOST_QUERY:
        raise Refusal(400, f"a search has at most {MOST_QUERY} signs")
    if not query.strip():
        return answer({"hits": []})
    at, opened = desk(request), album(request)
    found = _hits(query, opened, at)
    return answer({"hits": [one._asdict() for one in found]})


def _hits(query: str, opened: OpenAlbum, at: Desk) -> list[Hit]:
    known = at.pages.hits(context_of(opened, at), query)
    return list(islice(chain(known, comment_hits(query, opened)), _MOST_HITS))


def comment_hits(query: str, opened: OpenAlbum) -> Iterator[Hit]:
    """What people wrote that holds every word."""
    wanted = _folded(query).split()
    for one in standing_in(opened):
        position, words = track_of(one, opened), f"{one.text} – {one.creator}"
        if position and all(word in _folded(words) for word in wanted):
            moment = f"#t={one.target.times_s[0]:.1f}" if one.target.times_s else ""
            address = f"/a/{opened.entry.slug}/track/{position}{moment}"
            yield Hit("comment", _short(words), address)


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MOST_WORDS else line[: _MOST_WORDS - 1].rstrip() + "…"
