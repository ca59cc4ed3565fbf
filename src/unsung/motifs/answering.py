"""Two lines of notes side by side: which note of one answers which note of the other.

Overlap alignment (Sellers, J. Algorithms 1980; of melodies: Mongeau and Sankoff, Computers and the
Humanities 1990): the end of neither line costs anything, so a fragment answers the part it is of.
Intervals are compared octaves aside, for what is heard in sound may err by one.
"""

import re

import numba
import numpy as np
from attrs import evolve
from jaxtyping import Float64, Int64

from unsung.model.motif import Change, NotePair, Occurrence
from unsung.model.notes import Notes
from unsung.motifs.changes import Comparison, comparison

TEMPO_RATIOS = tuple(float(2 ** (k / 6)) for k in range(-8, 9))
_PRICES = np.array((0.25, 0.5, 0.5, 0.6))
"""Of a semitone (or octave) aside, of any other interval, of an octave of time, of a note passed
over."""
_PRICE_OF_TEMPO = 0.1
REACH = 4
_DESK = re.compile(r"[\s.]*(\d+|[IVX]+)[\s.]*$")
"""The number of a player among others of the instrument: Violin II, Horn 3."""
_LOWERED = frozenset({0, -1})
_RAISED = frozenset({0, 1})


def told_from(prototype: Occurrence, one: Occurrence) -> Occurrence:
    """The same occurrence, its transposition, tempo and changes told from `prototype`."""
    if one.notes == prototype.notes and one.span == prototype.span:
        return as_prototype(one)
    told = compared(prototype.notes, one.notes)
    played: tuple[Change, ...] = ("instrument",) if _differ(prototype.notes, one.notes) else ()
    return evolve(
        one, transposition_semitones=told.transposition_semitones, tempo_ratio=told.tempo_ratio,
        changes=told.changes + played, pairs=told.pairs,
    )  # fmt: skip


def as_prototype(one: Occurrence) -> Occurrence:
    """An occurrence told from itself."""
    pairs = tuple((k, k) for k in range(len(one.notes)))
    return evolve(one, transposition_semitones=0, tempo_ratio=1.0, changes=(), pairs=pairs)


def _differ(prototype: Notes, found: Notes) -> bool:
    """Whether two lines are known to be played by different instruments, desks aside."""
    ours, theirs = (_DESK.sub("", line.part_names[0]).casefold() for line in (prototype, found))
    return bool(ours and theirs and ours != theirs)


def compared(prototype: Notes, found: Notes) -> Comparison:
    """What became of the prototype in `found`, at the tempo at which they answer best."""
    pairs = _pairs(prototype, found)
    shift, other_mode = _shift(prototype, found, pairs)
    return comparison(prototype, found, pairs, shift, other_mode=other_mode)


def _pairs(prototype: Notes, found: Notes) -> tuple[NotePair, ...]:
    if len(prototype) < 2 or len(found) < 2:
        return ()
    columns = [
        np.asarray(column, np.float64)
        for line in (prototype, found)
        for column in (np.round(line.midi_pitch), line.onset_s)
    ]
    found_at = [answers(*columns, ratio, _PRICES) for ratio in TEMPO_RATIOS]
    handicap = _PRICE_OF_TEMPO * np.abs(np.log2(TEMPO_RATIOS))
    best = int(np.argmax([score for score, _ in found_at] - handicap))
    return tuple((k, int(at)) for k, at in enumerate(found_at[best][1]) if at >= 0)


def _shift(prototype: Notes, found: Notes, pairs: tuple[NotePair, ...]) -> tuple[int, bool]:
    """The transposition of most notes, -5..6, and whether the others all moved by a semitone."""
    if not pairs:
        return 0, False
    moved = [round(float(found.midi_pitch[b] - prototype.midi_pitch[a])) % 12 for a, b in pairs]
    shift = int(np.bincount(moved).argmax())
    off = [(semitones - shift + 5) % 12 - 5 for semitones in moved]
    other_mode = len(set(off)) == 2 and set(off) in (_LOWERED, _RAISED)
    return (shift + 5) % 12 - 5, other_mode


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def answers(
    pitch: Float64[np.ndarray, " told"],
    onset_s: Float64[np.ndarray, " told"],
    other_pitch: Float64[np.ndarray, " notes"],
    other_onset_s: Float64[np.ndarray, " notes"],
    ratio: float,
    prices: Float64[np.ndarray, " prices"],
) -> tuple[float, Int64[np.ndarray, " told"]]:
    """How many steps answer, less their prices; and for each note the one that answers, or -1."""
    told, notes = len(pitch), len(other_pitch)
    score = np.zeros((told, notes))
    came = np.zeros((told, notes, 2), np.int64)
    best, end_x, end_y = 0.0, -1, -1
    for x in range(1, told):
        for y in range(1, notes):
            for back_x in range(1, min(REACH, x + 1)):
                for back_y in range(1, min(REACH, y + 1)):
                    if back_x > 1 and back_y > 1:
                        break
                    total = score[x - back_x, y - back_y] + _worth(
                        (pitch[x] - pitch[x - back_x]) - (other_pitch[y] - other_pitch[y - back_y]),
                        onset_s[x] - onset_s[x - back_x],
                        (other_onset_s[y] - other_onset_s[y - back_y]) * ratio,
                        back_x + back_y - 2, prices,
                    )  # fmt: skip
                    if total > score[x, y]:
                        score[x, y] = total
                        came[x, y, 0], came[x, y, 1] = back_x, back_y
            if score[x, y] > best:
                best, end_x, end_y = score[x, y], x, y
    answered = np.full(told, -1)
    x, y = end_x, end_y
    while x >= 0:
        answered[x] = y
        back_x, back_y = came[x, y]
        if back_x == 0:
            break
        x, y = x - back_x, y - back_y
    return best, answered


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _worth(
    off: float,
    step_s: float,
    other_step_s: float,
    passed: int,
    prices: Float64[np.ndarray, " prices"],
) -> float:
    """What a step earns that answers another."""
    aside = abs(off) % 12.0
    aside = min(aside, 12.0 - aside)
    if off == 0:
        price = 0.0
    elif aside <= 1:
        price = prices[0]
    else:
        price = prices[1] * aside / 2
    octaves = abs(np.log2(max(other_step_s, 1e-3) / max(step_s, 1e-3)))
    worth: float = 1.0 - price - prices[2] * min(octaves, 2.0) - prices[3] * passed
    return worth
