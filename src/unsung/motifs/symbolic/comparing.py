"""The kernels that compare two passages: moved upon each other, and aligned note by note.

Moving: the translation of one passage that brings most of its notes onto notes of the other
(Meredith, Lemström and Wiggins, J. New Music Research 2002: maximal translatable patterns), a
semitone beside counting for half, since another mode or a tonal answer moves single notes.
Aligning: Mongeau and Sankoff (Computers and the Humanities 1990) on intervals and ratios of time,
and on contour and ratios of time alone.
"""

import numba
import numpy as np
from jaxtyping import Float32, Float64, Int64

LIKENESSES = 7
"""Moved; moved in time but not in pitch class; moved in pitch only; intervals; intervals from the
first note on; contour of the highest line; contour of the lowest."""
_BESIDE = 0.6
_TURN, _SEMITONE, _OCTAVE, _PASSED = 0.3, 0.4, 0.6, 0.2
_REACH = 4
_MOST_TICKS = 4096
_PITCHES = 121
_MOST_LINE_NOTES = 150


Ticks = Int64[np.ndarray, " notes"]
Pitches = Int64[np.ndarray, " notes"]
Weights = Float64[np.ndarray, " notes"]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def compared(
    pairs: Int64[np.ndarray, "pairs two"],
    notes_from: Int64[np.ndarray, " bounds"],
    tick: Ticks,
    pitch: Pitches,
    weight: Weights,
    line_from: Int64[np.ndarray, "lines bounds"],
    line_tick: Int64[np.ndarray, " line_notes"],
    line_pitch: Int64[np.ndarray, " line_notes"],
) -> Float32[np.ndarray, "pairs likenesses"]:
    """How alike the two passages of each pair are, in seven ways, 0 to about 1 each."""
    found = np.zeros((len(pairs), LIKENESSES), np.float32)
    moved = np.zeros((2 * _MOST_TICKS, _PITCHES))
    folded = np.zeros(2 * _MOST_TICKS)
    table = np.zeros((_MOST_LINE_NOTES, _MOST_LINE_NOTES))
    for row in range(len(pairs)):
        a, b = pairs[row]
        own = slice(notes_from[a], notes_from[a + 1])
        other = slice(notes_from[b], notes_from[b + 1])
        found[row, :3] = _moved(
            tick[own], pitch[own], weight[own],
            tick[other], pitch[other], weight[other], moved, folded,
        )  # fmt: skip
        for k in range(len(line_from)):
            one = slice(line_from[k, a], line_from[k, a + 1])
            for m in range(len(line_from)):
                two = slice(line_from[m, b], line_from[m, b + 1])
                score = _aligned(
                    line_tick[one], line_pitch[one], line_tick[two], line_pitch[two], table, 0
                )
                found[row, 3] = max(found[row, 3], score)
        for k in range(2):
            one = slice(line_from[k, a], line_from[k, a + 1])
            two = slice(line_from[k, b], line_from[k, b + 1])
            columns = (line_tick[one], line_pitch[one], line_tick[two], line_pitch[two])
            if k == 0:
                found[row, 4] = _aligned(*columns, table, 1)
            found[row, 5 + k] = _contour(*columns, table)
    return found


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _moved(
    tick_a: Ticks, pitch_a: Pitches, weight_a: Weights,
    tick_b: Ticks, pitch_b: Pitches, weight_b: Weights,
    moved: Float64[np.ndarray, "ticks pitches"], folded: Float64[np.ndarray, " ticks"],
) -> Float64[np.ndarray, " three"]:  # fmt: skip
    """The share of weight that the best translation brings together: any, same key, same time."""
    best, same_key, same_time = 0.0, 0.0, 0.0
    for visit in range(3):
        for x in range(len(tick_a)):
            for y in range(len(tick_b)):
                later = tick_b[y] - tick_a[x] + _MOST_TICKS
                higher = pitch_b[y] - pitch_a[x]
                if not 0 <= later < 2 * _MOST_TICKS or not -60 < higher < 60:
                    continue
                up = higher + 60
                if visit == 0:
                    both = min(weight_a[x], weight_b[y])
                    moved[later, up] += both
                    if higher % 12 == 0:
                        folded[later] += both
                elif visit == 1:
                    beside = moved[later, up - 1] + moved[later, up + 1]
                    score = moved[later, up] + _BESIDE * beside
                    best = max(best, score)
                    same_key = max(same_key, folded[later])
                    if later == _MOST_TICKS:
                        same_time = max(same_time, score)
                else:
                    moved[later, up] = 0.0
                    folded[later] = 0.0
    whole = np.sqrt(weight_a.sum() * weight_b.sum()) + 1e-9
    shares: Float64[np.ndarray, " three"] = np.array((best, same_key, same_time)) / whole
    return shares


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _aligned(
    tick_a: Ticks, pitch_a: Pitches, tick_b: Ticks, pitch_b: Pitches,
    table: Float64[np.ndarray, "notes others"], from_the_start: int,
) -> float:  # fmt: skip
    """The best alignment of steps; up to two notes on one side may be passed over at a time."""
    notes_a, notes_b = min(len(tick_a), len(table)), min(len(tick_b), len(table))
    best = 0.0
    for x in range(notes_a):
        for y in range(notes_b):
            score = 0.0
            if from_the_start:
                score = -0.5 * (x + y) if x + y < 2 else -9.0
            for back_x in range(1, min(_REACH, x + 1)):
                for back_y in range(1, min(_REACH, y + 1)):
                    if back_x > 1 and back_y > 1:
                        break
                    interval_a = pitch_a[x] - pitch_a[x - back_x]
                    interval_b = pitch_b[y] - pitch_b[y - back_y]
                    off = abs(interval_a - interval_b)
                    price = 0.0 if off == 0 else min(_TURN + _SEMITONE * (off - 1), 3.0)
                    octaves = abs(
                        np.log2((tick_b[y] - tick_b[y - back_y]) / (tick_a[x] - tick_a[x - back_x]))
                    )
                    price += _OCTAVE * min(octaves, 2.0) + _PASSED * (back_x + back_y - 2)
                    score = max(score, table[x - back_x, y - back_y] + 1.0 - price)
            table[x, y] = score
            best = max(best, score)
    share: float = best / np.sqrt(max(notes_a - 1, 1) * max(notes_b - 1, 1))
    return share


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _contour(
    tick_a: Ticks, pitch_a: Pitches, tick_b: Ticks, pitch_b: Pitches,
    table: Float64[np.ndarray, "notes others"],
) -> float:  # fmt: skip
    """The best run of steps that go the same way, at the same ratio of time."""
    notes_a, notes_b = min(len(tick_a), len(table)), min(len(tick_b), len(table))
    best = 0.0
    for x in range(notes_a):
        for y in range(notes_b):
            table[x, y] = 0.0
            if x == 0 or y == 0:
                continue
            a, b = pitch_a[x] - pitch_a[x - 1], pitch_b[y] - pitch_b[y - 1]
            way = 1.0 if np.sign(a) == np.sign(b) else -1.0
            if way > 0 and min(abs(a), abs(b)) <= 2 and max(abs(a), abs(b)) > 4:
                way = 0.0
            octaves = abs(np.log2((tick_b[y] - tick_b[y - 1]) / (tick_a[x] - tick_a[x - 1])))
            table[x, y] = max(0.0, table[x - 1, y - 1] + way - 0.8 * min(octaves, 2.0))
            best = max(best, table[x, y])
    share: float = best / np.sqrt(max(notes_a - 1, 1) * max(notes_b - 1, 1))
    return share
