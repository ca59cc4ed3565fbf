"""The pages of the explorer as the server asks for them."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.pages import explorer
from unsung.pages.explorer import AlbumCard, ExplorerContext, LibraryContext, ServedUrls
from unsung.web.albums import Shelved
from unsung.web.pages import Given, GivenShelf, Hit, Pages

_MOST_MADE = 100


def drawn_pages(find: Callable[[Soundtrack, Path], tuple[Finding, ...]]) -> Pages:
    """The pages that readers see; `find` as `Pages` has it."""
    return Pages(
        context=_context,
        library=lambda shelf: explorer.library_page(_library(shelf)),
        album=remembered(explorer.album_page),
        track=remembered(explorer.track_page),
        motif=remembered(explorer.motif_page),
        gems=remembered(explorer.gems_page),
        findings=remembered(explorer.findings_page),
        article=remembered(explorer.article_page),
        film=remembered(explorer.film_page),
        search=explorer.search_page,
        error=explorer.error_page,
        folder=explorer.folder,
        static={name: explorer.static_file(name) for name in explorer.STATIC_FILES},
        hits=lambda context, query: [
            Hit(one.kind, one.words, one.address) for one in explorer.hits(context, query)
        ],
        find=find,
    )


def remembered(page: Callable[..., str]) -> Callable[..., str]:
    """The page, made once for as long as the album stays what it is: engraving takes time."""
    made: OrderedDict[tuple[object, ...], tuple[ExplorerContext, str]] = OrderedDict()

    def recalled(context: ExplorerContext, *which: object) -> str:
        key = (id(context.soundtrack), id(context.findings), context.album_slug, *which)
        known = made.get(key)
        if known is None or known[0].write_token != context.write_token:
            made[key] = known = (context, page(context, *which))
        while len(made) > _MOST_MADE:
            made.popitem(last=False)
        return known[1]

    return recalled


def _context(given: Given) -> ExplorerContext:
    return ExplorerContext(
        soundtrack=given.soundtrack,
        urls=ServedUrls(given.album_slug, given.positions),
        version=given.version,
        findings=given.findings,
        article_html=given.article_html,
        album_slug=given.album_slug,
        can_write=True,
        write_token=given.write_token,
    )


def _library(shelf: GivenShelf) -> LibraryContext:
    cards = tuple(_card(one, shelf.listening) for one in shelf.albums)
    return LibraryContext(cards, shelf.version, shelf.write_token, home=str(Path.home()))


def _card(one: Shelved, listening: str) -> AlbumCard:
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
