"""When the scenes of a screenplay are in the film, told by the words that both share."""

import pytest

from unsung.film.scenes import scenes_in_film
from unsung.model.balance import Speech, Spoken
from unsung.model.outcomes import UNDECIDED
from unsung.model.picture import Shots
from unsung.model.story import Line, Scene, Story
from unsung.model.time import Span

SCRIPT = {
    "SHORE": ("The boat is late again.", "It was never built to hurry."),
    "KITCHEN": ("Who left the window open?", "The cat did, or the wind."),
    "HARBOUR": ("We sail before anybody wakes.",),
}


def story(script=SCRIPT):
    return Story(
        "a play",
        tuple(
            Scene(name, lines=tuple(Line(text, "ANNA") for text in lines), step=k)
            for k, (name, lines) in enumerate(script.items(), start=1)
        ),
    )


def speech(*said):
    """Lines by when they begin; each lasts three seconds; speakers are not known."""
    return Speech(
        tuple(
            Spoken(
                Span(at_s, at_s + 3), 0.9, Line(text, "", Span(at_s, at_s + 3)) if text else None
            )
            for at_s, text in said
        ),
        "subtitles",
        UNDECIDED,
    )


WHOLE = speech(
    (10, "The boat is late again!"),
    (16, "It was never built to hurry."),
    (40, "Who left the window open?"),
    (44, "The cat did. Or the wind."),
    (80, "We sail before anybody wakes up."),
)
SHOTS = Shots((Span(0, 31), Span(31, 36), Span(36, 61), Span(61, 100)))


def spans(told):
    return {one.name: (one.film_span.start_s, one.film_span.end_s) for one in told.scenes}


def test_scenes_meet_at_the_cut_nearest_to_the_middle_of_the_pause():
    told = scenes_in_film(story(), WHOLE, SHOTS, 100.0)
    assert spans(told) == {"SHORE": (0, 31), "KITCHEN": (31, 61), "HARBOUR": (61, 100)}


def test_without_cuts_they_meet_in_the_middle():
    told = scenes_in_film(story(), WHOLE, Shots(()), 100.0)
    assert spans(told)["KITCHEN"] == pytest.approx(((19 + 40) / 2, (47 + 80) / 2))


def test_speakers_come_from_the_screenplay():
    told = scenes_in_film(story(), WHOLE, SHOTS, 100.0)
    assert {one.line.speaker for one in told.speech.spoken} == {"ANNA"}


def test_a_scene_whose_words_are_nowhere_has_no_place_and_does_not_stretch_its_neighbours():
    missing = speech((10, "The boat is late again!"), (80, "We sail before anybody wakes."))
    told = scenes_in_film(story(), missing, SHOTS, 100.0)
    assert spans(told) == {"SHORE": (0, 13), "HARBOUR": (80, 100)}


@pytest.mark.parametrize(
    "said", [speech(), speech((5, "")), speech((5, "Nothing of this is in the play at all."))]
)
def test_what_shares_no_words_places_no_scene(said):
    told = scenes_in_film(story(), said, SHOTS, 100.0)
    assert told.scenes == ()
    assert told.speech == said


def test_a_scene_that_the_film_has_elsewhere_is_found_there():
    moved = {name: SCRIPT[name] for name in ("SHORE", "HARBOUR", "KITCHEN")}
    told = scenes_in_film(story(moved), WHOLE, Shots(()), 100.0)
    starts = {name: start_s for name, (start_s, _) in spans(told).items()}
    assert sorted(starts, key=lambda name: starts[name]) == ["SHORE", "KITCHEN", "HARBOUR"]
    assert {one.line.speaker for one in told.speech.spoken} == {"ANNA"}


def test_a_scene_that_has_its_time_keeps_it():
    timed = Story("a cue sheet", (Scene("SHORE", film_span=Span(3, 9)),))
    assert spans(scenes_in_film(timed, WHOLE, SHOTS, 100.0)) == {"SHORE": (3, 9)}


def test_an_empty_story_is_no_trouble():
    assert scenes_in_film(Story(""), WHOLE, SHOTS, 100.0).scenes == ()
