"""How often each prominent motif returns, in how many tracks, where first and where last."""

import math
from collections.abc import Iterator

from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.hearing import Soundtrack
from unsung.questions.depth.returns import SURE, Return, Returning, are_apart
from unsung.questions.facts import instant, listed, slug_of, title_of
from unsung.questions.places import place

QUESTION = "emotional-depth"
_MOST_WITHIN_ONE = 2
_METHOD = (
    f"Occurrences with a confidence of {SURE} or more, or confirmed by a person, are counted; the"
    " interval goes from the mean number that are no luck to all that were found."
)
_MACHINE_ALONE = "Nobody has confirmed these places; the listening tells them by their likeness."
_OTHER_HANDS = (
    "Of the motifs found on unrelated albums heard as one, about one in eleven joined what does"
    " not belong together; whether this is a quotation, common stock or chance, no listening tells."
)
_DOUBTFUL = " More places are likely, but not sure; they are not counted."
_FOUND = (
    "The listening is sure of {motif} in {tracks} of {all_tracks} tracks, {times} times in all:"
    " first in {first} at {first_at}, last in {last} at {last_at}."
)
_FOUND_IN_ONE = (
    "The listening is sure of {motif} within {first} alone, {times} times from {first_at} to"
    " {last_at}."
)
_CONFIRMED = " Of these, {confirmed} were confirmed by ear."
_STATED = (
    "{who} hears {motif} {times} times in {tracks} of {all_tracks} tracks, first in {first} at"
    " {first_at}, last in {last} at {last_at}."
)
_STATED_IN_ONE = (
    "{who} hears {motif} {times} times within {first} alone, from {first_at} to {last_at}."
)


def motif_returns(soundtrack: Soundtrack, motifs: tuple[Returning, ...]) -> Iterator[Finding]:
    """What returns (of those that keep to one track, two), who shares it, what was long gone."""
    within_one = [one for one in motifs if len(one.orders) == 1]
    for one in motifs:
        if one not in within_one[_MOST_WITHIN_ONE:]:
            yield _returns(soundtrack, one)
    yield from (found for one in motifs for found in _across_makers(one))
    absences = [one for one in motifs if _absence(one)[0] > len(soundtrack.heard) / 3]
    if absences:
        yield _comes_back(max(absences, key=lambda one: _absence(one)[0]))


def _returns(soundtrack: Soundtrack, one: Returning) -> Finding:
    """`weight` is prominence × confidence × a half for a motif of one track alone."""
    is_everywhere, who = len(one.orders) > 1, listed(one.witnesses)
    confirmed = sum(bool(each.said_by) for each in one.returns)
    claims = (_STATED, _STATED_IN_ONE) if who else (_FOUND, _FOUND_IN_ONE)
    first, last = one.returns[0], one.returns[-1]
    facts: dict[str, Fact] = {
        "motif": one.name,
        "times": _times(one),
        "tracks": _tracks(one),
        "all_tracks": Quantity(len(soundtrack.heard)),
        "first": title_of(first.heard),
        "first_at": instant(first.span.start_s),
        "last": title_of(last.heard),
        "last_at": instant(last.span.start_s),
        "who": who,
        "confirmed": Quantity(confirmed),
    }
    return Finding(
        slug=slug_of("motif-returns", one.motif.label),
        question=QUESTION,
        kind="motif returns" if is_everywhere else "motif of one track",
        claim=claims[0 if is_everywhere else 1] + _CONFIRMED * (confirmed > 0 and not who),
        facts=facts,
        verdict="supported",
        method=_METHOD,
        compared_with="the album's other tracks",
        weight=one.motif.prominence * one.confidence * (1.0 if is_everywhere else 0.5),
        places=(
            *place(first.heard, first.span, f"{one.name}, the first time"),
            *place(last.heard, last.span, f"{one.name}, the last time"),
        ),
        against="" if who else _MACHINE_ALONE + _DOUBTFUL * bool(one.doubtful),
    )


def _times(one: Returning) -> Quantity:
    count = len(one.returns)
    expected = math.floor(sum(each.confidence for each in one.returns))
    return Quantity(count, low=expected, high=max(count, len(one.motif.occurrences)))


def _tracks(one: Returning) -> Quantity:
    count = len(one.orders)
    maybe = {each.order for each in (*one.returns, *one.doubtful)}
    return Quantity(count, low=count, high=len(maybe))


def _absence(one: Returning) -> tuple[int, int]:
    """The most tracks in a row without it between sure returns, and the return that ends them.

    A doubtful return in between breaks the absence.
    """
    pairs = zip(one.returns, one.returns[1:], strict=False)
    gaps = [
        (after.order - before.order - 1, k)
        for k, (before, after) in enumerate(pairs, 1)
        if not any(before.order < each.order < after.order for each in one.doubtful)
    ]
    return max(gaps, key=lambda gap: gap[0], default=(0, 0))


def _comes_back(one: Returning) -> Finding:
    tracks, at = _absence(one)
    before, after = one.returns[at - 1], one.returns[at]
    sure = min(before.confidence, after.confidence)
    return Finding(
        slug=slug_of("motif-comes-back", one.motif.label),
        question=QUESTION,
        kind="motif comes back",
        claim=(
            "After {before} the listening does not find {motif} whole in {absent} tracks, until it"
            " comes back in {after} at {after_at}."
        ),
        facts={
            "motif": one.name,
            "before": title_of(before.heard),
            "absent": Quantity(tracks),
            "after": title_of(after.heard),
            "after_at": instant(after.span.start_s),
        },
        verdict="supported",
        method=_METHOD,
        weight=0.6 * one.motif.prominence * sure,
        places=(
            *place(before.heard, before.span, f"{one.name}, before it is gone"),
            *place(after.heard, after.span, f"{one.name}, back again"),
        ),
        against=(
            "A fragment or a much altered return in between may have been missed: of fragments of"
            " three fifths one in five is found."
        ),
    )


def _across_makers(one: Returning) -> Iterator[Finding]:
    """A motif in the tracks of people who, by the tags, share none of their names."""
    first = one.prototype
    others = [
        each
        for each in (*one.returns, *one.doubtful)
        if each.confidence >= SURE and are_apart(first, each)
    ]
    if others:
        yield _in_other_hands(one, first, max(others, key=lambda each: each.confidence))


def _in_other_hands(one: Returning, first: Return, after: Return) -> Finding:
    is_sure = bool(after.said_by)
    finds = "finds" if is_sure else "may find"
    return Finding(
        slug=slug_of("motif-across-makers", one.motif.label),
        question=QUESTION,
        kind="motif across makers",
        claim=(
            f"The listening {finds} {{motif}} in tracks of different people: in {{first}} by"
            " {first_by}, and in {after} by {after_by}, at {after_at}."
        ),
        facts={
            "motif": one.name,
            "first": title_of(first.heard),
            "first_by": listed(sorted(first.makers)),
            "after": title_of(after.heard),
            "after_by": listed(sorted(after.makers)),
            "after_at": instant(after.span.start_s),
        },
        verdict="supported" if is_sure else "undecided",
        method=_METHOD + " Names are those of the tags, the composer's first.",
        compared_with="the people that the tags name",
        weight=one.motif.prominence**0.5 * after.confidence * (0.9 if is_sure else 0.4),
        places=(
            *place(first.heard, first.span, f"{one.name}, where it is at home"),
            *place(after.heard, after.span, f"{one.name}, in other hands"),
        ),
        against=_OTHER_HANDS,
    )
