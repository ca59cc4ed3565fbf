"""The article as Markdown with footnotes, as GitHub and Pandoc read them.

The author's text stays as it is; only figures are set, and a definition is made for every mark.
"""

import re
from collections.abc import Iterator

from unsung.model.article import Manuscript
from unsung.pages.article.formats.context import ArticleContext
from unsung.pages.article.formats.evidence import Card, Measured, Source, cards, link
from unsung.pages.article.formats.reading import (
    Reading,
    figure_named,
    lone_figure,
    reading,
)
from unsung.pages.article.formats.wording import Words, printable
from unsung.pages.article.wording import escaped, written

_CAPTION = re.compile(r" *!\[(.*)\]\(", re.DOTALL)


def as_markdown(manuscript: Manuscript, context: ArticleContext) -> str:
    """The article with its head card, its figures, and a footnote for every mark."""
    read = reading(manuscript)
    notes = [_note(card) for card in cards(read.cited, manuscript, context)]
    missing = [f"[^{slug}]: No such finding." for slug in read.unknown_marks]
    tags = [f"Tags: {', '.join(map(escaped, manuscript.tags))}"] if manuscript.tags else []
    parts = [_head(manuscript), _body(read, manuscript, context), *tags, *notes, *missing]
    return printable("\n\n".join(part for part in parts if part)) + "\n"


def _head(manuscript: Manuscript) -> str:
    lines = [f"- **{escaped(name)}:** {escaped(value)}" for name, value in manuscript.card]
    return "\n".join([f"# {escaped(manuscript.title)}", "", *lines]).strip()


def _body(read: Reading, manuscript: Manuscript, context: ArticleContext) -> str:
    """The text with its figures in their places; all else as it was written."""
    lines = read.text.split("\n")
    for node in reversed(read.tree.children):
        figure = lone_figure(node)
        if figure and node.map:
            place = slice(*node.map)
            found = _CAPTION.match("\n".join(lines[place]))
            caption = found[1] if found else ""
            lines[place] = [_figure(figure_named(figure), caption, manuscript, context)]
    return "\n".join(lines).strip()


def _figure(slug: str, caption: str, manuscript: Manuscript, context: ArticleContext) -> str:
    figure = manuscript.figures.get(slug)
    if figure is None:
        return f"No such figure: {escaped(slug)}"
    said = caption or written(figure.caption)
    description = escaped(figure.description)
    address = context.figure_addresses.get(slug)
    if address:
        return f"![{description}]({address})\n\n**Figure.** {said}"
    return f"**Figure.** {said} *In words:* {description}"


def _note(card: Card) -> str:
    """A footnote: one paragraph, then a list of all that the claim rests on."""
    first = f"[^{card.slug}]: {_marked(card.claim)} **{card.ruling}.**"
    return "\n".join([first, "", *(f"    - {line}" for line in _lines(card))]).rstrip()


def _lines(card: Card) -> Iterator[str]:
    if card.measured:
        yield f"Measured: {'; '.join(map(_measured, card.measured))}"
    if card.compared_with:
        yield f"Compared with: {escaped(card.compared_with)}"
    if card.chance:
        yield f"Luck alone shows as much in {card.chance}"
    for one in card.passages:
        listen_for = f": {escaped(one.listen_for)}" if one.listen_for else ""
        yield f"Listen: *{escaped(one.title)}* {one.clock}{listen_for}"
    yield from map(_source, card.sources)
    for text in card.readings:
        yield f"Read: {escaped(text.source)}, {escaped(text.where)}: “{escaped(text.says)}”"
    if card.against:
        yield f"Against it: {escaped(card.against)}"
    yield f"Method: {escaped(card.method)}"
    for cited in card.cites:
        yield f"{escaped(cited.name)}: {escaped(cited.reference)}"


def _measured(one: Measured) -> str:
    within = f" ({escaped(one.interval)})" if one.interval else ""
    return f"{escaped(one.name)} {escaped(one.value)}{within}"


def _source(one: Source) -> str:
    made_up = " (made up)" if one.synthetic else ""
    address = f" <{link(one.address)}>" if _is_plain(link(one.address)) else ""
    return (
        f"{escaped(one.about)}, {escaped(one.says)}: {escaped(one.value)}{made_up}."
        f" {escaped(one.source)}, {one.date}, {escaped(one.licence)}, {escaped(one.pointer)}"
        f"{address}"
    )


def _is_plain(address: str) -> bool:
    return bool(re.fullmatch(r"[^\s<>]+", address))


def _marked(parts: tuple[Words, ...]) -> str:
    return "".join(
        f"*{escaped(one.text)}*" if one.kind == "title" else escaped(one.text) for one in parts
    )
