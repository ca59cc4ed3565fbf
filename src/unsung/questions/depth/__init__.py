"""Emotional depth of the score: motifs and what becomes of them, shifts, highs and lows."""

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.questions.depth.citations import (
    ALIGNMENT,
    LOUDNESS,
    PERMUTATION,
    RATINGS,
    SPEARMAN,
)
from unsung.questions.depth.highs_and_lows import highs_and_lows
from unsung.questions.depth.motif_changes import motif_changes
from unsung.questions.depth.motif_journey import motif_journeys
from unsung.questions.depth.motif_returns import QUESTION, motif_returns
from unsung.questions.depth.odd_one_out import odd_ones_out
from unsung.questions.depth.returns import returning
from unsung.questions.depth.shifts import shifts
from unsung.questions.question import Question


def emotional_depth(dossier: Dossier) -> tuple[Finding, ...]:
    """What can be said, and what a reader would expect and cannot be told."""
    soundtrack = dossier.soundtrack
    motifs = returning(soundtrack)
    found = (
        *motif_returns(soundtrack, motifs),
        *motif_changes(motifs),
        *motif_journeys(motifs),
        *odd_ones_out(motifs),
        *shifts(soundtrack.heard),
        *highs_and_lows(soundtrack.heard),
    )
    return tuple(one for one in found if one.places or one.verdict != "supported")


EMOTIONAL_DEPTH = Question(
    QUESTION,
    "How deep does the score go: what becomes of its motifs, where does it turn, how high and low?",
    emotional_depth,
    (ALIGNMENT, SPEARMAN, PERMUTATION, LOUDNESS, RATINGS),
)
