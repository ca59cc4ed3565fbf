"""What the world gave those who made it, where it was asked: credits, recognition, readings."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.special import ndtri

from unsung.model.finding import Citation, Finding, Quantity, ReadPlace, Verdict
from unsung.model.hearing import Heard
from unsung.model.recognition import (
    Case,
    Credit,
    DataTooThin,
    Estimate,
    Explanation,
    Gap,
    Recognition,
    TrackGap,
)
from unsung.model.world import Row
from unsung.questions.facts import listed

QUESTION = "people"
_MOST_CREDITS = 8
_FEWEST_TRACKS = 3
_CHANCE = 0.05
_SALGANIK = Citation(
    "Salganik, Dodds & Watts 2006",
    "M. J. Salganik, P. S. Dodds and D. J. Watts, Experimental study of inequality and"
    " unpredictability in an artificial cultural market, Science 311, 2006, 854–856",
)
_LUCK = (
    "Success is only partly determined by quality (Salganik, Dodds & Watts 2006), and those who"
    " count on the web are not all who listen."
)


def from_the_world(
    case: Case | None, composers: Mapping[str, Sequence[Heard]]
) -> tuple[Finding, ...]:
    """What sources say; one undecided finding where nobody was asked."""
    if case is None:
        return (_not_asked(),)
    made_up = _made_up(case) if case.synthetic else ()
    return (
        *made_up,
        *_credits(case.identity.credits),
        *_recognition(case),
        *_gap(case),
        *_readings(case.explanations),
        *_less_than_due(case, composers),
    )


def _not_asked() -> Finding:
    return Finding(
        slug="world-not-asked",
        question=QUESTION,
        kind="not asked",
        claim="Whether the composers got less than their music is worth cannot be told: nothing"
        " was asked of the world; `{command}` would ask",
        facts={"command": "unsung recognise"},
        verdict="undecided",
        method="Recognition is read from counts of listeners, ratings, reviews and awards; there"
        " are none here.",
        weight=0.3,
    )


def _made_up(case: Case) -> tuple[Finding, ...]:
    return (
        Finding(
            slug="reference-made-up",
            question=QUESTION,
            kind="made up",
            claim="What recognition is compared with, {reference}, is made up and says nothing of"
            " the world",
            facts={"reference": case.reference_name or "the reference"},
            verdict="undecided",
            method="A synthetic reference shows what a page looks like.",
            weight=1.0,
        ),
    )


def _credits(credits_found: Sequence[Credit]) -> Iterator[Finding]:
    """Who may be named in a role beside composer, as sources agree."""
    stated = [one for one in credits_found if one.stated]
    for at, one in enumerate(stated[:_MOST_CREDITS], 1):
        said_by = listed(one.voices) if one.voices else "you"
        yield Finding(
            slug=f"credit-{at}",
            question=QUESTION,
            kind="credit",
            claim="{person} is credited as {role}, {voices} agreeing"
            if len(one.voices) > 1
            else "{person} is credited as {role} by {voices}",
            facts={"person": one.name, "role": one.role, "voices": said_by},
            verdict="supported",
            method=f"Stated because {one.because}.",
            weight=0.5 if one.role != "director" else 0.1,
            rows=one.rows,
            readings=() if one.rows else (ReadPlace(said_by, one.role, one.name),),
        )


def _recognition(case: Case) -> Iterator[Finding]:
    given = case.recognition
    if isinstance(given, DataTooThin):
        yield _too_thin("recognition-too-thin", "How recognised the music is", given)
        return
    yield Finding(
        slug="recognition",
        question=QUESTION,
        kind="recognition",
        claim="The music is recognised more than {percentile} of {reference}, as {voices} tell",
        facts={
            "percentile": _percent(given.percentile),
            "reference": case.reference_name or "the reference",
            "voices": listed(given.voices),
        },
        verdict="undecided" if case.synthetic else "supported",
        method="The median over sources of each one’s percentile among works of the same decade"
        " and medium.",
        compared_with=case.reference_name,
        weight=0.5,
        rows=_rows_of(given),
        cites=(_SALGANIK,),
        against=_LUCK,
    )


def _gap(case: Case) -> Iterator[Finding]:
    found = case.gap
    if isinstance(found, DataTooThin):
        yield _too_thin("gap-too-thin", "Whether that is less than its due", found)
        return
    yield Finding(
        slug="gap",
        question=QUESTION,
        kind="gap",
        claim="Works of its exposure are recognised more than {expected} of all, this one more"
        " than {received}: its shortfall is wider than that of {percentile} of {works} works",
        facts={
            "expected": _percent(found.expected),
            "received": Quantity(found.received, "%"),
            "percentile": _percent(found.percentile),
            "works": Quantity(found.works),
        },
        verdict=_on_gap(found, synthetic=case.synthetic),
        method="Median regression of recognition on exposure over the other works.",
        compared_with=f"{found.works} works of known exposure",
        weight=min(1.0, abs(found.percentile.value - 50) / 50),
        rows=_rows_of(case.recognition),
        cites=(_SALGANIK,),
        against=_LUCK,
    )


def _on_gap(found: Gap, *, synthetic: bool) -> Verdict:
    if synthetic or found.percentile.low <= 50 <= found.percentile.high:
        return "undecided"
    return "supported" if found.percentile.low > 50 else "contradicted"


def _readings(explanations: Sequence[Explanation]) -> Iterator[Finding]:
    """Readings of the gap: what the numbers are consistent with, never a cause."""
    for one in explanations:
        yield Finding(
            slug="reading-" + one.kind.replace(" ", "-") + f"-{explanations.index(one) + 1}",
            question=QUESTION,
            kind="reading",
            claim="The numbers are consistent with the reading {reading}: {condition}",
            facts={"reading": one.kind, "condition": one.condition,
                   "points": Quantity(one.points, "percentile points", 1)},
            verdict="undecided",
            method="One of a closed list of readings, given where its condition is met.",
            weight=min(1.0, 0.2 + abs(one.points) / 50),
            rows=one.rows,
            against="Consistent with is not caused by.",
        )  # fmt: skip


def _less_than_due(case: Case, composers: Mapping[str, Sequence[Heard]]) -> Iterator[Finding]:
    """Composers all of whose tracks get fewer listeners than place and length would bring."""
    if isinstance(case.track_gaps, DataTooThin) or len(composers) < 2:
        return
    gaps = {one.file: one for one in case.track_gaps}
    by_name = {
        name: [gaps[one.track.file] for one in tracks if one.track.file in gaps]
        for name, tracks in composers.items()
    }
    able = {name: theirs for name, theirs in by_name.items() if len(theirs) >= _FEWEST_TRACKS}
    far = float(ndtri(1 - _CHANCE / max(1, len(able))))
    for at, (name, theirs) in enumerate(able.items(), 1):
        yield from _short_of(name, theirs, (len(gaps), far), at)


def _short_of(
    name: str, theirs: Sequence[TrackGap], among: tuple[int, float], at: int
) -> Iterator[Finding]:
    """Where a composer's tracks fall short by more than as many drawn by luck would.

    The mean of n percentiles drawn by luck strays by 100/√(12 n) from 50; how many times as far it
    must lie is raised for the number of composers asked about (Bonferroni).
    """
    count, far = among
    values = np.array([one.gap.value for one in theirs])
    error = 100 / np.sqrt(12 * len(values))
    low = float(max(values.mean() - far * error, 0))
    high = float(min(values.mean() + far * error, 100))
    if low > 50:
        yield Finding(
            slug=f"composer-{at}-less-than-due",
            question=QUESTION,
            kind="composer’s gap",
            claim="{person}’s {tracks} tracks get fewer listeners than their place and length on"
            " the album would bring: their shortfall is wider than that of {gap} of"
            " its tracks on the mean",
            facts={
                "person": name,
                "tracks": Quantity(len(theirs)),
                "gap": Quantity(float(values.mean()), "%", 0, low, high),
            },
            verdict="supported",
            method="Listeners of each track against a ridge line on place, length and kind, fitted"
            " without it; the mean against that of as many tracks drawn by luck, one chance in"
            " twenty for all composers together.",
            compared_with=f"the album’s {count} tracks whose listeners two sources count",
            weight=min(1.0, (float(values.mean()) - 50) / 50 + 0.4),
            rows=tuple(row for one in theirs for row in one.rows),
            against=_LUCK,
        )


def _too_thin(slug: str, what: str, found: DataTooThin) -> Finding:
    return Finding(
        slug=slug,
        question=QUESTION,
        kind="data too thin",
        claim=f"{what} cannot be told: {{reason}}",
        facts={"reason": found.reason},
        verdict="undecided",
        method="Two sources and a reference set of works are needed.",
        weight=0.2,
    )


def _rows_of(given: Recognition | DataTooThin) -> tuple[Row, ...]:
    return () if isinstance(given, DataTooThin) else tuple(one.row for one in given.places)


def _percent(estimate: Estimate) -> Quantity:
    return Quantity(estimate.value, "%", 0, estimate.low, estimate.high)
