"""Notes as a standard MIDI file: format 1, one track a part, 960 ticks a quarter.

A score keeps its own tempi, so its notes fall on its own quarters; a recording is written at a
steady 120 quarters a minute, where a tick is half a millisecond. Pitch is rounded to the semitone,
velocity is the salience; a note that begins while the same key still sounds ends the first.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import mido
import numpy as np

from unsung.model.hearing import Hearing
from unsung.model.notes import Notes
from unsung.model.score import Score, TempoMark
from unsung.pages.exports.columns import encodable

_TICKS_PER_QUARTER = 960
_STEADY = (TempoMark(0.0, 0.0, 120.0),)
_PERCUSSION_CHANNEL = 9


def midi_file(hearing: Hearing, notes: Notes) -> bytes:
    """`notes` of this hearing as the bytes of a `.mid` file."""
    marks = (hearing.source.tempo_marks if isinstance(hearing.source, Score) else ()) or _STEADY
    midi = mido.MidiFile(type=1, ticks_per_beat=_TICKS_PER_QUARTER, charset="utf-8")
    midi.tracks.append(_spaced(_tempo_messages(marks)))
    for part, name in enumerate(notes.part_names):
        midi.tracks.append(_part(notes.where(notes.part == part), part, name, marks))
    content = io.BytesIO()
    midi.save(file=content)
    return content.getvalue()


def _tempo_messages(marks: tuple[TempoMark, ...]) -> list[tuple[int, mido.MetaMessage]]:
    return [
        (
            round(mark.onset_ql * _TICKS_PER_QUARTER),
            mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(mark.tempo_bpm)),
        )
        for mark in marks
    ]


def _part(notes: Notes, part: int, name: str, marks: tuple[TempoMark, ...]) -> mido.MidiTrack:
    channel = _channel(part)
    named = (0, mido.MetaMessage("track_name", name=encodable(name)))
    return _spaced([named, *_note_messages(notes, channel, marks)])


def _channel(part: int) -> int:
    """A channel for each part in turn, passing over the one that plays percussion."""
    channels = [channel for channel in range(16) if channel != _PERCUSSION_CHANNEL]
    return channels[part % len(channels)]


def _note_messages(
    notes: Notes, channel: int, marks: tuple[TempoMark, ...]
) -> Iterator[tuple[int, mido.Message]]:
    pitches = np.rint(notes.midi_pitch).astype(int)
    velocities = 1 + np.rint(notes.salience * 126).astype(int)
    onsets = _ticks(notes.onset_s, marks)
    ends = _ends_before_the_next(onsets, _ticks(notes.end_s, marks), pitches)
    columns = (onsets.tolist(), ends.tolist(), pitches.tolist(), velocities.tolist())
    for onset, end, pitch, velocity in zip(*columns, strict=True):
        yield onset, mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)
        yield end, mido.Message("note_off", channel=channel, note=pitch, velocity=0)


def _ticks(times_s: np.ndarray, marks: tuple[TempoMark, ...]) -> np.ndarray:
    """The tick of each instant: within a tempo mark, ticks run evenly."""
    starts_s = np.array([mark.onset_s for mark in marks])
    starts_ql = np.array([mark.onset_ql for mark in marks])
    quarters_per_s = np.array([mark.tempo_bpm for mark in marks]) / 60
    mark = np.maximum(np.searchsorted(starts_s, times_s, side="right") - 1, 0)
    quarters = starts_ql[mark] + (times_s - starts_s[mark]) * quarters_per_s[mark]
    ticks: np.ndarray = np.rint(quarters * _TICKS_PER_QUARTER).astype(int)
    return ticks


def _ends_before_the_next(onsets: np.ndarray, ends: np.ndarray, pitches: np.ndarray) -> np.ndarray:
    """`ends`, at least a tick after the onset, at most the next onset of the same pitch."""
    ends = np.maximum(ends, onsets + 1)
    order = np.lexsort((onsets, pitches))
    again = np.diff(pitches[order]) == 0
    first, second = order[:-1][again], order[1:][again]
    ends[first] = np.maximum(np.minimum(ends[first], onsets[second]), onsets[first])
    return ends


def _spaced(messages: Iterable[tuple[int, Any]]) -> mido.MidiTrack:
    """A track of messages at these ticks; where notes meet, one ends before the next begins."""
    track, now = mido.MidiTrack(), 0
    for tick, message in sorted(messages, key=lambda one: (one[0], one[1].type == "note_on")):
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track"))
    return track
