"""The leading line of each section, written down to be read and sung.

From a score it has the values of the page. From sound, the tempo is sought where it begins and
kept throughout: what a player takes and gives back is not written, and where no simple values fit
there are heads alone. Notes that only flit by are left out: a listener does not sing them.
"""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from unsung.model.hearing import Hearing, Section
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.score import Score
from unsung.pages.notation.hearing import occurrence_key, tempo_there
from unsung.pages.notation.passage import Chord, Passage
from unsung.pages.notation.rhythm import UNMEASURED, Rhythm, Unmeasured, rhythm
from unsung.pages.notation.scored import score_passage
from unsung.pages.notation.setting import gathered, measured

_SHORTEST_S = 0.07
_PROBED = 16
_FEWEST_NOTES = 3
_BARS_A_LINE, _QUARTERS_A_LINE = 4, Fraction(16)


@frozen
class WrittenMelody:
    """The leading line of one section, the `number`th of the track."""

    number: int
    section: Section
    passage: Passage


def written_melodies(hearing: Hearing) -> Iterator[WrittenMelody]:
    """Section by section; none where a section has hardly a line."""
    for number, section in enumerate(hearing.sections.sections, start=1):
        line = hearing.melody.starting_in(section.span)
        if not isinstance(hearing.source, Score):
            line = line.where(line.duration_s >= _SHORTEST_S)
        if len(line) >= _FEWEST_NOTES:
            yield WrittenMelody(number, section, _passage(hearing, section, line))


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


def _passage(hearing: Hearing, section: Section, line: Notes) -> Passage:
    key = occurrence_key(hearing, section.span)
    if isinstance(hearing.source, Score):
        return score_passage(hearing.source, line, key)
    return _heard(line, key, tempo_there(hearing, section.span))


def _heard(line: Notes, key: Key | None, tempo_bpm: float | None) -> Passage:
    onsets = gathered(line)
    return measured(line, key, onsets, _steady([one.start_s for one in onsets], tempo_bpm))


def _steady(starts_s: list[float], tempo_bpm: float | None) -> Rhythm | Unmeasured:
    """The rhythm at the tempo that fits the first notes best."""
    begun = rhythm(starts_s[:_PROBED], tempo_bpm)
    if begun is UNMEASURED or len(starts_s) <= _PROBED:
        return begun
    return rhythm(starts_s, 60 / begun.quarter_s, certain=True)
