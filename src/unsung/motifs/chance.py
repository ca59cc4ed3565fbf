"""How sure one may be that a line was sung, and not merely something that luck makes alike.

Surrogates of the line have its notes in another order: the same pitches and lengths, so the same
fit to key, register and accompaniment, but another melody. What they score in the same album is
what luck scores.
"""

import numpy as np
from jaxtyping import Float64

from unsung.motifs.evidence import Evidence
from unsung.motifs.query import Query
from unsung.motifs.tracking import Sung, singings

SURROGATES = 4
_SEED = 1729


def chance_scores(asked: Query, heard: Evidence) -> Float64[np.ndarray, " scores"]:
    """All scores that the surrogates of `asked` reach, lowest first."""
    dice = np.random.default_rng(_SEED)
    scores = [
        place.score for _ in range(SURROGATES) for place in singings(_reordered(asked, dice), heard)
    ]
    return np.sort(np.array(scores, float))


def confidences(
    places: tuple[Sung, ...], by_chance: Float64[np.ndarray, " scores"]
) -> Float64[np.ndarray, " places"]:
    """For each place, best first: the share of places at least that good that are not luck.

    One less the false discovery rate, estimated by how many places a surrogate has at or above
    that score (Storey and Tibshirani, PNAS 2003); never rising from a better place to a worse.
    """
    scores = np.array([place.score for place in places], float)
    lucky = (by_chance.size - np.searchsorted(by_chance, scores) + 0.5) / SURROGATES
    found = np.arange(1, scores.size + 1)
    true_share = np.clip(1 - lucky / found, 0, 1)
    confidence: np.ndarray = np.maximum.accumulate(true_share[::-1])[::-1]
    return confidence


def _reordered(asked: Query, dice: np.random.Generator) -> Query:
    order = dice.permutation(len(asked))
    return Query(asked.onset_s, asked.lasts_s, asked.pitch[order], asked.surely)
