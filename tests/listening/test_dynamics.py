"""Crescendi and diminuendi are found where they were played, and nowhere else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.dynamics import dynamics
from unsung.listening.loudness import loudness
from unsung.model.sound import Audio

RATE_HZ = 8000


def played(level_db, seconds, note_s=None):
    """A tone whose level runs through the given decibels at equal distances; repeated if `note_s`.

    Each repeated note dies away by 12 dB before the next, as on a piano.
    """
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    db = np.interp(time_s, np.linspace(0, seconds, len(level_db)), level_db)
    db = db - (12 * (time_s % note_s) / note_s if note_s else 0)
    return loudness(Audio([10 ** (db / 20) * np.sin(2 * np.pi * 440 * time_s)], RATE_HZ))


def test_a_crescendo_of_20_db_in_20_seconds_is_heard_in_its_place():
    (swell,) = dynamics(played([-40, -40, -20, -20], 60)).swells
    assert swell.span.start_s == pytest.approx(20, abs=4)
    assert swell.span.end_s == pytest.approx(40, abs=4)
    assert 14 <= swell.change_lu <= 20


def test_a_diminuendo_falls():
    (swell,) = dynamics(played([-20, -35], 30)).swells
    assert -15 <= swell.change_lu <= -10


def test_a_swell_and_its_fading_are_two():
    up, down = dynamics(played([-35, -15, -35], 40)).swells
    assert up.change_lu > 10
    assert down.change_lu < -10
    assert up.span.end_s <= down.span.start_s


def test_single_notes_do_not_break_a_crescendo():
    (swell,) = dynamics(played([-40, -40, -20, -20], 60, note_s=1.0)).swells
    assert swell.change_lu > 13


def test_a_sudden_forte_is_no_crescendo():
    assert dynamics(played([*[-40] * 500, *[-20] * 500], 60)).swells == ()


def test_a_slow_drift_is_no_crescendo():
    assert dynamics(played([-26, -20], 240)).swells == ()


@pytest.mark.parametrize("note_s", [None, 0.5, 2.0])
def test_nothing_swells_at_a_steady_level(note_s):
    heard = dynamics(played([-20, -20], 40, note_s))
    assert heard.swells == ()
    assert heard.level.values == pytest.approx(0, abs=1)


@settings(deadline=None, max_examples=15)
@given(gain_db=st.floats(-15, 10))
def test_gain_moves_nothing_since_the_level_is_the_tracks_own(gain_db):
    level_db = np.array([-30, -30, -15, -20, -20])
    before, after = dynamics(played(level_db, 30)), dynamics(played(level_db + gain_db, 30))
    assert after.level.values == pytest.approx(before.level.values, abs=1e-2)
    assert len(after.swells) == len(before.swells)


def test_playing_backwards_turns_crescendi_into_diminuendi():
    forth, back = (dynamics(played(db, 60)) for db in ([-40, -40, -20, -20], [-20, -20, -40, -40]))
    assert back.swells[0].change_lu == pytest.approx(-forth.swells[0].change_lu, abs=0.2)


@pytest.mark.parametrize("samples", [0, 1, 100_000])
def test_silence_and_the_shortest_sound_swell_not(samples):
    heard = dynamics(loudness(Audio(np.zeros((1, samples)), RATE_HZ)))
    assert heard.swells == ()
    assert (heard.level.values == 0).all()
    click = dynamics(loudness(Audio(np.ones((1, 1)), RATE_HZ)))
    assert click.swells == ()
