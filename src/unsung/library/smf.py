"""Standard MIDI Files, read as far as they can be.

(RP-001, MIDI Manufacturers Association 1996.) Damaged files are common where game music is
passed around: a track that breaks off ends there, and what was read of it counts.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from attrs import frozen

from unsung.model.errors import LibraryError

META = 0xFF
_MOST_EVENTS = 2_000_000
_DATA_BYTES = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}


class Event(NamedTuple):
    """What happens at a tick: a channel message (`kind` 0x80..0xE0), or a META event of a type."""

    tick: int
    kind: int
    channel_or_type: int
    content: bytes


@frozen
class MidiTracks:
    """The events of each track. Where ticks are parts of a second, tempo has no say."""

    tracks: tuple[tuple[Event, ...], ...]
    ticks_per_quarter: float
    has_tempo: bool
    one_for_all: bool


def midi_tracks(content: bytes) -> MidiTracks:
    """The tracks of a MIDI file, bare or wrapped in RIFF."""
    start = content.find(b"MThd", 0, 4096)
    try:
        size, form, _, division = struct.unpack_from(">IHHh", content, start + 4)
    except struct.error as error:
        raise LibraryError("its MIDI header is cut off; fetch it again") from error
    if start < 0 or division == 0:
        raise LibraryError("its MIDI header is damaged; fetch it again")
    tracks = tuple(tuple(_events(chunk)) for chunk in _track_chunks(content[start + 8 + size :]))
    if sum(map(len, tracks)) > _MOST_EVENTS:
        raise LibraryError(f"it holds more than {_MOST_EVENTS} events; divide it into tracks")
    return MidiTracks(tracks, _ticks_per_quarter(division), division > 0, form == 0)


def _ticks_per_quarter(division: int) -> float:
    """Ticks a quarter; where they divide film frames, a quarter is taken as half a second."""
    if division > 0:
        return float(division)
    frames_per_s, ticks_per_frame = -(division >> 8), division & 0xFF
    return max(frames_per_s * ticks_per_frame, 1) / 2


def _track_chunks(content: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(content):
        name, size = struct.unpack_from(">4sI", content, at)
        if name == b"MTrk":
            yield content[at + 8 : at + 8 + size]
        at += 8 + size


def _events(chunk: bytes) -> Iterator[Event]:
    """The events of one track, up to where it ends or breaks off."""
    at = tick = status = 0
    try:
        while at < len(chunk):
            delta, at = _quantity(chunk, at)
            tick += delta
            if chunk[at] >= 0x80:
                status, at = chunk[at], at + 1
            kind = status & 0xF0 if status < 0xF0 else status
            if kind == META:
                size, begin = _quantity(chunk, at + 1)
                yield Event(tick, META, chunk[at], chunk[begin : begin + size])
                at = begin + size
            elif kind in _DATA_BYTES:
                end = at + _DATA_BYTES[kind]
                yield Event(tick, kind, status & 0x0F, chunk[at:end].ljust(2, b"\0"))
                at = end
            elif kind in {0xF0, 0xF7}:
                size, begin = _quantity(chunk, at)
                at = begin + size
            else:
                return
    except IndexError:
        return


def _quantity(chunk: bytes, at: int) -> tuple[int, int]:
    """A number of variable length (at most four bytes), and where the next thing begins."""
    number = 0
    for end in range(at, at + 4):
        number = number << 7 | chunk[end] & 0x7F
        if chunk[end] < 0x80:
            return number, end + 1
    return number, at + 4
