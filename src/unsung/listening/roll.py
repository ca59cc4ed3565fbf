"""What sounds when, as a table: the common ground of key, register and the like."""

import numpy as np
from jaxtyping import Float32

from unsung.model.notes import Notes
from unsung.model.time import Frames

PITCHES = 128


def seconds(duration_s: float) -> tuple[Frames, int]:
    """The clock of curves that have one value a second, at mid-second, and how many they have."""
    return Frames(rate_hz=1.0, first_s=0.5), max(1, round(duration_s))


def sounding_time(notes: Notes, count: int) -> Float32[np.ndarray, "pitches seconds"]:
    """How long each MIDI pitch sounds in each of `count` seconds, times its salience.

    The last column also holds what still sounds after it. All zero where nothing sounds.
    """
    first = np.minimum(notes.onset_s.astype(np.int64), count - 1)
    last = np.minimum(notes.end_s.astype(np.int64), count - 1)
    note = np.repeat(np.arange(len(notes)), last - first + 1)
    starts = np.cumsum(last - first + 1) - (last - first + 1)
    column = first[note] + np.arange(note.size) - starts[note]
    until = np.where(column == count - 1, np.inf, column + 1.0)
    lasts_s = np.minimum(notes.end_s[note], until) - np.maximum(notes.onset_s[note], column)
    place = np.rint(notes.midi_pitch[note]).astype(np.int64) * count + column
    weights = np.maximum(lasts_s, 0.0) * notes.salience[note]
    table = np.bincount(place, weights, minlength=PITCHES * count)
    return table.reshape(PITCHES, count).astype(np.float32)


def sounding_strength(
    notes: Notes, frames: Frames, count: int
) -> Float32[np.ndarray, "pitches columns"]:
    """The salience of what sounds on each MIDI pitch in each of `count` columns of the clock.

    A column is taken as the time around its instant; every note has one column at least.
    """
    edge_s = frames.first_s - 0.5 / frames.rate_hz
    first, last = (
        np.rint((time_s - edge_s) * frames.rate_hz).astype(np.int64)
        for time_s in (notes.onset_s, notes.end_s)
    )
    first = np.clip(first, 0, max(count - 1, 0))
    lasts = np.clip(last - first, 1, count - first)
    note = np.repeat(np.arange(len(notes)), lasts)
    column = first[note] + np.arange(note.size) - (np.cumsum(lasts) - lasts)[note]
    table = np.zeros((PITCHES, count), np.float32)
    pitch = np.rint(notes.midi_pitch[note]).astype(np.int64)
    np.maximum.at(table, (pitch, column), notes.salience[note])
    return table
