"""The article as a book: EPUB 3.3, one chapter, its evidence as notes, its figures as SVG files.

The same manuscript and context give the same bytes: dates come from the context, names from the
text.
"""

import io
import uuid
import zipfile
from collections.abc import Mapping
from functools import cache

from attrs import frozen
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from unsung.model.article import Figure, Manuscript
from unsung.pages.article.formats.context import ArticleContext
from unsung.pages.article.formats.evidence import Passage, cards, link
from unsung.pages.article.formats.reading import reading
from unsung.pages.article.formats.rendering import Rendering
from unsung.pages.article.formats.wording import printable
from unsung.pages.figures.svg import element
from unsung.pages.self_contained import shipped

_PACKAGE = "unsung.pages.article.formats"
_NAMESPACE = uuid.UUID("6c1f2a3e-5d0b-5c52-9f0e-2f6f0f3c8a11")
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>\
</rootfiles>
</container>
"""


@frozen
class Item:
    """A file of the book beside its chapter: its name there, what it is, what it holds."""

    identifier: str
    name: str
    media_type: str
    content: bytes


def as_epub(manuscript: Manuscript, context: ArticleContext) -> bytes:
    """The book."""
    drawings, clips = _drawings(manuscript), _clips(manuscript, context)
    chapter, parts = _chapter(manuscript, context, clips)
    items = (*drawings, *clips.values())
    about = {"manuscript": manuscript, "context": context, "identifier": _identifier(manuscript)}
    written = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/package.opf": _filled("package.opf.jinja", **about, items=items),
        "EPUB/nav.xhtml": _filled("nav.xhtml.jinja", **about, **parts),
        "EPUB/article.xhtml": chapter,
        "EPUB/book.css": shipped(_PACKAGE, "book.css").encode(),
        **{f"EPUB/{one.name}": one.content for one in items},
    }
    return _zipped(written)


def _chapter(
    manuscript: Manuscript, context: ArticleContext, clips: Mapping[object, Item]
) -> tuple[bytes, dict[str, object]]:
    """The text with its notes, and what the table of contents needs to know of it."""
    read = reading(manuscript)
    evidence = cards(read.cited, manuscript, context)
    rendering = Rendering(read, manuscript, _drawn, {"role": "doc-noteref", "epub:type": "noteref"})
    text = rendering.text
    notes = [(card, rendering.backs(card.slug)) for card in evidence]

    def clip(passage: Passage) -> Item | None:
        return clips.get((passage.file, passage.span))

    parts: dict[str, object] = {
        "headings": [one for one in rendering.headings if one.level == 2],
        "has_evidence": bool(notes),
    }
    chapter = _filled(
        "chapter.xhtml.jinja", manuscript=manuscript, context=context, text=text,
        notes=notes, clip=clip, **parts,
    )  # fmt: skip
    return chapter, parts


def _drawn(figure: Figure, caption: Markup) -> Markup:
    picture = {"src": f"figures/{figure.slug}.svg", "alt": figure.description}
    return element("img", picture) + element("figcaption", {}, caption)


def _drawings(manuscript: Manuscript) -> list[Item]:
    """The figures that the text shows; a reader complains of files that nobody asks for."""
    shown = reading(manuscript).figures
    return [
        Item(
            f"figure-{slug}",
            f"figures/{slug}.svg",
            "image/svg+xml",
            figure.svg.encode(),
        )
        for slug, figure in sorted(manuscript.figures.items())
        if slug in shown
    ]


def _clips(manuscript: Manuscript, context: ArticleContext) -> dict[object, Item]:
    """The clips that the notes play, where sound is embedded."""
    if context.audio != "embedded":
        return {}
    cited = reading(manuscript).cited
    places = [place for slug in cited for place in manuscript.findings[slug].places]
    asked = dict.fromkeys((one.track_file, one.span) for one in places)
    found = [place for place in asked if place in context.clips]
    return {
        place: Item(
            f"clip-{at}",
            f"clips/{at}.opus",
            "audio/ogg; codecs=opus",
            context.clips[place],
        )
        for at, place in enumerate(found, start=1)
    }


def _identifier(manuscript: Manuscript) -> str:
    """The same for the same words."""
    words = printable(f"{manuscript.title}\n{manuscript.text}")
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, words)}"


def _zipped(written: Mapping[str, bytes]) -> bytes:
    """The container: `mimetype` first and stored as it is; every file of one and the same day."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name, content in written.items():
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), content)
    return whole.getvalue()


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = compression
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _filled(template: str, **given: object) -> bytes:
    page = _environment().from_string(shipped(_PACKAGE, template))
    return printable(page.render(**given)).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update({"link": link})
    return environment
