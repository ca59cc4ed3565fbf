"""What findings on culture share: their question and places."""

from unsung.model.finding import HeardPlace, Quantity
from unsung.model.hearing import Heard
from unsung.model.time import Span

QUESTION = "culture"


def heard_at(heard: Heard, span: Span, listen_for: str) -> HeardPlace:
    """A place in this track, no longer than the track."""
    end_s = min(span.end_s, heard.hearing.duration_s)
    return HeardPlace(heard.track.file, Span(span.start_s, end_s), listen_for)


def instant(at_s: float) -> Quantity:
    """An instant as a clock shows it, whole seconds."""
    return Quantity(float(int(at_s)), "clock")
