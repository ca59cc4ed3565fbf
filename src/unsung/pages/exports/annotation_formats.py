"""Forms for those who annotate further: TiLiA, Dezrann, and wikis."""

from collections.abc import Iterator

from unsung.model.score import Score
from unsung.pages.exports.as_dezrann import DEZRANN_TYPES, dezrann_text
from unsung.pages.exports.as_tilia import TILIA_BEATS, tilia_text
from unsung.pages.exports.as_wiki import WIKI_PAGES, wiki_text
from unsung.pages.exports.documents import Document, Format, Whats, track_stem
from unsung.pages.exports.material import Material
from unsung.pages.exports.stretches import LONG_STRETCHES


def _tilia(material: Material, whats: Whats) -> Iterator[Document]:
    soundtrack = material.soundtrack
    for heard in soundtrack.heard:
        name = f"{track_stem(soundtrack, heard)}{_middle(whats)}.tla"
        yield Document(name, tilia_text(soundtrack, heard, whats, material.album_path))


def _dezrann(material: Material, whats: Whats) -> Iterator[Document]:
    soundtrack = material.soundtrack
    for heard in soundtrack.heard:
        if isinstance(heard.hearing.source, Score):
            name = f"{track_stem(soundtrack, heard)}{_middle(whats)}.dez"
            yield Document(name, dezrann_text(soundtrack, heard, whats))


def _middle(whats: Whats) -> str:
    return f".{whats[0]}" if len(whats) == 1 else ""


def _wiki(material: Material, whats: Whats) -> Iterator[Document]:
    for what in whats:
        yield Document(f"{what}.wiki", wiki_text(what, material))


ANNOTATION_FORMATS = (
    Format("tilia", "TiLiA file, one a track.", (*LONG_STRETCHES, TILIA_BEATS), _tilia),
    Format("dezrann", "Dezrann analysis, one a score.", tuple(DEZRANN_TYPES), _dezrann),
    Format("wiki", "Tables for MediaWiki and Fandom.", tuple(WIKI_PAGES), _wiki),
)
