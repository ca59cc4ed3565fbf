"""The kernel that finds where lines of notes resemble each other, whatever key or tempo.

Local alignment (Smith and Waterman, J. Mol. Biol. 1981; of melodies: Mongeau and Sankoff,
Computers and the Humanities 1990), on pairs of notes. Two notes answer two others when the
interval and the time between them agree; up to two notes in between may be passed over on either
side, so ornaments and missed notes break nothing.
"""

import numba
import numpy as np
from jaxtyping import Float64, Int64

STANDING_STILL = 0.2
"""What a repeated note earns, where a moving one earns 1."""
FARTHEST_SEMITONES = 2.0
"""Intervals farther apart, octaves aside, never answer each other."""
REACH = 3
"""How many notes back the last aligned pair may lie."""


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def resemblances(  # noqa: C901, PLR0912, PLR0915 (as long as its recursion)
    pitch: Float64[np.ndarray, " notes"],
    onset_s: Float64[np.ndarray, " notes"],
    surely: Float64[np.ndarray, " notes"],
    line: Int64[np.ndarray, " notes"],
    prices: Float64[np.ndarray, "prices"],
    least: float,
    most: int,
) -> Float64[np.ndarray, "found columns"]:
    """Rows of score, first and last note of one stretch, first and last note of the other.

    Notes of all lines follow each other; `line` says which is whose. `prices` are those of a
    semitone, of an octave of tempo, of a note passed over, and of a change of tempo underway.
    A row stands for the best alignment from its first pair on that reaches `least`.
    """
    notes = pitch.size
    semitone, octave, passed, unsteady = prices
    waits = np.zeros((REACH + 1, notes))
    for back in range(1, REACH + 1):
        for j in range(back, notes):
            if line[j] == line[j - back]:
                waits[back, j] = np.log2(max(onset_s[j] - onset_s[j - back], 1e-3))
    score = np.zeros((REACH + 1, notes))
    opened_i = np.zeros((REACH + 1, notes), np.int64)
    opened_j = np.zeros((REACH + 1, notes), np.int64)
    pace = np.zeros((REACH + 1, notes))
    found = np.zeros((most, 5))
    count = 0
    place = {np.int64(-1): np.int64(0)}
    for i in range(notes):
        here = i % (REACH + 1)
        for j in range(i + 1, notes):
            best, best_pace = 0.0, 0.0
            from_i, from_j = i, j
            for di in range(1, REACH + 1):
                if i - di < 0 or line[i - di] != line[i]:
                    break
                row = (i - di) % (REACH + 1)
                for dj in range(1, REACH + 1):
                    if j - dj <= i - di or line[j - dj] != line[j]:
                        break
                    off = (pitch[i] - pitch[i - di]) - (pitch[j] - pitch[j - dj])
                    off = abs(off) % 12.0
                    off = min(off, 12.0 - off)
                    if off > FARTHEST_SEMITONES:
                        continue
                    ratio = waits[dj, j] - waits[di, i]
                    still = (pitch[i] - pitch[i - di]) % 12.0 == 0.0
                    known = score[row, j - dj]
                    turn = abs(ratio - pace[row, j - dj]) if known > 0 else 0.0
                    earned = (
                        min(surely[i], surely[j]) * (STANDING_STILL if still else 1.0)
                        - semitone * off
                        - octave * min(abs(ratio), 2.0)
                        - unsteady * min(turn, 2.0)
                        - passed * (di + dj - 2)
                    )
                    total = known + earned
                    if total > best:
                        best = total
                        best_pace = 0.7 * pace[row, j - dj] + 0.3 * ratio if known > 0 else ratio
                        if known > 0:
                            from_i, from_j = opened_i[row, j - dj], opened_j[row, j - dj]
                        else:
                            from_i, from_j = i - di, j - dj
            score[here, j] = best
            pace[here, j] = best_pace
            opened_i[here, j], opened_j[here, j] = from_i, from_j
            if best >= least:
                key = np.int64(from_i) * notes + from_j
                if key in place:
                    at = place[key]
                    if best <= found[at, 0]:
                        continue
                elif count < most:
                    at = np.int64(count)
                    place[key] = at
                    count += 1
                else:
                    continue
                found[at, 0] = best
                found[at, 1], found[at, 2] = from_i, i
                found[at, 3], found[at, 4] = from_j, j
    return found[:count]
