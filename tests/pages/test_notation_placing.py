"""A line that was followed through sound, put where the track's own notes are."""

import numpy as np
import pytest
import themes
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.notes import Notes
from unsung.pages.notation.placing import in_octaves_of, in_one_register, placed


def line(*pitches):
    return Notes.sorted(np.arange(len(pitches)) * 0.5, 0.4, np.array(pitches, float))


def pitches(notes):
    return notes.midi_pitch.astype(int).tolist()


def test_coarse_instants_become_those_of_the_notes_that_were_written_down():
    exact = themes.played(themes.CALL, 10.0)
    coarse = evolve(exact, onset_s=np.round(exact.onset_s / 0.08) * 0.08)
    found = placed(coarse, exact)
    assert found.onset_s == pytest.approx(exact.onset_s)
    assert found.end_s == pytest.approx(coarse.end_s)


def test_a_note_keeps_its_pitch_class_and_takes_the_octave_that_is_there():
    heard = Notes.sorted([1.02, 1.03, 1.04], 0.4, [72, 61, 48])
    found = placed(Notes.sorted([1.0], 0.3, [60]), heard)
    assert (found.midi_pitch[0], found.onset_s[0]) == (72, 1.02)


def test_where_nothing_of_the_kind_was_heard_a_note_stays():
    alone = Notes.sorted([1.0], 0.3, [60])
    for heard in (Notes.sorted([1.0, 1.3], 0.3, [61, 60]), Notes.none()):
        found = placed(alone, heard)
        assert (found.onset_s[0], found.midi_pitch[0]) == (1.0, 60)
    assert placed(Notes.none(), alone) == Notes.none()


@given(
    st.lists(st.tuples(st.floats(0, 6), st.integers(40, 80)), min_size=1, max_size=12),
    st.lists(st.tuples(st.floats(0, 6), st.integers(40, 80)), max_size=30),
)
def test_notes_never_change_places_nor_pitch_class_nor_go_far(asked, around):
    notes = Notes.sorted(*zip(*((t, 0.2, p) for t, p in asked), strict=True))
    heard = Notes.sorted([t for t, _ in around], 0.2, [p for _, p in around])
    found = placed(notes, heard)
    assert (np.diff(found.onset_s) >= 0).all()
    assert ((found.midi_pitch - notes.midi_pitch) % 12 == 0).all()
    assert np.abs(found.onset_s - notes.onset_s).max() <= 0.12 + 1e-9


def test_single_notes_heard_octaves_away_are_brought_home():
    assert pitches(in_one_register(line(67, 72, 74, 75, 91, 75, 77))) == [
        67, 72, 74, 75, 79, 75, 77,
    ]  # fmt: skip
    assert pitches(in_one_register(line(57, 76, 74, 72, 59, 79, 77, 64))) == [
        69, 76, 74, 72, 71, 79, 77, 76,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "tune",
    [
        (60, 72, 71, 67, 69, 71, 72),  # an octave up and stepwise on
        (55, 64, 62, 60, 64, 62, 60),  # a sixth up
        tuple(pitch for pitch, _ in themes.CALL),
        (64,),
        (),
    ],
)
def test_a_line_that_can_be_sung_is_left_alone(tune):
    assert in_one_register(line(*tune)) == line(*tune)


@given(st.lists(st.integers(0, 127), min_size=1, max_size=14))
def test_only_octaves_ever_change(tune):
    found = in_one_register(line(*tune))
    assert ((found.midi_pitch - line(*tune).midi_pitch) % 12 == 0).all()
    assert 0 <= found.midi_pitch.min() <= found.midi_pitch.max() <= 127


def test_what_answers_stands_in_the_octaves_of_what_it_answers():
    prototype = line(60, 64, 67, 72)
    scattered = line(65, 81, 72, 65)
    pairs = tuple((k, k) for k in range(4))
    assert pitches(in_octaves_of(scattered, prototype, pairs, 5)) == [65, 69, 72, 77]
    assert pitches(in_octaves_of(scattered, prototype, pairs, -7)) == [53, 57, 60, 65]
    assert pitches(in_octaves_of(scattered, prototype, pairs, 2)) == [65, 69, 72, 77]


def test_an_added_note_stands_near_the_note_before_it():
    prototype, adorned = line(60, 64), line(60, 86, 64)
    assert pitches(in_octaves_of(adorned, prototype, ((0, 0), (1, 2)), 0)) == [60, 62, 64]
