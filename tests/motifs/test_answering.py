"""Two statements side by side: which note answers which, and what became of the rest."""

import sys
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "symbolic"))

from lines_of_notes import OTHER, TUNE, moved, notes

from unsung.model.motif import Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.answering import as_prototype, compared, told_from


def everything(rows):
    return tuple((k, k) for k in range(len(rows)))


def test_a_line_answers_itself_note_by_note():
    told = compared(notes(TUNE), notes(TUNE))
    assert told.pairs == everything(TUNE)
    assert told.transposition_semitones == 0
    assert told.tempo_ratio == pytest.approx(1.0)
    assert told.changes == ()


@given(
    higher=st.integers(-24, 24), slower=st.sampled_from((0.5, 0.75, 1.0, 1.5, 2.0)),
    later=st.floats(0, 100),
)  # fmt: skip
def test_key_tempo_and_place_are_no_obstacle_and_are_said(higher, slower, later):
    told = compared(notes(TUNE), notes(moved(TUNE, later, higher, slower)))
    assert told.pairs == everything(TUNE)
    assert told.transposition_semitones == higher
    assert told.tempo_ratio == pytest.approx(1 / slower, rel=0.01)
    assert ("key" in told.changes) == (higher % 12 != 0)
    assert ("register" in told.changes) == (abs(higher) >= 10)
    assert ("tempo" in told.changes) == (slower != 1)


def test_a_fragment_answers_the_part_it_is_of():
    told = compared(notes(TUNE), notes(moved(TUNE[3:], higher=5)))
    assert told.pairs == tuple((k + 3, k) for k in range(len(TUNE) - 3))
    assert told.transposition_semitones == 5
    assert "fragment" in told.changes


def test_an_added_note_answers_none():
    ornamented = (*TUNE[:3], (1.75, 66), *TUNE[3:])
    told = compared(notes(TUNE), notes(ornamented))
    assert told.pairs == ((0, 0), (1, 1), (2, 2), (3, 4), (4, 5), (5, 6), (6, 7))


def test_a_lowered_third_is_another_mode():
    major = ((0, 60), (1, 64), (2, 67), (3, 65), (4, 64), (5, 62), (6, 60))
    minor = tuple((onset, 63 if pitch == 64 else pitch) for onset, pitch in major)
    assert "mode" in compared(notes(major), notes(minor)).changes
    assert "mode" not in compared(notes(major), notes(moved(major, higher=-1))).changes


@pytest.mark.parametrize("rows", [(), ((0, 60),)], ids=["no note", "one note"])
def test_what_is_no_line_answers_nothing(rows):
    nothing = Notes.none() if not rows else notes(rows)
    assert compared(notes(TUNE), nothing).pairs == ()
    assert compared(nothing, notes(TUNE)).pairs == ()


def test_an_occurrence_is_told_from_the_prototype_it_is_given():
    first = Occurrence("a", Span(0, 5), notes=notes(TUNE))
    second = Occurrence("b", Span(0, 5), 99, 9.0, notes=notes(moved(TUNE, higher=3)))
    assert told_from(first, second).transposition_semitones == 3
    assert told_from(second, first).transposition_semitones == -3
    assert told_from(second, second) == as_prototype(second)
    assert told_from(first, Occurrence("c", Span(0, 5), notes=notes(OTHER))).span == Span(0, 5)


@pytest.mark.parametrize(
    ("ours", "theirs", "other"),
    [
        ("Violin I", "Violin II", False),
        ("Horn 1", "horn 3", False),
        ("Violin I", "Viola", True),
        ("", "Viola", False),
    ],
)
def test_another_instrument_is_a_change_where_both_are_known(ours, theirs, other):
    first, second = (
        Occurrence(file, Span(0, 5), notes=evolve(notes(TUNE), part_names=(name, "b")))
        for file, name in (("a", ours), ("b", theirs))
    )
    assert ("instrument" in told_from(first, second).changes) == other
