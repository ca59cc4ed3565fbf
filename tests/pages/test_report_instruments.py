"""Who plays and what sets a track apart, in the words of the report."""

import numpy as np
import soundtracks

from unsung.model.instruments import Character, Leaning
from unsung.model.outcomes import UNDECIDED
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.report.instruments import (
    character_in_words,
    instruments_in_words,
    instruments_lane,
    playing_at,
    stretches_in_words,
)


def test_a_track_is_played_by_its_instruments_the_most_present_first():
    heard = soundtracks.recording_hearing(120).instruments
    assert instruments_in_words(heard) == "violin, flute and accordion"


def test_in_silence_the_instruments_are_undetermined_and_nothing_is_drawn():
    silent = soundtracks.silent_hearing(30)
    assert instruments_in_words(silent.instruments) == "undetermined"
    assert instruments_lane(silent, TimeAxis(30)) is None


def test_the_tapestry_names_its_threads_in_the_order_of_a_score():
    lane = instruments_lane(soundtracks.recording_hearing(120), TimeAxis(120))
    places = [lane.figure.index(name) for name in ("strings: violin", "woodwind: flute", "organ")]
    assert places == sorted(places)
    assert "violin 0:00–2:00" in lane.figure


def test_stretches_are_told_in_order_and_the_many_are_counted():
    playing = soundtracks.recording_hearing(120).instruments.playing
    assert stretches_in_words(playing[:1]) == "flute 0:00–0:40"
    assert stretches_in_words(playing * 5).endswith("; and 3 more")
    assert stretches_in_words(()) == ""


def test_an_instant_is_played_by_who_plays_there():
    heard = soundtracks.recording_hearing(120).instruments
    assert playing_at(heard, 10) == "violin, flute"
    assert playing_at(heard, 119) == "violin, accordion"
    assert playing_at(heard, 500) == "–"


def test_a_track_is_told_apart_by_what_it_is_more_and_less_than_the_others():
    moods = (Leaning("tender", 2.0), Leaning("sad", 1.2), Leaning("angry", -1.5))
    genres = (Leaning("folk", 1.1), Leaning("techno", -1.0))
    words = character_in_words(Character(moods, genres))
    assert words == "more tender and sad, less angry; more like folk"
    assert character_in_words(Character((), ())) == ""
    assert character_in_words(UNDECIDED) == ""


def test_the_threads_of_a_track_of_a_fraction_of_a_second_are_drawn():
    lane = instruments_lane(soundtracks.recording_hearing(0.3), TimeAxis(0.3))
    assert lane is not None
    assert np.isfinite(len(lane.figure))
