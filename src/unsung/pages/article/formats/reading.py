"""The text of a manuscript, read: CommonMark, tables, marks for evidence, figures.

`[^slug]` is a mark: it leads to the evidence of the finding of that name. `![caption](figure:slug)`
in a paragraph of its own is a figure, `[words](figure:slug)` a link to it. Raw HTML is text; links
lead to the web (http, https) or into the page; other pictures are shown as their words.
"""

import re
from collections.abc import Iterator, Mapping

from attrs import frozen
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from unsung.model.article import Figure, Manuscript
from unsung.pages.article.formats.wording import printable
from unsung.pages.article.wording import written

_MARK = re.compile(r"\[\^([^\s\[\]]+)\]")
_ALLOWED = re.compile(r"(https?://|#|figure:)", re.IGNORECASE)
_FIGURE = "figure:"


@frozen
class Reading:
    """The text and its tree, the slugs of its findings as first cited, and of the figures it shows.

    What it names and the manuscript lacks is unknown.
    """

    text: str
    tree: SyntaxTreeNode
    cited: tuple[str, ...]
    figures: tuple[str, ...]
    unknown_marks: tuple[str, ...]
    unknown_figures: tuple[str, ...]

    def number(self, slug: str) -> int:
        """The number that a finding's marks bear; 0 where there is no such finding."""
        return self.cited.index(slug) + 1 if slug in self.cited else 0


def reading(manuscript: Manuscript) -> Reading:
    """The text of the manuscript, read."""
    text = re.sub(r"\r\n?", "\n", printable(manuscript.text))
    tree = SyntaxTreeNode(_captioned(_parser().parse(text), manuscript.figures))
    marks = list(dict.fromkeys(node.content for node in tree.walk() if node.type == "mark"))
    figures = dict.fromkeys(filter(None, map(figure_named, tree.walk())))
    shown = dict.fromkeys(figure_named(one) for one in map(lone_figure, tree.walk()) if one)
    return Reading(
        text,
        tree,
        tuple(slug for slug in marks if slug in manuscript.findings),
        tuple(slug for slug in shown if slug in manuscript.figures),
        tuple(slug for slug in marks if slug not in manuscript.findings),
        tuple(slug for slug in figures if slug not in manuscript.figures),
    )


def _captioned(tokens: list[Token], figures: Mapping[str, Figure]) -> list[Token]:
    """Figures whose captions the author left out have those that were made for them."""
    for image in (one for token in tokens for one in token.children or () if one.type == "image"):
        figure = figures.get(str(image.attrs["src"]).removeprefix(_FIGURE))
        if figure and not image.children:
            [made] = _parser().parseInline(written(figure.caption))
            image.children = made.children
    return tokens


def problems(manuscript: Manuscript) -> tuple[str, ...]:
    """What the text names and the manuscript lacks, a line each."""
    read = reading(manuscript)
    return (
        *(f"[^{slug}] names no finding" for slug in read.unknown_marks),
        *(f"figure:{slug} names no figure" for slug in read.unknown_figures),
    )


def figure_named(node: SyntaxTreeNode) -> str:
    """The slug of the figure that a picture or a link names; empty for others."""
    attribute = {"image": "src", "link": "href"}.get(node.type)
    address = str(node.attrs.get(attribute, "")) if attribute else ""
    return address.removeprefix(_FIGURE) if address.startswith(_FIGURE) else ""


def lone_figure(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """The figure that fills a paragraph of its own, if it is one."""
    inline = node.children[0].children if node.type == "paragraph" else []
    return inline[0] if len(inline) == 1 and _is_figure(inline[0]) else None


def text_of(node: SyntaxTreeNode) -> str:
    """The words of a node, without marks and form."""
    return "".join(_words(node)).strip()


def _is_figure(node: SyntaxTreeNode) -> bool:
    return node.type == "image" and bool(figure_named(node))


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in {"softbreak", "hardbreak"}:
        yield " "
    elif node.type in {"text", "code_inline"}:
        yield node.content
    for child in node.children:
        yield from _words(child)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("link", "mark", _mark)
    parser.validateLink = _is_allowed  # type: ignore[method-assign,assignment]
    return parser


def _mark(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("mark", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _is_allowed(address: str) -> bool:
    return bool(_ALLOWED.match(address.strip()))
