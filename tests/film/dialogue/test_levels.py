"""The film's sound told apart, against stems that are known."""

import numpy as np
import pytest
import scipy
import soxr
from mixes import RATE_HZ, audio, music, placement, speech

from unsung.film.dialogue.levels import told_apart

SPOKEN = [(3.0, 6.0), (9.0, 12.0), (15.0, 17.5)]


def _db(power):
    return 10 * np.log10(power + 1e-12)


def _smooth(row):
    return scipy.ndimage.uniform_filter1d(row.astype(float), 10)


@pytest.mark.parametrize("level_db", [0, -12, -24])
def test_the_level_of_music_is_told_under_speech(level_db):
    voice, track = speech(20, SPOKEN), music(30)
    gain = 10 ** (level_db / 20) * voice[voice != 0].std() / track.std()
    start = round(4.2 * RATE_HZ)
    cue = gain * track[start : start + 20 * RATE_HZ]
    told = told_apart(audio(voice + cue), {"a.flac": audio(track)}, [placement(track_start_s=4.2)])
    measured = told.parts.measured.values[0, 1:-1] > 0
    assert measured.mean() > 0.95
    apart = told.parts.gain_db.values[0, 1:-1][measured] - 20 * np.log10(gain)
    assert np.median(np.abs(apart)) < 0.3
    assert np.abs(np.median(apart)) < 0.15


def test_what_is_left_is_the_speech():
    voice, track = speech(20, SPOKEN), music(30)
    film = voice + 0.7 * track[: 20 * RATE_HZ]
    rest = told_apart(audio(film), {"a.flac": audio(track)}, [placement()]).rest.samples[0]
    inside = slice(RATE_HZ, 19 * RATE_HZ)
    assert np.mean((rest - voice)[inside] ** 2) < 0.01 * np.mean((film - voice)[inside] ** 2)


def test_a_placement_a_third_of_a_millisecond_off_is_sharpened():
    voice, track = speech(20, SPOKEN), music(30)
    off = placement(track_start_s=0.00033)
    told = told_apart(audio(voice + track[: 20 * RATE_HZ]), {"a.flac": audio(track)}, [off])
    quiet = slice(70, 85)
    music_db = _db(_smooth(told.parts.music.weighted.values[0]))[quiet]
    rest_db = _db(_smooth(told.parts.rest.weighted.values[0]))[quiet]
    assert np.median(music_db - rest_db) > 25


def test_music_played_fast_is_told_too():
    voice, track = speech(20, SPOKEN), music(30)
    fast = soxr.resample(track, RATE_HZ * 25 / 24, RATE_HZ)[: 20 * RATE_HZ]
    cue = placement(tempo_ratio=25 / 24)
    told = told_apart(audio(voice + 0.5 * fast), {"a.flac": audio(track)}, [cue])
    measured = told.parts.measured.values[0] > 0
    assert measured.mean() > 0.9
    assert np.median(told.parts.gain_db.values[0][measured]) == pytest.approx(-6.02, abs=0.3)


def test_two_cues_at_once_are_both_taken_away():
    one, two, voice = music(20, 1), music(20, 5), speech(20, SPOKEN)
    second = placement()
    album = {"a.flac": audio(one), "b.flac": audio(two)}
    from attrs import evolve

    cues = [placement(), evolve(second, track_file="b.flac")]
    rest = told_apart(audio(one + 0.5 * two + voice), album, cues).rest.samples[0]
    inside = slice(RATE_HZ, 19 * RATE_HZ)
    assert np.mean((rest - voice)[inside] ** 2) < 0.05 * np.mean(two[inside] ** 2)


def test_music_that_is_not_in_the_film_is_not_measured():
    told = told_apart(audio(speech(20, SPOKEN)), {"a.flac": audio(music(20))}, [placement()])
    assert told.parts.placed.values.any()
    assert told.parts.measured.values.mean() < 0.1
    assert _db(told.parts.music.weighted.values.mean()) < -60


def test_another_take_is_placed_but_not_measured():
    track = music(20)
    cue = placement(sameness="same music, other take")
    told = told_apart(audio(track), {"a.flac": audio(track)}, [cue])
    assert told.parts.placed.values.any()
    assert not told.parts.measured.values.any()
    assert not told.parts.music.weighted.values.any()


def test_without_placements_the_rest_is_the_film():
    voice = speech(21.3, SPOKEN)
    told = told_apart(audio(voice), {}, [])
    np.testing.assert_array_equal(told.parts.rest.weighted.values, told.parts.whole.weighted.values)
    np.testing.assert_allclose(told.rest.samples[0][:-1600], voice[:-1600], atol=1e-5)


@pytest.mark.parametrize("samples", [np.zeros(1), np.zeros(160_000), np.full(50, 1.0)])
def test_silence_and_next_to_nothing_have_parts(samples):
    told = told_apart(audio(samples), {"a.flac": audio(np.zeros(16_000))}, [placement((0.0, 1.0))])
    assert not told.parts.measured.values.any()
    assert told.rest.samples.shape[1] == len(samples)


def test_a_rate_without_whole_tenths_is_refused():
    from unsung.model.sound import Audio

    with pytest.raises(ValueError, match="multiple of 10 Hz"):
        told_apart(Audio(np.zeros((1, 100), np.float32), 11_025), {}, [])
