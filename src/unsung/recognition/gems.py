"""The gem plane: merit against gap, each with its interval; a front, never a ranking.

A gem has merit in the top third and got less than it deserves: less than pieces of equal exposure
and equal merit were given. What merit brings is the median line of recognition beyond exposure on
merit, both as normal scores, and is drawn in the plane. The probability of a gem is the share of
draws in which both hold. The front holds the points that no other point beats on both axes.

Gems are named only where merit has proved itself: among the same pieces it must go with recognition
beyond exposure more closely than ninety-nine in a hundred shufflings of it do (Spearman's
correlation, one-sided). Shuffled merit is a measure of nothing, and of nothing no gem may follow.
"""

from collections.abc import Sequence

import numpy as np
import scipy
from jaxtyping import Bool, Float64

from unsung.model.recognition import Estimate, GemPlane, GemPoint
from unsung.recognition.expected import median_line
from unsung.recognition.percentiles import normal_scores

TOP_THIRD = 100 * 2 / 3
_SHUFFLES = 999
_CHANCE = 0.01

Draws = Float64[np.ndarray, "things draws"]
Line = tuple[float, float]

NOTHING_BROUGHT: Line = (0.0, 0.0)
"""Where merit has not proved itself, falling short is falling below the middle."""


def gem_plane(
    names: Sequence[tuple[str, str]],
    merits: Sequence[Estimate],
    gaps: Sequence[Estimate],
    merit_draws: Draws,
    gap_draws: Draws,
    seed: int = 0,
) -> GemPlane:
    """The plane of these pieces: (name, title), merit and gap of each, and their draws."""
    merit_at = np.array([one.value for one in merits])
    gap_at = np.array([one.value for one in gaps])
    front = on_front(merit_at, gap_at)
    correlation, chance = agreement(merit_at, -gap_at, np.random.default_rng(seed))
    validated = chance <= _CHANCE
    line = brought(merit_at, gap_at) if validated else NOTHING_BROUGHT
    chances = gem_probability(merit_draws, gap_draws, line)
    points = tuple(
        GemPoint(*name, merit, gap, float(probability), bool(is_front))
        for name, merit, gap, probability, is_front in zip(
            names, merits, gaps, chances, front, strict=True
        )
    )
    because = _because(validated, len(points))
    return GemPlane(points, validated, correlation, chance, because, drawn(line))


def brought(merit: Float64[np.ndarray, " things"], gap: Float64[np.ndarray, " things"]) -> Line:
    """The recognition beyond exposure that merit brings: intercept and slope in normal scores."""
    line = median_line(normal_scores(merit)[:, None], normal_scores(100 - gap))
    return float(line[0]), max(float(line[1]), 0.0)


def gem_probability(
    merit_draws: Draws, gap_draws: Draws, line: Line = NOTHING_BROUGHT
) -> Float64[np.ndarray, " things"]:
    """The share of draws in which merit is in its top third and brought less than it does."""
    deserved = line[0] + line[1] * normal_scores(merit_draws)
    short = normal_scores(100 - gap_draws) <= deserved
    both = np.logical_and(merit_draws >= TOP_THIRD, short)
    shares: np.ndarray = np.mean(both, axis=1)
    return shares


def drawn(line: Line) -> tuple[tuple[float, float], ...]:
    """The line across the plane: merit and the gap that such merit has by itself."""
    merit = np.linspace(2, 98, 25)
    gap = 100 * (1 - scipy.special.ndtr(line[0] + line[1] * normal_scores(merit)))
    return tuple(zip(merit.tolist(), gap.tolist(), strict=True))


def on_front(
    merit: Float64[np.ndarray, " things"], gap: Float64[np.ndarray, " things"]
) -> Bool[np.ndarray, " things"]:
    """Whether no other point has more of one and no less of the other."""
    no_less = np.logical_and(merit[None] >= merit[:, None], gap[None] >= gap[:, None])
    more = np.logical_or(merit[None] > merit[:, None], gap[None] > gap[:, None])
    beaten: np.ndarray = np.any(np.logical_and(no_less, more), axis=1)
    free: np.ndarray = np.logical_not(beaten)
    return free


def agreement(
    merit: Float64[np.ndarray, " things"],
    beyond: Float64[np.ndarray, " things"],
    dice: np.random.Generator,
) -> tuple[float, float]:
    """Spearman's correlation, and the chance that shuffled merit reaches it."""
    ranks, others = _ranks(merit), _ranks(beyond)
    if len(ranks) < 3 or ranks.std() == 0 or others.std() == 0:
        return 0.0, 1.0
    ranks, others = (ranks - ranks.mean()) / ranks.std(), (others - others.mean()) / others.std()
    found = float(ranks @ others) / len(ranks)
    shuffled = np.array([dice.permutation(ranks) @ others for _ in range(_SHUFFLES)]) / len(ranks)
    return found, float((1 + np.sum(shuffled >= found)) / (1 + _SHUFFLES))


def _ranks(values: Float64[np.ndarray, " things"]) -> Float64[np.ndarray, " things"]:
    """Ranks, equal values sharing theirs."""
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: np.ndarray = (last - (counts - 1) / 2)[where]
    return ranks


def _because(validated: bool, count: int) -> str:
    if validated:
        return "among these pieces, merit goes with recognition beyond exposure; gems may be named"
    return (
        f"among these {count} pieces, merit as heard does not go with recognition beyond exposure"
        " more closely than shuffled merit would; points are shown, no gem is named"
    )
