"""The kernel that finds the best chain of beats through a row of evidence.

Beats follow each other at intervals that change little from one to the next. With the interval as
state this is the bar pointer without the bar (Krebs, Böck & Widmer, "An efficient state-space model
for joint tempo and meter tracking", ISMIR 2015, sections 2 and 3), searched from beat to beat as
Ellis does ("Beat tracking by dynamic programming", JNMR 36, 2007, section 3). A chain may begin
and end within an interval.

What is compiled takes no wrapping: the tests check these shapes at the call in `beats`.
"""

from typing import no_type_check

import numba
import numpy as np
from jaxtyping import Float64, Int16, Int64

_NEVER = -1e30


@no_type_check
@numba.njit(cache=True, nogil=True)
def beat_chain(
    struck: Float64[np.ndarray, " instants"],
    resting: Float64[np.ndarray, " instants"],
    intervals: Int64[np.ndarray, " intervals"],
    widths: Int64[np.ndarray, " intervals"],
    earned: Float64[np.ndarray, " intervals"],
    lost: Float64[np.ndarray, "intervals intervals"],
) -> tuple[Int64[np.ndarray, " beats"], Int64[np.ndarray, " beats"]]:
    """The frame of each beat, and which of `intervals` follows it.

    `struck` and `resting` are running sums of what a frame earns as part of a beat (its first
    `widths` frames) and between beats; `earned` is added a beat, `lost` (from, to) where the
    interval changes.
    """
    count, kinds, longest = len(struck) - 1, len(intervals), int(intervals.max())
    ring = longest + 1
    best = np.full((ring, kinds), _NEVER)
    came = np.full((count + longest + 1, kinds), -1, np.int16)
    arrived = np.empty(kinds)
    end_score, end_at, end_kind = _NEVER, -1, -1
    for now in range(count + longest + 1):
        for kind in range(kinds):
            begun = now - intervals[kind]
            arrived[kind] = _NEVER
            if 0 <= begun < count:
                arrived[kind] = best[begun % ring, kind] + _interval(
                    struck, resting, begun, now, widths[kind], count
                )
        for kind in range(kinds):
            total, source = _NEVER, -1
            if now < longest:
                total = resting[min(now, count)]
            for other in range(kinds):
                reached = arrived[other] - lost[other, kind]
                if reached > total:
                    total, source = reached, other
            best[now % ring, kind] = total + earned[kind]
            came[now, kind] = source
            if now >= count and source >= 0 and best[now % ring, kind] > end_score:
                end_score, end_at, end_kind = best[now % ring, kind], now, kind
    return _backwards(came, intervals, count, end_at, end_kind)


@no_type_check
@numba.njit(cache=True, nogil=True)
def _interval(
    struck: Float64[np.ndarray, " instants"],
    resting: Float64[np.ndarray, " instants"],
    begun: int,
    ended: int,
    width: int,
    count: int,
) -> float:
    """What is earned from one beat to the next; beyond the end, nothing."""
    until, after = min(ended, count), min(begun + width, count)
    beat: float = struck[after] - struck[begun]
    rest: float = resting[until] - resting[after]
    return beat + rest


@no_type_check
@numba.njit(cache=True, nogil=True)
def _backwards(
    came: Int16[np.ndarray, "instants intervals"],
    intervals: Int64[np.ndarray, " intervals"],
    count: int,
    now: int,
    kind: int,
) -> tuple[Int64[np.ndarray, " beats"], Int64[np.ndarray, " beats"]]:
    beats = np.empty(count + 1, np.int64)
    kinds = np.empty(count + 1, np.int64)
    found = 0
    while now >= 0 and kind >= 0:
        if now < count:
            beats[found], kinds[found] = now, kind
            found += 1
        before = came[now, kind]
        if before < 0:
            break
        now, kind = now - intervals[before], before
    return beats[:found][::-1].copy(), kinds[:found][::-1].copy()
