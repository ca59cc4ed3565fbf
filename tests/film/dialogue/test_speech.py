import numpy as np
import pytest
from mixes import audio, speech

from unsung.film.dialogue.levels import told_apart
from unsung.film.dialogue.speech import speaking, speech_from_lines, speech_from_sound
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Feature
from unsung.model.story import Line
from unsung.model.time import Frames, Span

SPOKEN = [
    (3.0, 5.1),
    (8.2, 9.9),
    (13.0, 16.0),
    (19.0, 20.3),
    (24.4, 28.0),
    (33.0, 35.0),
    (41.0, 44.2),
]


@pytest.fixture(scope="module")
def parts():
    noise = 0.001 * np.random.default_rng(4).normal(size=50 * 16_000)
    return told_apart(audio(speech(50, SPOKEN) + noise), {}, []).parts


def _lines(late_s=0.0, stays_s=0.0):
    return [Line("words", "", Span(a + late_s, b + late_s + stays_s)) for a, b in SPOKEN]


@pytest.mark.parametrize("late_s", [0.0, 4.3, -2.9])
def test_subtitles_of_another_cut_are_moved_and_it_is_said(parts, late_s):
    found = speech_from_lines(_lines(late_s, stays_s=0.4), parts)
    assert found.delay_s == pytest.approx(-late_s, abs=0.6)
    for one, (start_s, end_s) in zip(found.spoken, SPOKEN, strict=True):
        assert one.span.start_s == pytest.approx(start_s, abs=0.15)
        assert one.span.end_s == pytest.approx(end_s, abs=0.25)
        assert one.confidence > 0.8
        assert one.line is not None


def test_few_lines_tell_no_delay(parts):
    assert speech_from_lines(_lines()[:3], parts).delay_s is UNDECIDED


def test_untimed_lines_and_lines_beyond_the_film_are_left_out(parts):
    lines = [Line("untimed"), Line("beyond", "", Span(90, 92)), *_lines()[:1]]
    assert [one.line.text for one in speech_from_lines(lines, parts).spoken] == ["words"]


def test_a_detector_gives_stretches_with_edges_from_the_sound(parts):
    truth = np.zeros(501, bool)
    for start_s, end_s in SPOKEN:
        truth[round(start_s * 10) : round(end_s * 10)] = True
    seconds = np.array([truth[10 * k : 10 * k + 10].mean() for k in range(50)])
    found = speech_from_sound(parts, Feature(seconds[None], Frames(1.0, 0.5)))
    heard = speaking(found, 501)
    assert 2 * (heard & truth).sum() / (heard.sum() + truth.sum()) > 0.95
    assert all(0 <= one.confidence <= 1 for one in found.spoken)


def test_without_speech_there_is_none(parts):
    silent = told_apart(audio(np.zeros(160_000)), {}, []).parts
    nothing = Feature(np.zeros((1, 10)), Frames(1.0, 0.5))
    assert speech_from_sound(silent, nothing).spoken == ()
    assert speech_from_sound(parts, Feature(np.zeros((1, 0)), Frames(1.0))).spoken == ()
    assert speech_from_lines([], parts).spoken == ()


def test_lines_in_a_silent_film_stay_where_they_are_without_confidence():
    silent = told_apart(audio(np.zeros(50 * 16_000)), {}, []).parts
    found = speech_from_lines(_lines(), silent)
    assert [one.span for one in found.spoken] == [Span(a, b) for a, b in SPOKEN]
    assert {one.confidence for one in found.spoken} == {0.0}
    assert found.delay_s is UNDECIDED
