"""The kernel that hears a line of notes sung in a curve of pitch classes.

A line is a left-to-right chain of notes; each must sound somewhere, for about as long as it
should, one after the other: Viterbi alignment of a segmental hidden Markov model (as in Orio and
Déchelle, "Score following using spectral analysis and hidden Markov models", ICMC 2001), except
that the line may begin at any of its notes and end at any, at a price for each note left out.
The score of a note is the mean evidence for its pitch class while it lasts, less a price for
lasting longer or shorter than the tempo says.
"""

import numba
import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64

SHORTEST = 0.5
LONGEST = 2.0
"""A note may last half to twice what the tempo asks."""
_NEVER = np.float32(-1e9)


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def sung(  # noqa: C901 (as long as its recursion)
    evidence: Float64[np.ndarray, "rows instants"],
    lines: Int64[np.ndarray, "variants notes"],
    expected: Float64[np.ndarray, "tempi notes"],
    weight: Float64[np.ndarray, " notes"],
    prices: Float64[np.ndarray, "prices"],
    handicap: Float64[np.ndarray, "variants tempi"],
) -> tuple[
    Float32[np.ndarray, " instants"],
    Int32[np.ndarray, " instants"],
    Int32[np.ndarray, " instants"],
    Int32[np.ndarray, " instants"],
]:
    """For each instant, the best way the line ends there: score, start, variant, tempo.

    `evidence` is summed along time, so a stretch's evidence is a difference. `prices` are those
    of bending a duration by an octave, of a note passed over, and of a note beyond a fragment.
    """
    bend, passed, beyond = prices
    variants, notes = lines.shape
    instants = evidence.shape[1]
    best = np.zeros(instants, np.float32)
    start = np.zeros(instants, np.int32)
    which = np.zeros(instants, np.int32)
    speed = np.zeros(instants, np.int32)
    now, then = np.empty(instants, np.float32), np.empty(instants, np.float32)
    since, before = np.empty(instants, np.int32), np.empty(instants, np.int32)
    for tempo in range(expected.shape[0]):
        for variant in range(variants):
            for i in range(notes):
                row = evidence[lines[variant, i]]
                wanted = expected[tempo, i]
                least = max(1, int(np.floor(wanted * SHORTEST)))
                most = max(least, int(np.ceil(wanted * LONGEST)))
                fresh = np.float32(-beyond * i)
                rest = beyond * (notes - 1 - i) + handicap[variant, tempo]
                for end in range(instants):
                    now[end] = _NEVER
                    since[end] = end
                    if i > 0:
                        now[end] = then[end] - passed * weight[i]
                        since[end] = before[end]
                for lasts in range(least, most + 1):
                    bent = bend * abs(np.log2(lasts / wanted))
                    for end in range(lasts, instants):
                        heard = weight[i] * ((row[end] - row[end - lasts]) / lasts - bent)
                        from_here = fresh
                        begun = end - lasts
                        if i > 0 and then[end - lasts] > fresh:
                            from_here = then[end - lasts]
                            begun = before[end - lasts]
                        if from_here + heard > now[end]:
                            now[end] = from_here + heard
                            since[end] = begun
                for end in range(instants):
                    if now[end] - rest > best[end]:
                        best[end] = now[end] - rest
                        start[end] = since[end]
                        which[end] = variant
                        speed[end] = tempo
                now, then = then, now
                since, before = before, since
    return best, start, which, speed


@numba.njit(cache=True, fastmath=True, nogil=True)  # type: ignore[untyped-decorator]
def sung_notes(  # noqa: C901
    evidence: Float64[np.ndarray, "rows instants"],
    line: Int64[np.ndarray, " notes"],
    expected: Float64[np.ndarray, " notes"],
    weight: Float64[np.ndarray, " notes"],
    prices: Float64[np.ndarray, "prices"],
    end: int,
) -> Int64[np.ndarray, "notes bounds"]:
    """First and last instant of each note of the best line ending at `end`; (-1, -1): not sung."""
    bend, passed, beyond = prices
    notes = line.size
    instants = end + 1
    score = np.full((notes, instants), _NEVER)
    lasted = np.zeros((notes, instants), np.int64)
    for i in range(notes):
        row = evidence[line[i]]
        least = max(1, int(np.floor(expected[i] * SHORTEST)))
        most = max(least, int(np.ceil(expected[i] * LONGEST)))
        for at in range(instants):
            if i > 0:
                score[i, at] = score[i - 1, at] - passed * weight[i]
            for lasts in range(least, min(most, at) + 1):
                bent = bend * abs(np.log2(lasts / expected[i]))
                heard = weight[i] * ((row[at] - row[at - lasts]) / lasts - bent)
                ahead = -beyond * i
                fresh = True
                if i > 0 and score[i - 1, at - lasts] > ahead:
                    ahead = score[i - 1, at - lasts]
                    fresh = False
                if ahead + heard > score[i, at]:
                    score[i, at] = ahead + heard
                    lasted[i, at] = -lasts if fresh else lasts
    bounds = np.full((notes, 2), -1, np.int64)
    i = 0
    for k in range(notes):
        if score[k, end] - beyond * (notes - 1 - k) > score[i, end] - beyond * (notes - 1 - i):
            i = k
    at = end
    while i >= 0:
        lasts = lasted[i, at]
        if lasts != 0:
            bounds[i, 0] = at - abs(lasts)
            bounds[i, 1] = at
            at -= abs(lasts)
        if lasts < 0:
            break
        i -= 1
    return bounds
