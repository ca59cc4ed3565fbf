"""An occurrence written down with what was heard around it: its key and its tempo."""

from unsung.model.hearing import Hearing
from unsung.model.motif import Occurrence
from unsung.model.notes import Notes
from unsung.model.outcomes import Outcome
from unsung.model.pitch import Key
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.notation.passage import Passage
from unsung.pages.notation.rhythm import rhythm
from unsung.pages.notation.scored import score_passage
from unsung.pages.notation.setting import gathered, measured


def occurrence_passage(hearing: Hearing, occurrence: Occurrence) -> Passage:
    """The notes of an occurrence as a musician would write them."""
    key = occurrence_key(hearing, occurrence.span)
    if isinstance(hearing.source, Score):
        return score_passage(hearing.source, occurrence.notes, key)
    return heard_passage(occurrence.notes, key, _tempo_bpm(hearing, occurrence.span))


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


def _tempo_bpm(hearing: Hearing, span: Span) -> float | None:
    """The tempo that most of a span is in, if a pulse was clear."""
    if not hearing.tempo.spans:
        return None
    tempo_bpm = max(hearing.tempo.spans, key=lambda one: one.span.overlap_s(span)).tempo_bpm
    return None if isinstance(tempo_bpm, Outcome) else tempo_bpm
