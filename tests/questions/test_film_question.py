"""How the music serves the film, and what of it nobody there could notice."""

import films
import heard_albums as albums
import pytest
from attrs import evolve

from unsung.model.film import AlbumPlace
from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch
from unsung.questions.film import FILM
from unsung.questions.room import ROOM_FOR_SPEECH


def findings(album, film):
    found = FILM.answer(albums.dossier(evolve(album, film=film)))
    albums.assert_sound(album, found)
    return {one.slug: one for one in found}


def test_without_a_film_nothing_is_said():
    assert FILM.answer(albums.dossier(albums.eight())) == ()


def test_a_film_without_music_of_the_album_is_told_as_undecided():
    album = albums.eight()
    (one,) = findings(album, films.without_music(album)).values()
    assert one.verdict == "undecided"
    assert one.kind == "film without the album"


def test_every_kind_of_the_chapter_is_answered():
    album = albums.eight()
    kinds = {one.kind for one in findings(album, films.film(album)).values()}
    assert {
        "under speech", "music against dialogue", "ducking", "alone in the film", "hits on cuts",
        "music breaks off", "unused in the film", "buried under speech",
    } <= kinds  # fmt: skip


def test_the_closest_line_is_named_with_its_place_in_film_and_track():
    album = albums.eight()
    one = findings(album, films.film(album))["film-music-against-dialogue"]
    assert one.facts["nearest"].value == 4.0
    assert one.facts["at"].value == 410.0
    assert one.facts["near"].value == 1
    assert one.facts["track"].track_file == album.heard[0].track.file
    (place,) = one.places
    assert (place.span.start_s, place.span.end_s) == (30.0, 35.0)
    assert one.readings[0].says == "ANNA speaks"


def test_the_film_s_own_words_are_never_passed_on():
    album = albums.eight()
    assert "dawn" not in repr(findings(album, films.film(album)))


def test_at_another_speed_the_place_in_the_track_follows():
    album = albums.eight()
    file = album.heard[0].track.file
    fast = films.placed(file, 100.0, 0.0, 75.0, ratio=1.25)
    film = films.film(album, lines=[films.spoken(k, k + 4, 9.0) for k in (120.0, 130.0, 140.0)])
    film = evolve(film, placements=evolve(film.placements, placements=(fast,)))
    one = findings(album, film)["film-music-against-dialogue"]
    assert one.places[0].span.start_s == pytest.approx(25.0)


def test_two_lines_are_too_few_to_speak_of_a_median():
    album = albums.eight()
    lines = (films.spoken(20, 24, 18.0), films.spoken(110, 118, 5.0))
    assert "film-music-against-dialogue" not in findings(album, films.film(album, lines))


def test_a_mix_that_leaves_the_music_alone_is_said_to_and_an_unclear_one_is_undecided():
    album = albums.eight()
    film = films.film(album)
    told = {
        verdict: findings(
            album,
            evolve(film, balance=evolve(film.balance, ducking=films.ducking(verdict, -0.2, 0.4))),
        )["film-ducking"]
        for verdict in ("not met", "undecided")
    }
    assert told["not met"].verdict == "supported"
    assert "leaves the music" in told["not met"].claim
    assert told["undecided"].verdict == "undecided"


def test_ducking_that_could_not_be_measured_is_no_finding():
    album, nothing = albums.eight(), films.ducking("undecided", UNDECIDED, UNDECIDED)
    film = films.film(album)
    film = evolve(film, balance=evolve(film.balance, ducking=nothing))
    assert "film-ducking" not in findings(album, film)


def test_hits_that_luck_explains_are_not_told():
    album = albums.eight()
    film = films.film(album)
    cuts = evolve(film.sight.on_cuts, chance=0.2, clear=())
    film = evolve(film, sight=evolve(film.sight, on_cuts=cuts))
    assert "film-hits-on-cuts" not in findings(album, film)


def test_unused_tracks_are_those_of_which_nothing_was_found():
    album = albums.eight()
    found = findings(album, films.film(album)).values()
    (unused,) = [one for one in found if one.kind == "unused in the film"]
    assert unused.facts["count"].value == 6
    assert {one.track_file for one in unused.places} <= {one.track.file for one in album.heard[2:]}
    buried = [one for one in found if one.kind == "buried under speech"]
    assert [one.facts["track"].track_file for one in buried] == [album.heard[1].track.file]


def test_a_few_unused_tracks_are_named_one_by_one():
    album = albums.eight()
    film = films.film(album)
    two = film.placements.unused[-2:]
    film = evolve(film, placements=evolve(film.placements, unused=two))
    found = [one for one in findings(album, film).values() if one.kind == "unused in the film"]
    assert {one.facts["track"].track_file for one in found} == {one.track_file for one in two}


def test_motifs_are_followed_in_film_order_and_come_again_where_they_are_played_again():
    album = albums.with_call(albums.eight(), (0, 1))
    one = findings(album, films.film(album, (films.spoken(30, 33, 9.0),)))["film-trail-a"]
    assert one.facts["times"].value == 3
    assert one.facts["first"].value == 30.0
    assert one.facts["last"].value == 400.0
    assert one.facts["under"].value == 1


def test_a_film_without_speech_is_no_claim_about_speech():
    album = albums.eight()
    silent = films.film(album, lines=(films.spoken(300, 304, SILENT),))
    kinds = {one.kind for one in findings(album, silent).values()}
    assert not kinds & {"under speech", "music against dialogue"}


def test_only_without_a_film_is_it_said_that_the_film_is_unknown():
    album = albums.eight()
    for film, expected in ((None, True), (films.film(album), False)):
        asked = ROOM_FOR_SPEECH.answer(albums.dossier(evolve(album, film=film)))
        assert any(one.kind == "film unknown" for one in asked) is expected


def lacking(album, *stretches, undecided=()):
    return evolve(films.film(album), unplaced=Unplaced(tuple(stretches), undecided))


def test_music_that_the_album_lacks_is_told_with_its_places():
    album = albums.eight()
    like = AlbumPlace(album.heard[3].track.file, Span(10, 30))
    film = lacking(
        album,
        UnplacedStretch(Span(200, 260), 0.95, like),
        UnplacedStretch(Span(300, 330), 0.9),
        undecided=(Span(340, 350),),
    )
    one = findings(album, film)["film-music-without-a-source"]
    assert one.facts["music"].value == 90
    assert one.facts["music"].high == 100
    assert one.facts["times"].value == 2
    assert [read.where for read in one.readings] == ["0:03:20–0:04:20", "0:05:00–0:05:30"]
    assert one.places[0].track_file == like.track_file


def test_a_film_without_the_album_may_have_other_music():
    album = albums.eight()
    other = Unplaced((UnplacedStretch(Span(10, 70), 0.9),))
    found = findings(album, evolve(films.without_music(album), unplaced=other))
    assert set(found) == {"film-without-the-album", "film-music-without-a-source"}


def test_where_nobody_listened_or_hardly_anything_was_heard_nothing_is_said():
    album = albums.eight()
    assert "film-music-without-a-source" not in findings(album, films.film(album))
    short = lacking(album, UnplacedStretch(Span(10, 16), 0.9))
    assert "film-music-without-a-source" not in findings(album, short)
