"""Whether a motif goes somewhere along the album: slower, softer, darker, from minor to major.

A track counts once, as the mean of the returns in it, because returns within a track share its
tempo and level; so the chance is that of the order of tracks, raised for the number of questions
(Holm). Album order is not always the order of the story.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from attrs import evolve, frozen

from unsung.evidence.correction import holm
from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.outcomes import NotHeard
from unsung.questions.comparing import order_chance, rank_correlation
from unsung.questions.depth.citations import PERMUTATION, SPEARMAN
from unsung.questions.depth.motif_returns import QUESTION
from unsung.questions.depth.returns import Return, Returning, tempo_ratio
from unsung.questions.facts import instant, slug_of, title_of
from unsung.questions.places import mean_during, place

LEAST_TRACKS = 5
_CHANCE = 0.05
_METHOD = (
    "The mean of a motif's sure returns in each track, against the order of the tracks (Spearman);"
    " chance by shuffling the order of the tracks, raised for all measures and motifs asked (Holm)."
)
_AGAINST = "Album order need not be the order of the story, and whole tracks may have changed too."


@frozen
class _Measure:
    """What is followed: its name, how it is read at a return, its unit, its two directions."""

    name: str
    at: Callable[[Returning, Return], float | None]
    unit: str
    digits: int
    up: str
    down: str


@frozen
class _Journey:
    one: Returning
    measure: _Measure
    values: Mapping[int, float]
    correlation: float
    chance: float


def motif_journeys(motifs: tuple[Returning, ...]) -> Iterator[Finding]:
    """Each motif's clearest journey, where luck seldom shows as much; else that none is clear."""
    asked = [one for one in motifs if len(one.orders) >= LEAST_TRACKS]
    journeys = _corrected([each for one in asked for each in _journeys(one)])
    clear = [each for each in journeys if each.chance <= _CHANCE]
    for one in motifs:
        yield from _from_first_to_last(one)
        own = [each for each in clear if each.one is one]
        if own:
            yield _goes(min(own, key=lambda each: each.chance))
    if motifs and not clear:
        yield _nowhere(motifs, journeys)


def _corrected(journeys: list[_Journey]) -> list[_Journey]:
    """The same, each chance raised for the number of questions."""
    chances = holm(np.array([each.chance for each in journeys], np.float64))
    return [
        evolve(each, chance=float(chance)) for each, chance in zip(journeys, chances, strict=True)
    ]


def _from_first_to_last(one: Returning) -> Iterator[Finding]:
    """Its first and its last sure return in unlike modes: no journey proved, but two ends to hear.

    `weight` is the root of prominence × the lesser confidence of the two, times 0.8.
    """
    first, last = one.returns[0], one.returns[-1]
    early, late = one.mode(first), one.mode(last)
    if early is None or late is None or early == late or first.order == last.order:
        return
    facts: dict[str, Fact] = {
        "motif": one.name,
        "first": title_of(first.heard),
        "first_at": instant(first.span.start_s),
        "last": title_of(last.heard),
        "last_at": instant(last.span.start_s),
        "early": early,
        "late": late,
        "early_returns": Quantity(sum(one.mode(each) == early for each in one.returns)),
        "late_returns": Quantity(sum(one.mode(each) == late for each in one.returns)),
    }
    yield Finding(
        slug=slug_of("motif-ends-other", one.motif.label),
        question=QUESTION,
        kind="motif begins and ends",
        claim=(
            "Where the listening is first sure of {motif}, in {first} at {first_at}, it is in"
            " {early}; where it last is, in {last} at {last_at}, in {late} ({early_returns} sure"
            " returns are in {early}, {late_returns} in {late})."
        ),
        facts=facts,
        verdict="supported",
        method="The mode of the first and of the last sure return, told by the notes that moved.",
        compared_with="its other end",
        weight=0.8 * one.motif.prominence**0.5 * min(first.confidence, last.confidence),
        places=(
            *place(first.heard, first.span, f"{one.name}, in {early}"),
            *place(last.heard, last.span, f"{one.name}, in {late}"),
        ),
        against=_AGAINST,
    )


def _journeys(one: Returning) -> Iterator[_Journey]:
    for measure in _MEASURES:
        values = _by_track(one, measure)
        if len(values) >= LEAST_TRACKS and len(set(values.values())) > 1:
            orders, row = list(values), list(values.values())
            correlation = rank_correlation(row, orders)
            yield _Journey(one, measure, values, correlation, order_chance(row, orders))


def _by_track(one: Returning, measure: _Measure) -> dict[int, float]:
    found: dict[int, list[float]] = {}
    for each in one.returns:
        value = measure.at(one, each)
        if value is not None:
            found.setdefault(each.order, []).append(value)
    return {order: float(np.mean(values)) for order, values in found.items()}


def _goes(journey: _Journey) -> Finding:
    """`weight` is prominence × the correlation's size × (1 - chance)."""
    one, measure = journey.one, journey.measure
    first, last = one.returns[0], one.returns[-1]
    early, late = _ends(journey.values)
    facts: dict[str, Fact] = {
        "motif": one.name,
        "way": measure.up if journey.correlation > 0 else measure.down,
        "tracks": Quantity(len(journey.values)),
        "early": Quantity(early, measure.unit, measure.digits),
        "late": Quantity(late, measure.unit, measure.digits),
        "correlation": Quantity(journey.correlation, "", 2),
        "first": title_of(first.heard),
        "last": title_of(last.heard),
    }
    return Finding(
        slug=slug_of("motif-journey", one.motif.label, measure.name),
        question=QUESTION,
        kind="motif journey",
        claim=(
            "Over the {tracks} tracks that have {motif}, from {first} to {last}, it grows {way}:"
            " {early} in the earlier half, {late} in the later."
        ),
        facts=facts,
        verdict="supported",
        method=_METHOD,
        compared_with="the same tracks in any other order",
        chance=journey.chance,
        weight=one.motif.prominence**0.5 * abs(journey.correlation) * (1 - journey.chance),
        places=(
            *place(first.heard, first.span, f"{one.name}, where the journey begins"),
            *place(last.heard, last.span, f"{one.name}, where it ends"),
        ),
        cites=(SPEARMAN, PERMUTATION),
        against=_AGAINST,
    )


def _ends(values: Mapping[int, float]) -> tuple[float, float]:
    """The mean of the earlier and of the later half of the tracks."""
    row = [values[order] for order in sorted(values)]
    half = len(row) // 2
    return float(np.mean(row[:half])), float(np.mean(row[-half:]))


def _nowhere(motifs: tuple[Returning, ...], journeys: list[_Journey]) -> Finding:
    best = min(journeys, key=lambda each: each.chance, default=None)
    asked = {each.one.name for each in journeys}
    claim = (
        "Whether a motif goes a way along the album cannot be told: of those that are in {least}"
        " tracks or more ({asked}), none grows slower, softer or darker more steadily than luck"
        " would have it."
        if best
        else "Whether a motif goes a way along the album cannot be told: none of the {motifs} that"
        " return is surely in {least} tracks or more."
    )
    return Finding(
        slug="motif-journeys-none",
        question=QUESTION,
        kind="no motif journey",
        claim=claim,
        facts={
            "asked": Quantity(len(asked)),
            "motifs": Quantity(len(motifs)),
            "least": Quantity(LEAST_TRACKS),
        },
        verdict="undecided",
        method=_METHOD,
        chance=best.chance if best else None,
        weight=0.1,
        cites=(SPEARMAN, PERMUTATION) if best else (),
    )


def _tempo(one: Returning, each: Return) -> float | None:
    ratio = tempo_ratio(one.motif, each.occurrence)
    return ratio.value if ratio else None


def loudness_there(_one: Returning, each: Return) -> float | None:
    """LUFS around a return; None where it has no sound."""
    loudness = each.heard.hearing.loudness
    return None if isinstance(loudness, NotHeard) else mean_during(loudness.short_term, each.span)


def _brightness(_one: Returning, each: Return) -> float | None:
    return mean_during(each.heard.hearing.brightness, each.span)


def _density(_one: Returning, each: Return) -> float | None:
    return mean_during(each.heard.hearing.density, each.span)


def _minor(one: Returning, each: Return) -> float | None:
    mode = one.mode(each)
    return None if mode is None else 100.0 * (mode == "minor")


_MEASURES = (
    _Measure("tempo", _tempo, "times the prototype's tempo", 2, "faster", "slower"),
    _Measure("loudness", loudness_there, "LUFS", 1, "louder", "softer"),
    _Measure("brightness", _brightness, "Hz", 0, "brighter", "darker"),
    _Measure("density", _density, "notes a second", 1, "busier around it", "sparser around it"),
    _Measure("minor", _minor, "% in minor", 0, "more often minor", "more often major"),
)
