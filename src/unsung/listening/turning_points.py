"""Where the expression of a track turns, and what changed in the music there.

At a turning point arousal or tension differ most between the fifteen seconds before and those
after. What a musician would name is compared on both sides: loudness, tempo, key, density,
register, brightness; only what differs by more than a listener overlooks is named.
"""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import scipy
from jaxtyping import Float64

from unsung.model.emotion import Aspect, Difference, Emotion, TurningPoint, TurningPoints
from unsung.model.hearing import KeyCurve, KeySpan, Loudness, PulseSpan, Register, TempoCurve
from unsung.model.outcomes import Outcome
from unsung.model.sound import Feature
from unsung.model.time import Span

_Stretch = TypeVar("_Stretch", KeySpan, PulseSpan)

_SIDE_S = 15.0
_LEAST_TURN = 0.8
_LEAST_LU, _LEAST_SEMITONES = 3.0, 5.0
_LEAST_RATIO_BPM, _LEAST_RATIO_DENSITY, _LEAST_RATIO_HZ = 1.08, 1.5, 1.25
_LEAST_DENSITY_PER_S = 0.5


def turning_points(
    emotion: Emotion,
    loudness: Loudness,
    tempo: TempoCurve,
    key: KeyCurve,
    density: Feature,
    register: Register,
    brightness: Feature,
) -> TurningPoints:
    """The turning points in order, at least fifteen seconds apart and from either end."""
    arousal, tension = (
        _turn(row.values[0].astype(np.float64)) for row in (emotion.arousal, emotion.tension)
    )
    size = np.hypot(arousal, tension)
    peaks, _ = scipy.signal.find_peaks(size, height=_LEAST_TURN, distance=round(_SIDE_S))
    points = []
    for at in peaks.tolist():
        at_s = float(emotion.arousal.frames.first_s + at)
        sides = Span(max(at_s - _SIDE_S, 0), at_s), Span(at_s, at_s + _SIDE_S)
        differences = (
            *_moved("loudness", loudness.short_term, sides, _LEAST_LU),
            *_tempo(tempo, sides),
            *_key(key, sides),
            *_grown("density", density, sides, _LEAST_RATIO_DENSITY, _LEAST_DENSITY_PER_S),
            *_moved("register", Feature(register.pitch.values[1:2], register.pitch.frames), sides,
                    _LEAST_SEMITONES),
            *_grown("brightness", brightness, sides, _LEAST_RATIO_HZ, 1.0),
        )  # fmt: skip
        points.append(TurningPoint(at_s, float(arousal[at]), float(tension[at]), differences))
    return TurningPoints(tuple(points))


def _turn(row: Float64[np.ndarray, " seconds"]) -> Float64[np.ndarray, " seconds"]:
    """What is ahead less what is behind, whole sides only; the curve is a mean already."""
    half, turn = round(_SIDE_S / 2), np.zeros(len(row))
    if len(row) > 4 * half:
        turn[2 * half : -2 * half] = row[3 * half : -half] - row[half : -3 * half]
    return turn


def _moved(
    aspect: Aspect, feature: Feature, sides: tuple[Span, Span], least: float
) -> Iterator[Difference]:
    before, after = (_mean(feature, side) for side in sides)
    if before is not None and after is not None and abs(after - before) >= least:
        yield Difference(aspect, before, after)


def _grown(
    aspect: Aspect, feature: Feature, sides: tuple[Span, Span], ratio: float, floor: float
) -> Iterator[Difference]:
    before, after = (_mean(feature, side) for side in sides)
    if before is not None and after is not None:
        low, high = sorted((before, after))
        if high >= ratio * max(low, floor):
            yield Difference(aspect, before, after)


def _mean(feature: Feature, side: Span) -> float | None:
    inside = feature.during(side)
    return float(inside.mean()) if inside.size else None


def _tempo(tempo: TempoCurve, sides: tuple[Span, Span]) -> Iterator[Difference]:
    before, after = (_longest(tempo.spans, side) for side in sides)
    if before is None or after is None:
        return
    one, other = before.tempo_bpm, after.tempo_bpm
    if isinstance(one, Outcome) or isinstance(other, Outcome):
        if one is not other:
            yield Difference("tempo", one, other)
    elif max(one, other) >= _LEAST_RATIO_BPM * min(one, other):
        yield Difference("tempo", one, other)


def _key(key: KeyCurve, sides: tuple[Span, Span]) -> Iterator[Difference]:
    before, after = (_longest(key.spans, side) for side in sides)
    if before is None or after is None or isinstance(after.key, Outcome):
        return
    if before.key != after.key:
        yield Difference("key", before.key, after.key)


def _longest(spans: tuple[_Stretch, ...], side: Span) -> _Stretch | None:
    """The stretch that fills most of one side."""
    return max(spans, key=lambda one: one.span.overlap_s(side), default=None)
