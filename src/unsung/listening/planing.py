"""Planing: whole chords that move in parallel, as in Debussy.

Voices that begin together make a chord; where the next chord has as many voices and each has moved
by the same interval, the harmony planes (Persichetti, *Twentieth-Century Harmony*, 1961, chapter
9: *chromatic* where every interval is kept, *diatonic* where it fits the scale). Three moves in a
row are asked for: two parallel chords are an accident.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from attrs import frozen

from unsung.model.harmony import Planing
from unsung.model.notes import Notes
from unsung.model.time import Span

_TOGETHER_S = 0.04
_LONGEST_STEP_S = 3.0
_FEWEST_VOICES = 3
_FEWEST_CLASSES = 3
_LEAST_MOVES = 3


@frozen
class _Struck:
    """Pitches that begin together, and how long the longest of them sounds."""

    at_s: float
    end_s: float
    pitches: tuple[int, ...]


def planing(notes: Notes) -> tuple[Planing, ...]:
    """All stretches that plane, in order; none where fewer than three voices move together."""
    struck = list(_struck(notes))
    found: list[Planing] = []
    first = 0
    while first < len(struck) - 1:
        last = _run_end(struck, first)
        run = struck[first : last + 1]
        moves = [_shift(a, b) for a, b in pairwise(run)]
        moved = [move for move in moves if any(move)]
        if len(moved) >= _LEAST_MOVES:
            found.append(_planing(run, moved))
        first = max(last, first + 1)
    return tuple(found)


def _struck(notes: Notes) -> Iterator[_Struck]:
    """The chords whose voices all begin together."""
    edges = np.flatnonzero(np.diff(notes.onset_s, prepend=-np.inf) > _TOGETHER_S).tolist()
    for first, last in pairwise([*edges, len(notes)]):
        pitches = tuple(sorted({round(p) for p in notes.midi_pitch[first:last].tolist()}))
        end_s = float(notes.end_s[first:last].max())
        yield _Struck(float(notes.onset_s[first]), end_s, pitches)


def _run_end(struck: list[_Struck], first: int) -> int:
    """The last chord that follows from the first in parallel."""
    last = first
    while last + 1 < len(struck) and _is_parallel(struck[last], struck[last + 1]):
        last += 1
    return last


def _is_parallel(a: _Struck, b: _Struck) -> bool:
    if len(a.pitches) != len(b.pitches) or b.at_s - a.at_s > _LONGEST_STEP_S:
        return False
    many = len(a.pitches) >= _FEWEST_VOICES
    many = many and len({pitch % 12 for pitch in a.pitches}) >= _FEWEST_CLASSES
    shift = _shift(a, b)
    one_way = min(shift) > 0 or max(shift) < 0 or not any(shift)
    return many and one_way and max(shift) - min(shift) <= 1


def _shift(a: _Struck, b: _Struck) -> tuple[int, ...]:
    return tuple(y - x for x, y in zip(a.pitches, b.pitches, strict=True))


def _planing(run: list[_Struck], moved: list[tuple[int, ...]]) -> Planing:
    exact = all(len(set(move)) == 1 for move in moved)
    span = Span(run[0].at_s, max(one.end_s for one in run))
    return Planing(span, len(run[0].pitches), len(moved), "chromatic" if exact else "diatonic")
