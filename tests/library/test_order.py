"""Tracks stand as on the album where the tags can be trusted, else as people sort names."""

from hypothesis import given
from hypothesis import strategies as st
from shelves import track

from unsung.library.order import disc_of_folder, in_album_order, natural_key


def files(tracks):
    return [one.file for one in in_album_order(tracks)]


def test_disc_and_number_rule_where_every_track_has_its_own():
    tracks = [
        track("a.ogg", disc=2, number=1),
        track("b.ogg", disc=1, number=2),
        track("c.ogg", disc=1, number=1),
    ]
    assert files(tracks) == ["c.ogg", "b.ogg", "a.ogg"]


def test_numbers_given_twice_are_not_trusted():
    tracks = [track("b.ogg", number=1), track("a.ogg", number=1), track("c.ogg", number=2)]
    assert files(tracks) == ["a.ogg", "b.ogg", "c.ogg"]


def test_numbers_on_a_few_tracks_are_not_trusted():
    tracks = [track("a.ogg"), track("b.ogg"), track("c.ogg", number=1)]
    assert files(tracks) == ["a.ogg", "b.ogg", "c.ogg"]


def test_a_track_without_number_follows_the_numbered():
    numbered = [track(f"{n}.ogg", disc=1 + n // 5, number=n) for n in range(1, 9)]
    assert files([track("0 bonus.ogg"), *numbered])[-1] == "0 bonus.ogg"


def test_names_sort_as_people_count():
    names = ["battle10.ogg", "Battle2.ogg", "battle.ogg", "b/1.ogg", "a/9.ogg"]
    expected = ["a/9.ogg", "b/1.ogg", "battle.ogg", "Battle2.ogg", "battle10.ogg"]
    assert sorted(names, key=natural_key) == expected


def test_a_score_follows_the_recording_of_the_same_name():
    tracks = [
        track("a.mid", "score"),
        track("a.ogg", number=2),
        track("b.ogg", number=1),
        track("z.xml", "score"),
    ]
    assert files(tracks) == ["b.ogg", "a.ogg", "a.mid", "z.xml"]


def test_a_folder_named_after_its_disc_says_which():
    assert disc_of_folder("OST/CD 2/01.flac") == 2
    assert disc_of_folder("Disc03 - Bonus/x.flac") == 3
    assert disc_of_folder("Discovery/x.flac") is None


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9)), unique=True, max_size=12))
def test_order_does_not_depend_on_how_the_disk_lists_files(places):
    tracks = [track(f"{d}-{n}.ogg", disc=d, number=n) for d, n in places]
    assert files(tracks) == files(tracks[::-1])
