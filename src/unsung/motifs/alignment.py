"""The kernel that finds where lines of notes echo each other, whatever key or tempo.

Local alignment (Smith and Waterman, J. Mol. Biol. 1981; of melodies: Mongeau and Sankoff,
Computers and the Humanities 1990), on pairs of notes. Two notes answer two others when the
interval and the time between them agree; up to two notes in between may be passed over on either
side, so ornaments and missed notes break nothing. Only round seeds is it done at all, in a narrow
band (as BLAST does: Altschul et al., J. Mol. Biol. 1990), so the cost grows with the seeds and
not with all pairs of notes.
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
AROUND, ASIDE = 24, 4
"""How many notes before and after a seed are aligned, and how far the two sides may drift."""


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def echoes(
    pitch: Float64[np.ndarray, " notes"],
    onset_s: Float64[np.ndarray, " notes"],
    surely: Float64[np.ndarray, " notes"],
    line: Int64[np.ndarray, " notes"],
    seeds: Int64[np.ndarray, "seeds sides"],
    prices: Float64[np.ndarray, " prices"],
    least: float,
) -> Float64[np.ndarray, "found columns"]:
    """Rows of score, first and last note of one stretch, first and last note of the other.

    Notes of all lines follow each other; `line` says which is whose. A seed is a note of either
    side, the earlier first. `prices` are those of a semitone, of an octave of tempo, of a note
    passed over, and of a change of tempo underway. A row stands for the best alignment through or
    near a seed; seeds that it explains are passed over.
    """
    found = np.zeros((len(seeds), 5))
    count = 0
    explained = {np.int64(-1)}
    for k in range(len(seeds)):
        i, j = seeds[k]
        if np.int64(i) * pitch.size + j in explained:
            continue
        score, path = aligned(pitch, onset_s, surely, line, i, j, prices)
        for a, b in path:
            explained.add(np.int64(a) * pitch.size + b)
        if score >= least:
            found[count, 0] = score
            found[count, 1], found[count, 2] = path[-1][0], path[0][0]
            found[count, 3], found[count, 4] = path[-1][1], path[0][1]
            count += 1
    return found[:count]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def aligned(  # noqa: C901, PLR0912 (as long as its recursion)
    pitch: Float64[np.ndarray, " notes"],
    onset_s: Float64[np.ndarray, " notes"],
    surely: Float64[np.ndarray, " notes"],
    line: Int64[np.ndarray, " notes"],
    seed_i: int,
    seed_j: int,
    prices: Float64[np.ndarray, " prices"],
) -> tuple[float, list[tuple[int, int]]]:
    """The best alignment in the band round a seed: its score, and its pairs, the last first."""
    semitone, octave, passed, unsteady = prices
    opens = max(seed_i - AROUND, 0)
    rows = min(seed_i + AROUND + 1, pitch.size) - opens
    wide = 2 * ASIDE + 1
    score, pace = np.zeros((rows, wide)), np.zeros((rows, wide))
    back = np.zeros((rows, wide, 2), np.int64)
    best, best_at = 0.0, (0, 0)
    for row in range(rows):
        i = opens + row
        if line[i] != line[seed_i]:
            continue
        for column in range(wide):
            j = i + seed_j - seed_i + column - ASIDE
            if j <= i or j >= pitch.size or line[j] != line[seed_j]:
                continue
            for di in range(1, min(REACH, row) + 1):
                if line[i - di] != line[i]:
                    break
                for dj in range(1, REACH + 1):
                    from_column = column + di - dj
                    if j - dj <= i - di or line[j - dj] != line[j]:
                        break
                    if from_column < 0 or from_column >= wide:
                        continue
                    off = (pitch[i] - pitch[i - di]) - (pitch[j] - pitch[j - dj])
                    off = abs(off) % 12.0
                    off = min(off, 12.0 - off)
                    if off > FARTHEST_SEMITONES:
                        continue
                    waited = max(onset_s[i] - onset_s[i - di], 1e-3)
                    ratio = np.log2(max(onset_s[j] - onset_s[j - dj], 1e-3) / waited)
                    still = (pitch[i] - pitch[i - di]) % 12.0 == 0.0
                    known = score[row - di, from_column]
                    turn = abs(ratio - pace[row - di, from_column]) if known > 0 else 0.0
                    total = known + (
                        min(surely[i], surely[j]) * (STANDING_STILL if still else 1.0)
                        - semitone * off
                        - octave * min(abs(ratio), 2.0)
                        - unsteady * min(turn, 2.0)
                        - passed * (di + dj - 2)
                    )
                    if total > score[row, column]:
                        score[row, column] = total
                        steady = 0.7 * pace[row - di, from_column] + 0.3 * ratio
                        pace[row, column] = steady if known > 0 else ratio
                        back[row, column] = di, dj
            if score[row, column] > best:
                best, best_at = score[row, column], (row, column)
    row, column = best_at
    path = [(opens + row, opens + row + seed_j - seed_i + column - ASIDE)]
    while score[row, column] > 0:
        di, dj = back[row, column]
        row, column = row - di, column + di - dj
        path.append((opens + row, opens + row + seed_j - seed_i + column - ASIDE))
    return best, path
