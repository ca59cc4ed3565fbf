"""The arc and the pulse are told in words that a listener would use; silence has neither."""

import soundtracks

from unsung.model.emotion import Difference, TurningPoint
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.outcomes import NO_CLEAR_PULSE, UNDECIDED
from unsung.model.pitch import Key
from unsung.model.pulse import Beats, MetreSpan, Pulse, PulseChange
from unsung.model.time import Span
from unsung.pages.report.expression import difference_words, emotional_arc, expression_words
from unsung.pages.report.glance import glance
from unsung.pages.report.pulse_words import change_word, metre_words
from unsung.pages.report.scales import album_scales


def arc_of(*hearings):
    tracks = [soundtracks.track(k, f"Cue {k}") for k in range(1, len(hearings) + 1)]
    heard = tuple(Heard(*pair) for pair in zip(tracks, hearings, strict=True))
    album = Soundtrack(soundtracks.Album("Album", tuple(tracks)), heard)
    return emotional_arc(album, [glance(one) for one in heard], {}, album_scales(album))


def test_the_arc_names_its_turning_points_and_how_far_to_trust_it():
    arc = arc_of(soundtracks.recording_hearing(90, 1), soundtracks.recording_hearing(60, 2))
    assert [turn.number for turn in arc.turns] == ["1", "2"]
    assert arc.turns[0].spot.title == "Cue 1"
    assert "louder (−24.0 to −15.5 LUFS)" in arc.turns[0].differences
    assert "0.70" in arc.trust
    assert "hardly" in arc.trust


def test_silence_and_scores_have_no_arc():
    assert arc_of(soundtracks.silent_hearing(), soundtracks.score_hearing()) is None


def test_differences_are_said_as_a_musician_says_them():
    said = {
        difference_words(Difference("tempo", NO_CLEAR_PULSE, 96.0)): "a pulse begins (96 bpm)",
        difference_words(Difference("tempo", 96.0, NO_CLEAR_PULSE)): "the pulse is lost"
        " (96 bpm before)",
        difference_words(Difference("key", UNDECIDED, Key.at(0))): "an undecided key gives way to"
        " C major",
        difference_words(Difference("register", 48.0, 60.0)): "higher (around C3 to C4)",
    }
    assert all(words == wanted for words, wanted in said.items())
    assert expression_words(TurningPoint(3.0, -1.2, 0.1, ())) == "Calmer (−1.2)"


def pulse(*sizes, confidence=0.6, changes=()):
    row = soundtracks._feature([0.5], 2.0)
    spans = [MetreSpan(Span(10 * k, 10 * k + 10), size, confidence) for k, size in enumerate(sizes)]
    return Pulse(Beats([], []), row, row, tuple(spans), changes)


def test_a_metre_that_was_heard_is_probable_and_one_that_was_written_is_not():
    assert metre_words(pulse(4, 4, 3)) == "probably 4 and 3 beats to the bar"
    assert metre_words(pulse(3, confidence=1.0)) == "3 beats to the bar"
    assert metre_words(pulse(UNDECIDED)) == "undecided"
    assert metre_words(pulse(NO_CLEAR_PULSE, 4, NO_CLEAR_PULSE, NO_CLEAR_PULSE)) == "no clear pulse"
    assert metre_words(pulse()) == "no clear pulse"


def test_changes_of_the_pulse_are_listed_with_their_place():
    slowing = PulseChange(Span(130, 138), "ritardando", 0.8)
    held = PulseChange(Span(138, 142), "fermata")
    assert change_word(slowing) == "ritardando (to 80 % of the speed)"
    assert change_word(held) == "fermata"
