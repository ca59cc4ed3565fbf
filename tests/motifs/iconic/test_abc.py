"""ABC is read as every other reader reads it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.model.errors import LibraryError
from unsung.motifs.iconic.abc import abc_tunes


def one(body, head="M:4/4\nL:1/8\nK:C"):
    (tune,) = abc_tunes(f"X:1\nT:one\n{head}\n{body}\n")
    return tune


def pitches(body, head="M:4/4\nL:1/8\nK:C"):
    return one(body, head).notes.midi_pitch.astype(int).tolist()


def lengths(body, head="M:4/4\nL:1/8\nK:C"):
    """In eighths."""
    return (one(body, head).notes.duration_s * 4).tolist()


def test_letters_and_marks_are_octaves():
    assert pitches("C,, C, C c c' c''") == [36, 48, 60, 72, 84, 96]


@pytest.mark.parametrize(
    ("key", "third", "seventh"),
    [("C", 64, 71), ("Cm", 63, 70), ("Cdor", 63, 70), ("Cmix", 64, 70), ("C minor", 63, 70)],
)
def test_the_mode_bends_its_degrees(key, third, seventh):
    assert pitches("CEB", f"M:4/4\nL:1/8\nK:{key}") == [60, third, seventh]


def test_sharps_and_flats_of_the_key_hold_and_a_sign_holds_until_the_bar_ends():
    assert pitches("F ^G G =F | G F", "M:4/4\nL:1/8\nK:D") == [66, 68, 68, 65, 67, 66]
    assert pitches("B E", "M:4/4\nL:1/8\nK:Bb") == [70, 63]


def test_lengths_halves_dots_triplets_and_ties():
    assert lengths("C2 C/ C/4 C3/2 C//") == [2, 0.5, 0.25, 1.5, 0.25]
    assert lengths("C>D E<F") == [1.5, 0.5, 0.5, 1.5]
    assert lengths("(3CDE F") == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1])
    assert lengths("C4- | C2 D") == [6, 1]


def test_rests_pass_time_and_ornaments_words_and_chord_names_do_not():
    tune = one('"Am" C z2 {gab} .D !trill! ~E (FG)')
    assert (tune.notes.onset_s * 4).tolist() == [0, 3, 4, 5, 6]


def test_of_notes_struck_together_the_first_counts():
    assert pitches("[CEG]2 D") == [60, 62]


def test_metre_and_length_may_change_on_the_way():
    tune = one("C4 C4 | [M:3/4] C2 C2 C2 | [L:1/4] CCC |")
    assert tune.bars_quarters == (4, 3, 3)
    assert tune.metre_quarters == (4, 3, 3)


def test_each_tune_of_a_book_is_one_and_what_stands_before_them_is_none():
    book = "%abc-2.1\n\nX:1\nT:a\nK:C\nCDE\n\nX:2\nT:b\nK:G\nGAB\n"
    assert [tune.title for tune in abc_tunes(book)] == ["a", "b"]
    assert abc_tunes("no tune at all") == ()


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("C ? D", "K:C"),
        ("> C", "K:C"),
        ("C/0", "K:C"),
        ("C", "M:three\nK:C"),
        ("C", "L:0\nK:C"),
        ("c''''''''", "K:C"),
    ],
)
def test_what_makes_no_sense_names_the_tune(body, head):
    with pytest.raises(LibraryError, match=r"^one: "):
        one(body, head)


def test_an_empty_tune_has_no_notes():
    assert len(one("z4 |").notes) == 0


NOTES = st.lists(
    st.tuples(st.sampled_from("CDEFGABcdefgab"), st.sampled_from(("", "2", "/", "3/2"))),
    min_size=1, max_size=20,
)  # fmt: skip


@given(NOTES, st.sampled_from(("C", "G", "Eb", "F#m", "Ddor", "Amix")))
@settings(max_examples=25, deadline=None)
def test_music21_reads_the_same(notes, key):
    converter = pytest.importorskip("music21.converter")
    body = " ".join(letter + length for letter, length in notes)
    text = f"X:1\nT:one\nM:none\nL:1/8\nK:{key}\n{body}\n"
    theirs = list(converter.parseData(text, format="abc").flatten().notes)
    ours = abc_tunes(text)[0].notes
    assert [int(note.pitch.midi) for note in theirs] == ours.midi_pitch.astype(int).tolist()
    lasts = [float(note.quarterLength) / 2 for note in theirs]
    np.testing.assert_allclose(ours.duration_s, lasts)
