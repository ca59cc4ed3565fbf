"""The leading line of a track as separate notes, read from the evidence for each pitch class.

The pitch class is the most likely path through the chances (Viterbi, with a price for every
change); a note of the transcription that begins while the pitch class stays begins it anew. The
octave is the one that the transcription hears clearest, if the line need not leap for it.
"""

import numpy as np
from jaxtyping import Float32, Float64, Int64

from unsung.model.notes import Notes
from unsung.motifs.evidence import CLOCK
from unsung.motifs.witnesses import PITCH_CLASSES

_NOBODY_LEADS = 0.15
_CHANGE = 0.6
_FLOOR = 0.02
_FRESH = 0.6
_SHORTEST = 2
_OCTAVES = np.arange(2, 9)
_MIDDLE_OCTAVE, _MIDDLE = 5, 0.05
"""From C4 to B4 a line lies where nothing says otherwise."""
_PER_LEAP = 0.04
"""What a leap costs for each semitone; a note heard clearly for all its time earns about 0.7."""


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
    """In which octave each note of the line lies: where it is heard clearest, without wild leaps.

    The best path through the octaves (Viterbi): what was transcribed there earns its salience by
    the share of the time it sounds, a leap costs by its size.
    """
    heard = _heard_in_octaves(notes, start, end, row)
    pitch = _OCTAVES[:, None] * 12 + row[None, :]
    came_from = np.zeros(heard.shape, np.int64)
    total = heard[:, 0].copy()
    for k in range(1, len(row)):
        leap = np.abs(pitch[:, k][:, None] - pitch[:, k - 1][None, :])
        reached = total[None, :] - _PER_LEAP * leap
        came_from[:, k] = reached.argmax(axis=1)
        total = reached.max(axis=1) + heard[:, k]
    best = int(total.argmax())
    path = np.empty(len(row), np.int64)
    for k in range(len(row) - 1, -1, -1):
        path[k] = pitch[best, k]
        best = came_from[best, k]
    return path.astype(np.float32)


def _heard_in_octaves(
    notes: Notes,
    start: Int64[np.ndarray, " sung"],
    end: Int64[np.ndarray, " sung"],
    row: Int64[np.ndarray, " sung"],
) -> Float64[np.ndarray, "octaves sung"]:
    """How clearly, and for how much of its time, each note is heard in each octave."""
    heard = np.zeros((len(_OCTAVES), len(row)))
    heard += _MIDDLE * (_OCTAVES == _MIDDLE_OCTAVE)[:, None]
    first, last = notes.onset_s * CLOCK.rate_hz, notes.end_s * CLOCK.rate_hz
    octave, pitch_class = divmod(np.round(notes.midi_pitch).astype(int), PITCH_CLASSES)
    longest = float((last - first).max(initial=0))
    for k, (a, b, sought) in enumerate(zip(start, end, row, strict=True)):
        near = slice(*np.searchsorted(first, [a - longest, b]))
        share = np.clip(np.minimum(last[near], b) - np.maximum(first[near], a), 0, None) / (b - a)
        clear = share * notes.salience[near] * (pitch_class[near] == sought)
        within = (octave[near] >= _OCTAVES[0]) & (octave[near] <= _OCTAVES[-1])
        np.maximum.at(heard[:, k], octave[near][within] - _OCTAVES[0], clear[within])
    return heard
