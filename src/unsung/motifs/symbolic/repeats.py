"""Whole passages that come back with everything that sounds in them: refrains and repeats.

Steps of the highest line that come back note for note say by how much time and pitch the music may
be moved onto itself; for each such move, the stretches in which nearly all notes meet others are
repeats (Meredith, Lemström and Wiggins, J. New Music Research 2002; reported as stretches of time
with all their notes, as in Meredith's segment mode).
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.model.notes import Notes
from unsung.model.time import Span

MOST_REPEATS = 8
_TICKS_A_SECOND = 96
_SEED_STEPS = 3
_NEXT_ONES = 8
_MOST_MOVES = 400
_MISSED = 2.0
_FEWEST_NOTES = 20
_SAME = 0.75
_EARLY_S = 0.02

Move = tuple[int, int]


@frozen
class Repeat:
    """A passage that comes back: where it does, in order, and how many notes that explains."""

    spans: tuple[Span, ...]
    notes_explained: int


@frozen
class _Stretch:
    """From tick `start` to `end`, heard again `later` ticks on; `notes` of its notes return."""

    start: int
    end: int
    later: int
    notes: int


def repeats(notes: Notes, most: int = MOST_REPEATS) -> tuple[Repeat, ...]:
    """The passages that come back, those that explain the most notes first."""
    tick = np.round(notes.onset_s * _TICKS_A_SECOND).astype(np.int64)
    pitch = np.round(notes.midi_pitch).astype(np.int64)
    found = sorted(
        (one for move in _moves(tick, pitch) for one in _stretches(tick, pitch, move)),
        key=lambda one: (-one.notes, one.start, one.later),
    )
    families = (_repeat(places, tick) for places in _families(found))
    ranked = sorted(families, key=lambda one: (-one.notes_explained, one.spans))
    return tuple(one for one in ranked if len(one.spans) > 1)[:most]


def _moves(tick: Int64[np.ndarray, " notes"], pitch: Int64[np.ndarray, " notes"]) -> list[Move]:
    """How far on and how much higher short turns of the highest line come back; commonest first."""
    top = np.flatnonzero(np.diff(tick, append=-1) != 0)
    step, interval = np.diff(tick[top]), np.diff(pitch[top])
    places: dict[tuple[int, ...], list[int]] = {}
    for at in range(len(step) - _SEED_STEPS + 1):
        turn = (*step[at : at + _SEED_STEPS].tolist(), *interval[at : at + _SEED_STEPS].tolist())
        places.setdefault(turn, []).append(int(top[at]))
    moves = Counter(
        (int(tick[b] - tick[a]), int(pitch[b] - pitch[a]))
        for known in places.values()
        for k, a in enumerate(known)
        for b in known[k + 1 : k + 1 + _NEXT_ONES]
    )
    return [move for move, _ in moves.most_common(_MOST_MOVES)]


def _stretches(
    tick: Int64[np.ndarray, " notes"], pitch: Int64[np.ndarray, " notes"], move: Move
) -> Iterator[_Stretch]:
    """Stretches in which nearly all notes come back moved; none longer than the move itself."""
    later, higher = move
    met = np.isin((tick + later) * 256 + pitch + higher, tick * 256 + pitch)
    gain = np.where(met, 1.0, -_MISSED)
    waiting = [(0, len(tick))]
    while waiting:
        low, high = waiting.pop()
        first, last = _best_run(gain[low:high])
        first, last = first + low, last + low
        last = min(last, int(np.searchsorted(tick, tick[first] + later)) - 1)
        notes = int(met[first : last + 1].sum())
        if gain[first : last + 1].sum() < _FEWEST_NOTES:
            continue
        yield _Stretch(int(tick[first]), _end(tick, last), later, notes)
        waiting += [(low, first), (last + 1, high)]


def _best_run(gain: Float64[np.ndarray, " notes"]) -> tuple[int, int]:
    """First and last place of the run with the highest sum."""
    if not gain.size:
        return 0, -1
    before = np.concatenate([[0.0], np.cumsum(gain)])
    lowest = np.minimum.accumulate(before[:-1])
    last = int((before[1:] - lowest).argmax())
    return int(before[: last + 1].argmin()), last


def _end(tick: Int64[np.ndarray, " notes"], last: int) -> int:
    """The next onset after a note, or one tick later at the very end."""
    after = int(np.searchsorted(tick, tick[last], side="right"))
    return int(tick[after]) if after < len(tick) else int(tick[-1]) + 1


def _families(found: list[_Stretch]) -> list[list[tuple[int, int]]]:
    """Places that are each other's repeats, taken together."""
    places: list[tuple[int, int]] = []
    family: list[int] = []
    for one in found:
        ends = [
            _known(places, family, place)
            for place in ((one.start, one.end), (one.start + one.later, one.end + one.later))
        ]
        kept, gone = sorted(family[k] for k in ends)
        family = [kept if k == gone else k for k in family]
    return [
        [place for place, own in zip(places, family, strict=True) if own == one]
        for one in sorted(set(family))
    ]


def _known(places: list[tuple[int, int]], family: list[int], place: tuple[int, int]) -> int:
    """The place known already that is nearly this one, or else this one from now on."""
    if places:
        columns = np.array(places)
        shared = np.minimum(columns[:, 1], place[1]) - np.maximum(columns[:, 0], place[0])
        whole = np.maximum(columns[:, 1], place[1]) - np.minimum(columns[:, 0], place[0])
        alike = shared / whole
        if alike.max() >= _SAME:
            return int(alike.argmax())
    places.append(place)
    family.append(max(family, default=-1) + 1)
    return len(places) - 1


def _repeat(places: list[tuple[int, int]], tick: Int64[np.ndarray, " notes"]) -> Repeat:
    """The places of a family that do not overlap, and the notes in all but the first."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    notes = [int(((tick >= start) & (tick < end)).sum()) for start, end in kept]
    spans = tuple(Span(start / _TICKS_A_SECOND, end / _TICKS_A_SECOND) for start, end in kept)
    return Repeat(spans, sum(notes) - notes[0])


def heard_in(notes: Notes, span: Span) -> Bool[np.ndarray, " notes"]:
    """Which notes begin in a span, those a hair early included."""
    inside: np.ndarray = (notes.onset_s >= span.start_s - _EARLY_S) & (
        notes.onset_s < span.end_s - _EARLY_S
    )
    return inside
