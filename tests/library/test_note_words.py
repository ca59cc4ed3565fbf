"""A melody as people type it."""

import pytest

from unsung.library import is_melody, melody_in
from unsung.model.errors import LibraryError


def test_the_beginning_of_the_fifth():
    line = melody_in("G4:0.5 G4:1/2 g4:.5 Eb4:2".replace(":.5", ":0.5"))
    assert line.midi_pitch.tolist() == [67, 67, 67, 63]
    assert line.onset_s.tolist() == [0, 0.25, 0.5, 0.75]
    assert line.end_s.tolist()[-1] == 1.75


def test_rests_take_their_time_and_signs_bend():
    line = melody_in("C#4 r:2 D♭5 B♯3 Ebb4")
    assert line.onset_s.tolist() == [0, 1.5, 2.0, 2.5]
    assert line.midi_pitch.tolist() == [61, 73, 60, 62]


@pytest.mark.parametrize("words", ["H4 C4", "C C", "C4:0 D4", "C4:1/0 D4", "C9 D-2", "C4:x"])
def test_what_is_no_note_is_said(words):
    with pytest.raises(LibraryError):
        melody_in(words)


def test_names_of_files_and_tracks_are_no_melodies():
    assert is_melody("C4 D4:2 r E4")
    assert not is_melody("C4.mid")
    assert not is_melody("A Quiet Farewell")
    assert not is_melody("")


def test_no_words_no_notes():
    assert len(melody_in("")) == 0
