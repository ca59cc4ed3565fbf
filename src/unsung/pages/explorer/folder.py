"""The explorer as a folder of files: every page of an album, for any web host."""

from collections.abc import Mapping

from attrs import evolve

from unsung.model.motif import is_label
from unsung.pages.explorer.album import album_page
from unsung.pages.explorer.article import FORMS, article_page
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.film import film_page
from unsung.pages.explorer.findings import findings_page, gems_page
from unsung.pages.explorer.frame import STATIC_FILES, static_file
from unsung.pages.explorer.motif import motif_page
from unsung.pages.explorer.search import search_page
from unsung.pages.explorer.taking import takings
from unsung.pages.explorer.track import track_page
from unsung.pages.explorer.urls import FolderUrls, Taken
from unsung.pages.exports import Document, as_one, exported
from unsung.pages.prints import as_script, prints


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
    film = context.soundtrack.film
    context = evolve(
        context, soundtrack=evolve(context.soundtrack, film=film and film.without_words)
    )
    exports = _exports(context)
    urls = FolderUrls(sounds or {}, {taken: name for taken, (name, _) in exports.items()})
    context = evolve(
        context,
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
        **{urls.motif(label): motif_page(context, label) for label in _labels(context)},
    }
    statics = {urls.static(name): static_file(name) for name in STATIC_FILES}
    statics[urls.prints()] = as_script(prints(context.soundtrack))
    taken = dict(exports.values())
    taken_along = {names[form]: made[form] for form in names}
    written = {name: text.encode() for name, text in pages.items()}
    return written | statics | taken | taken_along


def _labels(context: ExplorerContext) -> list[str]:
    """The labels of all motifs, and those of what people joined to them: links may lead there."""
    motifs = context.soundtrack.motifs
    joined = (name for one in motifs for name in one.also_known_as if is_label(name))
    return list(dict.fromkeys((*(one.label for one in motifs), *joined)))


def _exports(context: ExplorerContext) -> dict[Taken, tuple[str, bytes]]:
    """What readers can take along: for each export its place in the folder, and its bytes."""
    found: dict[Taken, tuple[str, bytes]] = {}
    for taken in takings(context):
        if document := _exported(taken, context):
            name = f"take/{taken.form}/{taken.what}/{document.name}"
            found[taken] = name, document.encoded
    return found


def _exported(taken: Taken, context: ExplorerContext) -> Document | None:
    """The one document of an export, or nothing where nothing of the kind was heard."""
    track = str(taken.track) if taken.track else None
    documents = exported(
        context.soundtrack, taken.what, taken.form, track, taken.motif or None,
        findings=context.findings,
    )  # fmt: skip
    name = " ".join(filter(None, (taken.what, taken.motif, taken.form)))
    return as_one(name, documents) if documents else None


def _name(suffix: str) -> str:
    """The article's own page has a name beside that of the page about it."""
    return "article-whole.html" if suffix == "html" else f"article.{suffix}"
