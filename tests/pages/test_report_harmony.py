"""Harmony on the page: chords as colours with words, and what happens in them."""

import re

import pytest
import soundtracks
from attrs import evolve

from unsung.model.harmony import Chord, Chords, ChordSpan, Mode, Modes, ModeSpan
from unsung.model.hearing import Heard
from unsung.model.outcomes import NO_CHORD, UNDECIDED
from unsung.model.time import Span
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.harmony import chord_class, chords_lane, modes_lane
from unsung.pages.report import ReportContext, report
from unsung.pages.report.harmony import harmony_places, with_harmony

AXIS = TimeAxis(60.0)


def page(hearing):
    album = soundtracks.soundtrack(Heard(soundtracks.track(1, "Overture"), hearing))
    return report(ReportContext(album, "0.1"))


def lane(*chords):
    length_s = 60 / len(chords)
    spans = (
        ChordSpan(Span(k * length_s, (k + 1) * length_s), one, 0.8) for k, one in enumerate(chords)
    )
    return chords_lane("chords", Chords(tuple(spans)), AXIS, 28)


def test_a_chord_looks_like_the_key_on_its_root():
    assert chord_class(Chord(9, "min7", 7)) == "key fifth-3 minor chord"
    assert chord_class(Chord(0, "maj7", 0)) == "key fifth-0 major chord"
    assert chord_class(UNDECIDED) == "unclear"


def test_a_wide_chord_bears_its_name_and_a_rest_bears_none():
    drawn = lane(Chord(9, "min7", 7), NO_CHORD, UNDECIDED)
    assert re.findall(r">([^<>]+)</text>", drawn) == ["Am7/G", "?"]


def test_hundreds_of_chords_are_a_few_paths():
    drawn = lane(*[Chord(k % 12, "maj", k % 12) for k in range(600)])
    assert drawn.count("<path") == 12
    assert "<text" not in drawn


def test_a_mode_is_named():
    modes = Modes((ModeSpan(Span(0, 60), Mode(2, "Dorian"), 0.2, 0.5),))
    assert ">D Dorian</text>" in modes_lane("modes", modes, AXIS, 24)


def test_the_lanes_of_harmony_stand_below_the_key():
    names = re.findall(r'<span class="label"><b>(\w+)</b>', page(soundtracks.recording_hearing(60)))
    below = names.index("Key")
    assert names[below : below + 5] == ["Key", "Chords", "Mode", "Tension", "Chroma"]


def test_a_track_without_modes_and_tension_has_no_lane_for_them():
    names = [one.name for one in with_harmony((), soundtracks.silent_hearing(30))]
    assert names == ["Chords"]


def test_what_happens_is_told_in_order_and_not_without_end():
    hearing = soundtracks.recording_hearing(60)
    places = list(harmony_places(evolve(hearing, pedals=hearing.pedals * 40)))
    assert len(places) <= 16
    assert [span.start_s for _, span in places] == sorted(span.start_s for _, span in places)
    words = [word for word, _ in harmony_places(hearing)]
    assert "pedal point D2" in words
    assert "authentic cadence, C major" in words
    assert "no tonal centre" in words


@pytest.mark.parametrize("hearing", [soundtracks.silent_hearing(), soundtracks.score_hearing()])
def test_silence_and_scores_have_a_page(hearing):
    assert "<b>Chords</b>" in page(hearing)
