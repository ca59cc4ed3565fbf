"""How fast the music goes, where a pulse is felt, and how clearly.

In sound it is the tempo of the beats that are followed (`pulse`); a score says it outright. A track
as a whole has a tempo only if a pulse is clear for a third of it: a strict tempo for music that
breathes freely would be an invention.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from jaxtyping import Float64

from unsung.listening.pulse import clear
from unsung.model.hearing import PulseSpan, TempoCurve
from unsung.model.outcomes import NO_CLEAR_PULSE, NoClearPulse, Outcome
from unsung.model.pulse import Pulse
from unsung.model.score import Score
from unsung.model.settings import TempoSettings
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

_SAME_TEMPO = 1.06
"""Up to 6 % faster or slower, a stretch keeps its tempo."""

_LEAST_CLEAR_SHARE = 1 / 3
_SCORE_CLOCK = Frames(2.0)
_NOTHING_WRITTEN_BPM = 120.0


def tempo(pulse: Pulse, duration_s: float, settings: TempoSettings) -> TempoCurve:
    """Tempo and pulse clarity twice a second, and the stretches of steady tempo.

    Drones, slow pads, free rhythm, noise and silence have no clear pulse. A stretch of clear
    pulse, or of none, lasts half the window at least.
    """
    tempos_bpm, clarity = (row.values[0].astype(np.float64) for row in (pulse.tempo, pulse.clarity))
    felt_bpm = np.where(clear(clarity, settings), tempos_bpm, 0)
    clock = pulse.tempo.frames
    edges_s = np.maximum(clock.times_s(len(clarity)) - 0.5 / clock.rate_hz, 0)
    spans = tuple(_spans(edges_s, felt_bpm, clarity, duration_s))
    return TempoCurve(pulse.tempo, pulse.clarity, spans, _overall_bpm(spans))


def score_tempo(score: Score) -> TempoCurve:
    """Tempo as the score marks it, in quarters a minute; without marks, as its notes are timed.

    Clarity is 1. A score without notes has no clear pulse.
    """
    starts_s, tempos_bpm = _written(score)
    clarity = np.full(len(tempos_bpm), float(len(score.notes) > 0 and tempos_bpm[0] > 0))
    spans = tuple(_spans(starts_s, tempos_bpm * clarity, clarity, score.duration_s))
    count = max(1, int(np.ceil(score.duration_s * _SCORE_CLOCK.rate_hz)))
    at = np.searchsorted(starts_s, _SCORE_CLOCK.times_s(count), side="right") - 1
    curve_bpm = np.where(tempos_bpm > 0, tempos_bpm, _NOTHING_WRITTEN_BPM)[at]
    return TempoCurve(
        _row(curve_bpm, _SCORE_CLOCK), _row(clarity[at], _SCORE_CLOCK), spans, _overall_bpm(spans)
    )


def _written(
    score: Score,
) -> tuple[Float64[np.ndarray, " steps"], Float64[np.ndarray, " steps"]]:
    """When each tempo begins, the first at 0, and the tempo; 0 where nothing tells it."""
    marks = {
        mark.onset_s: mark.tempo_bpm
        for mark in sorted(score.tempo_marks, key=lambda mark: mark.onset_s)
        if mark.onset_s < score.duration_s
    }
    if not marks:
        return _timed(score)
    starts_s = np.array(list(marks), np.float64)
    starts_s[0] = 0
    return starts_s, np.array(list(marks.values()), np.float64)


def _timed(
    score: Score,
) -> tuple[Float64[np.ndarray, " steps"], Float64[np.ndarray, " steps"]]:
    """The tempo from each onset to the next, by the seconds and the quarters between them."""
    onset_s = np.append(score.notes.onset_s, score.notes.end_s)
    onset_ql = np.append(score.onset_ql, score.onset_ql + score.duration_ql)
    order = np.lexsort((onset_ql, onset_s))
    passing_s, passing_ql = np.diff(onset_s[order]), np.diff(onset_ql[order])
    steps = (passing_s > 1e-3) & (passing_ql > 0)
    if not steps.any():
        return np.zeros(1), np.zeros(1)
    starts_s = onset_s[order][:-1][steps]
    starts_s[0] = 0
    return starts_s, 60 * passing_ql[steps] / passing_s[steps]


def _spans(
    starts_s: Float64[np.ndarray, " steps"],
    tempos_bpm: Float64[np.ndarray, " steps"],
    clarity: Float64[np.ndarray, " steps"],
    duration_s: float,
) -> Iterator[PulseSpan]:
    """Steps of one tempo joined, from 0 to `duration_s`; a tempo of 0 is no clear pulse."""
    if duration_s <= 0:
        return
    edges_s = np.append(starts_s, duration_s)
    lasting_s = np.diff(edges_s)
    for begin, end in pairwise([*_changes(tempos_bpm), len(tempos_bpm)]):
        weights = lasting_s[begin:end]
        bpm = float(np.average(tempos_bpm[begin:end], weights=weights))
        yield PulseSpan(
            Span(float(edges_s[begin]), float(edges_s[end])),
            bpm if bpm > 0 else NO_CLEAR_PULSE,
            float(np.average(clarity[begin:end], weights=weights)),
        )


def _changes(tempos_bpm: Float64[np.ndarray, " steps"]) -> list[int]:
    """The steps where the tempo has left the one of the stretch so far."""
    begins = [0]
    for step, bpm in enumerate(tempos_bpm):
        first = tempos_bpm[begins[-1]]
        if bpm != first and not first / _SAME_TEMPO <= bpm <= first * _SAME_TEMPO:
            begins.append(step)
    return begins


def _overall_bpm(spans: tuple[PulseSpan, ...]) -> float | NoClearPulse:
    """The median tempo over the time of clear pulse, if that is a third of the whole."""
    clear = sorted(
        (span.tempo_bpm, span.span.duration_s)
        for span in spans
        if not isinstance(span.tempo_bpm, Outcome)
    )
    until_s = np.cumsum([duration_s for _, duration_s in clear])
    whole_s = sum(span.span.duration_s for span in spans)
    if not clear or until_s[-1] < _LEAST_CLEAR_SHARE * whole_s:
        return NO_CLEAR_PULSE
    return clear[int(np.searchsorted(until_s, until_s[-1] / 2))][0]


def _row(values: Float64[np.ndarray, " frames"], clock: Frames) -> Feature:
    return Feature(values[np.newaxis], clock)
