"""The article as a PDF to print or send: set by Typst, tagged for those who hear it read.

The text goes to the typesetter as a tree of values, never as its markup, so nothing that an author
or a tag says can be taken for an instruction. Fonts come with the typesetter (Libertinus Serif);
only signs that they lack, such as Chinese titles, are taken from the machine.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from attrs import asdict
from markdown_it.tree import SyntaxTreeNode

from unsung.model.article import Manuscript
from unsung.model.errors import UnsungError
from unsung.pages.article.formats.context import ArticleContext
from unsung.pages.article.formats.evidence import Card, cards, link
from unsung.pages.article.formats.reading import Reading, figure_named, lone_figure, reading
from unsung.pages.article.formats.wording import printable

_PACKAGE = "unsung.pages.article.formats"
_BOX = re.compile(r'<svg[^>]*? viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TALLEST = 1.3
"""How much taller than the text is wide a drawing may be: it shares its page with its caption."""

Tree = Mapping[str, Any]
"""A node for the typesetter: its `kind`, and `inside` or words of its own."""


def as_pdf(manuscript: Manuscript, context: ArticleContext) -> bytes:
    """The pages. Needs the extra `pdf`."""
    try:
        import typst  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise UnsungError(
            "a PDF needs the typesetter Typst, which is not installed:"
            " pip install 'unsung[pdf]', or choose another format"
        ) from error
    written = printable(json.dumps(_document(manuscript, context), ensure_ascii=False))
    template = files(_PACKAGE).joinpath("article.typ").read_bytes()
    issued = datetime.fromisoformat(context.issued_on).replace(tzinfo=UTC)
    pages = typst.compile(
        template, format="pdf", sys_inputs={"document": written}, timestamp=int(issued.timestamp())
    )
    return bytes(pages)


def _document(manuscript: Manuscript, context: ArticleContext) -> Tree:
    read = reading(manuscript)
    return {
        "title": manuscript.title,
        "album": context.album.title,
        "card": manuscript.card,
        "tags": manuscript.tags,
        "text": _Trees(read, manuscript).blocks(read.tree),
        "cards": [_card(card) for card in cards(read.cited, manuscript, context)],
        "colophon": f"Written with Unsung {context.version}, {context.issued_on}. Every number"
        " comes from a finding; a machine heard the music, and it errs.",
        "day": [int(part) for part in context.issued_on.split("-")],
    }


def _card(card: Card) -> Tree:
    return {
        **asdict(card),
        "claim": [asdict(one) for one in card.claim],
        "passages": [
            {"title": one.title, "clock": one.clock, "listen_for": one.listen_for}
            for one in card.passages
        ],
        "sources": [
            {**asdict(one), "address": link(one.address), "digest": one.digest[:16]}
            for one in card.sources
        ],
    }


class _Trees:
    """The text as the typesetter's trees."""

    def __init__(self, read: Reading, manuscript: Manuscript) -> None:
        self._read, self._manuscript = read, manuscript
        self._led: set[str] = set()

    def blocks(self, node: SyntaxTreeNode) -> list[Tree]:
        """What stands inside a node."""
        return [tree for child in node.children for tree in self._trees(child)]

    def _trees(self, node: SyntaxTreeNode) -> Sequence[Tree]:
        figure = lone_figure(node)
        if figure:
            return [self._figure(figure_named(figure), figure)]
        if node.type in _LEAVES:
            return [{"kind": _LEAVES[node.type], "words": node.content}]
        if node.type == "mark":
            return [self._mark(node.content)]
        if node.type in {"inline", "image"}:
            return self.blocks(node)
        return [{"kind": node.type, "inside": self.blocks(node), **self._more(node)}]

    def _more(self, node: SyntaxTreeNode) -> Mapping[str, Any]:
        """What a node says of itself beside what stands inside it."""
        if node.type == "heading":
            return {"level": max(2, int(node.tag[1])) - 1}
        if node.type == "ordered_list":
            return {"start": int(node.attrs.get("start", 1))}
        if node.type == "table":
            return {"columns": len(node.children[0].children[0].children)}
        if node.type in {"th", "td"}:
            return {"align": str(node.attrs.get("style", "text-align:left")).split(":")[1]}
        if node.type == "link":
            return self._led_to(node)
        return {"hidden": True} if node.type == "paragraph" and node.hidden else {}

    def _led_to(self, node: SyntaxTreeNode) -> Mapping[str, str]:
        """A link into the web, or to a figure; a place of the page alone leads nowhere here."""
        figure, address = figure_named(node), str(node.attrs["href"])
        if figure:
            return {"label": f"figure-{figure}" if figure in self._read.figures else ""}
        return {"address": link(address)}

    def _mark(self, slug: str) -> Tree:
        number = self._read.number(slug)
        if not number:
            return {"kind": "missing", "words": f"[no such finding: {slug}]"}
        verdict = self._manuscript.findings[slug].verdict
        first = slug not in self._led
        self._led.add(slug)
        return {"kind": "mark", "number": number, "verdict": verdict, "first": first}

    def _figure(self, slug: str, node: SyntaxTreeNode) -> Tree:
        figure = self._manuscript.figures.get(slug)
        if figure is None:
            return {"kind": "missing", "words": f"[no such figure: {slug}]"}
        first = slug not in self._led
        self._led.add(slug)
        return {
            "kind": "figure",
            "slug": slug,
            "first": first,
            "svg": figure.svg,
            "share": _share(figure.svg),
            "description": figure.description,
            "caption": self.blocks(node),
        }


def _share(drawn: str) -> float:
    """How much of the text's width a drawing takes: all of it, unless it would be too tall."""
    box = _BOX.match(drawn)
    return min(1.0, _TALLEST * float(box[1]) / float(box[2])) if box else 1.0


_LEAVES = {
    "text": "text", "code_inline": "code", "code_block": "code_block", "fence": "code_block",
    "softbreak": "space", "hardbreak": "break", "hr": "rule",
}  # fmt: skip
