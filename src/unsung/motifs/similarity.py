"""How alike two short passages of exact notes are, whatever their key or tempo.

Two kinds of likeness are added. Their uppermost and lowest lines are aligned note by note (as in
Mongeau and Sankoff, Computers and the Humanities 1990), which forgives ornaments and altered
steps; and all their notes are laid over each other at the best translation in pitch and time (SIA:
Meredith, Lemström and Wiggins, JNMR 2002), which sees the texture; a semitone off counts 0.6.
"""

from collections.abc import Callable

import numba
import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

_LOWEST_LINE = 0.3
_GRID = 12
"""Translations in time are told apart to a twelfth of a time unit."""


@frozen(eq=False)
class Passages:
    """Passages one after the other: passage k has the notes from `bounds[k]` to `bounds[k + 1]`."""

    onset: Float64[np.ndarray, " notes"]
    pitch: Float64[np.ndarray, " notes"]
    bounds: Int64[np.ndarray, " bounds"]


def passages(notes: list[tuple[np.ndarray, np.ndarray]]) -> Passages:
    """Passages from pairs of onsets (in beats or seconds, sorted) and pitches."""
    onset = np.concatenate([np.zeros(0), *(row[0] for row in notes)])
    pitch = np.concatenate([np.zeros(0), *(row[1] for row in notes)])
    bounds = np.concatenate(([0], np.cumsum([len(row[0]) for row in notes]))).astype(np.int64)
    return Passages(onset.astype(float), pitch.astype(float), bounds)


def similarity(
    notes: list[tuple[np.ndarray, np.ndarray]],
) -> Float64[np.ndarray, "passages passages"]:
    """Likeness of every passage to every other, 0 and up; 2.3 for a passage and itself."""
    highest = passages([edge(onset, pitch, np.max) for onset, pitch in notes])
    lowest = passages([edge(onset, pitch, np.min) for onset, pitch in notes])
    whole = passages(notes)
    alike: np.ndarray = (
        aligned(highest.onset, highest.pitch, highest.bounds)
        + _LOWEST_LINE * aligned(lowest.onset, lowest.pitch, lowest.bounds)
        + translated(whole.onset, whole.pitch, whole.bounds)
    )
    return alike


def edge(
    onset: np.ndarray, pitch: np.ndarray, choose: Callable[[np.ndarray], float]
) -> tuple[np.ndarray, np.ndarray]:
    """The highest or lowest note at each onset."""
    moments, of_note = np.unique(np.round(onset, 4), return_inverse=True)
    chosen = [choose(pitch[of_note == k]) for k in range(len(moments))]
    return moments, np.array(chosen, float)


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def aligned(
    onset: Float64[np.ndarray, " notes"],
    pitch: Float64[np.ndarray, " notes"],
    bounds: Int64[np.ndarray, " bounds"],
) -> Float64[np.ndarray, "passages passages"]:
    """Every pair of lines aligned; 1 for a line and itself."""
    count = bounds.size - 1
    alike = np.zeros((count, count))
    for a in range(count):
        for b in range(a, count):
            x, y = slice(bounds[a], bounds[a + 1]), slice(bounds[b], bounds[b + 1])
            alike[a, b] = alike[b, a] = alignment(onset[x], pitch[x], onset[y], pitch[y])
    return alike


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def alignment(
    onset_a: Float64[np.ndarray, " first"],
    pitch_a: Float64[np.ndarray, " first"],
    onset_b: Float64[np.ndarray, " second"],
    pitch_b: Float64[np.ndarray, " second"],
) -> float:
    """Each step that both lines share earns 1, less for other intervals and other lengths."""
    n, m = pitch_a.size, pitch_b.size
    best = 0.0
    score = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            for di in range(1, min(3, i) + 1):
                for dj in range(1, min(3, j) + 1):
                    off = abs((pitch_a[i] - pitch_a[i - di]) - (pitch_b[j] - pitch_b[j - dj]))
                    ratio = (onset_a[i] - onset_a[i - di]) / (onset_b[j] - onset_b[j - dj])
                    earned = 1.0 - 0.1 * min(off, 6.0) - min(abs(np.log2(ratio)), 2.0)
                    total = score[i - di, j - dj] + earned - 0.3 * (di + dj - 2)
                    score[i, j] = max(score[i, j], total)
            best = max(best, score[i, j])
    return float(best / np.sqrt(max(n - 1, 1) * max(m - 1, 1)))


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def translated(
    onset: Float64[np.ndarray, " notes"],
    pitch: Float64[np.ndarray, " notes"],
    bounds: Int64[np.ndarray, " bounds"],
) -> Float64[np.ndarray, "passages passages"]:
    """Every pair of passages laid over each other; 1 for a passage and itself."""
    count = bounds.size - 1
    alike = np.zeros((count, count))
    for a in range(count):
        for b in range(a, count):
            x, y = slice(bounds[a], bounds[a + 1]), slice(bounds[b], bounds[b + 1])
            alike[a, b] = alike[b, a] = translation(onset[x], pitch[x], onset[y], pitch[y])
    return alike


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def translation(
    onset_a: Float64[np.ndarray, " first"],
    pitch_a: Float64[np.ndarray, " first"],
    onset_b: Float64[np.ndarray, " second"],
    pitch_b: Float64[np.ndarray, " second"],
) -> float:
    """The share of notes that the best translation lays over notes."""
    n, m = pitch_a.size, pitch_b.size
    if n == 0 or m == 0:
        return 0.0
    earliest = onset_b[0] - onset_a[-1]
    moments = int(np.round((onset_b[-1] - onset_a[0] - earliest) * _GRID)) + 1
    laid = np.zeros((moments, 260))
    best = 0.0
    for i in range(n):
        for j in range(m):
            moment = int(np.round((onset_b[j] - onset_a[i] - earliest) * _GRID))
            interval = int(np.round(pitch_b[j] - pitch_a[i])) + 129
            laid[moment, interval] += 1.0
            laid[moment, interval - 1] += 0.6
            laid[moment, interval + 1] += 0.6
            for near in range(interval - 1, interval + 2):
                best = max(best, laid[moment, near])
    return float(best / np.sqrt(n * m))
