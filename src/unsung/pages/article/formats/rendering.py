"""The text as HTML that is also well-formed XML: for the page and for the book."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import chain, count

from attrs import frozen
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from unsung.model.article import Figure, Manuscript
from unsung.pages.article.formats.reading import Reading, figure_named, lone_figure, text_of
from unsung.pages.figures.svg import element

_PLAIN_TAGS = {
    "paragraph": "p", "em": "em", "strong": "strong", "s": "s", "bullet_list": "ul",
    "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote", "thead": "thead",
    "tbody": "tbody", "tr": "tr",
}  # fmt: skip
_ALIGNED = re.compile(r"text-align:(\w+)")

Drawn = Callable[[Figure, Markup], Markup]
"""A figure and its caption to what stands inside the `figure` element."""


@frozen
class Heading:
    """A heading of the text, for a table of contents."""

    anchor: str
    words: str
    level: int


class Rendering:
    """A text while it is rendered: it numbers the places that lean on each finding."""

    def __init__(
        self,
        read: Reading,
        manuscript: Manuscript,
        drawn: Drawn,
        mark_attributes: Mapping[str, str],
    ) -> None:
        self._read, self._manuscript, self._drawn = read, manuscript, drawn
        self._mark_attributes = mark_attributes
        self._times: Counter[str] = Counter()
        self._taken: set[str] = set()
        self.headings: list[Heading] = []

    @property
    def text(self) -> Markup:
        """All of it."""
        return self._inside(self._read.tree)

    def backs(self, slug: str) -> tuple[str, ...]:
        """The anchors of the marks that lead to a finding."""
        number = self._read.number(slug)
        return tuple(f"ref-{number}-{time + 1}" for time in range(self._times[slug]))

    def _inside(self, node: SyntaxTreeNode) -> Markup:
        return Markup("").join(map(self._node, node.children))

    def _node(self, node: SyntaxTreeNode) -> Markup:
        if node.type in _PLAIN_TAGS:
            return self._plain(node)
        render = getattr(self, f"_{node.type}", None)
        rendered: Markup = render(node) if render else self._inside(node)
        return rendered

    def _plain(self, node: SyntaxTreeNode) -> Markup:
        image = lone_figure(node)
        if image:
            return self._shown(figure_named(image), self._inside(image))
        if node.hidden:
            return self._inside(node)
        start = {"start": node.attrs["start"]} if "start" in node.attrs else {}
        block = "" if node.type in {"em", "strong", "s"} else "\n"
        return element(_PLAIN_TAGS[node.type], start, self._inside(node)) + block

    def _shown(self, slug: str, caption: Markup) -> Markup:
        figure = self._manuscript.figures.get(slug)
        if figure is None:
            return element("p", {"class": "no-finding"}, f"[no such figure: {slug}]")
        anchor = f"figure-{slug}"
        given = {} if anchor in self._taken else {"id": self._anchor(anchor)}
        return element("figure", given, self._drawn(figure, caption)) + "\n"

    def _anchor(self, wanted: str) -> str:
        """The anchor that is wanted, or one like it where it is taken."""
        others = (f"{wanted}-{times}" for times in count(2))
        free = next(one for one in chain([wanted], others) if one not in self._taken)
        self._taken.add(free)
        return free

    def _heading(self, node: SyntaxTreeNode) -> Markup:
        words = text_of(node)
        name = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-") or "untitled"
        anchor = self._anchor(f"section-{name}")
        level = max(2, int(node.tag[1]))
        self.headings.append(Heading(anchor, words, level))
        return element(f"h{level}", {"id": anchor}, self._inside(node)) + "\n"

    def _text(self, node: SyntaxTreeNode) -> Markup:
        return Markup.escape(node.content)

    def _softbreak(self, _node: SyntaxTreeNode) -> Markup:
        return Markup("\n")

    def _hardbreak(self, _node: SyntaxTreeNode) -> Markup:
        return Markup("<br/>\n")

    def _hr(self, _node: SyntaxTreeNode) -> Markup:
        return Markup("<hr/>\n")

    def _code_inline(self, node: SyntaxTreeNode) -> Markup:
        return element("code", {}, node.content)

    def _code_block(self, node: SyntaxTreeNode) -> Markup:
        return element("pre", {"tabindex": 0}, element("code", {}, node.content)) + "\n"

    _fence = _code_block

    def _link(self, node: SyntaxTreeNode) -> Markup:
        figure, address = figure_named(node), str(node.attrs["href"])
        if figure and figure not in self._read.figures:
            return self._inside(node)
        outside = {} if figure or address.startswith("#") else {"rel": "noopener noreferrer"}
        href = f"#figure-{figure}" if figure else address
        return element("a", {"href": href, **outside}, self._inside(node))

    def _image(self, node: SyntaxTreeNode) -> Markup:
        """A picture that is no figure of its own paragraph stands as its words."""
        return self._inside(node)

    def _mark(self, node: SyntaxTreeNode) -> Markup:
        number = self._read.number(node.content)
        if not number:
            missing = f"[no such finding: {node.content}]"
            return element("span", {"class": "no-finding"}, missing)
        self._times[node.content] += 1
        verdict = self._manuscript.findings[node.content].verdict
        attributes = {
            "class": f"mark {verdict}",
            "id": f"ref-{number}-{self._times[node.content]}",
            "href": f"#evidence-{number}",
            "aria-label": f"Evidence {number}, {verdict}",
            **self._mark_attributes,
        }
        return element("a", attributes, str(number))

    def _table(self, node: SyntaxTreeNode) -> Markup:
        table = element("table", {}, self._inside(node))
        box = {"class": "scroll", "role": "region", "aria-label": "Table", "tabindex": 0}
        return element("div", box, table) + "\n"

    def _th(self, node: SyntaxTreeNode) -> Markup:
        return self._cell("th", node)

    def _td(self, node: SyntaxTreeNode) -> Markup:
        return self._cell("td", node)

    def _cell(self, tag: str, node: SyntaxTreeNode) -> Markup:
        aligned = _ALIGNED.search(str(node.attrs.get("style", "")))
        return element(tag, {"class": f"to-{aligned[1]}"} if aligned else {}, self._inside(node))
