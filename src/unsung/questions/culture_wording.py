"""What findings on culture share: their question, titles and places."""

from unsung.model.finding import HeardPlace, Quantity, Title
from unsung.model.hearing import Heard
from unsung.model.time import Span

QUESTION = "culture"
LEAST_NOTES = 16
"""Fewer are no music of which harmony could be told; noise has hardly any."""


def called(heard: Heard) -> Title:
    """The track's title, or its file where it has none."""
    return Title(heard.track.title or heard.track.file, heard.track.file)


def heard_at(heard: Heard, span: Span, listen_for: str) -> HeardPlace:
    """A place in this track, no longer than the track."""
    end_s = min(span.end_s, heard.hearing.duration_s)
    return HeardPlace(heard.track.file, Span(span.start_s, end_s), listen_for)


def instant(at_s: float) -> Quantity:
    """An instant as a clock shows it, whole seconds."""
    return Quantity(float(int(at_s)), "clock")
