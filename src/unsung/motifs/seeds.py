"""Where two lines take the same three steps: the seeds round which echoes are sought.

Every four notes of a line, and every four of five, are entered in an index under their intervals,
octaves aside; those that share an entry and a rhythm, and go on to share another, are seeds. What
everybody plays is passed over: an entry that fills more than a hundred places is compared with
its neighbours only, so the cost grows with the notes and not with their pairs.
"""

from itertools import pairwise

import numba
import numpy as np
from jaxtyping import Bool, Int64

from unsung.motifs.lines import Lines

_WAYS = ((3, 2, 1, 0), (4, 2, 1, 0), (4, 3, 1, 0), (4, 3, 2, 0))
"""How many notes back the four notes lie."""
_NEIGHBOURS = 100
_OTHER_RHYTHM = 0.6
"""Octaves of time by which a step may be longer or shorter than the tempo says."""
_FEWEST_STEPS = 2
_NEAR = 4
"""How many notes on the next seed may be."""


def seeds(led: Lines) -> Int64[np.ndarray, "seeds sides"]:
    """The last notes of four that resemble four others, in both places; the earlier place first."""
    entered = [_entries(led, way) for way in _WAYS]
    key, last, first = (np.concatenate(column) for column in zip(*entered, strict=True))
    waits = np.concatenate([_waits(led, way) for way in _WAYS])
    order = np.lexsort((last, key))
    pairs = np.unique(
        _shared(key[order], last[order], first[order], waits[order], led.line), axis=0
    )
    chosen: np.ndarray = _in_company(pairs)
    return chosen


def _entries(
    led: Lines, way: tuple[int, ...]
) -> tuple[
    Int64[np.ndarray, " entries"], Int64[np.ndarray, " entries"], Int64[np.ndarray, " entries"]
]:
    """A number for the intervals of each four notes, their last note and their first."""
    last = _ends(led, way)
    steps = [_pitch(led, last - b) - _pitch(led, last - a) for a, b in pairwise(way)]
    key = np.zeros(len(last), np.int64)
    for step in steps:
        key = 12 * key + step % 12
    return key, last, last - way[0]


def _waits(led: Lines, way: tuple[int, ...]) -> np.ndarray:
    """The logarithm (octaves) of the time from each of the four notes to the next."""
    last = _ends(led, way)
    onset_s = [led.onset_s[last - back] for back in way]
    return np.log2(np.maximum(np.diff(np.array(onset_s).reshape(4, -1), axis=0), 1e-3)).T


def _ends(led: Lines, way: tuple[int, ...]) -> Int64[np.ndarray, " entries"]:
    """The notes that end four notes of one line that do not stand still."""
    last = np.arange(way[0], len(led))
    same = led.line[last] == led.line[last - way[0]]
    moves = sum((_pitch(led, last - a) - _pitch(led, last - b)) % 12 != 0 for a, b in pairwise(way))
    kept: Bool[np.ndarray, " entries"] = same & (moves >= _FEWEST_STEPS)
    ends: np.ndarray = last[kept]
    return ends


def _pitch(led: Lines, at: Int64[np.ndarray, " entries"]) -> Int64[np.ndarray, " entries"]:
    whole: np.ndarray = led.pitch[at].astype(np.int64)
    return whole


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _shared(
    key: np.ndarray, last: np.ndarray, first: np.ndarray, waits: np.ndarray, line: np.ndarray
) -> np.ndarray:
    """Pairs of last notes of entries with one key, one rhythm and no note in common."""
    pairs = []
    for a in range(len(key)):
        for b in range(a + 1, min(a + 1 + _NEIGHBOURS, len(key))):
            if key[b] != key[a]:
                break
            if line[last[a]] == line[last[b]] and first[b] <= last[a]:
                continue
            slower = waits[b] - waits[a]
            if np.abs(slower - np.median(slower)).max() <= _OTHER_RHYTHM:
                pairs.append((last[a], last[b]))
    found = np.zeros((len(pairs), 2), np.int64)
    for k, pair in enumerate(pairs):
        found[k] = pair
    return found


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _in_company(pairs: np.ndarray) -> np.ndarray:
    """The pairs that another pair precedes or follows within a few notes."""
    known = {(np.int64(-1), np.int64(-1))}
    for k in range(len(pairs)):
        known.add((pairs[k, 0], pairs[k, 1]))
    kept = np.zeros(len(pairs), np.bool_)
    for k in range(len(pairs)):
        i, j = pairs[k]
        for ahead in range(1, _NEAR + 1):
            for aside in range(-1, 2):
                if (i + ahead, j + ahead + aside) in known or (
                    i - ahead,
                    j - ahead + aside,
                ) in known:
                    kept[k] = True
    return pairs[kept]
