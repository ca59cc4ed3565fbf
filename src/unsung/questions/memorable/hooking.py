"""Which motif has most of what melodies that stay in the ear had in common, and how little it says.

Each published feature is given as a share of a stated set, and their mean as a leaning. For a
melody drawn from those sets each share is even between 0 and 1, so luck's part in a mean of so
many, and in the highest of so many motifs, is known (Irwin and Hall's distribution).
"""

import math
from collections.abc import Iterator, Mapping

from attrs import frozen

from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.iconic import Hook, HookFeature
from unsung.model.outcomes import Outcome
from unsung.questions.depth.returns import Returning
from unsung.questions.facts import listed, percent, slug_of
from unsung.questions.memorable.citations import CATCHY, EARWORMS, FANTASTIC
from unsung.questions.memorable.wording import QUESTION, chance_percent
from unsung.questions.places import place

LEVEL = 0.05
_LEAST_FEATURES = 2
_SAYS: dict[HookFeature, str] = {
    "common contour": "it rises and falls in a commoner way than {contour} of {famous} famous"
    " melodies",
    "uncommon gradients": "its slopes are rarer than those of {slopes} of them",
    "tempo": "it is faster than {tempo} of the other motifs",
}
_FACTS: dict[HookFeature, str] = {
    "common contour": "contour",
    "uncommon gradients": "slopes",
    "tempo": "tempo",
}
_LEANS = (
    "{motif} leans towards what tunes that stay in the ear had in common, at place {rank} of"
    " {motifs} motifs: "
)
_CANNOT_BE_TOLD = (
    "Whether any motif has what makes a tune stay in the ear cannot be told from its notes. Of"
    " {motifs} motifs {motif} comes nearest: "
)
_FORETELLS = (
    " By such features a study told the pop tunes that stay in the ear from others in {accuracy} of"
    " cases, where luck does in {by_luck}"
)
_AS_FAR = "; and luck alone puts one of so many motifs as far in {luck} of albums"
_METHOD = (
    "Three features of melody that told tunes which stay in the ear from others: how common the"
    " contour's direction is and how uncommon the slopes between turning points, among famous"
    " melodies; and how fast it is, among the album's other motifs. Each is the share of its set"
    " that has less; their plain mean is the leaning, for no weights are published in full."
)
_AGAINST = (
    "The study was of pop tunes; music for the screen is another field. The notes are as the"
    " listening transcribed them."
)


@frozen
class _Leaning:
    """How far a motif leans, by which parts, and how often luck puts one of so many as far."""

    motif: Returning
    hook: Hook
    value: float
    parts: Mapping[HookFeature, float]
    chance: float


def hooking(motifs: tuple[Returning, ...], hooks: Mapping[str, Hook]) -> Iterator[Finding]:
    """The motifs that lean further than luck would bring; else the furthest, and what luck does."""
    pairs = [(one, hooks[one.motif.label]) for one in motifs]
    known = [found for one, hook in pairs for found in _leaning(one, hook, len(pairs))]
    ranked = sorted(known, key=lambda one: -one.value)
    for rank, one in enumerate(ranked, 1):
        if rank == 1 or one.chance <= LEVEL:
            yield _hook(one, rank, len(ranked))


def chance_of_mean(mean: float, count: int) -> float:
    """How often the mean of so many shares, each even between 0 and 1, is at least this."""
    total = count * mean
    below = sum(
        (-1) ** k * math.comb(count, k) * (total - k) ** count
        for k in range(min(math.floor(total), count) + 1)
    )
    return float(min(max(1 - below / math.factorial(count), 0.0), 1.0))


def _leaning(one: Returning, hook: Hook, asked: int) -> Iterator[_Leaning]:
    parts = {
        part.feature: part.share_below
        for part in hook.measured
        if part.feature in _SAYS and not isinstance(part.share_below, Outcome)
    }
    if len(parts) >= _LEAST_FEATURES and not isinstance(hook.leaning, Outcome):
        alone = chance_of_mean(hook.leaning, len(parts))
        yield _Leaning(one, hook, hook.leaning, parts, 1 - (1 - alone) ** asked)


def _hook(one: _Leaning, rank: int, motifs: int) -> Finding:
    """`weight`: 0.8 by what luck leaves; 0.3 where luck does as well."""
    beyond_luck = one.chance <= LEVEL
    name = one.motif.name
    return Finding(
        slug=slug_of("hook", one.motif.motif.label),
        question=QUESTION,
        kind="hook",
        claim=_claim(one, beyond_luck=beyond_luck),
        facts=_facts(one, rank, motifs),
        verdict="supported" if beyond_luck else "undecided",
        method=_METHOD,
        compared_with="the catalogue's famous melodies, and the album's other motifs",
        chance=one.chance,
        weight=0.8 * (1 - one.chance) if beyond_luck else 0.3,
        places=place(one.motif.prototype.heard, one.motif.prototype.span, name),
        cites=(EARWORMS, FANTASTIC, CATCHY),
        against=_AGAINST,
    )


def _claim(one: _Leaning, *, beyond_luck: bool) -> str:
    parts = listed([_SAYS[feature] for feature in one.parts])
    if beyond_luck:
        return f"{_LEANS}{parts}.{_FORETELLS}."
    return f"{_CANNOT_BE_TOLD}{parts}.{_FORETELLS}{_AS_FAR}."


def _facts(one: _Leaning, rank: int, motifs: int) -> dict[str, Fact]:
    famous = max(part.compared for part in one.hook.measured)
    return {
        "motif": one.motif.name,
        "rank": Quantity(rank),
        "motifs": Quantity(motifs),
        "leaning": percent(one.value),
        "famous": Quantity(famous),
        "accuracy": Quantity(100 * one.hook.predictive.accuracy, "%", 1),
        "by_luck": percent(one.hook.predictive.by_chance),
        "luck": chance_percent(one.chance),
        **{_FACTS[feature]: percent(share) for feature, share in one.parts.items()},
    }
