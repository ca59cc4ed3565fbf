"""What people say stands above what was found, and nothing that they said is lost."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "symbolic"))

from lines_of_notes import TUNE, moved, notes

from unsung.model.harmony import Chords
from unsung.model.motif import Motif, Naming, Occurrence, Statement, Testimony
from unsung.model.time import Span
from unsung.motifs.labels import place_of
from unsung.motifs.testimony import as_said, witnessed


def place(start_s, higher=0, confidence=0.95, file="a"):
    line = notes(moved(TUNE, later=start_s, higher=higher))
    return Occurrence(file, Span(start_s, start_s + 5), confidence=confidence, notes=line)


def said(start_s, name, *, holds=True, file="a"):
    return Statement(file, Span(start_s, start_s + 5), "ana", name, holds)


FOUND = (Motif("A", place(0), (place(0), place(20), place(40, higher=3))),)


def nothing_more(passage):
    return (place(passage.span.start_s, confidence=1.0, file=passage.track_file),)


def starts(motif):
    return [one.span.start_s for one in motif.occurrences]


def test_where_nobody_says_anything_all_stays():
    assert witnessed(FOUND, Testimony(), nothing_more) == FOUND


def test_a_rejected_place_is_left_out():
    (motif,) = witnessed(FOUND, Testimony((said(20, "A", holds=False),)), nothing_more)
    assert starts(motif) == [0, 40]


def test_when_the_prototype_is_rejected_the_surest_of_the_others_stands_for_the_motif():
    (motif,) = witnessed(FOUND, Testimony((said(0, "A", holds=False),)), nothing_more)
    assert starts(motif) == [20, 40]
    assert place_of(motif.prototype) == ("a", Span(20, 25))
    assert motif.occurrences[1].transposition_semitones == 3


def test_a_motif_of_which_nothing_is_left_is_gone():
    words = Testimony(tuple(said(start, "A", holds=False) for start in (0, 20, 40)))
    assert witnessed(FOUND, words, nothing_more) == ()


def test_a_confirmed_place_that_was_missed_joins_its_motif():
    (motif,) = witnessed(FOUND, Testimony((said(60, "A"),)), nothing_more)
    assert starts(motif) == [0, 20, 40, 60]
    assert motif.occurrences[-1].confidence == 1.0


def test_what_a_statement_finds_joins_if_it_is_sure_enough():
    def search(statement):
        return (*nothing_more(statement), place(80, confidence=0.95), place(90, confidence=0.5))

    (motif,) = witnessed(FOUND, Testimony((said(20, "A"),)), search)
    assert starts(motif) == [0, 20, 40, 80]


def test_a_motif_only_a_person_heard_is_added_under_their_name():
    _, added = witnessed(FOUND, Testimony((said(60, "Sorrow"), said(70, "Sorrow"))), nothing_more)
    assert (added.label, added.name, starts(added)) == ("B", "Sorrow", [60, 70])


def test_a_name_said_of_a_place_goes_to_the_motif_that_has_it():
    words = Testimony((said(20, "Sorrow"), Naming("A", "Sorrow", "ana")))
    (motif,) = witnessed(FOUND, words, nothing_more)
    assert motif.name == "Sorrow"


def test_names_and_meanings_come_from_people_only():
    naming = Naming("A", "Sorrow", "ana", "the drowned brother", "interview, 1999")
    (motif,) = witnessed(FOUND, Testimony((naming,)), nothing_more)
    assert (motif.name, motif.meaning) == ("Sorrow", "the drowned brother")
    assert motif.meaning_source == "interview, 1999"
    assert FOUND[0].name == ""


def test_a_place_confirmed_under_a_new_name_names_the_motif_that_has_it():
    (motif,) = witnessed(FOUND, Testimony((said(20, "Sorrow"),)), nothing_more)
    assert (motif.label, motif.name) == ("A", "Sorrow")


def test_a_place_that_was_rejected_is_not_found_again_from_another():
    def search(passage):
        return (*nothing_more(passage), place(20, confidence=0.99))

    words = Testimony((said(20, "A", holds=False), said(60, "A")))
    (motif,) = witnessed(FOUND, words, search)
    assert starts(motif) == [0, 40, 60]


def test_who_confirms_what_was_rejected_before_has_the_last_word():
    words = Testimony((said(20, "A", holds=False), said(21, "A")))
    (motif,) = witnessed(FOUND, words, nothing_more)
    assert sorted(starts(motif)) == [0, 21, 40]


def test_a_name_under_which_a_place_is_confirmed_does_not_rename_but_is_remembered():
    words = Testimony((Naming("A", "Sorrow", "ana"), said(20, "Grief"), said(60, "Grief")))
    (motif,) = witnessed(FOUND, words, nothing_more)
    assert (motif.name, motif.other_names, starts(motif)) == ("Sorrow", ("Grief",), [0, 20, 40, 60])


def test_what_is_said_of_a_track_that_is_no_longer_there_changes_nothing():
    words = Testimony((said(20, "Sorrow", file="gone"),))
    assert witnessed(FOUND, words, lambda _passage: ()) == FOUND


def test_places_stand_in_the_order_of_the_album():
    chords = dict.fromkeys(("b", "a"), Chords(()))
    (motif,) = as_said(
        FOUND, Testimony((said(60, "A"), said(5, "A", file="b"))), nothing_more, chords
    )
    assert [place_of(one)[0] for one in motif.occurrences] == ["b", "a", "a", "a", "a"]
    assert starts(motif)[1:] == [0, 20, 40, 60]
