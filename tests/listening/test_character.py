import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from unsung.listening.character import characters
from unsung.model.instruments import GENRES, MOODS, Likeness
from unsung.model.outcomes import UNDECIDED, NotHeard

SILENT = NotHeard("it is silent")


def _track(**fits):
    moods = [fits.get(word, -4.0) for word in MOODS]
    return Likeness(np.array(moods), np.full(len(GENRES), -5.0))


def test_the_saddest_of_an_album_is_sad_and_the_others_are_not():
    album = [_track(sad=-1.0), *[_track() for _ in range(5)]]
    found = characters(album)
    assert [one.word for one in found[0].moods] == ["sad"]
    assert all(one.moods == () for one in found[1:])


def test_an_album_of_like_tracks_sets_none_apart():
    assert all(one.moods == one.genres == () for one in characters([_track()] * 6))


def test_four_tracks_are_no_scale():
    assert characters([_track(sad=0.0), _track(), _track(), _track()]) == (UNDECIDED,) * 4
    assert characters([]) == ()


def test_a_silent_track_is_undecided_and_counts_for_nobody():
    album = [_track(angry=k / 2) for k in range(6)]
    with_silence = characters([album[0], SILENT, *album[1:]])
    assert with_silence[1] is UNDECIDED
    assert (with_silence[0], *with_silence[2:]) == characters(album)


@given(st.floats(-20, 20))
def test_only_differences_count_not_the_network_s_own_scale(shift):
    album = [_track(happy=k, scary=-2 * k) for k in range(5)]
    moved = [Likeness(one.moods + shift, one.genres + shift) for one in album]
    for one, other in zip(characters(album), characters(moved), strict=True):
        assert [leaning.word for leaning in one.moods] == [leaning.word for leaning in other.moods]
