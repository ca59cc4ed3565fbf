"""The explorer as a folder of files: every page of an album, for any web host."""

from collections.abc import Mapping

from attrs import evolve

from unsung.pages.explorer.album import album_page
from unsung.pages.explorer.article import FORMS, article_page
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.film import film_page
from unsung.pages.explorer.findings import findings_page, gems_page
from unsung.pages.explorer.frame import STATIC_FILES, static_file
from unsung.pages.explorer.motif import motif_page
from unsung.pages.explorer.search import search_page
from unsung.pages.explorer.track import track_page
from unsung.pages.explorer.urls import FolderUrls


def folder(
    context: ExplorerContext,
    sounds: Mapping[str, str] | None = None,
    article: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """All files by name. `sounds` says where published sound lies, by track file; none by default.

    `article` holds the formats of the article that are to be read and taken along. Nothing can be
    written there, and nothing is told of the machine it was made on, nor what is said in the film.
    """
    made = article or {}
    names = {one.name: _name(one.suffix) for one in FORMS if one.name in made}
    urls = FolderUrls(sounds or {})
    film = context.soundtrack.film
    context = evolve(
        context,
        soundtrack=evolve(context.soundtrack, film=film and film.without_words),
        urls=urls,
        can_write=False,
        write_token="",
        album_slug="",
        article_html=names.get("html"),
        article_files=names,
    )
    pages = {
        urls.album(): album_page(context),
        urls.gems(): gems_page(context),
        urls.findings(): findings_page(context),
        urls.article(): article_page(context),
        urls.search(): search_page(context),
        **({urls.film(): film_page(context)} if context.has_film else {}),
        **{
            urls.track(one.track.position): track_page(context, one.track.position)
            for one in context.soundtrack.heard
        },
        **{
            urls.motif(one.label): motif_page(context, one.label)
            for one in context.soundtrack.motifs
        },
    }
    statics = {urls.static(name): static_file(name) for name in STATIC_FILES}
    taken_along = {names[form]: made[form] for form in names}
    return {name: text.encode() for name, text in pages.items()} | statics | taken_along


def _name(suffix: str) -> str:
    """The article's own page has a name beside that of the page about it."""
    return "article-whole.html" if suffix == "html" else f"article.{suffix}"
