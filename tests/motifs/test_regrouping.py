"""Motifs that people say are one, and places that they say are a motif of their own."""

import itertools
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "symbolic"))

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lines_of_notes import TUNE, moved, notes

from unsung.model.motif import Joining, Motif, Naming, Occurrence, Parting, Passage, Statement
from unsung.model.motif import Testimony as Told
from unsung.model.time import Span
from unsung.motifs.answering import told_from
from unsung.motifs.labels import place_of
from unsung.motifs.testimony import witnessed

LASTS_S = 5


def place(start_s, higher=0, confidence=0.95, file="a"):
    line = notes(moved(TUNE, later=start_s, higher=higher))
    return Occurrence(file, Span(start_s, start_s + LASTS_S), confidence=confidence, notes=line)


def motif(label, *places, prominence=0.5, **more):
    return Motif(
        label, places[0], tuple(told_from(places[0], one) for one in places), prominence, **more
    )


A = motif("A", place(0, confidence=0.99), place(20, higher=3), place(40), place(60), prominence=0.8)
B = motif("B", place(100, higher=5, confidence=0.97), place(120), prominence=0.4)
C = motif("C", place(200, confidence=0.9), place(220), place(240), prominence=0.2)
FOUND = (A, B, C)


def at(*starts_s, file="a"):
    return tuple(Passage(file, Span(one, one + LASTS_S)) for one in starts_s)


def one_with(stands, joins):
    return Joining(
        stands.label,
        joins.label,
        "ana",
        at(*starts(stands)),
        at(*starts(joins)),
    )


def apart(whole, label, *starts_s, name=""):
    return Parting(whole.label, label, "ana", at(*starts_s), name)


def starts(one):
    return sorted(it.span.start_s for it in one.occurrences)


def search(passage):
    return (place(passage.span.start_s, confidence=1.0, file=passage.track_file),)


def told(*said, found=FOUND):
    return witnessed(found, Told(said), search)


def by_label(motifs):
    return {one.label: one for one in motifs}


# two motifs that are one


def test_what_is_joined_is_part_of_the_one_that_stands():
    first, second = told(one_with(A, B))
    assert (first.label, second.label) == ("A", "C")
    assert starts(first) == [0, 20, 40, 60, 100, 120]
    assert place_of(first.prototype) == place_of(A.prototype)


def test_changes_of_what_joined_are_told_from_the_prototype_that_stands():
    first, _ = told(one_with(A, B))
    higher = {one.span.start_s: one.transposition_semitones for one in first.occurrences}
    assert (higher[0], higher[20], higher[100], higher[120]) == (0, 3, 5, 0)


def test_the_label_of_what_joined_leads_to_the_one_that_stands():
    first, _ = told(one_with(A, B))
    assert first.also_known_as == ("B",)
    joined = told(one_with(A, B), Statement("a", Span(300, 305), "ben", "B"))
    assert 300 in starts(joined[0])


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_names_carry_over_whatever_was_said_first(order):
    said = (
        Naming("A", "Sorrow", "ana"),
        Naming("B", "The heir", "ben", "the prince", "an interview"),
        one_with(A, B),
        one_with(A, C),
    )
    (first,) = told(*(said[k] for k in order))
    assert first.name == "Sorrow"
    assert set(first.other_names) == {"B", "C", "The heir"}


def test_the_one_that_stands_takes_the_name_of_the_other_if_nobody_named_it():
    heir = Naming("B", "The heir", "ben", "the prince", "an interview")
    for said in ((heir, one_with(A, B)), (one_with(A, B), heir)):
        first, _ = told(*said)
        assert (first.name, first.meaning, first.meaning_source) == (
            "The heir",
            "the prince",
            "an interview",
        )
        assert first.other_names == ("B",)


def test_a_meaning_that_somebody_told_is_not_lost():
    first, _ = told(
        Naming("A", "Sorrow", "ana"),
        Naming("B", "The heir", "ben", "the prince", "an interview"),
        one_with(A, B),
    )
    assert (first.meaning, first.meaning_source) == ("the prince", "an interview")


def test_a_place_of_both_is_there_once():
    again = motif("B", place(41), place(120))
    (first,) = told(one_with(A, again), found=(A, again))
    assert starts(first) == [0, 20, 40, 60, 120]


def test_what_was_rejected_of_either_stays_out():
    said = (
        Statement("a", Span(100, 105), "ana", "A", holds=False),
        Statement("a", Span(120, 125), "ana", "B", holds=False),
        one_with(A, B),
    )
    first, *_ = told(*said[:2], evolve(said[2], other_places=at(100)))
    assert starts(first) == [0, 20, 40, 60]


def test_one_after_another_all_can_be_joined():
    (first,) = told(
        one_with(B, C), one_with(A, evolve(B, occurrences=B.occurrences + C.occurrences))
    )
    assert starts(first) == starts(A) + starts(B) + starts(C)
    assert set(first.other_names) == {"B", "C"}


def test_the_more_prominent_comes_first_whichever_stands():
    first, second = told(one_with(C, A))
    assert (first.label, first.prominence, second.label) == ("C", 0.8, "B")


# places that are a motif of their own


def test_places_that_are_parted_are_a_motif_of_their_own():
    motifs = by_label(told(apart(A, "D", 20, 60, name="The sea")))
    assert (starts(motifs["A"]), starts(motifs["D"])) == ([0, 40], [20, 60])
    assert (motifs["D"].name, motifs["D"].parted_from) == ("The sea", "A")
    assert motifs["D"].prominence == pytest.approx(0.4)


def test_the_surest_of_them_stands_for_them_and_the_others_are_told_from_it():
    surer = motif("A", place(0), place(20, higher=3, confidence=0.7), place(40, confidence=0.9))
    parted = by_label(told(apart(surer, "D", 20, 40), found=(surer,)))["D"]
    assert parted.prototype.span.start_s == 40
    assert [one.transposition_semitones for one in parted.occurrences] == [3, 0]


def test_where_the_prototype_was_parted_the_surest_of_the_rest_stands():
    motifs = by_label(told(apart(A, "D", 0, 40)))
    assert motifs["A"].prototype.span.start_s == 20
    assert [one.transposition_semitones for one in motifs["A"].occurrences] == [0, -3]
    assert motifs["D"].prototype.span.start_s == 0


@given(st.permutations((20, 40, 60)))
def test_the_order_in_which_places_are_chosen_does_not_matter(chosen):
    assert told(apart(A, "D", *chosen)) == told(apart(A, "D", 20, 40, 60))


def test_what_concerns_other_motifs_can_be_said_in_any_order():
    said = (one_with(B, C), apart(A, "D", 20, 60), Naming("A", "Sorrow", "ana"))
    results = [told(*order) for order in itertools.permutations(said)]
    assert all(one == results[0] for one in results)


def test_a_label_that_is_taken_by_then_is_not_given_twice():
    found = (*FOUND, motif("D", place(300), place(320)))
    labels = [one.label for one in told(apart(A, "D", 20, 60), found=found)]
    assert sorted(labels) == ["A", "B", "C", "D", "E"]


def test_what_was_parted_can_be_judged_named_and_joined_like_any_other():
    parted = apart(A, "D", 20, 60)
    alone = by_label(told(parted))["D"]
    motifs = by_label(
        told(
            parted,
            Statement("a", Span(60, 65), "ana", "D", holds=False),
            Naming("D", "The sea", "ana"),
            one_with(B, alone),
        )
    )
    assert starts(motifs["B"]) == [20, 100, 120]
    assert (motifs["B"].name, motifs["B"].other_names) == ("The sea", ("D",))


def test_what_was_joined_can_be_parted_again_in_another_way():
    whole = told(one_with(A, B))[0]
    motifs = by_label(told(one_with(A, B), apart(whole, "D", 60, 100)))
    assert (starts(motifs["A"]), starts(motifs["D"])) == ([0, 20, 40, 120], [60, 100])


# when the album is heard again


def shifted(one, by_s):
    """The motif as another listening has it: every bound a little aside, another label."""
    return evolve(
        one,
        prototype=_aside(one.prototype, by_s),
        occurrences=tuple(_aside(it, by_s) for it in one.occurrences),
    )


def _aside(one, by_s):
    return evolve(one, span=Span(max(0, one.span.start_s + by_s), one.span.end_s + by_s))


def relabelled(one, label):
    return evolve(one, label=label)


@pytest.mark.parametrize("by_s", [-1.2, 0.7, 2.0])
def test_what_was_said_holds_where_places_have_moved_a_little(by_s):
    again = tuple(shifted(one, by_s) for one in FOUND)
    motifs = by_label(told(one_with(B, C), apart(A, "D", 20, 60), found=again))
    assert [len(motifs[label].occurrences) for label in "ABD"] == [2, 5, 2]


def test_what_was_said_holds_where_motifs_have_other_labels():
    again = (relabelled(A, "B"), relabelled(B, "C"), relabelled(C, "A"))
    motifs = by_label(told(one_with(A, B), apart(C, "D", 220), found=again))
    assert starts(motifs["B"]) == [0, 20, 40, 60, 100, 120]
    assert (starts(motifs["A"]), starts(motifs["D"])) == ([200, 240], [220])


def test_what_the_machine_joins_by_itself_later_still_goes_by_both_labels():
    whole = motif("A", *A.occurrences, *B.occurrences)
    (first,) = told(one_with(A, B), found=(whole,))
    assert (starts(first), first.also_known_as) == (starts(whole), ("B",))


def test_what_the_machine_parts_by_itself_later_keeps_the_label_it_was_given():
    rest, own = motif("A", A.occurrences[0], A.occurrences[2]), motif("E", *A.occurrences[1::2])
    motifs = by_label(told(apart(A, "D", 20, 60, name="The sea"), found=(rest, own)))
    assert set(motifs) == {"A", "D"}
    assert (starts(motifs["D"]), motifs["D"].name) == ([20, 60], "The sea")


def test_a_place_that_is_not_found_again_stays_where_a_person_said_it_is():
    fewer = motif("A", place(0), place(20), place(40))
    motifs = by_label(told(apart(A, "D", 20, 60), found=(fewer,)))
    assert (starts(motifs["A"]), starts(motifs["D"])) == ([0, 40], [20, 60])


def test_what_cannot_be_found_at_all_changes_nothing():
    gone = Joining("A", "X", "ana", at(0), at(900))
    assert told(gone, found=(B,)) == (B,)
    elsewhere = Parting("A", "D", "ana", at(7, file="gone"))
    assert witnessed(FOUND, Told((elsewhere,)), lambda _passage: ()) == FOUND
