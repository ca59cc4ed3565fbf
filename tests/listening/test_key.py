"""Key: where a musician feels at home; undecided where nobody does."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.key import key
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.pitch import Key
from unsung.model.settings import KeySettings

MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
MAJOR_CADENCE = ((0, 4, 7), (5, 9, 0), (7, 11, 2), (0, 4, 7))
MINOR_CADENCE = ((0, 3, 7), (5, 8, 0), (7, 11, 2), (0, 3, 7))


def line(pitches, each_s=0.5, start_s=0.0):
    onset_s = start_s + each_s * np.arange(len(pitches))
    return Notes.sorted(onset_s, np.full(len(pitches), each_s), pitches)


def chords(pitch_classes, tonic=0, each_s=1.0, start_s=0.0):
    rows = [
        (start_s + each_s * k, each_s, 48 + (tonic + pitch_class) % 12)
        for k, chord in enumerate(pitch_classes)
        for pitch_class in chord
    ]
    return Notes.sorted(*np.array(rows, float).T)


def together(*passages):
    columns = ("onset_s", "duration_s", "midi_pitch")
    return Notes.sorted(*(np.concatenate([getattr(p, c) for p in passages]) for c in columns))


def heard(notes, duration_s=None):
    return key(notes, duration_s or float(notes.end_s.max()), KeySettings())


def test_the_scale_of_c_major_is_in_c_major():
    found = heard(line([60 + step for step in MAJOR_SCALE]))
    assert found.overall == Key(0, "major")
    assert [span.key for span in found.spans] == [Key(0, "major")]


@pytest.mark.parametrize("tonic", range(12))
@pytest.mark.parametrize(("mode", "cadence"), [("major", MAJOR_CADENCE), ("minor", MINOR_CADENCE)])
def test_a_cadence_is_in_its_key_in_all_24(tonic, mode, cadence):
    found = heard(chords(cadence * 3, tonic))
    assert found.overall == Key(tonic, mode)
    assert [span.key for span in found.spans] == [Key(tonic, mode)]


def test_the_close_tells_relative_minor_from_major():
    """The same seven notes, evenly; what they come home to decides."""
    even = [60 + step for step in MAJOR_SCALE[:7]] * 6
    in_major = together(line(even), chords([(0, 4, 7)], each_s=4, start_s=21))
    in_minor = together(line(even), chords([(9, 0, 4)], each_s=4, start_s=21))
    assert heard(in_major).overall == Key(0, "major")
    assert heard(in_minor).overall == Key(9, "minor")


def test_a_modulation_is_heard_where_it_happens():
    home = chords(MAJOR_CADENCE * 8)
    away = chords(MAJOR_CADENCE * 8, tonic=3, start_s=32)
    found = heard(together(home, away))
    assert [span.key for span in found.spans] == [Key(0, "major"), Key(3, "major")]
    assert abs(found.spans[0].span.end_s - 32) <= 4


def test_a_passing_chord_is_no_modulation():
    home, passing = chords(MAJOR_CADENCE * 5), chords([(2, 6, 9)], start_s=20)
    back = chords(MAJOR_CADENCE * 5, start_s=21)
    assert [span.key for span in heard(together(home, passing, back)).spans] == [Key(0, "major")]


def test_a_chromatic_cluster_is_undecided():
    cluster = Notes.sorted(np.zeros(12), np.full(12, 20.0), np.arange(60, 72))
    found = heard(cluster)
    assert found.overall is UNDECIDED
    assert [span.key for span in found.spans] == [UNDECIDED]
    np.testing.assert_allclose(found.strengths.values, 0, atol=1e-5)


def test_music_on_a_twelve_tone_row_is_undecided():
    row = np.array([3, 7, 10, 6, 9, 0, 11, 4, 2, 8, 1, 5])
    forms = [row, -row[::-1] + 4, row + 5, row[::-1] + 1] * 6
    found = heard(line(60 + np.concatenate(forms) % 12, each_s=0.2))
    assert found.overall is UNDECIDED
    assert {span.key for span in found.spans} == {UNDECIDED}


def test_one_held_note_is_undecided():
    assert heard(Notes.sorted([0.0], [5.0], [60])).overall is UNDECIDED


@pytest.mark.parametrize("duration_s", [1 / 22_050, 0.4, 1.6, 60.3])
def test_silence_is_undecided(duration_s):
    found = heard(Notes.none(), duration_s)
    assert found.overall is UNDECIDED
    assert [(s.span.start_s, s.span.end_s, s.key) for s in found.spans] == [
        (0, duration_s, UNDECIDED)
    ]
    assert found.strengths.values.max() == found.overall_clarity == 0


def test_a_long_pause_is_undecided_and_a_breath_is_not():
    first = chords(MAJOR_CADENCE * 5)
    for pause_s, keys in ((2, 1), (30, 3)):
        again = chords(MAJOR_CADENCE * 5, start_s=20 + pause_s)
        assert len(heard(together(first, again)).spans) == keys


any_notes = st.lists(
    st.tuples(st.floats(0, 40), st.floats(0.01, 8), st.integers(24, 96), st.floats(0, 1)),
    min_size=1,
    max_size=60,
)


def notes(rows):
    return Notes.sorted(*np.array(rows, float).T)


@settings(max_examples=60, deadline=None)
@given(any_notes, st.integers(1, 11))
def test_music_transposed_moves_every_key_by_as_much(rows, semitones):
    up = [(onset, lasts, pitch + semitones, salience) for onset, lasts, pitch, salience in rows]
    found, moved = heard(notes(rows), 50.0), heard(notes(up), 50.0)
    strengths = found.strengths.values.reshape(2, 12, -1)
    rolled = np.roll(strengths, semitones, axis=1).reshape(24, -1)
    np.testing.assert_allclose(moved.strengths.values, rolled, atol=1e-4)


@settings(max_examples=60, deadline=None)
@given(any_notes, st.floats(0.1, 60))
def test_spans_cover_the_track_and_stay_in_range(rows, duration_s):
    found = key(notes(rows), duration_s, KeySettings())
    edges = [(one.span.start_s, one.span.end_s) for one in found.spans]
    assert edges[0][0] == 0
    assert edges[-1][1] == duration_s
    assert all(end == start for (_, end), (start, _) in pairwise(edges))
    assert all(0 <= one.clarity <= 1 for one in found.spans)
    assert np.abs(found.strengths.values).max() <= 1 + 1e-5


@settings(max_examples=60, deadline=None)
@given(any_notes)
def test_no_span_is_shorter_than_the_least(rows):
    spans = heard(notes(rows), 60.0).spans
    assert min(one.span.duration_s for one in spans) >= KeySettings().least_span_s


def test_who_asks_for_more_clarity_gets_more_undecided():
    cadence = chords(MAJOR_CADENCE * 3)
    assert key(cadence, 12.0, KeySettings(least_clarity=0.9)).overall is UNDECIDED
