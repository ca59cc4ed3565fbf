"""Spelling: what a musician would write in the key, and what it sounds like stays the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.pitch import Key
from unsung.pages.notation.spelling import fifths, signature, signs, spelled

MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
PITCHES = st.lists(st.integers(12, 115), min_size=1, max_size=12)
KEYS = [Key.at(row) for row in range(24)]


def names(pitches, of_fifths, mode="major"):
    return [one.name[:-1] for one in spelled(list(pitches), of_fifths, mode)]


def test_c_major_is_spelled_without_signs():
    assert names([60 + step for step in MAJOR_SCALE], 0) == list("CDEFGABC")


def test_e_flat_major_is_spelled_with_its_three_flats():
    scale = [63 + step for step in MAJOR_SCALE]
    assert names(scale, fifths(Key(3, "major"))) == ["E♭", "F", "G", "A♭", "B♭", "C", "D", "E♭"]


def test_f_sharp_major_has_an_e_sharp():
    assert "E♯" in names([66 + step for step in MAJOR_SCALE], 6)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_scale_uses_each_letter_once_and_its_tonic_is_the_keys_own(key):
    steps = MAJOR_SCALE if key.mode == "major" else (0, 2, 3, 5, 7, 8, 10, 12)
    pitches = [60 + key.tonic_pitch_class + step for step in steps]
    found = names(pitches, fifths(key), key.mode)
    assert sorted(name[0] for name in found[:-1]) == list("ABCDEFG")
    assert found[0] == key.name.split()[0]


def test_a_leading_note_in_minor_is_raised():
    assert names([69, 68, 69], 0, "minor") == ["A", "G♯", "A"]
    assert names([60, 59, 60], -3, "minor") == ["C", "B", "C"]


def test_a_note_between_two_leans_where_it_goes():
    assert names([60, 61, 62], 0) == ["C", "C♯", "D"]
    assert names([62, 61, 60], 0) == ["D", "D♭", "C"]


@given(PITCHES, st.integers(-7, 7), st.sampled_from(["major", "minor"]))
def test_a_spelling_sounds_as_the_pitch_and_stays_readable(pitches, of_fifths, mode):
    found = spelled(pitches, of_fifths, mode)
    assert [one.midi_pitch for one in found] == pitches
    assert all(abs(one.alter) <= 2 for one in found)


def test_b_sharp_and_c_flat_are_written_in_their_own_octave():
    [b_sharp] = spelled([60], 7)
    [c_flat] = spelled([59], -7)
    assert (b_sharp.name, c_flat.name) == ("B♯3", "C♭4")


def test_places_on_the_staff_count_letters_as_the_field_does():
    """Middle C is 60, its neighbour D 61, whatever the accidental."""
    assert [one.morph_pitch for one in spelled([60, 61, 62, 72], 0)] == [60, 60, 61, 67]


def test_a_key_that_the_notes_do_not_live_in_lends_no_signature():
    assert signature([60, 62, 64, 65, 67], Key(6, "major")) == 0
    assert signature([63, 67, 70, 68], Key(3, "major")) == -3


def test_a_signature_alters_the_letters_in_their_order():
    assert signs(2) == {"F": 1, "C": 1}
    assert signs(-3) == {"B": -1, "E": -1, "A": -1}
