"""The story as the film tells it."""

from unsung.film.telling import as_filmed
from unsung.model.film import Placement, Placements, Speed
from unsung.model.film_case import FilmCase
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span


def film(*scenes, ratio=1.0):
    placement = Placement(
        "1.ogg", Span(5, 45), Span(10, 10 + 40 / ratio), Speed(ratio), "same recording", 1.0
    )
    return FilmCase("f.mkv", "", 100.0, Placements((placement,)), scenes=scenes)


SHORE = Scene("SHORE", characters=("ANNA",), film_span=Span(0, 20))
QUAY = Scene("QUAY", film_span=Span(20, 100))


def test_music_that_goes_on_into_the_next_scene_is_used_in_both_with_its_own_part():
    told = as_filmed(None, film(SHORE, QUAY))
    assert [(use.scene, use.span) for use in told.uses] == [
        ("SHORE", Span(5, 15)),
        ("QUAY", Span(15, 45)),
    ]
    assert told.present_at(told.uses[0]) == ("ANNA",)


def test_at_another_speed_the_part_of_the_track_follows():
    (first, _) = as_filmed(None, film(SHORE, QUAY, ratio=1.25)).uses
    assert first.span == Span(5, 17.5)


def test_what_the_story_said_before_stays():
    before = Story("s", (SHORE, Scene("CODA")), (MusicUse("x", "CODA"),))
    told = as_filmed(before, film(SHORE, QUAY))
    assert [scene.name for scene in told.scenes] == ["SHORE", "CODA", "QUAY"]
    assert told.uses[0] == before.uses[0]
    assert not told.coverage


def test_a_film_without_scenes_leaves_the_story_alone():
    assert as_filmed(None, film()) is None
