"""The pages of the explorer as the server asks for them; what draws them is imported at need."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.web.albums import Shelved
from unsung.web.pages import Given, GivenShelf, Hit, Pages, Tell, nothing_told

if TYPE_CHECKING:
    from unsung.pages.explorer import AlbumCard, ExplorerContext, LibraryContext

_MOST_MADE = 100
_STATIC = Path(__file__).parents[1] / "pages" / "explorer" / "static"
_STATIC_FILES = ("explorer.js", "explorer.css")


def drawn_pages(
    find: Callable[[Soundtrack, Path], tuple[Finding, ...]], tell: Tell = nothing_told
) -> Pages:
    """The pages that readers see; `find` and `tell` as `Pages` has them."""
    return Pages(
        context=_context,
        library=lambda shelf: _drawn("library_page", _library(shelf)),
        album=remembered("album_page"),
        track=remembered("track_page"),
        motif=remembered("motif_page"),
        gems=remembered("gems_page"),
        findings=remembered("findings_page"),
        article=remembered("article_page"),
        film=remembered("film_page"),
        search=lambda context, query: _drawn("search_page", context, query),
        error=lambda status, words: _drawn("error_page", status, words),
        folder=lambda context, **given: _drawn("folder", context, **given),
        static={name: (_STATIC / name).read_bytes() for name in _STATIC_FILES},
        hits=lambda context, query: [
            Hit(one.kind, one.words, one.address) for one in _drawn("hits", context, query)
        ],
        find=find,
        tell=tell,
    )


def _drawn(page: str, *given: object, **named: object) -> Any:
    """What the explorer's function of this name makes."""
    from unsung.pages import explorer  # noqa: PLC0415  (slow to import)

    return getattr(explorer, page)(*given, **named)


def remembered(page: str) -> Callable[..., str]:
    """The page, made once for as long as the album stays what it is: engraving takes time."""
    made: OrderedDict[tuple[object, ...], tuple[ExplorerContext, str]] = OrderedDict()

    def recalled(context: "ExplorerContext", *which: object) -> str:
        parts = (context.soundtrack, context.findings, context.story)
        key = (*map(id, parts), context.album_slug, *which)
        known = made.get(key)
        if known is None or known[0].write_token != context.write_token:
            made[key] = known = (context, _drawn(page, context, *which))
        while len(made) > _MOST_MADE:
            made.popitem(last=False)
        return known[1]

    return recalled


def _context(given: Given) -> "ExplorerContext":
    from unsung.pages.explorer import ExplorerContext, ServedUrls, waveform  # noqa: PLC0415

    return ExplorerContext(
        soundtrack=given.soundtrack,
        urls=ServedUrls(given.album_slug, given.positions),
        version=given.version,
        findings=given.findings,
        story=given.story,
        article_html=given.article_html,
        waveforms={file: waveform(*sides) for file, sides in given.outlines.items()},
        album_slug=given.album_slug,
        can_write=True,
        write_token=given.write_token,
    )


def _library(shelf: GivenShelf) -> "LibraryContext":
    from unsung.pages.explorer import LibraryContext  # noqa: PLC0415

    cards = tuple(_card(one, shelf.listening) for one in shelf.albums)
    return LibraryContext(cards, shelf.version, shelf.write_token, home=str(Path.home()))


def _card(one: Shelved, listening: str) -> "AlbumCard":
    from unsung.pages.explorer import AlbumCard, ServedUrls  # noqa: PLC0415

    is_heard = one.state == "heard"
    return AlbumCard(
        slug=one.slug,
        title=one.title,
        folder=one.place,
        address=ServedUrls(one.slug).album() if is_heard else "",
        state="listening" if one.slug == listening else one.state,
        tracks=one.heard,
        duration_s=one.duration_s,
        motifs=one.motifs,
        composer=one.composer,
        reason=one.reason,
    )
