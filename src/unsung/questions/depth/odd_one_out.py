"""The odd one out: a motif used against its habit, once, and how far from it.

It was chosen for being odd, so no chance is given; how far it lies from its nearest neighbour is.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from attrs import evolve

from unsung.model.finding import Fact, Finding, Quantity
from unsung.questions.depth.citations import LOUDNESS
from unsung.questions.depth.motif_journey import loudness_there
from unsung.questions.depth.motif_returns import QUESTION
from unsung.questions.depth.returns import Return, Returning, tempo_ratio
from unsung.questions.facts import instant, listed, slug_of, title_of
from unsung.questions.places import place

_LEAST_RETURNS = 5
_FEWEST_SHARE = 0.25
_LEAST_OCTAVES_OF_TEMPO = 0.5
_LEAST_LU = 6.0
_FULL_LU = 15.0
_ALONE_SHARE = 0.6
_METHOD = (
    "Of five sure returns or more, the one that differs: by mode where no more than a quarter do"
    " and all in one track; by tempo or loudness where it lies farther from its nearest neighbour"
    " than a half of an octave of tempo, or six LU, and than the neighbours from each other."
)
_AGAINST = "It was looked for among several habits, so that something stands apart is no wonder."


class _Odd(NamedTuple):
    each: Return
    far: float
    nearest: float


def odd_ones_out(motifs: tuple[Returning, ...]) -> Iterator[Finding]:
    """What each motif does only once."""
    for one in motifs:
        if len(one.returns) >= _LEAST_RETURNS:
            yield from (*_by_mode(one), *_by_tempo(one), *_by_loudness(one), *_alone(one))


def _by_mode(one: Returning) -> Iterator[Finding]:
    modes = [(one.mode(each), each) for each in one.returns]
    for here, there in (("major", "minor"), ("minor", "major")):
        odd = [each for mode, each in modes if mode == here]
        usual = len(modes) - len(odd)
        is_one_track = len({each.order for each in odd}) == 1
        if is_one_track and len(odd) <= _FEWEST_SHARE * len(modes):
            finding = _other_mode(one, odd, here, there, usual)
            doubtful = [each for each in one.doubtful if one.mode(each) == here]
            elsewhere = {each.order for each in doubtful} - {odd[0].order}
            yield finding if not elsewhere else _doubted(finding)


def _doubted(finding: Finding) -> Finding:
    """The same, where a less sure return shares the oddity."""
    claim = f"{finding.claim} A less sure return may do so too."
    against = "A return that is likely, though not sure, shares the oddity."
    weight = finding.weight / 2
    return evolve(finding, claim=claim, verdict="undecided", weight=weight, against=against)


def _other_mode(one: Returning, odd: list[Return], here: str, there: str, usual: int) -> Finding:
    facts: dict[str, Fact] = {
        "mode": here,
        "usual_mode": there,
        "usual": Quantity(usual),
        "times": Quantity(len(odd)),
    }
    claim = (
        "Of the sure returns of {motif} that the listening finds, {usual} are in {usual_mode}; only"
        " in {track}, at {at}, is it in {mode}."
    )
    distinct = 1 - len(odd) / len(one.returns)
    return _finding(one, odd[0], "mode", claim, facts, distinct, f"{one.name}, here in {here}")


def _by_tempo(one: Returning) -> Iterator[Finding]:
    found = _measured(one, one.returns, _octaves_of_tempo)
    odd = _outlier(found, _LEAST_OCTAVES_OF_TEMPO)
    if odd is None:
        return
    facts: dict[str, Fact] = {
        "way": "faster" if odd.far > odd.nearest else "slower",
        "ratio": Quantity(2 ** (odd.far - odd.nearest), "", 1),
        "others": Quantity(len(found) - 1),
    }
    claim = (
        "{motif_start} is {way} in {track}, at {at}, than at any other sure return: it"
        " moves at {ratio} times the tempo of the nearest of {others} other returns."
    )
    size = min(1.0, abs(odd.far - odd.nearest))
    finding = _finding(one, odd.each, "tempo", claim, facts, size, f"{one.name}, {facts['way']}")
    doubtful = _measured(one, one.doubtful, _octaves_of_tempo)
    yield _doubted(finding) if _shares(odd, doubtful) else finding


def _octaves_of_tempo(one: Returning, each: Return) -> float | None:
    ratio = tempo_ratio(one.motif, each.occurrence)
    return float(np.log2(ratio.value)) if ratio else None


def _by_loudness(one: Returning) -> Iterator[Finding]:
    found = _measured(one, one.returns, loudness_there)
    odd = _outlier(found, _LEAST_LU)
    if odd is None:
        return
    facts: dict[str, Fact] = {
        "way": "loud" if odd.far > odd.nearest else "soft",
        "difference": Quantity(abs(odd.far - odd.nearest), "LU", 1),
        "others": Quantity(len(found) - 1),
    }
    claim = (
        "At none of its {others} other sure returns does {motif} stand in music so {way} as in"
        " {track}, at {at}: {difference} beyond the nearest."
    )
    size = min(1.0, abs(odd.far - odd.nearest) / _FULL_LU)
    listen_for = f"{one.name}, {facts['way']} as nowhere else"
    finding = _finding(one, odd.each, "loudness", claim, facts, size, listen_for)
    doubtful = _measured(one, one.doubtful, loudness_there)
    yield _doubted(finding) if _shares(odd, doubtful) else finding


def _measured(
    one: Returning,
    returns: tuple[Return, ...],
    measure: Callable[[Returning, Return], float | None],
) -> list[tuple[float, Return]]:
    """The returns of which the measure is known, each with its value."""
    known = [(measure(one, each), each) for each in returns]
    return [(value, each) for value, each in known if value is not None]


def _outlier(found: list[tuple[float, Return]], least: float) -> _Odd | None:
    """The extreme that lies farther from its neighbour than `least` and than all others span."""
    if len(found) < _LEAST_RETURNS:
        return None
    row = sorted(found, key=lambda pair: pair[0])
    ends = ((row[0], row[1], row[1:]), (row[-1], row[-2], row[:-1]))
    for far, near, rest in ends:
        gap, spread = abs(far[0] - near[0]), rest[-1][0] - rest[0][0]
        if gap >= least and gap > spread:
            return _Odd(far[1], far[0], near[0])
    return None


def _shares(odd: _Odd, doubtful: list[tuple[float, Return]]) -> bool:
    """Whether a less sure return lies on the odd one's side of the gap."""
    middle, way = (odd.far + odd.nearest) / 2, np.sign(odd.far - odd.nearest)
    return any(way * (value - middle) > 0 for value, _ in doubtful)


def _alone(one: Returning) -> Iterator[Finding]:
    """Where one instrument has it to itself, and nowhere else."""
    played = [(_by_itself(each), each) for each in one.returns]
    odd = [(who, each) for who, each in played if who]
    if len(odd) == 1:
        who, each = odd[0]
        facts: dict[str, Fact] = {"who": who, "others": Quantity(len(played) - 1)}
        claim = (
            "Once {motif} is left to one voice, as far as instruments can be told: {who} in"
            " {track}, at {at}, and at none of {others} other returns."
        )
        yield _finding(one, each, "alone", claim, facts, 0.7, f"{one.name}, {who}")


def _by_itself(each: Return) -> str:
    stretches = [
        playing.in_words
        for playing in each.heard.hearing.instruments.playing
        if playing.is_alone
        and playing.span.overlap_s(each.span) >= _ALONE_SHARE * each.span.duration_s
    ]
    return listed(stretches[:1])


def _finding(
    one: Returning,
    each: Return,
    habit: str,
    claim: str,
    facts: dict[str, Fact],
    size: float,
    listen_for: str,
) -> Finding:
    """`weight` is the root of prominence × how far it stands apart × confidence."""
    start = one.name[0].upper() + one.name[1:]
    usual = next(k for k in one.returns if k is not each)
    return Finding(
        slug=slug_of("odd-one-out", one.motif.label, habit),
        question=QUESTION,
        kind="odd one out",
        claim=claim,
        facts={
            "motif": one.name,
            "motif_start": start,
            "track": title_of(each.heard),
            "at": instant(each.span.start_s),
            **facts,
        },
        verdict="supported",
        method=_METHOD,
        compared_with="the motif's other sure returns on the album",
        weight=one.motif.prominence**0.5 * size * each.confidence,
        places=(
            *place(each.heard, each.span, listen_for),
            *place(usual.heard, usual.span, f"{one.name} as it is elsewhere"),
        ),
        cites=(LOUDNESS,) if habit == "loudness" else (),
        against=_AGAINST,
    )
