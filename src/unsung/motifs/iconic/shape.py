"""The shape of a melody in numbers, by the formulas of FANTASTIC.

Müllensiefen, "FANTASTIC: Feature ANalysis Technology Accessing STatistics (In a Corpus)", technical
report, Goldsmiths 2009, sections 2.3–2.6. Turning points are taken as they stand: changing notes
are not smoothed away first, as FANTASTIC does.
"""

from collections import Counter
from collections.abc import Callable

import numpy as np
from jaxtyping import Float64

from unsung.model.notes import Notes

_Measure = Callable[[list[int], int], float]
CONTOUR_POINTS = 64
LONGEST_TYPE = 5
_SHORTER, _LONGER = 0.8118987, 1.4945858
"""Ratios of length between which two notes count as equally long (section 2.6)."""
_ENTROPY_PITCHES = 24


def step_contour(line: Notes) -> Float64[np.ndarray, " points"]:
    """The pitch at 64 instants from the first onset to the last end; empty without notes."""
    if not len(line):
        return np.zeros(0)
    lasts = _lasts_s(line)
    ends = np.cumsum(lasts) / lasts.sum() * CONTOUR_POINTS
    at = np.searchsorted(ends, np.arange(CONTOUR_POINTS), side="right")
    contour: np.ndarray = line.midi_pitch[np.minimum(at, len(line) - 1)].astype(np.float64)
    return contour


def global_direction(line: Notes) -> float:
    """Whether the melody rises (1) or falls (−1) as a whole: its contour's correlation with time.

    0 for a melody that stands still.
    """
    contour = step_contour(line)
    if not contour.size or np.ptp(contour) == 0:
        return 0.0
    return float(np.corrcoef(contour, np.arange(CONTOUR_POINTS))[0, 1])


def global_variation(line: Notes) -> float:
    """How widely the contour spreads, in semitones."""
    contour = step_contour(line)
    return float(contour.std(ddof=1)) if contour.size else 0.0


def local_variation(line: Notes) -> float:
    """How much the contour moves from one of its 64 instants to the next, in semitones."""
    contour = step_contour(line)
    return float(np.abs(np.diff(contour)).mean()) if contour.size else 0.0


def mean_gradient(line: Notes) -> float:
    """How steeply the melody moves between its turning points, in semitones a second."""
    if len(line) < 2:
        return 0.0
    turns = _turning_points(line)
    rise = np.abs(np.diff(line.midi_pitch[turns].astype(np.float64)))
    return float((rise / np.maximum(np.diff(line.onset_s[turns]), 1e-3)).mean())


def pitch_entropy(line: Notes) -> float:
    """How evenly the melody uses its pitches: 0 for one pitch, about 1 for two octaves of them."""
    _, counts = np.unique(np.round(line.midi_pitch), return_counts=True)
    return _bits(counts) / float(np.log2(_ENTROPY_PITCHES))


def type_productivity(line: Notes) -> float:
    """The share 0..1 of turns of melody (two to six notes) that occur once only."""
    return _mean_over_lengths(line, lambda seen, total: sum(k == 1 for k in seen) / total)


def yules_k(line: Notes) -> float:
    """How often turns of melody repeat themselves: 0 for never, 10,000 for always the same."""
    return _mean_over_lengths(
        line, lambda seen, total: 1e4 * (sum(k * k for k in seen) - total) / total**2
    )


def simpsons_d(line: Notes) -> float:
    """The chance that two turns drawn at random are the same."""
    return _mean_over_lengths(line, lambda seen, total: sum(k * k for k in seen) / total**2)


def sichels_s(line: Notes) -> float:
    """The share of kinds of turn that occur exactly twice."""
    return _mean_over_lengths(line, lambda seen, _: sum(k == 2 for k in seen) / len(seen))


def turns_of(line: Notes, steps: int) -> Counter[tuple[tuple[int, int], ...]]:
    """How often each turn of so many steps occurs: intervals, and shorter, as long or longer."""
    intervals = np.diff(np.round(line.midi_pitch)).astype(int)
    lasts = _lasts_s(line)
    ratio = lasts[1:] / lasts[:-1]
    classes = (ratio > _LONGER).astype(int) - (ratio < _SHORTER).astype(int)
    tokens = list(zip(intervals.tolist(), classes.tolist(), strict=True))
    return Counter(tuple(tokens[k : k + steps]) for k in range(len(tokens) - steps + 1))


def _mean_over_lengths(line: Notes, measure: _Measure) -> float:
    counted = [list(turns_of(line, steps).values()) for steps in range(1, LONGEST_TYPE + 1)]
    told = [measure(seen, sum(seen)) for seen in counted if seen]
    return float(np.mean(told)) if told else 0.0


def _lasts_s(line: Notes) -> Float64[np.ndarray, " notes"]:
    """Until the next note begins: a rest counts to the note before it."""
    lasts = np.append(np.diff(line.onset_s), line.duration_s[-1:])
    held: np.ndarray = np.maximum(lasts, 1e-3)
    return held


def _turning_points(line: Notes) -> np.ndarray:
    """The first note, each after which the melody turns, and the last."""
    way = np.sign(np.diff(np.round(line.midi_pitch)))
    moving = np.flatnonzero(way)
    turned = moving[1:][way[moving[1:]] != way[moving[:-1]]]
    points: np.ndarray = np.unique(np.concatenate([[0], turned, [len(line) - 1]]))
    return points


def _bits(counts: np.ndarray) -> float:
    share = counts / max(counts.sum(), 1)
    return float(-(share * np.log2(share)).sum())
