"""What comes back in an album: `motifs` finds it, `occurrences` finds more of what you mark.

found = motifs(soundtrack.heard, settings)
places = occurrences(passage(soundtrack.heard, "03.ogg", Span(53, 65)), soundtrack.heard)
"""

import string

import numpy as np
from attrs import evolve, field, frozen

from unsung.model.errors import UnsungError
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, NotePair, Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.chance import chance_scores, confidences
from unsung.motifs.changes import comparison
from unsung.motifs.discovery import Family, families
from unsung.motifs.evidence import CLOCK, Evidence, evidence, leading_chances
from unsung.motifs.leading import leading_line
from unsung.motifs.lines import Lines, lines
from unsung.motifs.query import Query, query
from unsung.motifs.tracking import Sung, notes_sung, singings

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
        _motif(_label(k), family, family.strength / strongest, album)
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
    places = singings(asked, album.heard)[:MOST_OCCURRENCES]
    sure = confidences(places, chance_scores(asked, album.heard))
    return tuple(
        _occurrence(asked, place, float(confidence), album)
        for place, confidence in zip(places, sure, strict=True)
    )


def _label(k: int) -> str:
    """A, B, … Z, then AA, AB and so on."""
    letters = string.ascii_uppercase
    return letters[k] if k < 26 else _label(k // 26 - 1) + letters[k % 26]


def _motif(label: str, family: Family, prominence: float, album: Listened) -> Motif:
    found = [
        _occurrence(family.asked, place, confidence, album)
        for place, confidence in zip(family.places, family.confidences, strict=True)
    ]
    prototype = _prototype(family.asked, found)
    order = album.heard.track_files.index
    in_order = sorted(found, key=lambda one: (order(one.track_file), one.span))
    return Motif(label, prototype, tuple(in_order), prominence)


def _prototype(asked: Query, found: list[Occurrence]) -> Occurrence:
    """The line that was sought, at the place where it is stated most plainly."""
    plainest = min(found, key=lambda one: (len(one.changes), -one.confidence, one.span))
    everything = tuple((k, k) for k in range(len(asked)))
    return evolve(
        plainest, notes=_as_notes(asked), pairs=everything, changes=(),
        transposition_semitones=0, tempo_ratio=1.0,
    )  # fmt: skip


def _occurrence(asked: Query, place: Sung, confidence: float, album: Listened) -> Occurrence:
    heard = album.heard
    track = heard.track_at(place.start)
    span = heard.span(place.start, place.end)
    notes, pairs = _answer(asked, place, album, track)
    told = comparison(
        _as_notes(asked), notes, pairs, _signed(place.shift_semitones), other_mode=place.other_mode
    )
    return Occurrence(
        heard.track_files[track], span, told.transposition_semitones, told.tempo_ratio,
        confidence, told.changes, notes, pairs,
    )  # fmt: skip


def _answer(
    asked: Query, place: Sung, album: Listened, track: int
) -> tuple[Notes, tuple[NotePair, ...]]:
    """The notes sung there, each at the octave of the leading line, and which answers which."""
    bounds = notes_sung(asked, place, album.heard)
    answered = np.flatnonzero(bounds[:, 0] >= 0)
    opens = album.heard.first[track]
    start_s = (bounds[answered, 0] - opens) / CLOCK.rate_hz
    end_s = (bounds[answered, 1] - opens) / CLOCK.rate_hz
    pitch = asked.pitch[answered] + _signed(place.shift_semitones)
    pitch = pitch + 12 * _octaves_up(album.leading[track], start_s, end_s, pitch)
    notes = Notes.sorted(start_s, end_s - start_s, np.clip(pitch, 0, 127), 1.0)
    return notes, tuple((int(k), i) for i, k in enumerate(answered))


def _octaves_up(line: Notes, start_s: np.ndarray, end_s: np.ndarray, pitch: np.ndarray) -> int:
    """By how many octaves the leading line lies off, for most of the notes."""
    apart = []
    for a, b, expected in zip(start_s, end_s, pitch, strict=True):
        near = line.midi_pitch[(line.onset_s < b) & (line.end_s > a)]
        apart += [round((p - expected) / 12) for p in near if round(p - expected) % 12 == 0]
    return int(np.median(apart)) if apart else 0


def _as_notes(asked: Query) -> Notes:
    return Notes.sorted(asked.onset_s, asked.lasts_s, asked.pitch, np.clip(asked.surely, 0, 1))


def _signed(pitch_class: int) -> int:
    """The shorter way there: -5..6 semitones."""
    return (pitch_class + 5) % 12 - 5
