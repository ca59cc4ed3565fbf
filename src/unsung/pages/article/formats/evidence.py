"""The evidence card of a finding: all that a claim rests on, as a reader meets it.

Every format shows the same cards, numbered in the order in which the text first leans on them.
"""

from collections.abc import Sequence

from attrs import frozen

from unsung.model.article import Manuscript
from unsung.model.finding import (
    Citation,
    Finding,
    HeardPlace,
    Quantity,
    ReadPlace,
    Verdict,
    names_in,
)
from unsung.model.time import Span
from unsung.model.world import INDICATORS, Row
from unsung.pages.article.formats.context import ArticleContext
from unsung.pages.article.formats.wording import (
    VERDICTS,
    Words,
    chance_in_words,
    filled,
    interval,
    stretch,
)
from unsung.pages.article.wording import measure_words
from unsung.pages.recognition.rows import meaning, shown


@frozen
class Passage:
    """Somewhere to press play: at which position of the album (0: none), where, what for."""

    track: int
    file: str
    title: str
    span: Span
    listen_for: str

    @property
    def clock(self) -> str:
        """From when until when."""
        return stretch(self.span)


@frozen
class Measured:
    """A number of the finding: its name, its value with unit, its interval where one is known."""

    name: str
    value: str
    interval: str


@frozen
class Source:
    """A row of the world: what it says of whom, and where it stands."""

    about: str
    says: str
    value: str
    source: str
    address: str
    date: str
    licence: str
    pointer: str
    digest: str
    synthetic: bool


@frozen
class Card:
    """What a mark leads to."""

    number: int
    slug: str
    claim: tuple[Words, ...]
    verdict: Verdict
    ruling: str
    measured: tuple[Measured, ...]
    compared_with: str
    chance: str
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    readings: tuple[ReadPlace, ...]
    method: str
    cites: tuple[Citation, ...]
    against: str


def cards(
    cited: Sequence[str], manuscript: Manuscript, context: ArticleContext
) -> tuple[Card, ...]:
    """The cards of the findings with these slugs, numbered from 1 in this order."""
    return tuple(card(at + 1, manuscript.findings[slug], context) for at, slug in enumerate(cited))


def card(number: int, finding: Finding, context: ArticleContext) -> Card:
    """The card of one finding."""
    return Card(
        number,
        finding.slug,
        filled(finding.claim, finding.facts),
        finding.verdict,
        VERDICTS[finding.verdict],
        _measured(finding),
        finding.compared_with,
        "" if finding.chance is None else chance_in_words(finding.chance),
        tuple(_passage(place, context) for place in finding.places),
        tuple(_source(row, context) for row in finding.rows),
        finding.readings,
        finding.method,
        finding.cites,
        finding.against,
    )


def link(address: str) -> str:
    """The address where a reader may follow it: on the web; empty otherwise."""
    return address if address.startswith(("https://", "http://")) else ""


def _measured(finding: Finding) -> tuple[Measured, ...]:
    """The numbers that have more to tell than the claim itself."""
    told = names_in(finding.claim)
    return tuple(
        Measured(name.replace("_", " "), measure_words(fact), interval(fact))
        for name, fact in finding.facts.items()
        if isinstance(fact, Quantity) and (interval(fact) or name not in told)
    )


def _passage(place: HeardPlace, context: ArticleContext) -> Passage:
    track, title = _track(place.track_file, context)
    return Passage(track, place.track_file, title, place.span, place.listen_for)


def _track(file: str, context: ArticleContext) -> tuple[int, str]:
    for track in context.album.tracks:
        if track.file == file:
            return track.position, track.title or file
    return 0, file


def _source(row: Row, context: ArticleContext) -> Source:
    answer, subject = row.answer, row.subject
    about = _track(subject.name, context)[1] if subject.kind == "track" else subject.name
    indicator = INDICATORS.get(row.indicator)
    by = f" ({indicator.voice})" if indicator else ""
    return Source(
        about or f"the {subject.kind}", meaning(row.indicator) + by, shown(row.value),
        answer.source, answer.address, answer.retrieved_at[:10], answer.licence,
        row.pointer, answer.digest, answer.synthetic,
    )  # fmt: skip
