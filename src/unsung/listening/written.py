"""What a score says outright, without any listening."""

from unsung.model.notes import Notes
from unsung.model.score import Score


def written_score(score: Score) -> Score:
    """The score itself, to be kept as it was read."""
    return score


def written_notes(score: Score) -> Notes:
    """All its notes."""
    return score.notes


def written_duration_s(score: Score) -> float:
    """How long it lasts as written, in seconds."""
    return score.duration_s
