"""Motifs as tables: one row an occurrence, and one row a note with what it answers to."""

from collections.abc import Iterator

import numpy as np

from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.model.pitch import pitch_name
from unsung.model.score import Score
from unsung.pages.exports.columns import Column, Values
from unsung.pages.exports.kinds import POSITION, TRACK, Block, ExportKind
from unsung.pages.notation import exact_notes, quarters, score_places, sounds_there

_LABEL = Column("motif", "text", "A, B, C… in order of prominence.")
_NUMBER = Column("occurrence", "whole number", "Which of the motif's, in album order.", range="1..")
_WHERE = (
    POSITION,
    TRACK,
    Column("file", "text", "Path inside the album folder; an archive's member follows `!`."),
)


def _on_the_page(name: str, meaning: str) -> Column:
    unit = "quarter lengths"
    return Column(
        name, "number", f"{meaning}, on the page; scores only.", unit=unit, range="0..", decimals=6
    )


_OCCURRENCE_COLUMNS = (
    _LABEL,
    Column("name", "text", "What a person called it; empty where nobody did."),
    Column(
        "prominence",
        "number",
        "How present and how distinctive the motif is among the album's.",
        range="0..1",
    ),
    Column(
        "surprise_bits",
        "number",
        "Bits that an interval of the prototype carries, given what is common in other music.",
        unit="bits",
        range="0..",
    ),
    _NUMBER,
    Column("is_prototype", "text", "Whether this occurrence stands for all.", range="yes or no"),
    *_WHERE,
    Column("start_s", "number", "Where it begins.", unit="s", range="0.."),
    Column("end_s", "number", "Where it ends; the end is not part of it.", unit="s", range="0.."),
    _on_the_page("start_ql", "Where it begins"),
    _on_the_page("end_ql", "Where it ends"),
    Column(
        "transposition_semitones",
        "whole number",
        "How much higher than the prototype; below 0, lower.",
        unit="semitones",
    ),
    Column(
        "tempo_ratio", "number", "How fast against the prototype: 2 is twice as fast.", range="0.."
    ),
    Column(
        "changes",
        "text",
        "How it differs from the prototype, joined by `; `.",
        range="key, tempo, register, instrument, mode, harmony, rhythm, ornament, left out,"
        " fragment, interval",
    ),
    Column(
        "confidence",
        "number",
        "Of the occurrences with confidence q, about q are no luck.",
        range="0..1",
    ),
    Column("notes", "whole number", "How many notes it has.", range="0.."),
)
_NOTE_COLUMNS = (
    _LABEL,
    _NUMBER,
    *_WHERE,
    Column("note", "whole number", "Which of the occurrence's notes.", range="1.."),
    Column("onset_s", "number", "When the note begins.", unit="s", range="0..", decimals=6),
    Column("duration_s", "number", "How long it sounds.", unit="s", range="0..", decimals=6),
    Column("midi_pitch", "number", "How high: 60 is middle C.", unit="semitones", range="0..127"),
    Column("pitch", "text", "The nearest note in scientific pitch notation: C4 is middle C."),
    _on_the_page("onset_ql", "When the note begins"),
    Column(
        "answers_to",
        "whole number",
        "The prototype's note that it answers to; empty if it was added.",
        range="1..",
    ),
)


def heard_in(soundtrack: Soundtrack) -> dict[str, Heard]:
    """The tracks that were heard, by file."""
    return {one.track.file: one for one in soundtrack.heard}


def notes_of(hearing: Hearing, one: Occurrence) -> Notes:
    """The notes of an occurrence: of a score, the very notes of the page."""
    return exact_notes(hearing, one) if isinstance(hearing.source, Score) else one.notes


def bounds_ql(hearing: Hearing, one: Occurrence) -> tuple[float, float] | None:
    """Where an occurrence begins and ends on the page; None where there is no page."""
    if not isinstance(hearing.source, Score):
        return None
    places = score_places(hearing.source, notes_of(hearing, one))
    if not places or not sounds_there(one):
        return quarters(hearing.source, one.span.start_s), quarters(hearing.source, one.span.end_s)
    return min(onset for onset, _ in places), max(onset + length for onset, length in places)


def onsets_ql(hearing: Hearing, one: Occurrence) -> list[float] | None:
    """When its notes begin on the page; None where there is no page."""
    if not isinstance(hearing.source, Score):
        return None
    return [onset for onset, _ in score_places(hearing.source, notes_of(hearing, one))]


def _each(soundtrack: Soundtrack) -> Iterator[tuple[Motif, int, Occurrence, Heard]]:
    heard = heard_in(soundtrack)
    for motif in soundtrack.motifs:
        for number, one in enumerate(motif.occurrences, start=1):
            yield motif, number, one, heard[one.track_file]


def _occurrences(soundtrack: Soundtrack) -> Iterator[Block]:
    for motif, number, one, heard in _each(soundtrack):
        row = (
            motif.label,
            motif.name,
            motif.prominence,
            motif.surprise_bits,
            number,
            "yes" if motif.is_prototype(one) else "no",
            heard.track.position,
            heard.track.title,
            heard.track.file,
            one.span.start_s,
            one.span.end_s,
            *(bounds_ql(heard.hearing, one) or (None, None)),
            one.transposition_semitones,
            one.tempo_ratio,
            "; ".join(one.changes),
            one.confidence,
            len(one.notes),
        )
        yield tuple([value] for value in row)


def _notes(soundtrack: Soundtrack) -> Iterator[Block]:
    for motif, number, one, heard in _each(soundtrack):
        track, notes = heard.track, notes_of(heard.hearing, one)
        same = (motif.label, number, track.position, track.title, track.file)
        yield (
            *([value] * len(notes) for value in same),
            np.arange(1, len(notes) + 1),
            notes.onset_s,
            notes.duration_s,
            notes.midi_pitch,
            [pitch_name(pitch) for pitch in notes.midi_pitch.tolist()],
            onsets_ql(heard.hearing, one) or [None] * len(notes),
            _answers(one),
        )


def _answers(one: Occurrence) -> Values:
    theirs = {ours: prototype for prototype, ours in one.pairs}
    return [theirs[k] + 1 if k in theirs else None for k in range(len(one.notes))]


MOTIFS = ExportKind(
    "motifs",
    "Where each motif is heard, the most prominent motif first.",
    _OCCURRENCE_COLUMNS,
    _occurrences,
)
MOTIF_NOTES = ExportKind(
    "motif-notes",
    "The notes of each occurrence, and the notes of the prototype that they answer to.",
    _NOTE_COLUMNS,
    _notes,
)
