"""Gems: the tracks that were found to be worth hearing, or that the work hardly uses.

They come from the findings on the question `hidden-gems`; what those say of no single track (that
none stands out, where to listen, what kind of moment it makes) is no row here.
"""

from collections.abc import Iterator

from attrs import frozen

from unsung.model.finding import Fact, Finding, Quantity, Title
from unsung.model.time import Span
from unsung.pages.article.wording import filled, quantity_words
from unsung.pages.exports.columns import Column
from unsung.pages.exports.kinds import POSITION, TRACK, Block, ExportKind
from unsung.pages.exports.material import Material

GEMS_QUESTION = "hidden-gems"
"""The question whose findings name gems."""
_NAMING = (
    "gem",
    "stands out",
    "candidate",
    "never used in the work",
    "rarely used in the work",
)


@frozen
class Gem:
    """A track that a finding names, and the stretch of it to begin with."""

    file: str
    span: Span
    kind: str
    finding: Finding


def gems(material: Material) -> tuple[Gem, ...]:
    """The tracks that were named and heard, the weightiest first."""
    heard = {one.track.file for one in material.soundtrack.heard}
    named = [
        one
        for one in material.findings
        if one.question == GEMS_QUESTION and one.kind in _NAMING and one.verdict != "contradicted"
    ]
    ordered = sorted(named, key=lambda one: (-one.weight, one.slug))
    return tuple(
        Gem(place.track_file, place.span, one.kind, one)
        for one in ordered
        for place in one.places
        if place.track_file in heard
    )


def plain_claim(finding: Finding) -> str:
    """The claim as a sentence without any marks."""
    return filled(finding.claim, {name: _plain(fact) for name, fact in finding.facts.items()})


def _plain(fact: Fact) -> str:
    if isinstance(fact, Quantity):
        return quantity_words(fact)
    return fact.text.strip() or "untitled" if isinstance(fact, Title) else fact.strip()


def _rows(material: Material) -> Iterator[Block]:
    tracks = {one.track.file: one.track for one in material.soundtrack.heard}
    for one in gems(material):
        row = (
            tracks[one.file].position,
            tracks[one.file].title,
            one.file,
            one.kind,
            one.finding.verdict,
            one.finding.weight,
            one.finding.chance,
            one.span.start_s,
            one.span.end_s,
            plain_claim(one.finding),
            one.finding.against,
        )
        yield tuple([value] for value in row)


GEMS = ExportKind(
    "gems",
    "The tracks worth hearing, or hardly used, the weightiest first; no rows where none is named.",
    (
        POSITION,
        TRACK,
        Column("file", "text", "Path inside the album folder; an archive's member follows `!`."),
        Column("kind", "text", "What it is named for.", range=", ".join(_NAMING)),
        Column("verdict", "text", "Whether that is shown.", range="supported or undecided"),
        Column("weight", "number", "How large, sure and telling it is.", range="0..1"),
        Column(
            "chance",
            "number",
            "How often luck alone shows as much; empty where that has no meaning.",
            range="0..1",
            decimals=4,
        ),
        Column("start_s", "number", "Where to begin to listen.", unit="s", range="0.."),
        Column("end_s", "number", "Where that stretch ends.", unit="s", range="0.."),
        Column("claim", "text", "What is said of it."),
        Column("against", "text", "What speaks against that."),
    ),
    _rows,
)
