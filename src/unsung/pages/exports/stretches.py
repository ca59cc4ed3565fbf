"""What has a beginning and an end in one track, as programs that show labels want it."""

from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, frozen

from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.motif import Motif
from unsung.model.notes import Notes
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import pitch_name
from unsung.model.time import Span
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


Spanned = Iterable[tuple[Span, str, float]]
"""Where something is, what to read there, what to draw."""


def _stretches(found: Spanned) -> list[Stretch]:
    return [Stretch(span.start_s, span.end_s, text, value) for span, text, value in found]


def _sections(hearing: Hearing) -> Spanned:
    return ((one.span, one.label, one.boundary_strength) for one in hearing.sections.sections)


def _keys(hearing: Hearing) -> Spanned:
    return ((one.span, key_name(one.key), one.clarity) for one in hearing.key.spans)


def _chords(hearing: Hearing) -> Spanned:
    return ((one.span, chord_name(one.chord), one.confidence) for one in hearing.chords.spans)


def _modes(hearing: Hearing) -> Spanned:
    return ((one.span, mode_name(one.mode), one.margin) for one in hearing.modes.spans)


def _pedals(hearing: Hearing) -> Spanned:
    for one in hearing.pedals:
        pitch = float(one.midi_pitch)
        yield one.span, f"{one.kind} {pitch_name(pitch)}", pitch


def _ostinati(hearing: Hearing) -> Spanned:
    for one in hearing.ostinati:
        yield one.span, f"ostinato, {one.part}: {figure_words(one)}", one.likeness


def _colours(hearing: Hearing) -> Spanned:
    return ((one.span, one.colour, one.purity) for one in hearing.colours.spans)


def _textures(hearing: Hearing) -> Spanned:
    return ((one.span, str(one.kind), one.confidence) for one in hearing.texture.spans)


def _tempi(hearing: Hearing) -> Spanned:
    return ((one.span, _tempo_text(one.tempo_bpm), one.clarity) for one in hearing.tempo.spans)


def _tempo_text(tempo_bpm: float | Outcome) -> str:
    return str(tempo_bpm) if isinstance(tempo_bpm, Outcome) else f"{tempo_bpm:.1f} bpm"


def _swells(hearing: Hearing) -> Spanned:
    swells = () if isinstance(hearing.dynamics, NotHeard) else hearing.dynamics.swells
    return ((one.span, _swell_text(one.change_lu), one.change_lu) for one in swells)


def _swell_text(change_lu: float) -> str:
    return f"{'crescendo' if change_lu > 0 else 'diminuendo'} {change_lu:+.1f} LU"


def _playing(hearing: Hearing) -> Spanned:
    return ((one.span, one.in_words, one.confidence) for one in hearing.instruments.playing)


def _each_note(notes: Notes) -> list[Stretch]:
    columns = (notes.onset_s.tolist(), notes.end_s.tolist(), notes.midi_pitch.tolist())
    return [
        Stretch(onset_s, end_s, pitch_name(pitch), pitch)
        for onset_s, end_s, pitch in zip(*columns, strict=True)
    ]


def motif_stretches(soundtrack: Soundtrack, heard: Heard) -> Iterator[tuple[str, list[Stretch]]]:
    """The occurrences of each motif in turn, under its title; none of a motif that has none here.

    The text of an occurrence is `A`, or `A: The round`.
    """
    for motif in soundtrack.motifs:
        found = [
            Stretch(one.span.start_s, one.span.end_s, _motif_text(motif), one.confidence)
            for one in motif.occurrences
            if one.track_file == heard.track.file
        ]
        if found:
            yield f"Motif {_motif_text(motif)}", found


def _motifs(soundtrack: Soundtrack, heard: Heard) -> list[Stretch]:
    """Every occurrence of any motif, as it comes."""
    found = [one for _, of_one in motif_stretches(soundtrack, heard) for one in of_one]
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
    if what in _NOTES:
        return _each_note(_NOTES[what](heard.hearing))
    return _stretches(_IN_ONE_HEARING[what](heard.hearing))


_IN_THE_ALBUM = {"motifs": _motifs, "motif-notes": _motif_notes}
_IN_ONE_HEARING: dict[str, Callable[[Hearing], Spanned]] = {
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
    "texture": _textures,
}
_NOTES: dict[str, Callable[[Hearing], Notes]] = {
    "notes": lambda hearing: hearing.notes,
    "melody": lambda hearing: hearing.melody,
    "bass": lambda hearing: hearing.layers.bass,
    "inner": lambda hearing: hearing.layers.inner,
}
STRETCHES = (*_IN_THE_ALBUM, *_IN_ONE_HEARING, *_NOTES)
"""The exports that have such stretches."""
LONG_STRETCHES = ("motifs", *_IN_ONE_HEARING)
"""Those that last longer than a note."""
