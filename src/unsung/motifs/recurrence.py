"""What comes back in an album: `motifs` finds it, `occurrences` finds more of what you mark.

found = motifs(soundtrack.heard, settings)
places = occurrences(passage(soundtrack.heard, "03.ogg", Span(53, 65)), soundtrack.heard)
"""

import numpy as np
from attrs import field, frozen

from unsung.model.errors import UnsungError
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, NotePair, Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.chance import confidences, luck
from unsung.motifs.changes import comparison
from unsung.motifs.discovery import Family, families
from unsung.motifs.evidence import CLOCK, Evidence, evidence, leading_chances
from unsung.motifs.labels import label
from unsung.motifs.leading import leading_line
from unsung.motifs.lines import Lines, lines
from unsung.motifs.query import Query, in_the_other_mode, query
from unsung.motifs.tracking import Sung, singings

MOST_OCCURRENCES = 60


@frozen(eq=False)
class Listened:
    """An album as motifs are sought in it: its evidence, and the leading line of each track."""

    heard: Evidence
    leading: tuple[Notes, ...]
    led: Lines = field(init=False)

    @led.default
    def _joined(self) -> Lines:
        return lines(self.leading)


@frozen(eq=False)
class _Answer:
    """The notes of a place, and which note of the line that is sought each of them answers."""

    place: Sung
    notes: Notes
    to: tuple[int, ...]


def listened(tracks: tuple[Heard, ...]) -> Listened:
    """What motifs are sought in. A score's line is its own melody."""
    chances = tuple((one.track.file, leading_chances(one)) for one in tracks)
    led = tuple(
        leading_line(curve, one.hearing.notes)
        if one.track.kind == "recording"
        else one.hearing.melody
        for one, (_, curve) in zip(tracks, chances, strict=True)
    )
    return Listened(evidence(chances), led)


def motifs(album: Listened) -> tuple[Motif, ...]:
    """The motifs of an album, the most prominent first; none where nothing comes back surely."""
    found = families(album.led, album.heard)
    strongest = max((family.strength for family in found), default=1.0) or 1.0
    return tuple(
        _motif(label(k), family, family.strength / strongest, album)
        for k, family in enumerate(found)
    )


def passage(album: Listened, track_file: str, span: Span) -> Notes:
    """The leading line in a span of a track: what to ask `occurrences` for."""
    if track_file not in album.heard.track_files:
        raise UnsungError(f"no track {track_file} in this album; `unsung tracks` lists them")
    line = album.leading[album.heard.track_files.index(track_file)]
    return line.where((line.end_s > span.start_s + 0.1) & (line.onset_s < span.end_s - 0.1))


def occurrences(line: Notes, album: Listened) -> tuple[Occurrence, ...]:
    """The places where a line of notes comes back, the likeliest first."""
    asked = query(line)
    if len(asked) < 2:
        return ()
    places = singings(asked, album.heard)
    sure = confidences(places, luck(asked, album.heard, places))
    itself = _itself(asked)
    return tuple(
        _occurrence(itself, _answer(asked, place, album), float(confidence), album)
        for place, confidence in zip(places[:MOST_OCCURRENCES], sure, strict=False)
    )


def _itself(asked: Query) -> _Answer:
    """The line that is sought, as if it were a place where it is sung."""
    notes = Notes.sorted(asked.onset_s, asked.lasts_s, asked.pitch, np.clip(asked.surely, 0, 1))
    bounds = np.zeros((len(asked), 2), np.int64)
    return _Answer(
        Sung(0.0, 0, 1, 0, 1.0, other_mode=False, notes=bounds), notes, tuple(range(len(asked)))
    )


def _motif(name: str, family: Family, prominence: float, album: Listened) -> Motif:
    model = _plainest(family)
    prototype = _answer(family.asked, model, album)
    found = [
        _occurrence(prototype, _answer(family.asked, place, album), confidence, album)
        for place, confidence in zip(family.places, family.confidences, strict=True)
    ]
    order = album.heard.track_files.index
    in_order = sorted(found, key=lambda one: (order(one.track_file), one.span))
    return Motif(name, found[family.places.index(model)], tuple(in_order), prominence)


def _plainest(family: Family) -> Sung:
    """The place that states the line whole, in its own mode, and best."""
    return max(
        family.places,
        key=lambda place: (not place.other_mode, (place.notes >= 0).all(), place.score),
    )


def _occurrence(
    prototype: _Answer, found: _Answer, confidence: float, album: Listened
) -> Occurrence:
    """A place as it is told beside the prototype."""
    heard, place = album.heard, found.place
    told = comparison(
        prototype.notes, found.notes, _pairs(prototype, found),
        _signed(place.shift_semitones - prototype.place.shift_semitones),
        other_mode=place.other_mode != prototype.place.other_mode,
    )  # fmt: skip
    return Occurrence(
        heard.track_files[heard.track_at(place.start)], heard.span(place.start, place.end),
        told.transposition_semitones, told.tempo_ratio, confidence, told.changes, found.notes,
        told.pairs,
    )  # fmt: skip


def _pairs(prototype: _Answer, found: _Answer) -> tuple[NotePair, ...]:
    """The notes of both that answer the same note of the line."""
    place = {note: i for i, note in enumerate(prototype.to)}
    return tuple((place[note], i) for i, note in enumerate(found.to) if note in place)


def _answer(asked: Query, place: Sung, album: Listened) -> _Answer:
    """The notes sung there, each at the octave of the leading line."""
    track = album.heard.track_at(place.start)
    answered = np.flatnonzero(place.notes[:, 0] >= 0)
    bounds_s = (place.notes[answered] - album.heard.first[track]) / CLOCK.rate_hz
    start_s, end_s = bounds_s.T
    sung = in_the_other_mode(asked) if place.other_mode else asked
    pitch = sung.pitch[answered] + _signed(place.shift_semitones)
    pitch = pitch + 12 * _octaves_up(album.leading[track], start_s, end_s, pitch)
    notes = Notes.sorted(start_s, end_s - start_s, np.clip(pitch, 0, 127), 1.0)
    return _Answer(place, notes, tuple(int(k) for k in answered))


def _octaves_up(line: Notes, start_s: np.ndarray, end_s: np.ndarray, pitch: np.ndarray) -> int:
    """By how many octaves the leading line lies off, for most of the notes."""
    apart = []
    for a, b, expected in zip(start_s, end_s, pitch, strict=True):
        near = line.midi_pitch[(line.onset_s < b) & (line.end_s > a)]
        apart += [round((p - expected) / 12) for p in near if round(p - expected) % 12 == 0]
    return int(np.median(apart)) if apart else 0


def _signed(pitch_class: int) -> int:
    """The shorter way there: -5..6 semitones."""
    return (pitch_class + 5) % 12 - 5
