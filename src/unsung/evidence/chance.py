"""What luck would do: permutation tests whose dice are seeded, so two runs agree.

The probability is (k + 1) / (n + 1), where k of n shuffles do at least as well: what was observed
is one of the ways that luck might have dealt, and no chance is ever zero (Phipson and Smyth,
*Permutation p-values should never be zero*, Stat. Appl. Genet. Mol. Biol. 9, 2010).
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from attrs import field, frozen, validators
from jaxtyping import Bool, Float64, Int64

Sides = Literal["greater", "less", "both"]
"""Whether more, less, or either would have been remarkable."""


@frozen
class ChanceSettings:
    """How often to shuffle, and the seed of the dice."""

    shuffles: int = field(default=1999, validator=[validators.ge(19), validators.le(999_999)])
    seed: int = field(default=1729, validator=validators.ge(0))


def chance_probability(
    observed: float, by_chance: Float64[np.ndarray, " shuffles"], sides: Sides = "greater"
) -> float:
    """How probable luck makes it to do as well as `observed`; 1 / (shuffles + 1) at the least.

    For both sides, twice the smaller of the two, at most 1.
    """
    slack = 1e-9 * (1 + abs(observed))
    more = _share(int(np.sum(by_chance >= observed - slack)), by_chance.size)
    less = _share(int(np.sum(by_chance <= observed + slack)), by_chance.size)
    return {"greater": more, "less": less, "both": min(1.0, 2 * min(more, less))}[sides]


def _share(reached: int, shuffles: int) -> float:
    return (reached + 1) / (shuffles + 1)


def permutation_chance(
    values: Float64[np.ndarray, " things"],
    marked: Bool[np.ndarray, " things"],
    sides: Sides = "greater",
    settings: ChanceSettings | None = None,
    strata: Int64[np.ndarray, " things"] | None = None,
) -> float:
    """The chance that marks dealt by luck set apart as high (low, either) a mean of `values`.

    Exchangeable are the things of one stratum (all, where none are given): each keeps its number of
    marks. Without marks, or with nothing else, nothing is set apart and the chance is 1.
    """
    if not marked.any() or marked.all():
        return 1.0
    settings = settings or ChanceSettings()
    groups = np.zeros(values.size, np.int64) if strata is None else strata
    deals = shuffled_places(groups, settings)
    by_chance = np.array([values[deal[marked]].mean() for deal in deals])
    return chance_probability(float(values[marked].mean()), by_chance, sides)


def shuffled_places(
    strata: Int64[np.ndarray, " things"], settings: ChanceSettings
) -> Iterator[Int64[np.ndarray, " things"]]:
    """For each shuffle, whose place each thing takes: any of its stratum, all equally likely."""
    dice, home = np.random.default_rng(settings.seed), np.argsort(strata, kind="stable")
    for _ in range(settings.shuffles):
        order = np.lexsort((dice.random(strata.size), strata))
        place = np.empty(strata.size, np.int64)
        place[home] = order
        yield place


def rotated_places(
    strata: Int64[np.ndarray, " things"], settings: ChanceSettings
) -> Iterator[Int64[np.ndarray, " things"]]:
    """For each shuffle, every stratum turned as a wheel: neighbours stay neighbours.

    Where what happens in one scene goes on in the next, scenes are not exchangeable, but the place
    where the wheel stands still is (toroidal shifts; Fortin and Jacquez, *Randomization tests and
    spatially auto-correlated data*, Bull. Ecol. Soc. Am. 81, 2000).
    """
    dice = np.random.default_rng(settings.seed)
    wheels = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)]
    for _ in range(settings.shuffles):
        place = np.empty(strata.size, np.int64)
        for wheel in wheels:
            place[wheel] = np.roll(wheel, dice.integers(wheel.size))
        yield place
