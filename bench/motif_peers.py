"""What others do with the same task: a passage sought by subsequence alignment of chroma."""

import numpy as np
from librosa.sequence import dtw

from unsung.model.sound import Feature
from unsung.model.time import Span

_MOST = 40
_TEMPO_STEPS = np.array([[1, 1], [1, 2], [2, 1]])
_ALL_STEPS = np.concatenate(([[1, 1], [0, 1], [1, 0]], _TEMPO_STEPS))
"""librosa counts its own steps first, even where they may not be taken."""


def passage_by_chroma(curves: dict[str, Feature], file: str, span: Span) -> list[tuple[str, Span]]:
    """The places nearest to a passage, over all twelve transpositions, nearest first."""
    asked = _unit(curves[file].during(span)[:12])
    found = [
        (cost, name, place)
        for name, curve in curves.items()
        for cost, place in _nearest(asked, _unit(curve.values[:12]), curve)
    ]
    kept: list[tuple[str, Span]] = []
    for _, name, place in sorted(found, key=lambda row: row[0]):
        if all(n != name or s.overlap_s(place) < 0.3 * place.duration_s for n, s in kept):
            kept.append((name, place))
    return kept[:_MOST]


def _nearest(asked: np.ndarray, curve: np.ndarray, clock: Feature) -> list[tuple[float, Span]]:
    times = clock.times_s
    best: list[tuple[float, Span]] = []
    for shift in range(12):
        cost, steps = dtw(
            X=np.roll(asked, shift, axis=0), Y=curve, metric="cosine", subseq=True,
            step_sizes_sigma=_TEMPO_STEPS, backtrack=False, return_steps=True,
        )  # fmt: skip
        last = cost[-1]
        inner = np.flatnonzero((last[1:-1] <= last[:-2]) & (last[1:-1] < last[2:])) + 1
        for end in inner[np.argsort(last[inner])[:10]]:
            start = _start(steps, int(end))
            if end > start and np.isfinite(last[end]):
                best.append((float(last[end]), Span(max(0, times[start]), times[end])))
    return best


def _start(steps: np.ndarray, end: int) -> int:
    row, column = steps.shape[0] - 1, end
    while row > 0 and column > 0:
        back = _ALL_STEPS[steps[row, column]]
        row, column = row - back[0], column - back[1]
    return max(0, int(column))


def _unit(curve: np.ndarray) -> np.ndarray:
    unit: np.ndarray = (curve + 1e-3) / np.linalg.norm(curve + 1e-3, axis=0, keepdims=True)
    return unit
