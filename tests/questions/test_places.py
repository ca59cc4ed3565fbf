"""Places lie inside their track and sound."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pages"))

import soundtracks

from unsung.model.hearing import Heard
from unsung.model.time import Span
from unsung.questions.places import around, place, sounding_seconds


def recorded(hearing):
    return Heard(soundtracks.track(1, "One"), hearing)


def test_a_place_ends_with_its_track():
    heard = recorded(soundtracks.recording_hearing(40.0))
    (found,) = place(heard, Span(35, 60), "the end")
    assert found.span == Span(35, 40)


def test_a_place_after_the_end_is_none():
    heard = recorded(soundtracks.recording_hearing(40.0))
    assert place(heard, Span(50, 60), "nothing") == ()


def test_silence_is_no_place():
    heard = recorded(soundtracks.silent_hearing(40.0))
    assert place(heard, Span(5, 10), "silence") == ()
    assert not sounding_seconds(heard.hearing, 40).any()


def test_a_score_sounds_where_it_has_notes():
    heard = recorded(soundtracks.score_hearing(30.0))
    assert place(heard, Span(0, 30), "notes")


def test_the_time_around_an_instant_begins_with_the_track():
    assert around(3.0, 10.0, 5.0) == Span(0, 8)
