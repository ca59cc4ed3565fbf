"""Places to press play: inside the track, and of something that can be heard there."""

import numpy as np

from unsung.model.finding import HeardPlace
from unsung.model.hearing import Heard, Hearing
from unsung.model.outcomes import NotHeard
from unsung.model.sound import Feature
from unsung.model.time import Span

AUDIBLE_LUFS = -60.0
"""Momentary loudness under which nothing is to be heard in a room."""

SHOWN_S = 30.0


def place(heard: Heard, span: Span, listen_for: str) -> tuple[HeardPlace, ...]:
    """The place, cut to the track; nothing where nothing sounds."""
    end_s = min(span.end_s, heard.hearing.duration_s)
    if span.start_s >= end_s:
        return ()
    inside = Span(span.start_s, end_s)
    is_heard = sounds(heard.hearing, inside)
    return (HeardPlace(heard.track.file, inside, listen_for),) if is_heard else ()


def around(at_s: float, before_s: float, after_s: float) -> Span:
    """The time around an instant, from the track's beginning at the earliest."""
    return Span(max(at_s - before_s, 0.0), at_s + after_s)


def first_part(span: Span) -> Span:
    """Half a minute at most: enough to hear it."""
    return Span(span.start_s, min(span.end_s, span.start_s + SHOWN_S))


def sounds(hearing: Hearing, span: Span) -> bool:
    """Whether anything is heard in a span: a moment of sound, or a note of a score."""
    if isinstance(hearing.loudness, NotHeard):
        notes = hearing.notes
        return bool(((notes.onset_s < span.end_s) & (notes.end_s > span.start_s)).any())
    inside = hearing.loudness.momentary.during(span)
    return bool(inside.size and inside.max() > AUDIBLE_LUFS)


def sounding_seconds(hearing: Hearing, count: int) -> np.ndarray:
    """Which of the first `count` whole seconds of a track hold sound (True) or silence."""
    if isinstance(hearing.loudness, NotHeard):
        return np.array([sounds(hearing, Span(k, k + 1)) for k in range(count)], bool)
    curve = hearing.loudness.momentary
    second = np.clip(curve.times_s.astype(int), 0, max(count - 1, 0))
    loudest = np.full(max(count, 1), -np.inf)
    np.maximum.at(loudest, second, curve.values[0])
    return loudest[:count] > AUDIBLE_LUFS


def mean_during(feature: Feature | NotHeard, span: Span, row: int = 0) -> float | None:
    """The mean of one row over a span; None where it was not heard or the span has no column."""
    if isinstance(feature, NotHeard):
        return None
    inside = feature.during(span)
    return float(inside[row].mean(dtype=float)) if inside.size else None
