"""The pulse of a score: its beats and bars as the metre is written."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from jaxtyping import Float64

from unsung.listening.pulse import CLOCK
from unsung.listening.pulse_changes import tempo_changes
from unsung.model.outcomes import NO_CLEAR_PULSE, UNDECIDED
from unsung.model.pulse import Beats, MetreSpan, Pulse
from unsung.model.score import MetreMark, Score
from unsung.model.sound import Feature
from unsung.model.time import Span

_QUARTER_BPM_WITHOUT_BEATS = 120.0
_SHORTEST_COMPOUND = 8


def score_pulse(score: Score) -> Pulse:
    """Beats and bars as written; where no metre is, the quarters are the beats.

    6/8, 9/8 and 12/8 have two, three and four beats to the bar. Bars are counted from the metre's
    mark; an upbeat counts as a bar. Clarity is 1; a score without notes has no pulse.
    """
    found = list(_metres(score)) if len(score.notes) and score.duration_s > 0 else []
    times_s = np.concatenate([np.zeros(0), *(one for one, _ in found)])
    places = np.concatenate([np.zeros(0, int), *(one for _, one in found)])
    inside = np.diff(times_s, prepend=-1.0) > 0
    inside &= times_s < score.duration_s
    beats = Beats(times_s[inside], places[inside])
    clock_s = CLOCK.times_s(max(1, int(np.ceil(score.duration_s * CLOCK.rate_hz))))
    tempo_bpm, clarity = _tempo_bpm(beats, clock_s), np.full(len(clock_s), float(len(beats) > 0))
    changes = tempo_changes(tempo_bpm, clarity > 0, CLOCK)
    tempo_row, clarity_row = (Feature(row[np.newaxis], CLOCK) for row in (tempo_bpm, clarity))
    return Pulse(beats, tempo_row, clarity_row, _spans(score, beats), tuple(changes))


def _metres(score: Score) -> Iterator[tuple[Float64[np.ndarray, " beats"], np.ndarray]]:
    """The beats under each metre mark: when, and their place in the bar."""
    end_ql = float((score.onset_ql + score.duration_ql).max())
    for mark, until_ql in _marks(score, end_ql):
        beat_ql, size = _beat(mark)
        at_ql = np.arange(mark.onset_ql, until_ql - 1e-6, beat_ql)
        places = 1 + np.arange(len(at_ql)) % size if score.metre_marks else 0 * at_ql
        yield _seconds(score, at_ql), places.astype(int)


def _marks(score: Score, end_ql: float) -> list[tuple[MetreMark, float]]:
    """Each mark and where the next takes over; the first holds from the beginning."""
    marks = sorted(score.metre_marks, key=lambda mark: mark.onset_ql) or [MetreMark(0.0, 4, 4)]
    first = MetreMark(0.0, marks[0].beats, marks[0].beat_type)
    rest = [mark for mark in marks[1:] if 0 < mark.onset_ql < end_ql]
    ends_ql = [*(mark.onset_ql for mark in rest), end_ql]
    return list(zip([first, *rest], ends_ql, strict=True))


def _beat(mark: MetreMark) -> tuple[float, int]:
    """How long a beat is in quarters, and how many a bar has."""
    unit_ql = 4 / mark.beat_type
    if mark.beat_type >= _SHORTEST_COMPOUND and mark.beats % 3 == 0 and mark.beats > 3:
        return 3 * unit_ql, mark.beats // 3
    return unit_ql, max(mark.beats, 1)


def _seconds(score: Score, at_ql: Float64[np.ndarray, " beats"]) -> Float64[np.ndarray, " beats"]:
    """When quarters sound, between the notes and tempo marks around them."""
    marks = score.tempo_marks
    known_ql = np.concatenate([
        score.onset_ql, score.onset_ql + score.duration_ql, [mark.onset_ql for mark in marks],
    ])  # fmt: skip
    known_s = np.concatenate([
        score.notes.onset_s, score.notes.end_s, [mark.onset_s for mark in marks],
    ])  # fmt: skip
    distinct_ql, first = np.unique(np.round(known_ql, 6), return_index=True)
    seconds = np.maximum.accumulate(known_s[first])
    times_s: np.ndarray = np.interp(at_ql, distinct_ql, seconds)
    return times_s


def _tempo_bpm(
    beats: Beats, clock_s: Float64[np.ndarray, " frames"]
) -> Float64[np.ndarray, " frames"]:
    if len(beats) < 2:
        return np.full(len(clock_s), _QUARTER_BPM_WITHOUT_BEATS)
    bpm = 60 / np.diff(beats.time_s)
    found: np.ndarray = np.interp(clock_s, beats.time_s[:-1], bpm)
    return found


def _spans(score: Score, beats: Beats) -> tuple[MetreSpan, ...]:
    if score.duration_s <= 0:
        return ()
    whole = Span(0, score.duration_s)
    if not len(beats):
        return (MetreSpan(whole, NO_CLEAR_PULSE, 0.0),)
    if not score.metre_marks:
        return (MetreSpan(whole, UNDECIDED, 0.0),)
    end_ql = float((score.onset_ql + score.duration_ql).max())
    marks = [mark for mark, _ in _marks(score, end_ql)]
    begins_s = _seconds(score, np.array([mark.onset_ql for mark in marks])).tolist()
    edges_s = [0.0, *begins_s[1:], score.duration_s]
    return tuple(
        MetreSpan(Span(start_s, end_s), _beat(mark)[1], 1.0)
        for mark, (start_s, end_s) in zip(marks, pairwise(edges_s), strict=True)
        if end_s > start_s
    )
