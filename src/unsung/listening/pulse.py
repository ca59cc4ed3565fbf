"""What can be tapped along with: beats, bars, where the pulse hurries, broadens, waits and rests.

From sound, beats are followed as `beats` describes and grouped as `metre` does. They are given only
where the pulse is clear: what breathes freely, drones or drifts has none, and says so. The tempo
beside them is that of the beats, smoothed over five of them.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Bool, Float64, Int64

from unsung.listening.beat_strength import beat_strength
from unsung.listening.beats import Chain, followed
from unsung.listening.metre import bars
from unsung.listening.pulse_changes import fermatas, silences, tempo_changes
from unsung.model.hearing import Loudness
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, UNDECIDED
from unsung.model.pulse import Beats, BeatsABar, MetreSpan, Pulse
from unsung.model.settings import TempoSettings
from unsung.model.sound import Audio, Feature
from unsung.model.time import Frames, Span

CLOCK = Frames(2.0)
_SMOOTHED_BEATS = 5
_LEAST_AGREEMENT = 0.2
_NOT_CLEAR = 0
_NO_BAR = -1
_LEAST_BEATS = 8


def pulse(audio: Audio, notes: Notes, loudness: Loudness, settings: TempoSettings) -> Pulse:
    """The pulse of a recording in which these notes were heard, this loud."""
    strength = beat_strength(audio)
    chain = followed(strength, notes, settings)
    times_s = CLOCK.times_s(max(1, int(np.ceil(audio.duration_s * CLOCK.rate_hz))))
    tempo_bpm = _tempo_bpm(chain, times_s, settings)
    clarity = _at(times_s, chain.beats_s, chain.clarity, 0.0)
    is_clear = clear(clarity, settings)
    found_s = chain.beats_s[_at(chain.beats_s, times_s, is_clear.astype(float), 0.0) >= 0.5]
    places, sizes, agreement = bars(found_s, strength, notes)
    told = agreement >= _LEAST_AGREEMENT
    beats = Beats(found_s, places * told)
    changes = (
        *tempo_changes(tempo_bpm, is_clear, CLOCK),
        *fermatas(beats, notes),
        *silences(loudness),
    )
    return Pulse(
        beats,
        _row(tempo_bpm),
        _row(clarity),
        metre_spans(beats, np.where(told, sizes, _NO_BAR), agreement, audio.duration_s),
        tuple(sorted(changes, key=lambda one: one.span)),
    )


def clear(
    clarity: Float64[np.ndarray, " frames"], settings: TempoSettings
) -> Bool[np.ndarray, " frames"]:
    """Where the pulse is clear, half the window at a time at least."""
    width = 1 + 2 * round(settings.window_s * CLOCK.rate_hz / 2)
    steady = scipy.ndimage.median_filter(clarity, width, mode="nearest")
    is_clear = (steady >= settings.least_clarity) & (steady > 0)
    lasting = np.ones(max(1, min(width // 2, len(is_clear))))
    lasts: np.ndarray = scipy.ndimage.binary_opening(is_clear, lasting)
    return lasts


def metre_spans(
    beats: Beats,
    sizes: Int64[np.ndarray, " beats"],
    agreement: Float64[np.ndarray, " beats"],
    duration_s: float,
) -> tuple[MetreSpan, ...]:
    """Stretches of one metre, from 0 to `duration_s`; a stretch without beats has none."""
    if duration_s <= 0:
        return ()
    begins = list(_begins(beats, sizes, duration_s)) or [(0.0, _NOT_CLEAR)]
    ends = [*(at_s for at_s, _ in begins[1:]), duration_s]
    spans = [(Span(at_s, end_s), size) for (at_s, size), end_s in zip(begins, ends, strict=True)]
    return tuple(
        MetreSpan(span, _named(size), _confidence(span, size, beats, agreement))
        for span, size in spans
    )


def _begins(
    beats: Beats, sizes: Int64[np.ndarray, " beats"], duration_s: float
) -> Iterator[tuple[float, int]]:
    """Where each metre begins, the first at 0; 0 beats to the bar where no pulse is clear."""
    last_size, ends_s = None, 0.0
    longest_s = 3 * float(np.median(np.diff(beats.time_s))) if len(beats) > 1 else duration_s
    for time_s, size in zip(beats.time_s.tolist(), _steady(sizes).tolist(), strict=True):
        if time_s - ends_s > longest_s and last_size != _NOT_CLEAR:
            yield ends_s, _NOT_CLEAR
            last_size = _NOT_CLEAR
        if size != last_size:
            yield (time_s if last_size is not None else 0.0), size
        last_size, ends_s = size, time_s + longest_s / 3
    if last_size is not None and duration_s - ends_s > longest_s:
        yield ends_s, _NOT_CLEAR


def _steady(sizes: Int64[np.ndarray, " beats"]) -> Int64[np.ndarray, " beats"]:
    """Stretches of fewer than eight beats given to the metre before them (the first: after)."""
    steady = sizes.copy()
    edges = [0, *(np.flatnonzero(np.diff(sizes)) + 1).tolist(), len(sizes)]
    for first, last in pairwise(edges):
        if last - first < _LEAST_BEATS and first > 0:
            steady[first:last] = steady[first - 1]
    return steady


def _named(size: int) -> BeatsABar:
    return {_NOT_CLEAR: NO_CLEAR_PULSE, _NO_BAR: UNDECIDED}.get(size, size)


def _confidence(
    span: Span, size: int, beats: Beats, agreement: Float64[np.ndarray, " beats"]
) -> float:
    inside = (beats.time_s >= span.start_s) & (beats.time_s < span.end_s)
    if size <= 0 or not inside.any():
        return 0.0
    return float(np.clip(agreement[inside].mean(), 0, 1))


def _tempo_bpm(
    chain: Chain, times_s: Float64[np.ndarray, " frames"], settings: TempoSettings
) -> Float64[np.ndarray, " frames"]:
    """The tempo of the beats around each instant."""
    if len(chain.beats_s) < 3:
        return np.full(len(times_s), (settings.slowest_bpm * settings.fastest_bpm) ** 0.5)
    count = min(_SMOOTHED_BEATS, len(chain.beats_s) - 1)
    lasting_s = (chain.beats_s[count:] - chain.beats_s[:-count]) / count
    middle_s = (chain.beats_s[count:] + chain.beats_s[:-count]) / 2
    bpm = 60 / np.maximum(np.interp(times_s, middle_s, lasting_s), 1e-3)
    within: np.ndarray = np.clip(bpm, settings.slowest_bpm, settings.fastest_bpm)
    return within


def _at(
    times_s: Float64[np.ndarray, " frames"],
    known_s: Float64[np.ndarray, " known"],
    values: Float64[np.ndarray, " known"],
    without: float,
) -> Float64[np.ndarray, " frames"]:
    if not len(known_s):
        return np.full(len(times_s), without)
    found: np.ndarray = np.interp(times_s, known_s, values)
    return found


def _row(values: Float64[np.ndarray, " frames"]) -> Feature:
    return Feature(values[np.newaxis], CLOCK)
