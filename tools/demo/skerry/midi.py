"""MIDI files: the score that is shipped, and the flat one that FluidSynth plays.

The score keeps quarters, the tempo map and the metre. The flat file holds one tick a millisecond
under one tempo: FluidSynth places each tempo change on its own clock, and a cue with four hundred
of them would drift.

More than fifteen parts need a second port; each port has sixteen channels, the tenth for a kit.
"""

from pathlib import Path

import mido
from attrs import frozen

from skerry.orchestra import ORCHESTRA
from skerry.performance import LEAD_IN_S, PartPlayed
from skerry.sketch import GRID_Q, Cue, beats_a_minute

_TICKS = 480
_KIT_CHANNEL = 9
_MELODIC = tuple(channel for channel in range(16) if channel != _KIT_CHANNEL)
_TAIL_MS = 6000
_KEYS = {"minor": "m", "dorian": "m", "major": ""}

Event = tuple[int, int, mido.Message]


@frozen
class Seat:
    """Where a part is plugged in."""

    port: int
    channel: int


def seats(parts: tuple[str, ...]) -> dict[str, Seat]:
    """A port and a channel for every part; each kit has the tenth channel of a port of its own."""
    kits = [part for part in parts if ORCHESTRA[part].kit]
    others = [part for part in parts if not ORCHESTRA[part].kit]
    places = {part: Seat(port, _KIT_CHANNEL) for port, part in enumerate(kits)}
    for i, part in enumerate(others):
        places[part] = Seat(i // len(_MELODIC), _MELODIC[i % len(_MELODIC)])
    return {part: places[part] for part in parts}


def write_score(cue: Cue, path: Path) -> None:
    """The cue as a MIDI file: a track a part, in quarters, with tempo, metre and dynamics."""
    file = mido.MidiFile(ticks_per_beat=_TICKS, charset="utf-8")
    file.tracks.append(_conductor(cue))
    for part, seat in seats(cue.parts).items():
        file.tracks.append(_written_part(cue, part, seat))
    file.save(path)


def _conductor(cue: Cue) -> mido.MidiTrack:
    beats, beat_type = cue.metre
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=cue.title))
    track.append(mido.MetaMessage("copyright", text="Unsung, CC0"))
    track.append(mido.MetaMessage("time_signature", numerator=beats, denominator=beat_type))
    last_tick, last_bpm = 0, 0.0
    for cell, bpm in enumerate(beats_a_minute(cue, int(cue.end_q / GRID_Q) + 8)):
        tick = round(cell * GRID_Q * _TICKS)
        if bpm != last_bpm:
            tempo = mido.bpm2tempo(float(bpm))
            track.append(mido.MetaMessage("set_tempo", tempo=tempo, time=tick - last_tick))
            last_tick, last_bpm = tick, float(bpm)
    return track


def _written_part(cue: Cue, part: str, seat: Seat) -> mido.MidiTrack:
    events: list[Event] = []
    for played in cue.notes:
        if played.part == part:
            start = round(played.tone.onset_q * _TICKS)
            end = max(start + 10, round(played.tone.end_q * _TICKS) - 1)
            events.extend(_key_events(start, end, seat, played.tone.midi_pitch, played.velocity))
    for quarter, value in sorted(cue.swells.get(part, [])):
        events.append((round(quarter * _TICKS), 1, _control(seat, 11, round(value))))
    return _track(part, seat, events, 0)


def write_flat(parts: tuple[PartPlayed, ...], folder: Path) -> tuple[Path, ...]:
    """The performance, a file a port, one tick a millisecond."""
    places = seats(tuple(part.instrument.name for part in parts))
    paths: list[Path] = []
    end_ms = _TAIL_MS + round(1000 * max(key.released_s for part in parts for key in part.keys))
    for port in sorted({seat.port for seat in places.values()}):
        file = mido.MidiFile(ticks_per_beat=500)
        for part in parts:
            seat = places[part.instrument.name]
            if seat.port == port:
                file.tracks.append(_track(part.instrument.name, seat, _flat(part, seat), end_ms))
        paths.append(folder / f"port{port}.mid")
        file.save(paths[-1])
    return tuple(paths)


def _flat(part: PartPlayed, seat: Seat) -> list[Event]:
    events: list[Event] = []
    for key in part.keys:
        start, end = round(1000 * key.struck_s), round(1000 * key.released_s)
        events.extend(_key_events(start, end, seat, key.midi_pitch, key.velocity))
    for number, curve in ((11, part.expression), (1, part.vibrato)):
        events.extend((round(1000 * at), 1, _control(seat, number, value)) for at, value in curve)
    return events


def _key_events(start: int, end: int, seat: Seat, pitch: int, velocity: int) -> tuple[Event, ...]:
    on = mido.Message("note_on", channel=seat.channel, note=pitch, velocity=velocity)
    off = mido.Message("note_off", channel=seat.channel, note=pitch, velocity=0)
    return (start, 2, on), (end, 0, off)


def _control(seat: Seat, number: int, value: int) -> mido.Message:
    return mido.Message("control_change", channel=seat.channel, control=number, value=value)


def _track(part: str, seat: Seat, events: list[Event], end_tick: int) -> mido.MidiTrack:
    """A track: who plays, where they sit, then the events in time (offs before ons)."""
    instrument = ORCHESTRA[part]
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=part))
    track.append(mido.MetaMessage("midi_port", port=seat.port))
    track.append(mido.Message("program_change", channel=seat.channel, program=instrument.program))
    for number, value in (
        (7, instrument.volume), (10, instrument.pan), (91, instrument.reverb), (93, 0),
    ):  # fmt: skip
        track.append(_control(seat, number, value))
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end_tick - now)))
    return track


SCORE_STARTS_S = LEAD_IN_S
"""Time in the recording at which the score begins."""
