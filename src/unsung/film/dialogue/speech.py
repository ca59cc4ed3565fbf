"""When somebody speaks: lines of subtitles moved to where the sound says, or a detector's answer.

A subtitle comes up early, stays on to be read, and belongs perhaps to another cut. First all lines
are moved together, to where their on and off agrees best with the sound (as ffsubsync does), then
each line's edges to where its own speech begins and ends. Without subtitles, stretches in which a
detector hears speech get their edges in the same way.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import scipy
from attrs import evolve
from jaxtyping import Bool, Float64

from unsung.film.dialogue.bands import FRAMES_A_SECOND
from unsung.model.balance import Parts, Speech, Spoken
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.sound import Feature
from unsung.model.story import Line
from unsung.model.time import Span

_LOWEST_HZ, _HIGHEST_HZ = 250.0, 4000.0
_QUIET = 1e-9
_FARTHEST_S = 120.0
_CLEAR_SIGMAS = 6.0
_LEAST_LINES = 5
_EARLY_S, _LATE_S = 0.7, 1.2
_LEAST_S = 0.2
_BEGINS, _GOES_ON = 0.5, 0.2
_JOINED_S = 0.6
_LEAST_SPREAD_DB = 6.0


def speech_from_lines(
    lines: Sequence[Line], parts: Parts, chance: Feature | Undecided = UNDECIDED
) -> Speech:
    """The timed lines, moved to where the sound says they are spoken.

    `chance` (one row, 0..1) is how likely somebody speaks at each moment, if a detector was asked:
    it is the confidence of each line; without it that is how clearly the sound rises there.
    """
    timed = [line for line in lines if line.span is not None]
    activity_db = _activity_db(parts)
    delay_s = _delay_s(timed, activity_db, chance)
    late_s = 0.0 if delay_s is UNDECIDED else delay_s
    moved = [one for line in timed if (one := _moved(line, late_s, activity_db))]
    spoken = [_sure(one, activity_db, chance) for one in moved]
    return Speech(tuple(sorted(spoken, key=lambda one: one.span)), "subtitles", delay_s)


def speech_from_sound(parts: Parts, chance: Feature) -> Speech:
    """Where a detector hears speech: `chance` has one row, 0..1, at any rate.

    A stretch begins where speech is likelier than not and goes on while it stays above 0.2;
    pauses shorter than 0.6 s belong to it.
    """
    activity_db = _activity_db(parts)
    likely = _at_frames(chance, len(activity_db))
    rough = [
        _edged(span, activity_db)
        for span in _spans(_hysteresis(likely), round(_JOINED_S * FRAMES_A_SECOND))
    ]
    joined = _spans(_frames_of(rough, len(activity_db)), round(_JOINED_S * FRAMES_A_SECOND))
    spoken = [Spoken(span, _mean(likely, span)) for span in joined if span.duration_s >= _LEAST_S]
    return Speech(tuple(spoken), "detector", UNDECIDED)


def speaking(speech: Speech, count: int) -> Bool[np.ndarray, " frames"]:
    """In which of `count` tenths of a second somebody speaks."""
    return _frames_of(speech.spans, count)


def _activity_db(parts: Parts) -> Float64[np.ndarray, " frames"]:
    """The level of what may be speech: 250 Hz to 4 kHz of all that is not music."""
    middles = np.array(parts.bands_hz)
    rows = (middles >= _LOWEST_HZ) & (middles <= _HIGHEST_HZ)
    power = parts.rest.bands.values[rows].sum(axis=0).astype(np.float64)
    level_db: np.ndarray = 10 * np.log10(power + _QUIET)
    return level_db


def _delay_s(
    lines: Sequence[Line], activity_db: Float64[np.ndarray, " frames"], chance: Feature | Undecided
) -> float | Undecided:
    """How much later than written the lines are spoken: where on and off agree best.

    Undecided for few lines, or where no delay within two minutes stands clear of all others.
    """
    sound = activity_db if chance is UNDECIDED else _at_frames(chance, len(activity_db))
    spans = [line.span for line in lines if line.span is not None]
    if len(spans) < _LEAST_LINES or np.ptp(sound) == 0:
        return UNDECIDED
    reach = round(_FARTHEST_S * FRAMES_A_SECOND)
    written = _frames_of(spans, len(sound)).astype(float)
    both = [_levelled(row) for row in (sound, written)]
    size = scipy.fft.next_fast_len(len(sound) + reach, real=True)
    heard, shown = (scipy.fft.rfft(row, size) for row in both)
    agreement = scipy.fft.irfft(heard * np.conj(shown), size)
    near = np.concatenate([agreement[-reach:], agreement[: reach + 1]])
    top = int(near.argmax())
    spread = 1.4826 * float(np.median(np.abs(near - np.median(near))))
    clear = spread > 0 and near[top] - np.median(near) > _CLEAR_SIGMAS * spread
    return (top - reach) / FRAMES_A_SECOND if clear else UNDECIDED


def _levelled(row: Float64[np.ndarray, " frames"]) -> Float64[np.ndarray, " frames"]:
    """Against the minute around, so that slow changes say nothing."""
    level = scipy.ndimage.uniform_filter1d(row, 60 * FRAMES_A_SECOND)
    levelled: np.ndarray = row - level
    return levelled


def _moved(line: Line, late_s: float, activity_db: np.ndarray) -> Spoken | None:
    """The line where it is spoken; none if that lies outside the film."""
    if line.span is None:
        return None
    start_s, end_s = line.span.start_s + late_s, line.span.end_s + late_s
    last_s = len(activity_db) / FRAMES_A_SECOND
    if end_s <= 0 or start_s >= last_s:
        return None
    span = _edged(Span(max(0.0, start_s), min(end_s, last_s)), activity_db)
    return Spoken(span, 0.0, evolve(line, span=span))


def _edged(span: Span, activity_db: Float64[np.ndarray, " frames"]) -> Span:
    """The stretch near `span` that stands out most: its edges move by a second at most.

    The threshold lies midway between the soft and the loud of the neighbourhood; from there the
    stretch with the largest sum is taken. Where soft and loud are alike the span stays.
    """
    first, end = (round(at_s * FRAMES_A_SECOND) for at_s in (span.start_s, span.end_s))
    low = max(0, first - round(_EARLY_S * FRAMES_A_SECOND))
    high = min(len(activity_db), end + round(_EARLY_S * FRAMES_A_SECOND))
    near = activity_db[low:high]
    if len(near) < 3 or end - first < 2:
        return span
    soft, loud = np.percentile(near, [10, 90])
    if loud - soft < _LEAST_SPREAD_DB:
        return span
    gained = np.concatenate([[0.0], np.cumsum(near - (soft + loud) / 2)])
    latest = min(first + round(_EARLY_S * FRAMES_A_SECOND), end - 1) - low
    start = int(gained[: latest + 1].argmin())
    earliest = max(end - round(_LATE_S * FRAMES_A_SECOND) - low, start + 2)
    stop = earliest + int(gained[earliest:].argmax()) if earliest < len(gained) else end - low
    return Span((low + start) / FRAMES_A_SECOND, (low + stop) / FRAMES_A_SECOND)


def _sure(one: Spoken, activity_db: np.ndarray, chance: Feature | Undecided) -> Spoken:
    if chance is not UNDECIDED:
        return evolve(one, confidence=_mean(_at_frames(chance, len(activity_db)), one.span))
    first, end = (round(at_s * FRAMES_A_SECOND) for at_s in (one.span.start_s, one.span.end_s))
    around = activity_db[max(0, first - 20) : end + 20]
    if first >= end or not len(around):
        return one
    rise_db = float(np.median(activity_db[first:end]) - np.percentile(around, 10))
    return evolve(one, confidence=float(np.clip(rise_db / 20, 0, 1)))


def _hysteresis(likely: Float64[np.ndarray, " frames"]) -> Bool[np.ndarray, " frames"]:
    goes_on, _ = scipy.ndimage.label(likely >= _GOES_ON)
    begun = np.unique(goes_on[likely >= _BEGINS])
    kept: np.ndarray = np.isin(goes_on, begun[begun > 0])
    return kept


def _spans(on: Bool[np.ndarray, " frames"], joined: int) -> Iterator[Span]:
    """The stretches that are on, with pauses shorter than `joined` frames closed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(int), [0]])))
    starts, ends = edges[::2], edges[1::2]
    apart = starts[1:] - ends[:-1] >= joined
    firsts = starts[np.concatenate([[True], apart])] if len(starts) else starts
    lasts = ends[np.concatenate([apart, [True]])] if len(ends) else ends
    for first, end in zip(firsts, lasts, strict=True):
        yield Span(first / FRAMES_A_SECOND, end / FRAMES_A_SECOND)


def _frames_of(spans: Sequence[Span], count: int) -> Bool[np.ndarray, " frames"]:
    on: np.ndarray = np.zeros(count, bool)
    for span in spans:
        on[round(span.start_s * FRAMES_A_SECOND) : round(span.end_s * FRAMES_A_SECOND)] = True
    return on


def _at_frames(chance: Feature, count: int) -> Float64[np.ndarray, " frames"]:
    if not chance.values.shape[1]:
        return np.zeros(count)
    at_s = np.arange(count) / FRAMES_A_SECOND
    likely: np.ndarray = np.interp(
        at_s, chance.times_s, np.clip(chance.values[0].astype(float), 0, 1)
    )
    return likely


def _mean(likely: Float64[np.ndarray, " frames"], span: Span) -> float:
    inside = likely[round(span.start_s * FRAMES_A_SECOND) : round(span.end_s * FRAMES_A_SECOND)]
    return float(inside.mean()) if len(inside) else 0.0
