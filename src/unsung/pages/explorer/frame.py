"""The frame around every page: head, ways to go, player, and the templates' common words."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from unsung.model.balance import GRADES
from unsung.model.score import Score
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.figures.motif_map import weaves
from unsung.pages.for_script import track_for_script
from unsung.pages.report import wording
from unsung.pages.report.places import title as motif_title

_PACKAGE, _REPORT = "unsung.pages.explorer", "unsung.pages.report"
STATIC_FILES = ("explorer.js", "explorer.css")
"""What a server or a published folder must hold under `static/`."""


def static_file(name: str) -> bytes:
    """One of `STATIC_FILES`; `KeyError` for any other name."""
    if name not in STATIC_FILES:
        raise KeyError(name)
    return files(_PACKAGE).joinpath("static", name).read_bytes()


@frozen
class Way:
    """A way to another page; `here` where it leads to this one."""

    name: str
    address: str
    here: bool


def page(
    context: ExplorerContext, template: str, title: str, here: str, parts: Mapping[str, object]
) -> str:
    """A page of an album: `here` names the way that leads to it, `parts` what it shows."""
    album = context.soundtrack.album.title.strip() or "Untitled album"
    around = {
        "title": f"{title} · {album}" if title != album else album,
        "album_title": album,
        "context": context,
        "urls": context.urls,
        "ways": ways(context, here),
        "settings": client_settings(context),
        "statics": {name: versioned(context.urls.static(name), name) for name in STATIC_FILES},
        "version": context.version,
        "scores": scores(context),
        "weaves": weaves(),
    }
    return rendered(template, {**around, **parts})


def rendered(template: str, parts: Mapping[str, object]) -> str:
    """A template filled; everything that is not markup is escaped."""
    return _environment().get_template(template).render(parts)


def versioned(address: str, name: str) -> str:
    """An address that changes when the file does, so that a browser may keep it for good."""
    return f"{address}?v={hashlib.sha256(static_file(name)).hexdigest()[:12]}"


def ways(context: ExplorerContext, here: str) -> tuple[Way, ...]:
    """Where a reader can go from every page of the album."""
    urls = context.urls
    named = (
        ("album", "Album", urls.album()),
        *([("film", "Film", urls.film())] if context.has_film else []),
        ("gems", "Gems", urls.gems()),
        ("findings", "Findings", urls.findings()),
        ("article", "Article", urls.article()),
        ("search", "Search", urls.search()),
    )
    return tuple(Way(name, address, slug == here) for slug, name, address in named)


def scores(context: ExplorerContext) -> set[int]:
    """The positions of tracks that are scores: nothing of them can be played."""
    heard = context.soundtrack.heard
    return {one.track.position for one in heard if isinstance(one.hearing.source, Score)}


def client_settings(context: ExplorerContext) -> dict[str, Any]:
    """What the script must know of the album."""
    urls = context.urls
    return {
        "album": context.soundtrack.album.title,
        "api": urls.api(),
        "library": urls.library(),
        "token": context.write_token if context.can_write else "",
        "canWrite": context.can_write,
        "canAttach": not urls.api(),
        "tracks": [
            track_for_script(
                one,
                urls.track(one.track.position),
                urls.audio(one.track.file),
                urls.excerpt(one.track.file),
            )
            for one in context.soundtrack.heard
        ],
        "motifs": [
            {"label": one.label, "title": motif_title(one), "page": urls.motif(one.label)}
            for one in context.soundtrack.motifs
        ],
    }


def addresses(context: ExplorerContext) -> dict[str, str]:
    """`track.file` to the address of its sound, for those that have one."""
    known = {one.track.file: context.urls.audio(one.track.file) for one in context.soundtrack.heard}
    return {file: address for file, address in known.items() if address}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(_PACKAGE), PackageLoader(_REPORT, ".")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        {"answer": wording.answer, "clock": wording.clock, "count": wording.count}
    )
    environment.globals.update({"grades": GRADES, "lasting": wording.lasting})
    return environment
