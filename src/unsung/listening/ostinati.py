"""Ostinati: a figure that is repeated over and over without a pause.

In each part (or, where parts are not known, in the whole and in each of three registers) the
distances in time between notes of the same pitch are counted; a distance that is met again and
again is a period. Where nearly every note comes again one period later, three times running, that
is an ostinato. One repeated pitch is none, nor is a figure that merely consists of shorter repeats
of itself: the shortest period is taken. (Inter-onset histograms after Dixon, JNMR 30, 2001,
section 2.2; that pitch has to recur as well is ours.)
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float64, Int64

from unsung.model.harmony import Ostinato
from unsung.model.notes import Notes
from unsung.model.time import Span

_SHORTEST_S, _LONGEST_S = 0.4, 8.0
_TOLERANCE_S = 0.06
_BIN_S = 0.02
_PERIODS_TRIED, _MOST_STEPS = 8, 12
_LEAST_REPETITIONS = 4
_LEAST_S = 4.0
_LEAST_LIKENESS = 0.85
_FEWEST_NOTES, _FEWEST_PITCHES = 3, 2
_WHOLE = "all"
_REGISTERS = ((_WHOLE, 0, 128), ("low", 0, 50), ("middle", 50, 66), ("high", 66, 128))


def ostinati(notes: Notes) -> tuple[Ostinato, ...]:
    """All ostinati, in order; none in silence, in held notes and in repeated ones."""
    found: list[Ostinato] = []
    for name, line in _lines(notes):
        for one in _of_line(name, line):
            whole = (other for other in found if other.part == _WHOLE)
            if not any(one.span.overlap_s(other.span) > 0 for other in whole):
                found.append(one)
    return tuple(sorted(found, key=lambda one: (one.span.start_s, one.part)))


def _lines(notes: Notes) -> Iterator[tuple[str, Notes]]:
    """The parts of a score; or all, and what lies low, in the middle and high."""
    if len(notes.part_names) > 1:
        for index, name in enumerate(notes.part_names):
            yield name, notes.where(notes.part == index)
    else:
        for name, low, high in _REGISTERS:
            yield name, notes.where((notes.midi_pitch >= low) & (notes.midi_pitch < high))


def _of_line(name: str, line: Notes) -> list[Ostinato]:
    found: list[Ostinato] = []
    for period_s in sorted(_periods_s(line)):
        for one in _repeated(name, line, period_s):
            if not any(one.span.overlap_s(shorter.span) > 0 for shorter in found):
                found.append(one)
    return found


def _periods_s(line: Notes) -> list[float]:
    """The distances that notes of one pitch are most often apart."""
    pitch = np.rint(line.midi_pitch).astype(np.int64)
    apart = [np.zeros(0)]
    for one in np.unique(pitch):
        onset_s = line.onset_s[pitch == one]
        steps = range(1, min(len(onset_s), _MOST_STEPS))
        apart += [onset_s[step:] - onset_s[:-step] for step in steps]
    distances_s = np.concatenate(apart)
    inside = distances_s[(distances_s >= _SHORTEST_S) & (distances_s <= _LONGEST_S)]
    bins = np.bincount((inside / _BIN_S).astype(np.int64), minlength=1).astype(np.float64)
    smooth = np.convolve(bins, np.ones(3), "same")
    peaks = np.flatnonzero((smooth > 0) & (smooth >= np.roll(smooth, 1)))
    best = peaks[np.argsort(-smooth[peaks])][:_PERIODS_TRIED]
    near = [inside[np.abs(inside - (k + 0.5) * _BIN_S) < 2 * _BIN_S] for k in best]
    return [float(np.median(one)) for one in near if one.size]


def _repeated(name: str, line: Notes, period_s: float) -> Iterator[Ostinato]:
    """Where nearly every note comes again after the period."""
    again = _comes_again(line, period_s)
    for first, last in _runs(again):
        start_s, end_s = float(line.onset_s[first]), float(line.onset_s[last]) + period_s
        likeness = float(again[first : last + 1].mean())
        figure = line.starting_in(Span(start_s, start_s + period_s - _TOLERANCE_S))
        pitches = tuple(round(p) for p in figure.midi_pitch.tolist())
        lasts = end_s - start_s >= max(_LEAST_REPETITIONS * period_s - _TOLERANCE_S, _LEAST_S)
        tells = len(pitches) >= _FEWEST_NOTES and len(set(pitches)) >= _FEWEST_PITCHES
        if lasts and tells and likeness >= _LEAST_LIKENESS:
            yield Ostinato(Span(start_s, end_s), period_s, pitches, name, likeness)


def _comes_again(line: Notes, period_s: float) -> Bool[np.ndarray, " notes"]:
    """For each note, whether its pitch begins again one period later."""
    pitch = np.rint(line.midi_pitch).astype(np.int64)
    again = np.zeros(len(line), bool)
    for one in np.unique(pitch):
        here = np.flatnonzero(pitch == one)
        again[here] = _near(line.onset_s[here] + period_s, line.onset_s[here])
    return again


def _near(
    wanted_s: Float64[np.ndarray, " wanted"], there_s: Float64[np.ndarray, " there"]
) -> Bool[np.ndarray, " wanted"]:
    after = np.clip(np.searchsorted(there_s, wanted_s), 0, there_s.size - 1)
    before = np.maximum(after - 1, 0)
    apart_s = np.minimum(np.abs(there_s[after] - wanted_s), np.abs(there_s[before] - wanted_s))
    near: np.ndarray = apart_s <= _TOLERANCE_S
    return near


def _runs(again: Bool[np.ndarray, " notes"]) -> Iterator[tuple[int, int]]:
    """First and last note of stretches that repeat; two failures in a row end one."""
    hits: Int64[np.ndarray, " hits"] = np.flatnonzero(again)
    if hits.size:
        cuts = np.flatnonzero(np.diff(hits) > 2)
        for first, last in zip(np.r_[0, cuts + 1], np.r_[cuts, hits.size - 1], strict=True):
            yield int(hits[first]), int(hits[last])
