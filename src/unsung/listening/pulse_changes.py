"""Where the pulse hurries, broadens, waits and rests.

An accelerando or ritardando is the tempo moving one way by a seventh at least, in two seconds or
more: players who keep time wander by some percent only. What changes by half and more has rather
changed the level that the beat is felt at. A fermata is a sound
held for three beats and more where notes came with the beat before. Silence counts where music
surrounds it.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Bool, Float64

from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Loudness
from unsung.model.notes import Notes
from unsung.model.pulse import Beats, PulseChange
from unsung.model.time import Frames, Span

_LEAST_CHANGE, _MOST_CHANGE = np.log(1.15), np.log(1.5)
_RETURN = np.log(1.04)
_FLAT_SHARE = 0.1
_LEAST_S = 2.0

_HELD_BEATS, _HELD_S, _HELD_SHARE = 3.0, 1.5, 0.6
_BEFORE_S = 6.0
_CHORD_S = 0.06

_SILENT_LUFS = LOUDNESS_FLOOR_LUFS + 10
_LEAST_SILENCE_S = 1.0


def tempo_changes(
    tempo_bpm: Float64[np.ndarray, " frames"], is_clear: Bool[np.ndarray, " frames"], clock: Frames
) -> Iterator[PulseChange]:
    """Accelerandi and ritardandi, in order, within stretches of clear pulse."""
    edges = [0, *(np.flatnonzero(np.diff(is_clear)) + 1).tolist(), len(is_clear)]
    for first, last in pairwise(edges):
        if not is_clear[first]:
            continue
        log_tempo = scipy.ndimage.gaussian_filter1d(np.log(tempo_bpm[first:last]), clock.rate_hz)
        for begin, end in pairwise(_turns(log_tempo)):
            yield from _change(log_tempo, begin, end, first, clock)


def _change(
    log_tempo: Float64[np.ndarray, " frames"], begin: int, end: int, first: int, clock: Frames
) -> Iterator[PulseChange]:
    """The leg from turn to turn without its flat ends, if it is one."""
    change = float(log_tempo[end] - log_tempo[begin])
    if not _LEAST_CHANGE <= abs(change) < _MOST_CHANGE:
        return
    way = (log_tempo[begin : end + 1] - log_tempo[begin]) / change
    last = int(np.argmax(way >= 1 - _FLAT_SHARE))
    start = int(np.flatnonzero(way[: last + 1] <= _FLAT_SHARE)[-1])
    start_s, end_s = ((first + begin + step) / clock.rate_hz for step in (start, last))
    if end_s - start_s >= _LEAST_S:
        yield PulseChange(
            Span(start_s, end_s),
            "accelerando" if change > 0 else "ritardando",
            float(np.exp(change)),
        )


def _turns(row: Float64[np.ndarray, " frames"]) -> list[int]:
    """The first frame, lows and highs in turn, each left behind before it counts, the last."""
    turns, trend, extreme = [0], 0, 0
    for now, value in enumerate(row):
        away = value - row[extreme]
        if trend == 0 and abs(value - row[0]) >= _RETURN:
            trend, extreme = (1 if value > row[0] else -1), now
        elif trend * away > 0:
            extreme = now
        elif trend * away <= -_RETURN and trend:
            turns.append(extreme)
            trend, extreme = -trend, now
    return [*turns, extreme] if extreme > turns[-1] else turns


def fermatas(beats: Beats, notes: Notes) -> Iterator[PulseChange]:
    """Sounds that are held beyond their beats."""
    onset_s = notes.onset_s[np.diff(notes.onset_s, prepend=-1.0) > _CHORD_S]
    if len(onset_s) < 2 or len(beats) < 2:
        return
    gaps_s, beat_s = np.diff(onset_s), np.diff(beats.time_s)
    for at in np.flatnonzero(gaps_s >= _HELD_S).tolist():
        start_s, end_s = float(onset_s[at]), float(onset_s[at + 1])
        before = (onset_s[:-1] >= start_s - _BEFORE_S) & (onset_s[:-1] < start_s)
        felt = beat_s[(beats.time_s[1:] > start_s - _BEFORE_S) & (beats.time_s[1:] <= start_s)]
        if before.sum() < 3 or len(felt) < 3 or np.median(gaps_s[before]) > 1.2 * np.median(felt):
            continue
        is_held = _sounding_until(notes, start_s) - start_s >= _HELD_SHARE * (end_s - start_s)
        if end_s - start_s >= _HELD_BEATS * np.median(felt) and is_held:
            yield PulseChange(Span(start_s, end_s), "fermata")


def _sounding_until(notes: Notes, at_s: float) -> float:
    sounding = (notes.onset_s <= at_s + _CHORD_S) & (notes.end_s > at_s)
    return float(notes.end_s[sounding].max(initial=at_s))


def silences(loudness: Loudness) -> Iterator[PulseChange]:
    """Silences of a second and more, but not those before the first sound and after the last."""
    curve = loudness.momentary
    heard = np.flatnonzero(curve.values[0] > _SILENT_LUFS)
    for before, after in pairwise(heard.tolist()):
        if (after - before) / curve.frames.rate_hz > _LEAST_SILENCE_S:
            start_s, end_s = (float(curve.times_s[index]) for index in (before, after))
            yield PulseChange(Span(start_s, end_s), "silence")
