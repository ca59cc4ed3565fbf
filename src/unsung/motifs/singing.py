"""The kernels that hear a line of notes sung in a curve of pitch classes.

A line is a left-to-right chain of notes; each must sound somewhere, for about as long as it
should, one after the other: Viterbi alignment of a segmental hidden Markov model (as in Orio and
Déchelle, "Score following using spectral analysis and hidden Markov models", ICMC 2001), except
that the line may begin at any of its notes and end at any, at a price for each note left out.
The score of a note is the mean evidence for its pitch class while it lasts, less a price for
lasting longer or shorter than the tempo says.

`reached` hears a whole album at once and says only where lines end and how well; its inner loops
are free of branches, so that a processor takes many instants at a time. `sung_closely` then
hears a few places with care and says which note lies where.
"""

import numba
import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64

_NEVER = np.float32(-1e9)


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def reached(  # noqa: C901, PLR0912 (as long as its recursion)
    evidence: Float64[np.ndarray, "rows instants"],
    blocks: Int64[np.ndarray, "blocks bounds"],
    lines: Int64[np.ndarray, "variants notes"],
    lasts: Int64[np.ndarray, "tempi notes choices"],
    bent: Float32[np.ndarray, "tempi notes choices"],
    weight: Float32[np.ndarray, " notes"],
    prices: Float32[np.ndarray, " prices"],
    handicap: Float32[np.ndarray, "variants tempi"],
) -> tuple[Float32[np.ndarray, " instants"], Int32[np.ndarray, " instants"]]:
    """For each instant how well the line ends there at best, and how: tempo * variants + variant.

    `evidence` is summed along time, so a stretch's evidence is a difference. `lasts` are the
    lengths a note may have at each tempo (0: no more choices) and `bent` their price; `prices`
    are those of a note passed over and of a note beyond a fragment. A block (first instant, first
    whose answer is kept, end) is small enough to stay in the processor's cache.
    """
    passed, beyond = prices
    variants, notes = lines.shape
    best = np.zeros(evidence.shape[1], np.float32)
    how = np.zeros(evidence.shape[1], np.int32)
    longest = 0
    for b in range(len(blocks)):
        longest = max(longest, blocks[b, 2] - blocks[b, 0])
    curve = np.empty((evidence.shape[0], longest), np.float32)
    ahead, now = np.empty(longest, np.float32), np.empty(longest, np.float32)
    top, code = np.empty(longest, np.float32), np.empty(longest, np.int32)
    for b in range(len(blocks)):
        opens, kept, closes = blocks[b]
        instants = closes - opens
        for row in range(evidence.shape[0]):
            for k in range(instants):
                curve[row, k] = evidence[row, opens + k] - evidence[row, opens]
        top[:], code[:] = 0, 0
        for tempo in range(lasts.shape[0]):
            for variant in range(variants):
                for i in range(notes):
                    fresh = np.float32(-beyond * i)
                    skipped = np.float32(passed * weight[i])
                    if i == 0:
                        ahead[:], now[:] = 0, _NEVER
                    else:
                        for k in range(instants):
                            ahead[k] = now[k] if now[k] > fresh else fresh  # noqa: FURB136 (one instruction)
                            now[k] -= skipped
                    row = lines[variant, i]
                    for choice in range(lasts.shape[2]):
                        last = lasts[tempo, i, choice]
                        if last <= 0 or last >= instants:
                            break
                        share = np.float32(weight[i] / last)
                        price = np.float32(weight[i] * bent[tempo, i, choice])
                        before, begun = ahead[: instants - last], curve[row, : instants - last]
                        ended, after = curve[row, last:instants], now[last:instants]
                        for k in range(instants - last):
                            heard = before[k] + (ended[k] - begun[k]) * share - price
                            after[k] = heard if heard > after[k] else after[k]  # noqa: FURB136
                    rest = np.float32(beyond * (notes - 1 - i) + handicap[variant, tempo])
                    this = np.int32(tempo * variants + variant)
                    for k in range(instants):
                        better = now[k] - rest > top[k]
                        code[k] = this if better else code[k]
                        top[k] = now[k] - rest if better else top[k]
        best[kept:closes] = top[kept - opens : instants]
        how[kept:closes] = code[kept - opens : instants]
    return best, how


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def sung_closely(
    evidence: Float64[np.ndarray, "rows instants"],
    ends: Int64[np.ndarray, "ends columns"],
    lines: Int64[np.ndarray, "variants notes"],
    lasts: Int64[np.ndarray, "tempi notes choices"],
    bent: Float32[np.ndarray, "tempi notes choices"],
    weight: Float32[np.ndarray, " notes"],
    prices: Float32[np.ndarray, " prices"],
    handicap: Float32[np.ndarray, "variants tempi"],
    near: int,
) -> tuple[
    Float64[np.ndarray, " ends"], Int64[np.ndarray, " ends"], Int64[np.ndarray, "ends notes bounds"]
]:
    """Score, tempo and notes of the best way to end near each of `ends`.

    Rows of `ends` are instant, variant, first tempo to try and the tempo after the last.
    """
    score = np.full(len(ends), -np.inf)
    speed = np.zeros(len(ends), np.int64)
    notes = np.full((len(ends), lines.shape[1], 2), -1, np.int64)
    for k in range(len(ends)):
        end, variant, first, last = ends[k]
        for tempo in range(first, last):
            opens = max(0, end - near - lasts[tempo].max() * lines.shape[1])
            around = evidence[:, opens : end + near + 1]
            reward, bounds = sung_notes(
                around, lines[variant], lasts[tempo], bent[tempo], weight, prices,
                end - opens - near,
            )  # fmt: skip
            reward -= handicap[variant, tempo]
            if reward > score[k]:
                score[k], speed[k] = reward, tempo
                notes[k] = np.where(bounds >= 0, bounds + opens, bounds)
    return score, speed, notes


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def sung_notes(  # noqa: C901, PLR0912
    evidence: Float64[np.ndarray, "rows instants"],
    line: Int64[np.ndarray, " notes"],
    lasts: Int64[np.ndarray, "notes choices"],
    bent: Float32[np.ndarray, "notes choices"],
    weight: Float32[np.ndarray, " notes"],
    prices: Float32[np.ndarray, " prices"],
    earliest: int,
) -> tuple[float, Int64[np.ndarray, "notes bounds"]]:
    """How well the line is sung there at best if it ends at `earliest` or later, and where.

    Each note's first and last instant; (-1, -1) where it is not sung.
    """
    passed, beyond = prices
    notes, instants = line.size, evidence.shape[1]
    score = np.full((notes, instants), _NEVER, np.float64)
    lasted = np.zeros((notes, instants), np.int64)
    for i in range(notes):
        row = evidence[line[i]]
        if i > 0:
            for at in range(instants):
                score[i, at] = score[i - 1, at] - passed * weight[i]
        for choice in range(lasts.shape[1]):
            last = lasts[i, choice]
            if last <= 0:
                break
            for at in range(last, instants):
                heard = weight[i] * ((row[at] - row[at - last]) / last - bent[i, choice])
                ahead = -beyond * i
                fresh = True
                if i > 0 and score[i - 1, at - last] > ahead:
                    ahead = score[i - 1, at - last]
                    fresh = False
                if ahead + heard > score[i, at]:
                    score[i, at] = ahead + heard
                    lasted[i, at] = -last if fresh else last
    bounds = np.full((notes, 2), -1, np.int64)
    best, i, at = np.float64(_NEVER), 0, 0
    for k in range(notes):
        for end in range(max(1, earliest), instants):
            if score[k, end] - beyond * (notes - 1 - k) > best:
                best, i, at = score[k, end] - beyond * (notes - 1 - k), k, end
    while i >= 0 and at > 0:
        last = lasted[i, at]
        if last != 0:
            bounds[i, 0], bounds[i, 1] = at - abs(last), at
            at -= abs(last)
        if last < 0:
            break
        i -= 1
    return best, bounds
