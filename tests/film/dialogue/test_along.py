"""Loudness along a made film: the music's own where it was laid, the rest where it was not."""

import numpy as np
import pytest
from mixes import audio, music, placement, speech

from unsung.film.dialogue.along import levels_along
from unsung.film.dialogue.levels import told_apart
from unsung.listening.loudness import loudness
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS


@pytest.fixture(scope="module")
def levels():
    """Speech throughout, and music in the second half only."""
    voice, track = speech(60, [(0.0, 60.0)]), music(60)
    film = audio(voice + 0.3 * np.where(np.arange(len(track)) < len(track) // 2, 0, track))
    cues = [placement((30.0, 60.0), 30.0)]
    told = told_apart(film, {"a.flac": audio(track)}, cues).parts
    return levels_along(told, loudness(film)), loudness(audio(0.3 * track)), loudness(film)


def _at(curve, from_s, to_s):
    times_s = curve.times_s
    return curve.values[0][(times_s >= from_s) & (times_s < to_s)]


def test_music_is_as_loud_as_it_was_laid_in_and_absent_where_it_was_not(levels):
    found, track, _ = levels
    true = _at(track.short_term, 35, 55).mean()
    assert _at(found.music, 35, 55).mean() == pytest.approx(true, abs=0.5)
    assert (_at(found.music, 0, 28) == LOUDNESS_FLOOR_LUFS).all()


def test_the_rest_is_the_whole_where_no_music_is(levels):
    found, _, film = levels
    whole = _at(film.short_term, 5, 25).mean()
    assert _at(found.rest, 5, 25).mean() == pytest.approx(whole, abs=0.5)
    assert _at(found.film, 5, 25).mean() == pytest.approx(whole, abs=0.2)


def test_silence_rests_at_the_floor():
    film = audio(np.zeros(16_000 * 5))
    found = levels_along(told_apart(film, {}, []).parts, loudness(film))
    for curve in (found.film, found.music, found.rest):
        assert (curve.values == LOUDNESS_FLOOR_LUFS).all()
