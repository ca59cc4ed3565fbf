"""What others do with the same tasks.

A passage is sought by subsequence alignment of chroma. Motifs are found by LAMA (Schäfer and
Leser, "Leitmotifs", package `leitmotif`), and by local alignment of lines without any model of
luck, its threshold chosen on the development part.
"""

from importlib import import_module

import numpy as np
from librosa.sequence import dtw

from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.motifs.alignment import echoes
from unsung.motifs.lines import Lines
from unsung.motifs.seeds import seeds

_MOST = 40
_TEMPO_STEPS = np.array([[1, 1], [1, 2], [2, 1]])
_ALL_STEPS = np.concatenate(([[1, 1], [0, 1], [1, 0]], _TEMPO_STEPS))
"""librosa counts its own steps first, even where they may not be taken."""

_ECHO_PRICES = np.array((0.8, 0.9, 0.25, 0.3))
_LEAST_ECHO = 4.0
_LAMA_SUBSAMPLED, _LAMA_WINDOW_S, _LAMA_MOST = 3, 5.0, 12


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


def families_by_lama(curves: dict[str, Feature]) -> list[list[tuple[str, Span]]]:
    """The motif sets LAMA finds in all tracks laid end to end: 5 s windows, cosine, elbows."""
    lama_class = import_module("leitmotifs.lama").LAMA
    parts = [curve.values[:12, ::_LAMA_SUBSAMPLED] for curve in curves.values()]
    ends = np.cumsum([part.shape[1] for part in parts])
    rate_hz = next(iter(curves.values())).frames.rate_hz / _LAMA_SUBSAMPLED
    window = round(_LAMA_WINDOW_S * rate_hz)
    series = np.concatenate(parts, axis=1).astype(np.float64)
    lama = lama_class("album", series, distance="cosine", n_dims=12, n_jobs=1)
    lama.fit_k_elbow(_LAMA_MOST, window, plot_elbows=False, plot_motifsets=False)
    names = list(curves)

    def place(at: int) -> tuple[str, Span]:
        track = min(int(np.searchsorted(ends, at, side="right")), len(names) - 1)
        start_s = (at - (ends[track] - parts[track].shape[1])) / rate_hz
        return names[track], Span(start_s, start_s + _LAMA_WINDOW_S)

    return [[place(int(at)) for at in lama.leitmotifs[k]] for k in lama.elbow_points]


def families_by_alignment(led: Lines, files: tuple[str, ...]) -> list[list[tuple[str, Span]]]:
    """Stretches of lines that echo each other, those that overlap by half taken as one."""
    rows = echoes(
        led.pitch, led.onset_s, led.surely, led.line, seeds(led), _ECHO_PRICES, _LEAST_ECHO
    )
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    sides = rows[:, 1:].astype(int).reshape(-1, 2)
    places: list[tuple[int, int]] = []
    which = [_place(places, int(first), int(last)) for first, last in sides]
    family = list(range(len(places)))
    for one, other in zip(which[::2], which[1::2], strict=True):
        old, new = family[other], family[one]
        family = [new if name == old else name for name in family]
    worth = dict.fromkeys(family, 0.0)
    for one, score in zip(which[::2], rows[:, 0], strict=True):
        worth[family[one]] += score
    return [
        [
            (files[led.line[a]], Span(led.onset_s[a], led.end_s[b]))
            for (a, b), name in zip(places, family, strict=True)
            if name == wanted
        ]
        for wanted in sorted(worth, key=lambda name: -worth[name])
    ]


def _place(places: list[tuple[int, int]], first: int, last: int) -> int:
    """The number of the place that shares half its notes with this stretch, or of a new one."""
    for k, (a, b) in enumerate(places):
        if 2 * (min(b, last) - max(a, first) + 1) >= max(b, last) - min(a, first) + 1:
            return k
    places.append((first, last))
    return len(places) - 1
