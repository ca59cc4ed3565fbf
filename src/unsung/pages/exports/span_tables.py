"""Stretches and notes: tables with a beginning and an end in each row."""

from collections.abc import Callable

import numpy as np

from unsung.model.hearing import Heard, Hearing
from unsung.model.notes import Notes
from unsung.model.outcomes import NotHeard
from unsung.model.pitch import pitch_name
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.exports.album_tables import key_name
from unsung.pages.exports.columns import Column, Values
from unsung.pages.exports.kinds import Block, ExportKind, by_track

_SPAN_COLUMNS = (
    Column("start_s", "number", "Where it begins.", unit="s", range="0.."),
    Column("end_s", "number", "Where it ends; the end is not part of it.", unit="s", range="0.."),
)
_NOTE_COLUMNS = (
    Column("onset_s", "number", "When the note begins.", unit="s", range="0..", decimals=6),
    Column("duration_s", "number", "How long it sounds.", unit="s", range="0..", decimals=6),
    Column(
        "midi_pitch",
        "number",
        "How high: 60 is middle C, 1 a semitone; from sound it may carry a fraction.",
        unit="semitones",
        range="0..127",
    ),
    Column("pitch", "text", "The nearest note in scientific pitch notation: C4 is middle C."),
    Column(
        "salience",
        "number",
        "How surely and strongly the note was heard; 1 in a score.",
        range="0..1",
        decimals=4,
    ),
    Column("part", "text", "Instrument or voice; empty where the parts are not known."),
)
_QUARTER_COLUMNS = (
    Column(
        "onset_ql",
        "number",
        "When the note begins, on the page; empty for a recording.",
        unit="quarter lengths",
        range="0..",
        decimals=6,
    ),
    Column(
        "duration_ql",
        "number",
        "How long it is, on the page; empty for a recording.",
        unit="quarter lengths",
        range="0..",
        decimals=6,
    ),
)


def _section(heard: Heard) -> Block:
    sections = heard.hearing.sections.sections
    return (
        *_bounds([section.span for section in sections]),
        [section.label for section in sections],
        [section.boundary_strength for section in sections],
    )


def _bounds(spans: list[Span]) -> tuple[Values, Values]:
    return [span.start_s for span in spans], [span.end_s for span in spans]


def _key(heard: Heard) -> Block:
    spans = heard.hearing.key.spans
    return (
        *_bounds([one.span for one in spans]),
        [key_name(one.key) for one in spans],
        [one.clarity for one in spans],
    )


def _tempo(heard: Heard) -> Block:
    spans = heard.hearing.tempo.spans
    return (
        *_bounds([one.span for one in spans]),
        [one.tempo_bpm for one in spans],
        [one.clarity for one in spans],
    )


def _swell(heard: Heard) -> Block:
    dynamics = heard.hearing.dynamics
    swells = () if isinstance(dynamics, NotHeard) else dynamics.swells
    return (*_bounds([one.span for one in swells]), [one.change_lu for one in swells])


def _notes(heard: Heard) -> Block:
    notes = heard.hearing.notes
    return *_note_values(notes), *_quarters(heard.hearing, notes)


def _note_values(notes: Notes) -> Block:
    return (
        notes.onset_s,
        notes.duration_s,
        notes.midi_pitch,
        [pitch_name(pitch) for pitch in notes.midi_pitch.tolist()],
        notes.salience,
        [notes.part_names[part] for part in notes.part.tolist()],
    )


def _quarters(hearing: Hearing, notes: Notes) -> tuple[Values, Values]:
    source = hearing.source
    if isinstance(source, Score) and np.array_equal(source.notes.onset_s, notes.onset_s):
        return source.onset_ql, source.duration_ql
    return [None] * len(notes), [None] * len(notes)


def _melody(heard: Heard) -> Block:
    return _note_values(heard.hearing.melody)


def _span_kind(
    what: str, meaning: str, columns: tuple[Column, ...], block: Callable[[Heard], Block]
) -> ExportKind:
    answer = "dynamics" if what == "swells" else what
    return by_track(what, meaning, (*_SPAN_COLUMNS, *columns), block, answer)


SECTIONS = _span_kind(
    "sections",
    "Stretches that belong together, in order and without gaps.",
    (
        Column("label", "text", "Equal labels (A, B, C…) sound alike within one track."),
        Column(
            "boundary_strength",
            "number",
            "How sharply it begins; 1 for the track's own beginning.",
            range="0..1",
        ),
    ),
    _section,
)
KEY = _span_kind(
    "key",
    "Stretches in one key; they cover the track.",
    (
        Column("key", "text", "Such as `E♭ major`.", words=("undecided",)),
        Column("clarity", "number", "How far the key stands above its rivals.", range="0..1"),
    ),
    _key,
)
TEMPO = _span_kind(
    "tempo",
    "Stretches at one steady tempo, or without a clear pulse.",
    (
        Column(
            "tempo_bpm",
            "number",
            "Beats a minute.",
            unit="bpm",
            range="0..",
            decimals=2,
            words=("no clear pulse",),
        ),
        Column("clarity", "number", "How clearly the pulse is felt.", range="0..1"),
    ),
    _tempo,
)
SWELLS = _span_kind(
    "swells",
    "Crescendos and diminuendos.",
    (
        Column(
            "change_lu",
            "number",
            "How much louder it gets; below 0, softer.",
            unit="LU",
            decimals=2,
        ),
    ),
    _swell,
)
NOTES = by_track(
    "notes", "All notes that were heard or read.", (*_NOTE_COLUMNS, *_QUARTER_COLUMNS), _notes
)
MELODY = by_track("melody", "The leading melody, one note at a time.", _NOTE_COLUMNS, _melody)
