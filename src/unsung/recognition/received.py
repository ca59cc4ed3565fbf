"""What the world gave a work: the median over independent voices, and how far they disagree."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64

from unsung.model.recognition import DataTooThin
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.recognition.percentiles import Groups, normal_score, voice_percentiles

LEAST_VOICES = 2
LEAST_WORKS = 60


@frozen
class Received:
    """Recognition in normal scores for every work that two voices know, and its error.

    `spread` is the typical standard deviation of one voice around the truth, so the error of a
    work with k voices is `spread / √k` (about a quarter more for a median, which is counted in).
    """

    works: tuple[ReferenceWork, ...]
    scores: Float64[np.ndarray, " works"] = field(eq=False)
    voices: tuple[Mapping[str, float], ...] = field(eq=False)
    groups: Groups = field(eq=False)
    spread: float

    def error(self, voices: int) -> float:
        """The standard error of a median over so many voices, in normal scores."""
        return _MEDIAN_COST * self.spread / float(np.sqrt(voices))


_MEDIAN_COST = 1.15
"""The error of a median of two to five against that of a mean: 1 for two, 1.16 for three."""


def received(reference: ReferenceSet) -> Received | DataTooThin:
    """The recognition of every work of the reference that at least two voices know."""
    groups = Groups(reference.works)
    placed = [(work, voice_percentiles(work, groups)) for work in reference.works]
    known = [(work, voices) for work, voices in placed if len(voices) >= LEAST_VOICES]
    if len(known) < LEAST_WORKS:
        return DataTooThin(
            f"the reference has {len(known)} works that two sources know; {LEAST_WORKS} are needed"
        )
    scores = np.array([score(voices) for _, voices in known])
    return Received(
        works=tuple(work for work, _ in known),
        scores=scores,
        voices=tuple(voices for _, voices in known),
        groups=groups,
        spread=_spread([voices for _, voices in known]),
    )


def score(voices: Mapping[str, float]) -> float:
    """The median of the voices, in normal scores."""
    return float(np.median([normal_score(percent) for percent in voices.values()]))


def _spread(known: Sequence[Mapping[str, float]]) -> float:
    """How far voices lie from each other within a work, as a standard deviation."""
    scores = [[normal_score(percent) for percent in voices.values()] for voices in known]
    squares = sum(float(np.var(one, ddof=1)) * (len(one) - 1) for one in scores)
    freedom = sum(len(one) - 1 for one in scores)
    return float(np.sqrt(squares / freedom))
