"""The axes of the map: along the film, along a story; who is there; what runs above the motifs."""

import sys
from pathlib import Path

import explored
import numpy as np
import pytest
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[2] / "questions"))

import films

from unsung.model.film import AlbumPlace, Placements
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span
from unsung.pages.explorer.map_lanes import map_lanes
from unsung.pages.explorer.orders import orders, people
from unsung.pages.report.scales import album_scales

FIRST, SECOND, SCORE = "01 track.ogg", "02 track.ogg", "03 track.ogg"


def filmed(*placed, scenes=(), unused=(), lines=()):
    """The album beside a film of ten minutes."""
    album = explored.album()
    film = evolve(
        films.film(album, lines), placements=Placements(placed, unused), scenes=scenes, speech=None
    )
    return evolve(album, film=film)


def story(*uses, coverage=""):
    """Two scenes of one strand and one of another."""
    scenes = (
        Scene("one", "The Quay", strand="Finn", characters=("Finn", "Isla")),
        Scene("two", "The Storm", strand="Finn", characters=("FINN",)),
        Scene("three", strand="Mara", characters=None),
    )
    return Story("The Skerry", scenes, uses, coverage)


def use(file, scene, **more):
    return MusicUse(file, scene, file, **more)


# along the film


def test_a_track_stands_in_film_order_as_often_as_it_sounds():
    placed = (films.placed(FIRST, 10.0, lasts_s=20.0), films.placed(FIRST, 400.0, 5.0, 10.0))
    (order,) = orders(filmed(*placed), None)
    assert [(one.track, one.at_s, one.lasts_s) for one in order.stretches[:2]] == [
        (0, 10.0, 20.0),
        (0, 400.0, 10.0),
    ]
    assert (order.name, order.is_clock, order.inside) == ("film", True, "in the film")


def test_music_played_faster_takes_less_of_the_film_than_of_the_album():
    (order,) = orders(filmed(films.placed(FIRST, 10.0, lasts_s=25.0, ratio=25 / 24)), None)
    assert order.stretches[0].span.duration_s == 25.0
    assert order.stretches[0].lasts_s == pytest.approx(24.0)


def test_what_the_film_leaves_out_stands_apart_behind_its_end():
    unused = (AlbumPlace(FIRST, Span(20, 40)), AlbumPlace(SECOND, Span(0, 40)))
    (order,) = orders(filmed(films.placed(FIRST, 0.0, lasts_s=20.0), unused=unused), None)
    apart = [one for one in order.stretches if one.at_s >= order.apart_s]
    assert [(one.track, one.span.start_s) for one in apart][:2] == [(0, 20.0), (1, 0.0)]
    assert order.apart_s > films.FILM_S
    assert order.whole_s == pytest.approx(apart[-1].at_s + apart[-1].lasts_s)
    ends = [one.at_s + one.lasts_s for one in apart]
    assert [one.at_s for one in apart[1:]] == pytest.approx(ends[:-1])


def test_a_score_that_no_film_can_sound_stands_apart_too():
    (order,) = orders(filmed(films.placed(FIRST, 0.0, lasts_s=20.0)), None)
    assert 2 in {one.track for one in order.stretches if one.at_s >= order.apart_s}


def test_in_a_scene_those_are_there_who_are_in_it_or_speak():
    scenes = (Scene("a", "SHORE", characters=("Anna",), film_span=Span(0, 30)),)
    album = filmed(films.placed(FIRST, 20.0, lasts_s=20.0), scenes=scenes)
    said = films.film(album, (films.spoken(32, 36, 10.0),)).speech
    album = evolve(album, film=evolve(album.film, speech=said))
    (order,) = orders(album, None)
    there = [(one.span, one.names) for one in order.stretches[0].presences]
    assert (Span(0, 10), ("Anna",)) in there
    assert any(names == ("ANNA",) and span.start_s == 12.0 for span, names in there)
    assert people((order,)) == ("Anna",)


@pytest.mark.parametrize("placed", [(), (films.placed("gone.ogg", 0.0),)])
def test_without_music_of_the_album_in_it_there_is_no_film_order(placed):
    assert orders(filmed(*placed), None) == ()


# along a story


def test_each_strand_of_a_story_is_an_order_of_its_own():
    told = story(use(FIRST, "two"), use(SECOND, "one"), use(FIRST, "three"))
    finn, mara = orders(explored.album(), told)
    assert [one.track for one in finn.stretches if one.at_s < finn.apart_s] == [1, 0]
    assert [one.title for one in finn.chapters] == ["The Quay", "The Storm"]
    assert [one.track for one in mara.stretches if one.at_s < mara.apart_s] == [0]
    assert {one.name for one in (finn, mara)} == {"story-1", "story-2"}


def test_who_is_unknown_is_nobody():
    (order,) = orders(explored.album(), story(use(FIRST, "three")))
    assert order.stretches[0].presences == ()
    assert people((order,)) == ()


def test_one_name_in_two_spellings_is_one_person():
    found = orders(explored.album(), story(use(FIRST, "one"), use(FIRST, "two")))
    assert people(found) == ("Finn", "Isla")


def test_a_use_of_a_part_takes_that_part_alone():
    (order,) = orders(explored.album(), story(use(FIRST, "one", span=Span(5, 9))))
    assert (order.stretches[0].span, order.stretches[0].lasts_s) == (Span(5, 9), 4.0)


@pytest.mark.parametrize(
    "told", [None, story(), story(use("gone.ogg", "one")), story(use(FIRST, "one", chosen=False))]
)
def test_where_no_music_is_placed_there_is_only_the_album(told):
    assert orders(explored.album(), told) == ()


def test_where_a_film_is_known_it_goes_before_the_story():
    album = filmed(films.placed(FIRST, 0.0, lasts_s=20.0))
    assert [one.name for one in orders(album, story(use(FIRST, "one")))] == ["film"]


# above the motifs


def test_curves_are_sent_in_steps_and_cover_the_track():
    album = explored.album()
    lanes = map_lanes(album, album_scales(album))
    first, hearing = lanes["tracks"][0], album.heard[0].hearing
    assert len(first["arousal"]) == pytest.approx(explored.LASTS_S / lanes["stepS"], abs=1.0)
    arousal = hearing.emotion.arousal.values[0]
    assert arousal.min() <= np.mean(first["arousal"]) / 10 <= arousal.max()
    assert first["keys"][-1][0] == pytest.approx(hearing.key.spans[-1].span.end_s, abs=0.1)


def test_what_was_not_heard_is_not_drawn():
    album = explored.album()
    score = map_lanes(album, album_scales(album))["tracks"][2]
    assert (score["arousal"], score["tension"], score["loudness"]) == ([], [], [])


def test_silence_lies_at_the_floor():
    album = explored.album()
    hush = map_lanes(album, album_scales(album))["tracks"][3]
    assert set(hush["loudness"]) <= {140}
