"""Search: by words over all that has a name, and by a tune."""

import unicodedata
from collections.abc import Iterator
from typing import Literal

from attrs import asdict, frozen

from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.findings import claim
from unsung.pages.explorer.frame import page
from unsung.pages.report.places import title, title_of
from unsung.pages.report.wording import clock

HitKind = Literal["track", "motif", "instrument", "finding", "comment"]
_MOST_HITS = 100


@frozen
class Hit:
    """Something that has a name, and where it lies."""

    kind: HitKind
    words: str
    address: str


def search_page(context: ExplorerContext, query: str = "") -> str:
    """The search, and what it answers to this query."""
    index = all_hits(context)
    return page(
        context,
        "search.html.jinja",
        f"Search: {query.strip()}" if query.strip() else "Search",
        "search",
        {
            "query": query.strip(),
            "found": hits(context, query),
            "index": [asdict(one) for one in index],
        },
    )


def hits(context: ExplorerContext, query: str) -> tuple[Hit, ...]:
    """All that holds every word of the query, whatever its case and accents; at most a hundred."""
    wanted = plain(query).split()
    if not wanted:
        return ()
    found = (one for one in all_hits(context) if _holds(plain(one.words), wanted))
    return tuple(found)[:_MOST_HITS]


def all_hits(context: ExplorerContext) -> tuple[Hit, ...]:
    """All that can be found by name: tracks, motifs, instruments, findings."""
    return (*_motifs(context), *_tracks(context), *_instruments(context), *_findings(context))


def plain(text: str) -> str:
    """Lower case without accents: `Ørsted's Étude` is found by `etude`."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def _holds(text: str, wanted: list[str]) -> bool:
    return all(word in text for word in wanted)


def _motifs(context: ExplorerContext) -> Iterator[Hit]:
    for one in context.soundtrack.motifs:
        also = f"also {', '.join(one.other_names)}" if one.other_names else ""
        words = " – ".join(part for part in (title(one), also, one.meaning) if part.strip())
        yield Hit("motif", words, context.urls.motif(one.label))


def _tracks(context: ExplorerContext) -> Iterator[Hit]:
    for one in context.soundtrack.heard:
        people = ", ".join(dict.fromkeys(person.name for person in one.track.people))
        words = f"{title_of(one)} ({people})" if people else title_of(one)
        yield Hit("track", words, context.urls.track(one.track.position))


def _instruments(context: ExplorerContext) -> Iterator[Hit]:
    """Each instrument once a track, where it is surest."""
    for one in context.soundtrack.heard:
        surest = {}
        for playing in sorted(one.hearing.instruments.playing, key=lambda it: it.confidence):
            surest[playing.instrument] = playing.span
        for name, span in sorted(surest.items()):
            words = f"{name} in {title_of(one)}, {clock(span.start_s)}"
            yield Hit("instrument", words, context.urls.track(one.track.position, span.start_s))


def _findings(context: ExplorerContext) -> Iterator[Hit]:
    for one in context.findings:
        yield Hit("finding", claim(one, context).striptags(), context.urls.findings(one.slug))
