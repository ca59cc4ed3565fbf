"""Balance of made films: what is louder, what covers what, what steps back."""

from itertools import pairwise

import numpy as np
import pytest
import scipy
from mixes import RATE_HZ, audio, music, placement, speech

from unsung.film.dialogue.balance import balance
from unsung.film.dialogue.levels import told_apart
from unsung.film.dialogue.speech import speech_from_lines
from unsung.listening.loudness import loudness
from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.story import Line
from unsung.model.time import Span

SPOKEN = [(at, at + 2.2) for at in np.arange(6.0, 76.0, 6.5)]


def _balance(voice, cue, track, spoken=SPOKEN, cues=None):
    film = audio(voice + cue)
    placed = [placement((0.0, len(cue) / RATE_HZ))] if cues is None else cues
    told = told_apart(film, {"a.flac": audio(track)}, placed).parts
    lines = [Line("words", "", Span(a, b)) for a, b in spoken]
    return balance(told, speech_from_lines(lines, told), loudness(film), placed)


def _ducked(track, db):
    on = np.zeros(len(track))
    for start_s, end_s in SPOKEN:
        on[round((start_s - 0.4) * RATE_HZ) : round((end_s + 0.4) * RATE_HZ)] = 1
    smooth = scipy.ndimage.uniform_filter1d(on, RATE_HZ // 3)
    return track * 10 ** (db * smooth / 20)


@pytest.fixture(scope="module")
def track():
    return music(80)


def test_louder_music_comes_closer_to_speech_by_as_much(track):
    voice = speech(80, SPOKEN)
    soft, loud = (_balance(voice, gain * track, track) for gain in (0.1, 0.4))
    assert soft.apart_lu - loud.apart_lu == pytest.approx(20 * np.log10(4), abs=0.3)
    assert loud.masked_share > soft.masked_share
    louder = _balance(4 * voice, 0.4 * track, track)
    assert louder.apart_lu == pytest.approx(soft.apart_lu, abs=0.3)
    assert louder.masked_share == pytest.approx(soft.masked_share, abs=0.03)


def test_the_preference_is_met_by_soft_music_and_not_by_loud(track):
    voice = speech(80, SPOKEN)
    verdicts = [_balance(voice, gain * track, track).rules[0].verdict for gain in (0.02, 1.0)]
    assert verdicts == ["met", "not met"]


def test_music_that_steps_back_is_found_and_steady_music_is_not(track):
    voice = speech(80, SPOKEN)
    back = _balance(voice, 0.3 * _ducked(track, -8), track).ducking
    assert back.down.verdict == back.up.verdict == "met"
    assert back.down.change_db == pytest.approx(-8, abs=1.5)
    assert back.up.change_db == pytest.approx(8, abs=1.5)
    steady = _balance(voice, 0.3 * track, track).ducking
    assert steady.down.verdict == steady.up.verdict == "not met"
    assert steady.down.change_db == pytest.approx(0, abs=0.3)


def test_where_nobody_speaks_music_is_alone(track):
    found = _balance(speech(80, [(30.0, 36.0)]), track, track, spoken=[(30.0, 36.0)])
    assert len(found.alone) == 2
    assert all(span.overlap_s(Span(30, 36)) < 0.5 for span in found.alone)
    assert found.lasts_s("only music") > 60
    for before, after in pairwise(found.passages):
        assert before.span.end_s <= after.span.start_s


def test_shares_are_of_the_films_time(track):
    voice = speech(80, [(10.0, 20.0)])
    cue = np.concatenate([track[: 40 * RATE_HZ], np.zeros(40 * RATE_HZ, np.float32)])
    found = _balance(voice, cue, track, [(10.0, 20.0)], [placement((0.0, 40.0))])
    assert found.music_share == pytest.approx(0.5, abs=0.01)
    assert found.speech_share == pytest.approx(0.125, abs=0.01)
    assert found.under_speech_share == pytest.approx(0.25, abs=0.02)


def test_a_film_without_music_has_no_number_for_it(track):
    found = _balance(speech(80, SPOKEN), np.zeros(80 * RATE_HZ, np.float32), track, cues=[])
    assert found.music_lufs is SILENT
    assert found.apart_lu is UNDECIDED
    assert found.under_speech_share is UNDECIDED
    assert found.passages == found.alone == ()
    assert found.ducking.down.verdict == "undecided"
    assert {one.masked_share for one in found.spoken} == {0.0}
    assert found.rules[0].verdict == "undecided"


def test_music_that_cannot_be_measured_gives_no_balance(track):
    cue = placement((0.0, 80.0), sameness="same music, other take")
    found = _balance(speech(80, SPOKEN), 0.3 * track, track, cues=[cue])
    assert found.music_lufs is UNDECIDED
    assert found.apart_lu is UNDECIDED
    assert {one.grade for one in found.passages} == {UNDECIDED}
    assert {one.speech_lufs for one in found.spoken} == {UNDECIDED}


def test_a_film_without_speech_has_no_level_of_it(track):
    found = _balance(np.zeros(80 * RATE_HZ, np.float32), track, track, spoken=[])
    assert found.speech_lufs is SILENT
    assert found.spoken == ()
    assert found.speech_share == 0


def test_a_silent_film_is_silent():
    nothing = np.zeros(10 * RATE_HZ, np.float32)
    found = _balance(nothing, nothing, nothing, spoken=[], cues=[])
    assert found.film_lufs is found.speech_lufs is found.music_lufs is SILENT
    assert {rule.verdict for rule in found.rules} == {"undecided"}
