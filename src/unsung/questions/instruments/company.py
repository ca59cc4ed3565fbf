"""Whom instruments meet: families together as nowhere else, and the track unlike the rest."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.hearing import Heard
from unsung.model.instruments import FAMILIES
from unsung.model.time import Span
from unsung.questions.facts import listed, percent, slug_of, title_of
from unsung.questions.instruments.facts import (
    LEAST_HEARD_S,
    LEAST_TRACKS,
    QUESTION,
    RIGHT_SO_OFTEN,
    SURE,
    SUSPICION,
    families_along,
    family_shares,
    longest_run,
)
from unsung.questions.places import SHOWN_S, first_part, place

_LEAST_SHARE = 0.05
_TOGETHER, _HEARD = 0.7, 0.5
_FAR, _APART = 1.5, 0.3
_SUSPECT_FAMILIES = {"synth", "organ", "bass"}
_USUAL_COMPANY = (
    {"strings", "woodwind", "brass", "voice", "plucked", "tuned percussion", "drums"},
    {"guitar", "drums", "keyboard", "bass", "voice"},
)
"""The orchestra and the band: that their families meet is nothing to remark on."""


def rare_meetings(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """Two families that sound together in one track only, though both are heard in others."""
    if len(tracks) < LEAST_TRACKS:
        return
    found = [
        meeting
        for pair in combinations([name for name in FAMILIES if name not in _SUSPECT_FAMILIES], 2)
        if not any(usual.issuperset(pair) for usual in _USUAL_COMPANY)
        for meeting in _only_meeting(tracks, pair)
    ]
    if found:
        yield max(found, key=lambda one: one.weight)


def _only_meeting(tracks: Sequence[Heard], pair: tuple[str, str]) -> Iterator[Finding]:
    rows = [FAMILIES.index(name) for name in pair]
    usual = [(families_along(one)[rows] >= _HEARD).all(axis=0).sum() for one in tracks]
    shares = np.array([family_shares(one)[rows] for one in tracks])
    met = np.flatnonzero(np.array(usual) > 1)
    both_elsewhere = ((shares >= _LEAST_SHARE).sum(axis=0) >= 2).all()
    if len(met) != 1 or not both_elsewhere:
        return
    one = tracks[int(met[0])]
    along = one.hearing.instruments.families.values[rows]
    together: np.ndarray = np.all(along >= _TOGETHER, axis=0)
    run = longest_run(together)
    if together.sum() >= LEAST_HEARD_S and run is not None:
        yield _meeting(one, pair, int(together.sum()), run, len(tracks))


def _meeting(one: Heard, pair: tuple[str, str], seconds: int, run: Span, tracks: int) -> Finding:
    present = {each.name: each.confidence for each in one.hearing.instruments.present_families}
    confidence = min(present.get(name, 0.0) for name in pair)
    is_sure = confidence >= SURE
    heard = "are likely to be heard" if is_sure else "may be heard"
    facts: dict[str, Fact] = {
        "track": title_of(one),
        "first": pair[0],
        "second": pair[1],
        "seconds": Quantity(seconds, "s"),
        "tracks": Quantity(tracks),
        "confidence": Quantity(confidence, "", 2),
    }
    return Finding(
        slug=slug_of("meeting", *pair, one.track.file),
        question=QUESTION,
        kind="rare meeting",
        claim=(
            f"In {{track}} {{first}} and {{second}} {heard} together, {{seconds}} in all, and in no"
            " other of the album's {tracks} tracks."
        ),
        facts=facts,
        verdict="supported" if is_sure else "undecided",
        method="Families of instruments, once a second; together where both are likely (0.7).",
        compared_with="the album's other tracks",
        weight=0.7 * confidence * min(1.0, seconds / 40) * (1.0 if is_sure else 0.4),
        places=place(one, first_part(run), listed(list(pair))),
        against=RIGHT_SO_OFTEN,
    )


def unlike_the_rest(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """The track whose families of instruments lie farthest from those of the others."""
    if len(tracks) < LEAST_TRACKS:
        return
    shares = np.array([family_shares(one) for one in tracks])
    far = np.array([_distance(shares, index) for index in range(len(tracks))])
    most, median = int(far.argmax()), float(np.median(far))
    apart = shares[most] - np.median(np.delete(shares, most, axis=0), axis=0)
    row = int(np.abs(apart).argmax())
    if median <= 0 or far[most] < _FAR * median or abs(apart[row]) < _APART:
        return
    yield _unlike(tracks, most, row, shares, float(far[most] / median))


def _distance(shares: np.ndarray, index: int) -> float:
    others = np.delete(shares, index, axis=0).mean(axis=0)
    return float(np.abs(shares[index] - others).sum())


def _unlike(
    tracks: Sequence[Heard], most: int, row: int, shares: np.ndarray, times: float
) -> Finding:
    one, family = tracks[most], FAMILIES[row]
    own, others = float(shares[most, row]), float(np.median(np.delete(shares[:, row], most)))
    along = one.hearing.instruments.families.values[row]
    is_heard: np.ndarray = along >= _HEARD
    run = longest_run(is_heard) if own > others else None
    span = run or Span(0.0, min(SHOWN_S, one.hearing.duration_s))
    doubt = f" {SUSPICION}" if family in _SUSPECT_FAMILIES else ""
    return Finding(
        slug=slug_of("unlike-the-rest", one.track.file),
        question=QUESTION,
        kind="unlike the rest",
        claim=(
            "By who plays, {track} lies farthest from the rest of the album: {family} in {own} of"
            " its time, where the median track has {others}."
        ),
        facts={
            "track": title_of(one),
            "family": family,
            "own": percent(own),
            "others": percent(others),
            "times": Quantity(times, "times the median distance", 1),
            "tracks": Quantity(len(tracks)),
        },
        verdict="undecided" if doubt else "supported",
        method=(
            "The share of the time in which each family is more likely heard than not; distance is"
            " the sum of what differs from the mean of the other tracks."
        ),
        compared_with="the album's other tracks",
        weight=min(1.0, times / 4) * abs(own - others) * (0.4 if doubt else 0.8),
        places=place(one, first_part(span), f"{family}" if own > others else f"no {family}"),
        against=RIGHT_SO_OFTEN + doubt,
    )
