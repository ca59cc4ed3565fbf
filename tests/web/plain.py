"""Plain pages, all text: what the server shows where it is given no others."""

from collections.abc import Iterable
from html import escape
from typing import Any

from unsung.web.pages import Given, GivenShelf, Hit, Pages


def plain_pages() -> Pages:
    """Pages that list what there is."""
    return Pages(
        context=lambda given: given,
        library=_library,
        album=_album,
        track=_track,
        motif=lambda given, label, _chosen: _page(f"Motif {label}", given.soundtrack.album.title),
        gems=lambda given: _page("Gems", given.soundtrack.album.title),
        findings=lambda given: _page("Findings", *(one.claim for one in given.findings)),
        article=lambda given: _page("Article", given.soundtrack.album.title),
        film=lambda given: _page("Film", given.soundtrack.film.name),
        search=lambda _given, query: _page("Search", query),
        error=lambda status, words: _page(str(status), words),
        hits=_hits,
        folder=lambda given: {"index.html": _album(given).encode()},
    )


def _library(shelf: GivenShelf) -> str:
    lines = (
        f'<a href="/a/{one.slug}/">{escape(one.title)}</a> {one.state} {escape(one.reason)}'
        for one in shelf.albums
    )
    return _html("Unsung", lines)


def _album(given: Given) -> str:
    lines = (
        f'<a href="track/{one.track.position}">{escape(one.track.title)}</a>'
        for one in given.soundtrack.heard
    )
    return _html(given.soundtrack.album.title, lines)


def _track(given: Given, position: int) -> str:
    title = next(
        one.track.title for one in given.soundtrack.heard if one.track.position == position
    )
    has_sound = position in given.positions.values()
    sound = f'<audio controls src="../audio/{position}"></audio>' if has_sound else ""
    return _html(title, [sound])


def _hits(given: Given, query: str) -> Iterable[Hit]:
    for one in given.soundtrack.heard:
        if query.casefold() in one.track.title.casefold():
            address = f"/a/{given.album_slug}/track/{one.track.position}"
            yield Hit("track", one.track.title, address)


def _page(title: str, *lines: str) -> str:
    return _html(title, map(escape, lines))


def _html(title: str, lines: Any) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1>{body}</html>"
    )
