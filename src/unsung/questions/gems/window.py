"""Fifteen seconds to listen to: around the place where a track's expression turns the most."""

import math

from attrs import frozen

from unsung.model.emotion import TurningPoint
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Hearing
from unsung.model.outcomes import NotHeard
from unsung.model.time import Span
from unsung.questions.gems.shows import size_of

WINDOW_S = 15.0
_BEFORE_S = 6.0
_SOUNDING_SHARE = 0.8


@frozen
class Window:
    """What to hear, the turn in it where there is one, and how many turns the track has."""

    span: Span
    turn: TurningPoint | None = None


def window(hearing: Hearing) -> Window | None:
    """Around the largest turn that sounds, else where arousal is highest; None in silence."""
    for turn in _turns(hearing):
        span = _around(turn.at_s, hearing.duration_s)
        if sounds(hearing, span):
            return Window(span, turn)
    for at_s in _heights(hearing):
        span = _around(at_s, hearing.duration_s)
        if sounds(hearing, span):
            return Window(span)
    return None


def sounds(hearing: Hearing, span: Span) -> bool:
    """Whether something is heard in most of the span."""
    if isinstance(hearing.loudness, NotHeard):
        return any(
            span.overlap_s(Span(onset, onset + max(held, 1e-3))) > 0
            for onset, held in zip(
                hearing.notes.onset_s.tolist(), hearing.notes.duration_s.tolist(), strict=True
            )
        )
    loud = hearing.loudness.momentary.during(span)
    return bool(loud.size and (loud > LOUDNESS_FLOOR_LUFS).mean() >= _SOUNDING_SHARE)


def _turns(hearing: Hearing) -> list[TurningPoint]:
    if isinstance(hearing.turning_points, NotHeard):
        return []
    return sorted(hearing.turning_points.points, key=lambda turn: -size_of(turn, hearing))


def _heights(hearing: Hearing) -> list[float]:
    """Instants from the most aroused (of a score, the densest) down, and the middle."""
    curve = hearing.density if isinstance(hearing.emotion, NotHeard) else hearing.emotion.arousal
    times_s = curve.times_s[(-curve.values[0]).argsort(kind="stable")]
    return [*times_s.tolist()[:60], hearing.duration_s / 2]


def _around(at_s: float, duration_s: float) -> Span:
    length_s = min(WINDOW_S, duration_s)
    start_s = float(math.floor(min(max(at_s - _BEFORE_S, 0.0), duration_s - length_s)))
    return Span(start_s, start_s + length_s)
