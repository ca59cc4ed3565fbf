"""The leading line of each section, written down to be read and sung.

From a score it has the values of the page. From sound, a section is written in one tempo if it fits
one; else it falls into phrases, parted where the line waits longest, and each has the tempo that it
fits best, or heads alone where none fits. Notes that only flit by are left out: a listener does not
sing them.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

import numpy as np
from attrs import evolve, frozen

from unsung.model.hearing import Hearing, Section
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.notation.hearing import heard_passage, occurrence_key, tempo_there
from unsung.pages.notation.passage import Chord, Passage
from unsung.pages.notation.rhythm import UNMEASURED, Rhythm, Unmeasured, rhythm
from unsung.pages.notation.scored import score_passage
from unsung.pages.notation.setting import gathered, measured

_SHORTEST_S = 0.07
_PROBED = 16
_FEWEST_NOTES = 3
_LONGEST_PHRASE, _SHORTEST_PHRASE = 20, 5
_BARS_A_LINE, _QUARTERS_A_LINE = 4, Fraction(16)


@frozen
class WrittenMelody:
    """The leading line of one section, or a phrase of it; the `number`th of the track."""

    number: int
    section: Section
    passage: Passage


def written_melodies(hearing: Hearing) -> Iterator[WrittenMelody]:
    """Section by section, phrase by phrase; none where a section has hardly a line."""
    numbers = count(1)
    for section in hearing.sections.sections:
        line = hearing.melody.starting_in(section.span)
        for passage in _passages(hearing, section.span, line):
            yield WrittenMelody(next(numbers), section, passage)


def lines_of(passage: Passage) -> list[Passage]:
    """The passage cut into lines that fit a page: four bars each, or as long without bars."""
    cut: dict[int, list[Chord]] = {}
    for chord in passage.chords:
        cut.setdefault(_line_at(passage, chord.onset_ql), []).append(chord)
    return [evolve(passage, chords=tuple(chords)) for _, chords in sorted(cut.items())]


def _line_at(passage: Passage, onset_ql: Fraction) -> int:
    if passage.metre is None:
        return int((onset_ql - passage.start_ql) // _QUARTERS_A_LINE)
    bar_ql, length_ql = passage.metre.bar_ql, passage.metre.length_ql
    first = (passage.start_ql - bar_ql) // length_ql
    return int(((onset_ql - bar_ql) // length_ql - first) // _BARS_A_LINE)


def _passages(hearing: Hearing, span: Span, line: Notes) -> Iterator[Passage]:
    key = occurrence_key(hearing, span)
    if isinstance(hearing.source, Score):
        if len(line) >= _FEWEST_NOTES:
            yield score_passage(hearing.source, line, key)
        return
    sung = line.where(line.duration_s >= _SHORTEST_S)
    if len(sung) >= _FEWEST_NOTES:
        yield from _heard(sung, key, tempo_there(hearing, span))


def _heard(line: Notes, key: Key | None, tempo_bpm: float | None) -> Iterator[Passage]:
    onsets = gathered(line)
    whole = _steady([one.start_s for one in onsets], tempo_bpm)
    if whole is UNMEASURED and len(line) > _LONGEST_PHRASE:
        for phrase in _phrases(line):
            yield heard_passage(phrase, key, tempo_bpm)
    else:
        yield measured(line, key, onsets, whole)


def _steady(starts_s: list[float], tempo_bpm: float | None) -> Rhythm | Unmeasured:
    """The rhythm at the tempo that fits the first notes best."""
    begun = rhythm(starts_s[:_PROBED], tempo_bpm)
    if begun is UNMEASURED or len(starts_s) <= _PROBED:
        return begun
    return rhythm(starts_s, 60 / begun.quarter_s, certain=True)


def _phrases(line: Notes) -> Iterator[Notes]:
    """The line parted where the wait is longest, until no part is long."""
    if len(line) <= _LONGEST_PHRASE:
        yield line
        return
    waits_s = np.diff(line.onset_s)[_SHORTEST_PHRASE - 1 : 1 - _SHORTEST_PHRASE]
    at = _SHORTEST_PHRASE + int(waits_s.argmax())
    place = np.arange(len(line))
    yield from _phrases(line.where(place < at))
    yield from _phrases(line.where(place >= at))
