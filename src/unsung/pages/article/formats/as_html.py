"""The article as one HTML page that needs nothing but itself.

Marks lead to evidence cards at its foot; the script opens them beside the text and plays. A content
security policy names style and script by their digests and forbids all else but the sound of the
chosen mode.
"""

import base64
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from unsung.model.article import Figure, Manuscript
from unsung.pages.article.figures import dark_rules
from unsung.pages.article.formats.as_json import claims, json_inside_html
from unsung.pages.article.formats.context import ArticleContext, AudioMode
from unsung.pages.article.formats.evidence import Card, Passage, cards, link
from unsung.pages.article.formats.linked_data import linked_data
from unsung.pages.article.formats.reading import reading
from unsung.pages.article.formats.rendering import Rendering
from unsung.pages.article.formats.wording import plain, printable
from unsung.pages.figures.svg import element
from unsung.pages.self_contained import allowed, shipped

_PACKAGE = "unsung.pages.article.formats"
_SOUND: dict[AudioMode, str] = {
    "none": "media-src blob:;",
    "sidecar": "media-src 'self' file:;",
    "embedded": "media-src data:;",
}


def as_html(manuscript: Manuscript, context: ArticleContext) -> str:
    """The page. The same manuscript and context give the same page, byte for byte."""
    read = reading(manuscript)
    evidence = cards(read.cited, manuscript, context)
    rendering = Rendering(read, manuscript, _drawn, {"role": "doc-noteref"})
    text, style, script = rendering.text, _style(), shipped(_PACKAGE, "article.js")
    page = _template().render(
        manuscript=manuscript,
        context=context,
        text=text,
        headings=[one for one in rendering.headings if one.level == 2],
        cards=[(card, rendering.backs(card.slug)) for card in evidence],
        clips=_clips(evidence, context),
        seeks_roughly=any(one.file.lower().endswith(".mp3") for one in context.album.tracks),
        tracks=Markup(json_inside_html(_tracks(context))),  # noqa: S704 (nothing in it ends it)
        claims=Markup(json_inside_html(claims(manuscript, context))),  # noqa: S704
        linked_data=Markup(json_inside_html(linked_data(manuscript, context))),  # noqa: S704
        style=Markup(style),  # noqa: S704 (our own, and without a closing tag)
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script, context.audio),
    )
    return printable(page)


def _drawn(figure: Figure, caption: Markup) -> Markup:
    """The drawing, which narrow screens scroll sideways; below it the caption, and all in words."""
    box = {"class": "drawing", "role": "group", "aria-label": "Drawing", "tabindex": 0}
    drawing = element("div", box, Markup(figure.svg))  # noqa: S704 (made by our own figures)
    summary = element("summary", {}, "In words")
    in_words = element("details", {}, summary, element("p", {}, figure.description))
    return drawing + element("figcaption", {}, caption, in_words)


def _tracks(context: ArticleContext) -> list[dict[str, Any]]:
    """What the script needs to know of each track to find its sound."""
    return [
        {
            "file": track.file,
            "title": track.title or track.file,
            "duration_s": context.durations_s.get(track.file),
            "address": context.addresses.get(track.file, "") if context.audio == "sidecar" else "",
        }
        for track in context.album.tracks
    ]


def _clips(evidence: tuple[Card, ...], context: ArticleContext) -> dict[tuple[str, object], str]:
    """The embedded clips that the cards play, as data URIs, each once."""
    if context.audio != "embedded":
        return {}
    places = dict.fromkeys((one.file, one.span) for card in evidence for one in card.passages)
    return {
        place: "data:audio/ogg;base64," + base64.b64encode(context.clips[place]).decode()
        for place in places
        if place in context.clips
    }


def _policy(style: str, script: str, audio: AudioMode) -> str:
    return (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; {_SOUND[audio]}"
        f" style-src '{allowed(style)}'; script-src '{allowed(script)}'"
    )


def _style() -> str:
    """The house's, the article's, and the colours of figures in the dark."""
    house = shipped("unsung.pages.report", "report.css")
    dark = dark_rules(".article-figure")
    by_night = f"@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    return house + shipped(_PACKAGE, "article.css") + by_night


def _address(passage: Passage, context: ArticleContext) -> str:
    """Where a browser without script hears the passage: sound beside the page, from and to."""
    beside = context.addresses.get(passage.file, "") if context.audio == "sidecar" else ""
    span = passage.span
    return f"{beside}#t={span.start_s:.3f},{span.end_s:.3f}" if beside else ""


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update({"address": _address, "link": link, "plain": plain})
    return environment.from_string(shipped(_PACKAGE, "article.html.jinja"))
