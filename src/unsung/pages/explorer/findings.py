"""Findings as cards: the claim, how it came out, where to hear it, what speaks against it."""

import re
from collections.abc import Iterable, Iterator

from attrs import frozen
from markupsafe import Markup

from unsung.model.finding import Citation, Fact, Finding, HeardPlace, Quantity, ReadPlace, Title
from unsung.model.world import Row
from unsung.pages.article.chapters import CHAPTERS
from unsung.pages.article.wording import quantity_words
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.frame import addresses, page
from unsung.pages.explorer.taking import gem_offers
from unsung.pages.explorer.trail import positions
from unsung.pages.exports.gem_tables import GEMS_QUESTION
from unsung.pages.figures.svg import element
from unsung.pages.recognition.rows import meaning, shown
from unsung.pages.report.places import Places, Spot
from unsung.pages.report.wording import number

_NAMES = re.compile(r"\{(\w+)\}")


@frozen
class HeardHere:
    """A place to press play, and what to listen for."""

    spot: Spot
    listen_for: str


@frozen
class RowShown:
    """A row of the world that a finding rests on."""

    says: str
    value: str
    source: str
    date: str
    address: str


@frozen
class FindingCard:
    """A finding as a reader meets it."""

    slug: str
    kind: str
    claim: Markup
    verdict: str
    chance: str
    method: str
    compared_with: str
    against: str
    heard: tuple[HeardHere, ...]
    rows: tuple[RowShown, ...]
    readings: tuple[ReadPlace, ...]
    cites: tuple[Citation, ...]


@frozen
class Answers:
    """A chapter's findings, the weightiest first."""

    slug: str
    title: str
    cards: tuple[FindingCard, ...]


def findings_page(context: ExplorerContext) -> str:
    """All that can be said of the album, question by question."""
    answered = {"answers": answers(context)}
    return page(context, "findings.html.jinja", "Findings", "findings", answered)


def gems_page(context: ExplorerContext) -> str:
    """The tracks worth hearing that nobody mentions."""
    shown = {"cards": gem_cards(context), "offers": gem_offers(context)}
    return page(context, "gems.html.jinja", "Gems", "gems", shown)


def gem_cards(context: ExplorerContext) -> tuple[FindingCard, ...]:
    """What was found of gems, the weightiest first."""
    return _cards(_of((GEMS_QUESTION,), context), context)


def answers(context: ExplorerContext) -> tuple[Answers, ...]:
    """The chapters that have an answer, in the order of the article; other questions after them."""
    asked = dict.fromkeys(one.question for one in context.findings)
    told = {question for chapter in CHAPTERS for question in chapter.questions}
    chapters = [(one.slug, one.title, one.questions) for one in CHAPTERS]
    others = [(one, one.replace("-", " ").capitalize(), (one,)) for one in asked if one not in told]
    return tuple(
        Answers(slug, title, _cards(_of(questions, context), context))
        for slug, title, questions in (*chapters, *others)
        if asked.keys() & set(questions)
    )


def _of(questions: tuple[str, ...], context: ExplorerContext) -> Iterator[Finding]:
    return (one for one in context.findings if one.question in questions)


def _cards(findings: Iterable[Finding], context: ExplorerContext) -> tuple[FindingCard, ...]:
    heard = {one.track.file: one for one in context.soundtrack.heard}
    places = Places(heard, addresses(context))
    ordered = sorted(findings, key=lambda one: (-one.weight, one.slug))
    return tuple(_card(one, places, context) for one in ordered)


def _card(one: Finding, places: Places, context: ExplorerContext) -> FindingCard:
    return FindingCard(
        slug=one.slug,
        kind=one.kind,
        claim=claim(one, context),
        verdict=one.verdict,
        chance="" if one.chance is None else _chance(one.chance),
        method=one.method,
        compared_with=one.compared_with,
        against=one.against,
        heard=tuple(_heard(place, places) for place in one.places if _is_known(place, places)),
        rows=tuple(_row(row) for row in one.rows),
        readings=one.readings,
        cites=one.cites,
    )


def claim(finding: Finding, context: ExplorerContext) -> Markup:
    """The claim with its facts in it; titles of tracks lead to their pages."""
    said = Markup("")
    for k, part in enumerate(_NAMES.split(finding.claim)):
        said += _fact(finding.facts[part], context) if k % 2 else part
    return _begun(said, finding)


def _fact(fact: Fact, context: ExplorerContext) -> Markup | str:
    if isinstance(fact, Quantity):
        return quantity_words(fact)
    if isinstance(fact, Title):
        text = fact.text.strip() or "untitled"
        position = positions(context.soundtrack).get(fact.track_file)
        if position is None:
            return element("cite", {}, text)
        return element("cite", {}, element("a", {"href": context.urls.track(position)}, text))
    return fact


def _begun(said: Markup, finding: Finding) -> Markup:
    """With a capital, unless a title begins it, and with a stop."""
    first = said[:1]
    begun = said if first == "<" else Markup(first.upper()) + said[1:]  # noqa: S704 (escaped before)
    return begun if finding.claim.endswith((".", "!", "?", "…")) else begun + "."


def _chance(chance: float) -> str:
    if chance < 0.001:
        return "luck alone shows as much in fewer than 1 of 1000 trials"
    return f"luck alone shows as much in {number(100 * chance, 1)} % of trials"


def _is_known(place: HeardPlace, places: Places) -> bool:
    return place.track_file in places.heard


def _heard(place: HeardPlace, places: Places) -> HeardHere:
    return HeardHere(places.spot(place.track_file, place.span), place.listen_for)


def _row(row: Row) -> RowShown:
    answer = row.answer
    address = answer.address if answer.address.startswith(("https://", "http://")) else ""
    return RowShown(
        says=f"{row.subject.name}: {meaning(row.indicator)}",
        value=shown(row.value),
        source=answer.source,
        date=answer.retrieved_at[:10],
        address=address,
    )
