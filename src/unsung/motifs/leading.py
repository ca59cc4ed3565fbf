"""The leading line of a track as separate notes, read from the evidence for each pitch class.

The pitch class is the most likely path through the chances (Viterbi, with a price for every
change); a note of the transcription that begins while the pitch class stays begins it anew. The
octave is the one that the transcription hears clearest.
"""

import numpy as np
from jaxtyping import Float32, Int64

from unsung.model.notes import Notes
from unsung.motifs.evidence import CLOCK, PITCH_CLASSES

_NOBODY_LEADS = 0.15
_CHANGE = 0.6
_FLOOR = 0.02
_FRESH = 0.6
_SHORTEST = 2


def leading_line(chances: Float32[np.ndarray, "pitch_classes instants"], notes: Notes) -> Notes:
    """One note after another; salience is the mean chance that its pitch class leads."""
    if not chances.size:
        return Notes.none(("leading",))
    path = _path(_rewards(chances))
    starts = _starts(path, notes)
    ends = np.append(starts[1:], len(path))
    sung = [(a, b) for a, b in zip(starts, ends, strict=True) if path[a] < PITCH_CLASSES]
    rows = [(a, b, path[a], chances[path[a], a:b].mean()) for a, b in sung]
    if not rows:
        return Notes.none(("leading",))
    start, end, row, salience = (np.array(column) for column in zip(*rows, strict=True))
    pitch = _octaves(notes, start, end, row)
    rate = CLOCK.rate_hz
    return Notes.sorted(
        start / rate, (end - start) / rate, pitch, np.clip(salience, 0, 1), 0, ("leading",)
    )


def _rewards(
    chances: Float32[np.ndarray, "pitch_classes instants"],
) -> Float32[np.ndarray, "states instants"]:
    nobody = np.full((1, chances.shape[1]), _NOBODY_LEADS, np.float32)
    rewards: np.ndarray = np.log(np.vstack([chances, nobody]) + _FLOOR)
    return rewards


def _path(rewards: Float32[np.ndarray, "states instants"]) -> Int64[np.ndarray, " instants"]:
    """The best state at each instant; any change costs the same."""
    states, instants = rewards.shape
    came_from = np.empty((states, instants), np.int64)
    total, stay = rewards[:, 0].copy(), np.arange(states)
    for at in range(1, instants):
        best = int(total.argmax())
        change = total[best] - _CHANGE > total
        came_from[:, at] = np.where(change, best, stay)
        total = np.where(change, total[best] - _CHANGE, total) + rewards[:, at]
    path = np.empty(instants, np.int64)
    path[-1] = total.argmax()
    for at in range(instants - 1, 0, -1):
        path[at - 1] = came_from[path[at], at]
    return path


def _starts(path: Int64[np.ndarray, " instants"], notes: Notes) -> Int64[np.ndarray, " starts"]:
    """Where the path changes, and where a clear note of its own pitch class begins."""
    changes = np.flatnonzero(np.diff(path, prepend=-1))
    clear = notes.where(notes.salience >= _FRESH)
    at = np.round(clear.onset_s * CLOCK.rate_hz).astype(int)
    row = np.round(clear.midi_pitch).astype(int) % PITCH_CLASSES
    inside = at < len(path)
    at, row = at[inside], row[inside]
    fresh = np.unique(at[path[at] == row])
    return _apart(changes, fresh)


def _apart(
    changes: Int64[np.ndarray, " changes"], fresh: Int64[np.ndarray, " fresh"]
) -> Int64[np.ndarray, " starts"]:
    """All changes, and those fresh beginnings that stand at least `_SHORTEST` from any other."""
    kept = list(changes)
    known = np.sort(changes)
    last = -_SHORTEST
    for at in fresh:
        near = np.searchsorted(known, [at - _SHORTEST, at + _SHORTEST], side="right")
        if near[0] == near[1] and at - last >= _SHORTEST:
            kept.append(at)
            last = at
    return np.sort(np.array(kept, np.int64))


def _octaves(
    notes: Notes,
    start: Int64[np.ndarray, " sung"],
    end: Int64[np.ndarray, " sung"],
    row: Int64[np.ndarray, " sung"],
) -> Float32[np.ndarray, " sung"]:
    """The pitch heard clearest and longest in each note's time; near C5 where none is heard."""
    pitch = (67 + (row - 67) % PITCH_CLASSES).astype(np.float32)
    first, last = notes.onset_s * CLOCK.rate_hz, notes.end_s * CLOCK.rate_hz
    rounded = np.round(notes.midi_pitch)
    longest = float((last - first).max(initial=0))
    for k, (a, b, pitch_class) in enumerate(zip(start, end, row, strict=True)):
        near = slice(*np.searchsorted(first, [a - longest, b]))
        together = np.clip(np.minimum(last[near], b) - np.maximum(first[near], a), 0, None)
        weight = together * notes.salience[near] * (rounded[near] % PITCH_CLASSES == pitch_class)
        if weight.size and weight.max() > 0:
            pitch[k] = rounded[near][weight.argmax()]
    return pitch
