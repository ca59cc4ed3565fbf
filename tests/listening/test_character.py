import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from unsung.listening.character import _at_large, characters
from unsung.model.instruments import GENRES, MOODS, Likeness
from unsung.model.outcomes import UNDECIDED, NotHeard

SILENT = NotHeard("it is silent")


def _track(**fits):
    moods = [fits.get(word, -4.0) for word in MOODS]
    return Likeness(np.array(moods), np.full(len(GENRES), -5.0))


def _genres(**fits):
    return evolve(_track(), genres=np.array([fits.get(word, -50.0) for word in GENRES]))


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


def test_what_music_at_large_is_more_of_the_album_alone_does_not_make_a_track():
    """Ten tracks of no flamenco at all have one that is least unlike it."""
    usual = _at_large()["flamenco"]
    far = usual["mean"] - 3 * usual["spread"]
    album = [_genres(flamenco=far - 2.0) for _ in range(6)]
    found = characters([_genres(flamenco=far), *album])
    assert all(one.genres == () for one in found)
    near = usual["mean"] + 1.5 * usual["spread"]
    (leaning,) = characters([_genres(flamenco=near), *album])[0].genres
    assert leaning.word == "flamenco"
    assert leaning.at_large == pytest.approx(1.5, abs=0.01)


@given(st.floats(-6, 6), st.floats(-6, 6))
def test_a_leaning_has_one_direction_on_both_scales(low, high):
    album = [_track(happy=low + k * (high - low) / 5) for k in range(6)]
    for one in characters(album):
        assert all(leaning.strength * leaning.at_large > 0 for leaning in one.moods)
