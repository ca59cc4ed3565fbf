"""A passage as a standard MIDI file: what sequencers and players open."""

import io
from fractions import Fraction

import mido

from unsung.pages.notation.passage import Chord, Passage

_TICKS_PER_QUARTER = 960
_VELOCITY = 80


def midi(passage: Passage, title: str) -> bytes:
    """The written rhythm at its tempo; where none fits, notes when they were heard."""
    file = mido.MidiFile(type=0, ticks_per_beat=_TICKS_PER_QUARTER, charset="utf-8")
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=title))
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(passage.tempo_bpm)))
    if passage.metre:
        metre = {"numerator": passage.metre.beats, "denominator": passage.metre.beat_type}
        track.append(mido.MetaMessage("time_signature", **metre))
    now = 0
    for tick, kind, pitch in sorted(_events(passage)):
        message = ("note_off", "note_on")[kind]
        track.append(mido.Message(message, note=pitch, velocity=_VELOCITY * kind, time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track"))
    file.tracks.append(track)
    content = io.BytesIO()
    file.save(file=content)
    return content.getvalue()


def _events(passage: Passage) -> list[tuple[int, int, int]]:
    """Tick, 1 for on and 0 for off, and pitch; a pitch that returns ends first."""
    spans = [span for chord in passage.chords for span in _spans(passage, chord)]
    spans.sort()
    events = []
    for place, (pitch, on, off) in enumerate(spans):
        again = [start for other, start, _ in spans[place + 1 : place + 2] if other == pitch]
        events += [(on, 1, pitch), (min([off, *again]), 0, pitch)]
    return events


def _spans(passage: Passage, chord: Chord) -> list[tuple[int, int, int]]:
    """Pitch, first and last tick of each note of a chord."""
    if passage.is_measured:
        origin = _first_bar(passage)
        on, off = (_tick(float(at - origin)) for at in (chord.onset_ql, chord.end_ql))
        return [(note.spelling.midi_pitch, on, off) for note in chord.notes]
    origin_s = min(note.start_s for note in passage.notes)
    per_s = passage.tempo_bpm / 60
    return [
        (
            note.spelling.midi_pitch,
            _tick((note.start_s - origin_s) * per_s),
            max(
                _tick((note.end_s - origin_s) * per_s), _tick((note.start_s - origin_s) * per_s) + 1
            ),
        )
        for note in chord.notes
    ]


def _first_bar(passage: Passage) -> Fraction:
    """Where the bar begins that the passage begins in, so that bars fall where they should."""
    metre = passage.metre
    if metre is None:
        return passage.start_ql
    return passage.start_ql - (passage.start_ql - metre.bar_ql) % metre.length_ql


def _tick(quarters: float) -> int:
    return round(quarters * _TICKS_PER_QUARTER)
