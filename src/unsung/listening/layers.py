"""Layers: the bass line and the inner voices beside the leading line.

A note belongs to the leading line if it leads for half its time. It belongs to the bass if it is
the lowest that sounds for half its time, unless a bass note an octave below has just gone: the
chords of a waltz stand above its bass, though they sound when the bass is silent. All else lies
between. The method is ours; that a listener hears outer voices first is old knowledge (Huron,
"Voice Denumerability in Polyphonic Music of Homogeneous Timbres", Music Perception 6(4), 1989).
"""

import numpy as np
from attrs import evolve, frozen
from jaxtyping import Bool, Float64, Int64

from unsung.listening.density import density
from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.texture import Layers

_HALF = 0.5
_GONE_S = 1.5
_ABOVE_BASS_SEMITONES = 10.0


@frozen(eq=False)
class _Stretches:
    """Between two changes the music stands: how long, and each pair of a note and a stretch."""

    starts_s: Float64[np.ndarray, " stretches"]
    lasts_s: Float64[np.ndarray, " stretches"]
    note: Int64[np.ndarray, " pairs"]
    stretch: Int64[np.ndarray, " pairs"]


def layers(notes: Notes, line: Notes, duration_s: float) -> Layers:
    """Bass and inner voices beside the leading `line`, and how busy each layer is."""
    leads, is_bass = leading(notes, line)
    between = notes.where(~leads & ~is_bass)
    bass = notes.where(is_bass)
    busy = [density(each, duration_s) for each in (line, between, bass)]
    rows = np.concatenate([one.values for one in busy])
    return Layers(_named(bass, "bass"), _named(between, "inner"), Feature(rows, busy[0].frames))


def leading(
    notes: Notes, line: Notes
) -> tuple[Bool[np.ndarray, " notes"], Bool[np.ndarray, " notes"]]:
    """Which notes are of the leading line, and which of the rest are of the bass."""
    if not len(notes):
        return np.zeros(0, bool), np.zeros(0, bool)
    parts = _stretches(notes)
    pitch = np.rint(notes.midi_pitch.astype(float))
    lowest = np.full(parts.starts_s.size, np.inf)
    np.minimum.at(lowest, parts.stretch, pitch[parts.note])
    led = _led(line, parts.starts_s)
    leads = _holds(parts, notes, led[parts.stretch] == pitch[parts.note])
    is_lowest = _holds(parts, notes, lowest[parts.stretch] == pitch[parts.note])
    beneath = _just_gone(notes, parts.starts_s, lowest)
    return leads, is_lowest & ~leads & (pitch - beneath < _ABOVE_BASS_SEMITONES)


def _stretches(notes: Notes) -> _Stretches:
    edges_s = np.unique(np.concatenate([notes.onset_s, notes.end_s]))
    first = np.searchsorted(edges_s, notes.onset_s)
    count = np.searchsorted(edges_s, notes.end_s) - first
    note = np.repeat(np.arange(len(notes)), count)
    within = np.arange(note.size) - np.repeat(np.cumsum(count) - count, count)
    return _Stretches(edges_s[:-1], np.diff(edges_s), note, first[note] + within)


def _led(line: Notes, starts_s: Float64[np.ndarray, " stretches"]) -> Float64[np.ndarray, " s"]:
    """The pitch that leads in each stretch; -1 where none does."""
    if not len(line):
        return np.full(starts_s.size, -1.0)
    last = np.searchsorted(line.onset_s, starts_s + 1e-6, side="right") - 1
    sounds = (last >= 0) & (line.end_s[last] > starts_s + 1e-6)
    return np.where(sounds, np.rint(line.midi_pitch[last].astype(float)), -1.0)


def _holds(
    parts: _Stretches, notes: Notes, so: Bool[np.ndarray, " pairs"]
) -> Bool[np.ndarray, " notes"]:
    """Whether it is so for half the time that each note sounds."""
    held_s = np.bincount(parts.note, parts.lasts_s[parts.stretch] * so, minlength=len(notes))
    held: np.ndarray = held_s >= _HALF * notes.duration_s
    return held


def _just_gone(
    notes: Notes, starts_s: Float64[np.ndarray, " stretches"], lowest: np.ndarray
) -> Float64[np.ndarray, " notes"]:
    """The lowest pitch that sounded shortly before each note, or with it."""
    first = np.searchsorted(starts_s, notes.onset_s - _GONE_S)
    own = np.searchsorted(starts_s, notes.onset_s)
    edges = np.stack([first, own + 1], axis=1).ravel()
    found: np.ndarray = np.minimum.reduceat(np.append(lowest, np.inf), edges)[::2]
    return found


def _named(notes: Notes, name: str) -> Notes:
    """One part of this name."""
    return evolve(notes, part=np.zeros(len(notes), np.int16), part_names=(name,))
