"""The leading line: on top, one note at a time, not an overtone, not an echo."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.melody import melody
from unsung.model.notes import Notes

TUNE = (72, 74, 76, 77, 79, 77, 76, 74)


def tune_over_chords():
    """A tune in half seconds over held chords an octave and more below."""
    tune = [(0.5 * k, 0.5, pitch, 0.9) for k, pitch in enumerate(TUNE)]
    chords = [(2.0 * k, 2.0, pitch, 0.9) for k in range(2) for pitch in (48, 55, 60, 64)]
    return notes(tune + chords)


def notes(rows):
    onset_s, duration_s, pitch, salience = np.array(rows, float).reshape(-1, 4).T
    return Notes.sorted(onset_s, duration_s, pitch, salience)


def test_a_tune_over_chords_is_the_melody():
    line = melody(tune_over_chords())
    assert line.midi_pitch.tolist() == list(TUNE)
    np.testing.assert_allclose(line.onset_s, 0.5 * np.arange(8))
    assert line.part_names == ("melody",)


def test_a_faint_overtone_above_a_clear_note_is_not_the_melody():
    rows = [(0.5 * k, 0.5, pitch, 0.9) for k, pitch in enumerate(TUNE)]
    ghosts = [(onset, lasts, pitch + 12, 0.2) for onset, lasts, pitch, _ in rows]
    assert melody(notes(rows + ghosts)).midi_pitch.tolist() == list(TUNE)


def test_a_clear_octave_above_is_the_melody():
    rows = [(0.5 * k, 0.5, pitch, 0.9) for k, pitch in enumerate(TUNE)]
    doubled = [(onset, lasts, pitch + 12, 0.9) for onset, lasts, pitch, _ in rows]
    line = melody(notes(rows + doubled))
    assert line.midi_pitch.tolist() == [pitch + 12 for pitch in TUNE]


def test_the_tune_goes_on_when_a_higher_note_dies_away_late():
    rows = [(0.5 * k, 0.5, 84 - 2 * k, 0.8) for k in range(8)]
    late = [(onset, 0.58, pitch, salience) for onset, _, pitch, salience in rows]
    line = melody(notes(late))
    assert line.midi_pitch.tolist() == [row[2] for row in rows]


def test_where_nothing_sounds_the_melody_rests():
    line = melody(notes([(0, 1, 72, 0.9), (3, 1, 74, 0.9)]))
    assert line.end_s[0] == 1
    assert line.onset_s[1] == 3


def test_a_line_alone_is_its_own_melody():
    rows = [(0.25 * k, 0.25, 60 + k % 5, 1.0) for k in range(40)]
    alone = notes(rows)
    line = melody(alone)
    np.testing.assert_array_equal(line.midi_pitch, alone.midi_pitch)
    np.testing.assert_allclose(line.onset_s, alone.onset_s)
    np.testing.assert_allclose(line.duration_s, alone.duration_s)


def test_the_melody_stays_in_its_part_through_a_brief_crossing():
    tune = [(0.5 * k, 0.5, 72, 1.0) for k in range(8)]
    other = [(0, 1.75, 60, 1.0), (1.75, 0.04, 73, 1.0), (1.79, 2.2, 60, 1.0)]
    onset_s, duration_s, pitch, salience = np.array(tune + other, float).T
    part = [0] * len(tune) + [1] * len(other)
    both = Notes.sorted(onset_s, duration_s, pitch, salience, part, ("flute", "viola"))
    assert set(melody(both).midi_pitch.tolist()) == {72.0}


def test_silence_has_no_melody():
    assert melody(Notes.none()) == Notes.none(("melody",))


def test_one_note_is_its_own_melody():
    assert melody(notes([(0.5, 0.004, 60, 0.3)])).midi_pitch.tolist() == [60]


any_notes = st.lists(
    st.tuples(st.floats(0, 20), st.floats(0.001, 5), st.integers(0, 115), st.floats(0, 1)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(any_notes)
def test_the_melody_never_has_two_notes_at_once_and_invents_none(rows):
    polyphony = notes(rows)
    line = melody(polyphony)
    assert (line.end_s[:-1] <= line.onset_s[1:] + 1e-9).all()
    for onset_s, end_s, pitch in zip(line.onset_s, line.end_s, line.midi_pitch, strict=True):
        same = polyphony.where(polyphony.midi_pitch == pitch)
        assert ((same.onset_s <= onset_s + 0.011) & (same.end_s >= end_s - 0.021)).any()


@settings(max_examples=50, deadline=None)
@given(any_notes, st.integers(1, 12))
def test_music_transposed_has_its_melody_transposed(rows, semitones):
    up = [(onset, lasts, pitch + semitones, salience) for onset, lasts, pitch, salience in rows]
    line, line_up = melody(notes(rows)), melody(notes(up))
    np.testing.assert_array_equal(line_up.midi_pitch, line.midi_pitch + semitones)
    np.testing.assert_array_equal(line_up.onset_s, line.onset_s)


@settings(max_examples=50, deadline=None)
@given(any_notes, st.integers(1, 100))
def test_music_that_starts_later_has_its_melody_later(rows, seconds):
    later = [(onset + seconds, lasts, pitch, salience) for onset, lasts, pitch, salience in rows]
    line, line_later = melody(notes(rows)), melody(notes(later))
    np.testing.assert_array_equal(line_later.midi_pitch, line.midi_pitch)
