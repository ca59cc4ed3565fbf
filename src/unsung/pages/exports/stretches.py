"""What has a beginning and an end in one track, as programs that show labels want it."""

from collections.abc import Callable

from attrs import evolve, frozen

from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.motif import Motif
from unsung.model.notes import Notes
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import pitch_name
from unsung.pages.exports.album_tables import key_name
from unsung.pages.exports.harmony_tables import chord_name, figure_words, mode_name
from unsung.pages.exports.motif_tables import notes_of


@frozen
class Stretch:
    """From `start_s` to `end_s`: a text to read and a number to draw."""

    start_s: float
    end_s: float
    text: str
    value: float


def _sections(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, one.label, one.boundary_strength)
        for one in hearing.sections.sections
    ]


def _keys(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, key_name(one.key), one.clarity)
        for one in hearing.key.spans
    ]


def _chords(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, chord_name(one.chord), one.confidence)
        for one in hearing.chords.spans
    ]


def _modes(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, mode_name(one.mode), one.margin)
        for one in hearing.modes.spans
    ]


def _pedals(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(
            one.span.start_s,
            one.span.end_s,
            f"{one.kind} {pitch_name(float(one.midi_pitch))}",
            float(one.midi_pitch),
        )
        for one in hearing.pedals
    ]


def _ostinati(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(
            one.span.start_s,
            one.span.end_s,
            f"ostinato, {one.part}: {figure_words(one)}",
            one.likeness,
        )
        for one in hearing.ostinati
    ]


def _colours(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, one.colour, one.purity)
        for one in hearing.colours.spans
    ]


def _textures(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, str(one.kind), one.confidence)
        for one in hearing.texture.spans
    ]


def _tempi(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, _tempo_text(one.tempo_bpm), one.clarity)
        for one in hearing.tempo.spans
    ]


def _tempo_text(tempo_bpm: float | Outcome) -> str:
    return str(tempo_bpm) if isinstance(tempo_bpm, Outcome) else f"{tempo_bpm:.1f} bpm"


def _swells(hearing: Hearing) -> list[Stretch]:
    if isinstance(hearing.dynamics, NotHeard):
        return []
    return [
        Stretch(one.span.start_s, one.span.end_s, _swell_text(one.change_lu), one.change_lu)
        for one in hearing.dynamics.swells
    ]


def _swell_text(change_lu: float) -> str:
    return f"{'crescendo' if change_lu > 0 else 'diminuendo'} {change_lu:+.1f} LU"


def _playing(hearing: Hearing) -> list[Stretch]:
    return [
        Stretch(one.span.start_s, one.span.end_s, one.in_words, one.confidence)
        for one in hearing.instruments.playing
    ]


def _each_note(notes: Notes) -> list[Stretch]:
    columns = (notes.onset_s.tolist(), notes.end_s.tolist(), notes.midi_pitch.tolist())
    return [
        Stretch(onset_s, end_s, pitch_name(pitch), pitch)
        for onset_s, end_s, pitch in zip(*columns, strict=True)
    ]


def _motifs(soundtrack: Soundtrack, heard: Heard) -> list[Stretch]:
    """Every occurrence of any motif, as it comes: `A`, or `A: The round`."""
    found = [
        Stretch(one.span.start_s, one.span.end_s, _motif_text(motif), one.confidence)
        for motif in soundtrack.motifs
        for one in motif.occurrences
        if one.track_file == heard.track.file
    ]
    return sorted(found, key=lambda one: (one.start_s, one.end_s))


def _motif_notes(soundtrack: Soundtrack, heard: Heard) -> list[Stretch]:
    """The notes of every occurrence in this track, each with its motif: `A E♭4`."""
    found = [
        evolve(note, text=f"{motif.label} {note.text}")
        for motif in soundtrack.motifs
        for one in motif.occurrences
        if one.track_file == heard.track.file
        for note in _each_note(notes_of(heard.hearing, one))
    ]
    return sorted(found, key=lambda one: (one.start_s, one.value))


def _motif_text(motif: Motif) -> str:
    return f"{motif.label}: {motif.name}" if motif.name else motif.label


def stretches(what: str, soundtrack: Soundtrack, heard: Heard) -> list[Stretch]:
    """What has a beginning and an end in this track."""
    if what in _IN_THE_ALBUM:
        return _IN_THE_ALBUM[what](soundtrack, heard)
    return _IN_ONE_HEARING[what](heard.hearing)


_IN_THE_ALBUM = {"motifs": _motifs, "motif-notes": _motif_notes}
_IN_ONE_HEARING: dict[str, Callable[[Hearing], list[Stretch]]] = {
    "sections": _sections,
    "key": _keys,
    "chords": _chords,
    "modes": _modes,
    "pedals": _pedals,
    "ostinati": _ostinati,
    "colours": _colours,
    "tempo": _tempi,
    "swells": _swells,
    "playing": _playing,
    "notes": lambda hearing: _each_note(hearing.notes),
    "melody": lambda hearing: _each_note(hearing.melody),
    "texture": _textures,
    "bass": lambda hearing: _each_note(hearing.layers.bass),
    "inner": lambda hearing: _each_note(hearing.layers.inner),
}
STRETCHES = (*_IN_THE_ALBUM, *_IN_ONE_HEARING)
"""The exports that have such stretches."""
