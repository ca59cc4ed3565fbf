"""MIDI read as a score: pitched notes by part. Percussion (channel 10) has no pitch to follow."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from unsung.library.clean import said
from unsung.library.instruments import GENERAL_MIDI
from unsung.library.smf import META, Event, MidiTracks, midi_tracks
from unsung.library.written import DEFAULT_TEMPO_BPM, Marks, written_score
from unsung.model.errors import LibraryError
from unsung.model.score import Score

PERCUSSION_CHANNEL = 9  # the tenth
_LONGEST_STUCK_QL = 16
_TRACK_NAME, _INSTRUMENT_NAME, _TEMPO, _METRE, _KEY = 0x03, 0x04, 0x51, 0x58, 0x59
_NOTE_OFF, _NOTE_ON, _PROGRAM = 0x80, 0x90, 0xC0


class _Source(NamedTuple):
    """Whose note it is: one part of the score each."""

    track: int
    channel: int
    program: int


class _Struck(NamedTuple):
    """A note in ticks."""

    start: int
    end: int
    key: int
    source: _Source


def midi_score(content: bytes) -> Score:
    """The score that a MIDI file plays.

    Drums are left out of its notes but count for its length. A key that is never let go sounds
    until it is struck again or the track ends, at most 16 quarters; a key struck again ends its
    first note.
    """
    file = midi_tracks(content)
    struck = _struck(file)
    if not struck:
        raise LibraryError("it holds no notes; remove it or fetch it again")
    pitched = [note for note in struck if note.source.channel != PERCUSSION_CHANNEL]
    sources = list(dict.fromkeys(sorted(note.source for note in pitched)))
    places = {source: at for at, source in enumerate(sources)}
    quarter = file.ticks_per_quarter
    notes = [
        (note.start / quarter, (note.end - note.start) / quarter, note.key, places[note.source])
        for note in pitched
    ]
    end_ql = max(note.end for note in struck) / quarter
    return written_score(notes, _part_names(file, sources), _marks(file, end_ql))


def _struck(file: MidiTracks) -> list[_Struck]:
    """All notes, each at least a tick long."""
    programs: dict[int, int] = {}
    held: dict[tuple[int, int, int], tuple[int, _Source]] = {}
    struck = []
    for track, event in _merged(file):
        channel, key = event.channel_or_type, event.content[0] & 0x7F if event.content else 0
        if event.kind == _PROGRAM:
            programs[channel] = key
        elif event.kind in {_NOTE_ON, _NOTE_OFF}:
            strikes = event.kind == _NOTE_ON and event.content[1] > 0
            begun = held.pop((track, channel, key), None)
            if begun and (event.tick > begun[0] or not strikes):
                struck.append(_Struck(begun[0], max(event.tick, begun[0] + 1), key, begun[1]))
            if strikes:
                source = _Source(track, channel, programs.get(channel, 0))
                held[track, channel, key] = (event.tick, source)
    return struck + list(_stuck(file, held))


def _merged(file: MidiTracks) -> list[tuple[int, Event]]:
    """The events of all tracks in time; what happens at once, program changes first."""
    every = [(track, event) for track, events in enumerate(file.tracks) for event in events]
    return sorted(every, key=lambda one: (one[1].tick, one[1].kind != _PROGRAM))


def _stuck(
    file: MidiTracks, held: dict[tuple[int, int, int], tuple[int, _Source]]
) -> Iterator[_Struck]:
    longest = max(1, int(_LONGEST_STUCK_QL * file.ticks_per_quarter))
    for (track, _, key), (start, source) in held.items():
        end = min(file.tracks[track][-1].tick, start + longest)
        yield _Struck(start, max(end, start + 1), key, source)


def _part_names(file: MidiTracks, sources: Sequence[_Source]) -> list[str]:
    """A track's own name where it plays one part; else the General MIDI instrument's."""
    shared = Counter(source.track for source in sources)
    return [
        ("" if file.one_for_all or shared[source.track] > 1 else _name(file.tracks[source.track]))
        or GENERAL_MIDI[source.program]
        for source in sources
    ]


def _name(events: Sequence[Event]) -> str:
    names = {
        event.channel_or_type: said(_text(event.content))
        for event in reversed(events)
        if event.kind == META and event.channel_or_type in {_TRACK_NAME, _INSTRUMENT_NAME}
    }
    return names.get(_TRACK_NAME) or names.get(_INSTRUMENT_NAME, "")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _marks(file: MidiTracks, end_ql: float) -> Marks:
    """The marks up to the end; MIDI without a tempo plays 120 quarters a minute."""
    said_so = [event for _, event in _merged(file) if event.kind == META]
    tempi = [(0.0, DEFAULT_TEMPO_BPM)]
    if file.has_tempo:
        tempi += [(at, 6e7 / max(int.from_bytes(us), 1)) for at, us in _told(file, said_so, _TEMPO)]
    return Marks(
        end_ql,
        [(at, tempo_bpm) for at, tempo_bpm in tempi if at < end_ql],
        [(at, metre) for at, sign in _told(file, said_so, _METRE) if (metre := _metre(sign))],
        [(at, key) for at, sign in _told(file, said_so, _KEY) if (key := _key(sign))],
    )


def _told(file: MidiTracks, events: Sequence[Event], kind: int) -> Iterator[tuple[float, bytes]]:
    for event in events:
        if event.channel_or_type == kind and len(event.content) >= 2:
            yield event.tick / file.ticks_per_quarter, event.content


def _metre(sign: bytes) -> tuple[int, int] | None:
    """Beats to the bar and the kind of beat; nothing where no music is written so."""
    return (sign[0], 2 ** sign[1]) if sign[0] and sign[1] <= 6 else None


def _key(sign: bytes) -> tuple[int, str] | None:
    """Fifths and mode; nothing where there are more than seven sharps or flats."""
    fifths = int.from_bytes(sign[:1], signed=True)
    return (fifths, "minor" if sign[1] == 1 else "major") if -7 <= fifths <= 7 else None
