"""Which motif moves as other music moves, and which takes turns that are rare.

A misheard note makes a line rarer, hardly ever commoner. So a common line may be called so; a rare
one only if hardly any stretch as long of what leads in the album's own tracks, which the same ears
heard, is as rare, with all motifs that were asked about considered.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float64

from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.hearing import Soundtrack
from unsung.motifs.commonness import share_more_common, shipped, step_bits, surprise_bits
from unsung.questions.depth.returns import Returning
from unsung.questions.facts import percent, slug_of
from unsung.questions.memorable.citations import SURPRISE
from unsung.questions.memorable.wording import QUESTION
from unsung.questions.places import place

COMMON, RARE = 0.25, 0.95
"""The shares of folk phrases that are commoner: at most, and at least."""
LEVEL = 0.05
_LEAST_NOTES, _LEAST_STRETCHES = 6, 100
_METHOD = (
    "What each interval costs in bits, given the one before it, by how often each follows each in"
    " some two thousand folk melodies; the mean over the motif against that of their phrases."
    " Rhythm is left aside."
)
_AGAINST_COMMON = (
    "The measure knows which interval follows which, not the tune as a whole; and folk melodies are"
    " mostly European."
)
_AGAINST_RARE = (
    "A misheard note makes a line look rarer than it is, and what is rare in folk melodies may be"
    " usual in music for the screen."
)


def commonness(soundtrack: Soundtrack, motifs: tuple[Returning, ...]) -> Iterator[Finding]:
    """The commonest motif and the rarest, where they are far enough from the middle."""
    long_enough = [one for one in motifs if len(one.motif.prototype.notes) >= _LEAST_NOTES]
    ordered = sorted(long_enough, key=_bits)
    if ordered and share_more_common(_bits(ordered[0])) <= COMMON:
        yield _common(ordered[0])
    if ordered and share_more_common(_bits(ordered[-1])) >= RARE:
        yield from _rare(ordered[-1], soundtrack, len(ordered))


def _bits(one: Returning) -> float:
    return surprise_bits(one.motif.prototype.notes)


def _common(one: Returning) -> Finding:
    return _turns(
        one,
        "common",
        "{motif} moves by the steps that folk song moves by: {share} of the phrases of folk"
        " melodies have rarer turns.",
        1 - share_more_common(_bits(one)),
        {},
        _AGAINST_COMMON,
    )


def _rare(one: Returning, soundtrack: Soundtrack, asked: int) -> Iterator[Finding]:
    usual = _stretches_bits(soundtrack, len(one.motif.prototype.notes))
    if len(usual) < _LEAST_STRETCHES:
        return
    commoner = float(np.mean(usual < _bits(one)))
    chance = 1 - commoner**asked
    if chance <= LEVEL:
        yield _turns(
            one,
            "rare",
            "{motif} takes turns that are rare: {share} of the phrases of folk melodies have"
            " commoner ones, and so have {at_home} of the stretches as long of what leads in the"
            " album's own tracks.",
            share_more_common(_bits(one)),
            {"at_home": Quantity(100 * commoner, "%", 1)},
            _AGAINST_RARE,
            chance,
        )


def _stretches_bits(soundtrack: Soundtrack, notes: int) -> Float64[np.ndarray, " stretches"]:
    """Bits an interval of every stretch of so many notes of what leads in the tracks."""
    steps = notes - 1
    leading = [one.hearing.melody for one in soundtrack.heard if len(one.hearing.melody) >= notes]
    costs = (step_bits(line, shipped())[0] for line in leading)
    means = [np.convolve(cost, np.full(steps, 1 / steps), "valid") for cost in costs]
    return np.concatenate([np.zeros(0), *means])


def _turns(
    one: Returning,
    which: str,
    claim: str,
    share: float,
    more: dict[str, Fact],
    against: str,
    chance: float | None = None,
) -> Finding:
    """`weight` is 0.3 at the middle of the folk phrases, 0.6 at their end."""
    facts = {
        "motif": one.name,
        "bits": Quantity(_bits(one), "bits", 1),
        "share": percent(share),
        **more,
    }
    return Finding(
        slug=slug_of(f"{which}-turns", one.motif.label),
        question=QUESTION,
        kind="commonness",
        claim=claim,
        facts=facts,
        verdict="supported",
        method=_METHOD,
        compared_with="phrases of some two thousand folk melodies",
        chance=chance,
        weight=0.3 + 0.6 * abs(share - 0.5),
        places=place(one.prototype.heard, one.prototype.span, one.name),
        cites=(SURPRISE,),
        against=against,
    )
