"""Passages of a score, laid side by side so that any two of them can be compared.

A passage is all that sounds from one instant to another, accompaniment included. Time is counted
in ticks, so that what is written alike is counted alike; the ear follows the outer voices, so
highest and lowest notes weigh more than those between.
"""

import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.model.notes import Notes
from unsung.model.time import Span

TICKS = 24
"""Ticks in the most usual step of a score: divisible by two, three and four."""
MOST_NOTES = 400
"""Of a longer passage, only these first notes are compared."""
_HIGHEST, _LOWEST, _BETWEEN = 1.0, 0.7, 0.4
_EARLY_S = 0.02


@frozen(eq=False)
class Passages:
    """Notes of all passages one after the other, and of each its three lines.

    Passage k owns notes `notes_from[k]` to `notes_from[k + 1]`; of line l, notes
    `line_from[l, k]` to `line_from[l, k + 1]`. Lines: the highest notes, the lowest, and the
    highest of all parts but the first. Ticks count from the beginning of the passage.
    """

    notes_from: Int64[np.ndarray, " bounds"]
    tick: Int64[np.ndarray, " notes"]
    pitch: Int64[np.ndarray, " notes"]
    weight: Float64[np.ndarray, " notes"]
    line_from: Int64[np.ndarray, "lines bounds"]
    line_tick: Int64[np.ndarray, " line_notes"]
    line_pitch: Int64[np.ndarray, " line_notes"]

    def __len__(self) -> int:
        return len(self.notes_from) - 1


Rows = Int64[np.ndarray, "notes columns"]
"""Tick and pitch of notes, by tick, then pitch."""


def usual_step_s(notes: Notes) -> float:
    """The most usual time from one onset to the next, in seconds; 1 where nothing follows."""
    steps = np.diff(np.unique(np.round(notes.onset_s, 3)))
    if not steps.size:
        return 1.0
    octaves = np.round(np.log2(steps) * 12).astype(int)
    value, count = np.unique(octaves, return_counts=True)
    usual: float = float(np.median(steps[octaves == value[count.argmax()]]))
    return usual


def passages(stretches: tuple[tuple[Notes, Span], ...]) -> Passages:
    """The passages of `stretches`, each a span of a score; ticks follow each score's own step."""
    ticks_s = {id(notes): usual_step_s(notes) / TICKS for notes, _ in stretches}
    cut = [_cut(notes, span, ticks_s[id(notes)]) for notes, span in stretches]
    return joined([(rows, beneath) for rows, beneath in cut])


def joined(cut: list[tuple[Rows, Rows]]) -> Passages:
    """Passages from the rows of each and the rows of its lower parts."""
    lines = [
        [_outer(rows, highest=True) for rows, _ in cut],
        [_outer(rows, highest=False) for rows, _ in cut],
        [_outer(beneath, highest=True) for _, beneath in cut],
    ]
    notes = np.concatenate([np.zeros((0, 2), np.int64), *(rows for rows, _ in cut)])
    voices = np.concatenate([np.zeros((0, 2), np.int64), *(line for row in lines for line in row)])
    ends = np.cumsum([0] + [len(line) for row in lines for line in row])
    starts = [ends[k * len(cut) : (k + 1) * len(cut) + 1] for k in range(len(lines))]
    weight = np.concatenate([np.zeros(0), *(_weight(rows) for rows, _ in cut)])
    return Passages(
        np.cumsum([0] + [len(rows) for rows, _ in cut]),
        notes[:, 0].copy(), notes[:, 1].copy(), weight,
        np.array(starts), voices[:, 0].copy(), voices[:, 1].copy(),
    )  # fmt: skip


def _cut(notes: Notes, span: Span, tick_s: float) -> tuple[Rows, Rows]:
    """The rows of a span, and those of its parts but the first; unisons count once."""
    early = Span(max(0.0, span.start_s - _EARLY_S), span.end_s - min(_EARLY_S, span.duration_s / 2))
    first, last = np.searchsorted(notes.onset_s, [early.start_s, early.end_s])
    chosen = slice(first, min(last, first + MOST_NOTES))
    tick = np.round((notes.onset_s[chosen] - span.start_s) / tick_s).astype(np.int64)
    rows = np.stack([tick, np.round(notes.midi_pitch[chosen]).astype(np.int64)], axis=1)
    part = notes.part[chosen]
    beneath = part > part.min(initial=0)
    return np.unique(rows, axis=0), np.unique(rows[beneath], axis=0)


def _outer(rows: Rows, *, highest: bool) -> Rows:
    """Of the notes at each tick, the highest or the lowest."""
    new = np.diff(rows[:, 0], append=-1) if highest else np.diff(rows[:, 0], prepend=-1)
    return rows[new != 0] if len(rows) else rows


def _weight(rows: Rows) -> Float64[np.ndarray, " notes"]:
    tick = rows[:, 0]
    highest = np.diff(tick, append=tick[-1:] + 1) != 0
    lowest = np.diff(tick, prepend=tick[:1] - 1) != 0
    weight: np.ndarray = np.where(highest, _HIGHEST, np.where(lowest, _LOWEST, _BETWEEN))
    return weight
