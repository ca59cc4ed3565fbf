"""The page itself: the template filled with what was heard, style and script inside it."""

import hashlib
from functools import cache
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from unsung.listening.character import characters
from unsung.model.balance import GRADES
from unsung.model.hearing import Soundtrack
from unsung.model.instruments import Character
from unsung.model.outcomes import Undecided
from unsung.pages.for_script import track_for_script
from unsung.pages.report import wording
from unsung.pages.report.context import ReportContext
from unsung.pages.report.expression import emotional_arc
from unsung.pages.report.film import film_section
from unsung.pages.report.glance import glance
from unsung.pages.report.melodies import melodies
from unsung.pages.report.motifs import motif_section
from unsung.pages.report.overview import overview
from unsung.pages.report.parts import part
from unsung.pages.report.scales import album_scales
from unsung.pages.self_contained import allowed, shipped

_PACKAGE = "unsung.pages.report"


def report(context: ReportContext) -> str:
    """The page. The same context gives the same page, byte for byte."""
    soundtrack = context.soundtrack
    scales = album_scales(soundtrack)
    glances = [glance(one) for one in soundtrack.heard]
    lines = melodies(soundtrack.heard)
    style, script = shipped(_PACKAGE, "report.css"), shipped(_PACKAGE, "report.js")
    return _template().render(
        album=overview(soundtrack, glances, scales),
        arc=emotional_arc(soundtrack, glances, context.audio_addresses, scales),
        motifs=motif_section(
            soundtrack,
            context.audio_addresses,
            soundtrack.testimony.statements,
            [drawn for one in lines.values() for drawn in one.pictures],
        ),
        film=film_section(soundtrack, context.audio_addresses),
        melodies=lines,
        parts=[
            part(one, character, scales, context)
            for one, character in zip(glances, _characters(soundtrack), strict=True)
        ],
        glossary=glossary(),
        settings=attrs.asdict(context.settings),
        version=context.version,
        recognition_address=context.recognition_address,
        for_script=_for_script(context),
        style=Markup(style),  # noqa: S704 (our own, and without a closing tag)
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
    )


def _characters(soundtrack: Soundtrack) -> tuple[Character | Undecided, ...]:
    return characters([one.hearing.likeness for one in soundtrack.heard])


def _for_script(context: ReportContext) -> dict[str, Any]:
    return {
        "album": context.soundtrack.album.title,
        "tracks": [
            track_for_script(
                one,
                f"#track-{one.track.position}",
                context.audio_addresses.get(one.track.file, ""),
            )
            for one in context.soundtrack.heard
        ],
    }


def glossary() -> Markup:
    """How to read the lanes of a track, as the items of a list."""
    return Markup(shipped(_PACKAGE, "glossary.html"))  # noqa: S704 (our own)


def resources_digest() -> str:
    """What the template, the style and the script say: when it changes, kept pages are old."""
    names = (
        "report.html.jinja",
        "film_part.html.jinja",
        "dock.html.jinja",
        "glossary.html",
        "report.css",
        "report.js",
    )
    said = "".join(shipped(_PACKAGE, name) for name in names)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _policy(style: str, script: str) -> str:
    """Nothing but this style, this script, and sound from where the page lies."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; media-src 'self' file:;"
        f" style-src '{allowed(style)}'; script-src '{allowed(script)}'"
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        {
            "answer": wording.answer,
            "clock": wording.clock,
            "count": wording.count,
            "grades": GRADES,
        }
    )
    return environment.get_template("report.html.jinja")
