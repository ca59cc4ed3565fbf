"""An occurrence written down with what was heard around it: its notes, its key and its tempo."""

from unsung.model.hearing import Hearing
from unsung.model.motif import Occurrence
from unsung.model.notes import Notes
from unsung.model.outcomes import Outcome
from unsung.model.pitch import Key
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.notation.passage import Passage
from unsung.pages.notation.placing import in_octaves_of, in_one_register, placed
from unsung.pages.notation.rhythm import rhythm
from unsung.pages.notation.scored import score_passage
from unsung.pages.notation.setting import gathered, measured

_LOOSE_S = 1.0


def occurrence_passage(
    hearing: Hearing, occurrence: Occurrence, prototype: Notes | None = None
) -> Passage:
    """The notes of an occurrence as a musician would write them; `prototype` if it has one."""
    key = occurrence_key(hearing, occurrence.span)
    notes = readable_notes(hearing, occurrence, prototype)
    if isinstance(hearing.source, Score):
        return score_passage(hearing.source, notes, key)
    return heard_passage(notes, key, tempo_there(hearing, occurrence.span))


def readable_notes(
    hearing: Hearing, occurrence: Occurrence, prototype: Notes | None = None
) -> Notes:
    """Its notes in the same order, as a reader wants them: those of the page, if there is a page.

    From sound, each begins with the note that was written down there, in the octave that
    `prototype` (its readable notes) has there, else in that of its neighbours.
    """
    found = exact_notes(hearing, occurrence)
    if isinstance(hearing.source, Score):
        return found
    if prototype is None or not occurrence.pairs:
        return in_one_register(found)
    shift = occurrence.transposition_semitones
    return in_octaves_of(found, prototype, occurrence.pairs, shift)


def exact_notes(hearing: Hearing, occurrence: Occurrence) -> Notes:
    """Its notes, each when and as high as the track's own note of that pitch class."""
    if not sounds_there(occurrence):
        return occurrence.notes
    return placed(occurrence.notes, hearing.notes)


def sounds_there(occurrence: Occurrence) -> bool:
    """Whether its notes are those of its span; a prototype may have been taken from elsewhere."""
    notes, span = occurrence.notes, occurrence.span
    return bool(len(notes)) and bool(
        (notes.onset_s > span.start_s - _LOOSE_S).all()
        and (notes.onset_s < span.end_s + _LOOSE_S).all()
    )


def heard_passage(notes: Notes, key: Key | None = None, tempo_bpm: float | None = None) -> Passage:
    """Notes from sound: the rhythm that fits best, or heads without values."""
    onsets = gathered(notes)
    found = rhythm([one.start_s for one in onsets], tempo_bpm)
    return measured(notes, key, onsets, found)


def occurrence_key(hearing: Hearing, span: Span) -> Key | None:
    """The key that most of a span is in, if it was decided."""
    if not hearing.key.spans:
        return None
    key = max(hearing.key.spans, key=lambda one: one.span.overlap_s(span)).key
    return None if isinstance(key, Outcome) else key


def tempo_there(hearing: Hearing, span: Span) -> float | None:
    """The tempo that most of a span is in, if a pulse was clear."""
    if not hearing.tempo.spans:
        return None
    tempo_bpm = max(hearing.tempo.spans, key=lambda one: one.span.overlap_s(span)).tempo_bpm
    return None if isinstance(tempo_bpm, Outcome) else tempo_bpm
