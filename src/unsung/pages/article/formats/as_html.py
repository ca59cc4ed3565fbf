"""The article as one HTML page that needs nothing but itself.

Marks lead to evidence cards at its foot; the script opens them beside the text and plays. A content
security policy names style and script by their digests and forbids all else but the sound of the
chosen mode.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from unsung.model.article import Manuscript
from unsung.pages.article.formats.as_json import claims, json_inside_html
from unsung.pages.article.formats.context import ArticleContext, AudioMode
from unsung.pages.article.formats.evidence import Card, Passage, cards, link
from unsung.pages.article.formats.linked_data import linked_data
from unsung.pages.article.formats.reading import reading
from unsung.pages.article.formats.rendering import Rendering
from unsung.pages.article.formats.wording import filled, plain, printable
from unsung.pages.figures.motif_map import weaves
from unsung.pages.figures.svg import element

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
    verdicts = {slug: one.verdict for slug, one in manuscript.findings.items()}
    rendering = Rendering(
        read,
        verdicts,
        partial(_figure, manuscript),
        {"role": "doc-noteref"},
    )
    text, style, script = rendering.text, _style(), _resource("article.js")
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
        weaves=weaves(),
        style=Markup(style),  # noqa: S704 (our own, and without a closing tag)
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script, context.audio),
    )
    return printable(page)


def figure_caption(manuscript: Manuscript, slug: str, caption: Markup) -> Markup:
    """The caption as the author wrote it, or as it was made where the author left it out."""
    made = manuscript.figures[slug].caption
    return caption or Markup.escape(plain(filled(made.words, made.facts)))


def _figure(
    manuscript: Manuscript, slug: str, caption: Markup, anchor: Mapping[str, str]
) -> Markup:
    figure = manuscript.figures.get(slug)
    if figure is None:
        return element("p", {"class": "no-finding"}, f"[no such figure: {slug}]")
    label = {"class": "drawing", "role": "group", "aria-label": figure.description}
    scrolls = {"tabindex": 0} if "viewBox" in figure.svg.partition(">")[0] else {}
    drawing = element("div", {**label, **scrolls}, Markup(figure.svg))  # noqa: S704 (made by our own figures)
    words = element("figcaption", {}, figure_caption(manuscript, slug, caption))
    in_words = element(
        "details", {}, element("summary", {}, "In words"), element("p", {}, figure.description)
    )
    return element("figure", anchor, drawing, words, in_words) + "\n"


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
        f" style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _style() -> str:
    return figure_style() + _resource("article.css")


def figure_style() -> str:
    """The style that figures are drawn for, with the house's colours."""
    house = _resource("report.css", "unsung.pages.report")
    return house + _resource("recognition.css", "unsung.pages.recognition")


def _address(passage: Passage, context: ArticleContext) -> str:
    """Where a browser without script hears the passage: sound beside the page, from and to."""
    beside = context.addresses.get(passage.file, "") if context.audio == "sidecar" else ""
    span = passage.span
    return f"{beside}#t={span.start_s:.3f},{span.end_s:.3f}" if beside else ""


@cache
def _resource(name: str, package: str = _PACKAGE) -> str:
    return files(package).joinpath(name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update({"address": _address, "link": link, "plain": plain})
    return environment.from_string(_resource("article.html.jinja"))
