"""Labels stay with their motifs when an album is heard again."""

from unsung.model.motif import Motif, Occurrence
from unsung.model.time import Span
from unsung.motifs.labels import label, place_of, relabelled, same_place


def motif(name, *starts_s, file="a", lasts_s=4.0):
    found = tuple(Occurrence(file, Span(start, start + lasts_s)) for start in starts_s)
    return Motif(name, found[0], found)


def remembered(*motifs):
    return {one.label: tuple(map(place_of, one.occurrences)) for one in motifs}


def labels(found, before):
    return [one.label for one in relabelled(tuple(found), before)]


def test_labels_go_through_the_alphabet_and_beyond():
    assert [label(k) for k in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_at_first_they_follow_the_order():
    assert labels([motif("x", 0), motif("y", 10)], {}) == ["A", "B"]


def test_a_motif_keeps_its_label_when_the_order_changes():
    before = remembered(motif("A", 0, 20), motif("B", 50, 70))
    assert labels([motif("A", 50, 70), motif("B", 0.5, 20.5)], before) == ["B", "A"]


def test_a_motif_that_gained_and_lost_places_is_still_itself():
    before = remembered(motif("A", 0, 20, 40))
    assert labels([motif("A", 20, 40, 80, 100)], before) == ["A"]


def test_a_label_once_given_is_not_given_to_another():
    before = remembered(motif("A", 0, 20), motif("B", 50, 70))
    assert labels([motif("A", 200, 220), motif("B", 50, 70)], before) == ["C", "B"]


def test_who_shares_most_is_served_first():
    before = remembered(motif("A", 0, 20, 40, 60))
    assert labels([motif("A", 0, 20, 300), motif("B", 0, 20, 40, 60)], before) == ["B", "A"]


def test_places_in_other_tracks_are_other_places():
    assert not same_place(("a", Span(0, 4)), ("b", Span(0, 4)))
    assert same_place(("a", Span(0, 4)), ("a", Span(2, 20)))
    assert not same_place(("a", Span(0, 4)), ("a", Span(3, 20)))
