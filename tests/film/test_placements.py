"""Music of the album is found in the film wherever it sounds, and nowhere else."""

import numpy as np
import pytest
import scipy
import soxr
from attrs import evolve
from film_sounds import RATE_HZ, album, cut, film, mixed, track, voice

from unsung.film.placements import placements
from unsung.model.film import FilmSound, Speed
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio

FIRST, SECOND, THIRD = track(1, 60), track(2, 50), track(3, 40)
ALBUM = album(FIRST, SECOND, THIRD)
NEAR_S = 0.2


def _found(samples, tracks=ALBUM):
    return placements(samples, tracks).placements


def _offset_s(one):
    return one.track_span.start_s - one.film_span.start_s * one.speed.tempo_ratio


def test_a_cue_from_the_middle_of_a_track_is_found_to_the_millisecond():
    [one] = _found(mixed(60, (cut(SECOND, 13.37, 33.37), 21.5, -6.0)))
    assert one.track_file == "2"
    assert one.sameness == "same recording"
    assert one.film_span.start_s == pytest.approx(21.5, abs=NEAR_S)
    assert one.film_span.end_s == pytest.approx(41.5, abs=NEAR_S)
    assert _offset_s(one) == pytest.approx(13.37 - 21.5, abs=0.001)
    assert one.level_db == pytest.approx(-6.0, abs=0.05)
    assert one.confidence > 0.95


def test_music_20_db_beneath_voices_is_found_and_its_level_told():
    quiet = -20.0 + 20 * np.log10(voice(5, 60).std() / cut(FIRST, 10, 35).std())
    [one] = _found(mixed(60, (cut(FIRST, 10, 35), 20, quiet), voices=voice(5, 60)))
    assert one.track_file == "1"
    assert _offset_s(one) == pytest.approx(-10, abs=0.001)
    assert one.level_db == pytest.approx(quiet, abs=0.3)
    assert one.above_rest_db == pytest.approx(-20, abs=3)


def test_a_film_without_music_of_the_album_has_no_placements():
    stranger = track(17, 50)
    answer = placements(mixed(60, (stranger, 5, -6.0), voices=voice(6, 60)), ALBUM)
    assert answer.placements == ()
    assert [(one.track_file, one.span.duration_s) for one in answer.unused] == [
        ("1", 60), ("2", 50), ("3", 40)
    ]  # fmt: skip


@pytest.mark.parametrize("samples", [np.zeros(30 * RATE_HZ), np.zeros(1), np.zeros(0)])
def test_silence_has_no_placements(samples):
    assert _found(film(samples)) == ()


def test_an_empty_album_and_a_silent_one_have_no_placements():
    heard = mixed(20, (FIRST, 2, 0.0))
    assert _found(heard, ()) == ()
    assert _found(heard, album(np.zeros(RATE_HZ * 10, np.float32), np.zeros(1, np.float32))) == ()


def test_noise_has_no_placements():
    dice = np.random.default_rng(4)
    assert _found(film(0.1 * dice.standard_normal(40 * RATE_HZ))) == ()


def test_a_film_shorter_than_its_track_is_one_placement():
    [one] = _found(film(cut(FIRST, 20, 30)))
    assert (one.film_span.start_s, one.film_span.end_s) == pytest.approx((0, 10), abs=NEAR_S)
    assert one.track_span.start_s == pytest.approx(20, abs=NEAR_S)


def test_a_track_that_is_cut_gives_a_placement_for_each_part():
    edited = np.concatenate((cut(FIRST, 5, 20), cut(FIRST, 40, 55)))
    before, after = _found(mixed(50, (edited, 10, -6.0), voices=voice(7, 50)))
    assert before.film_span.end_s == pytest.approx(25, abs=NEAR_S)
    assert after.film_span.start_s == pytest.approx(25, abs=NEAR_S)
    assert _offset_s(before) == pytest.approx(-5, abs=0.001)
    assert _offset_s(after) == pytest.approx(15, abs=0.001)


def test_a_loop_gives_a_placement_for_each_time_round():
    bars = cut(SECOND, 8, 18)
    found = _found(mixed(50, (np.concatenate((bars, bars, bars)), 10, -6.0)))
    assert [one.track_span.start_s for one in found] == pytest.approx([8, 8, 8], abs=NEAR_S)
    assert [one.film_span.start_s for one in found] == pytest.approx([10, 20, 30], abs=NEAR_S)


def test_two_cues_at_the_same_time_are_both_found_with_their_own_levels():
    heard = mixed(70, (cut(FIRST, 0, 30), 10, -6.0), (cut(SECOND, 10, 40), 30, -10.0))
    first, second = _found(heard)
    assert (first.track_file, second.track_file) == ("1", "2")
    assert first.film_span.end_s == pytest.approx(40, abs=NEAR_S)
    assert second.film_span.start_s == pytest.approx(30, abs=NEAR_S)
    assert first.level_db == pytest.approx(-6, abs=0.1)
    assert second.level_db == pytest.approx(-10, abs=0.1)


@pytest.mark.parametrize("ratio", [25 / 24, 24 / 25, 1.001, 25 / 24 * 1.001])
def test_the_speed_of_the_film_is_told_within_millionths(ratio):
    faster = soxr.resample(cut(FIRST, 5, 55), RATE_HZ * ratio, RATE_HZ, quality="VHQ")
    [one] = _found(mixed(70, (faster, 10, -6.0), voices=voice(8, 70, -15.0)))
    assert one.speed.tempo_ratio == pytest.approx(ratio, abs=1e-5)
    assert not one.speed.pitch_kept
    assert one.sameness == "same recording"
    assert one.film_span.start_s == pytest.approx(10, abs=NEAR_S)
    assert one.film_span.end_s == pytest.approx(10 + 50 / ratio, abs=NEAR_S)
    assert one.track_span.start_s == pytest.approx(5, abs=NEAR_S)


def _stretched(samples, ratio):
    """Shorter by `ratio` at the same pitch: windows of 64 ms laid closer together."""
    window, hop = 512, 128
    shape = np.hanning(window)
    frames = int((len(samples) - window) / (hop * ratio))
    result = np.zeros(frames * hop + window)
    spectrum = np.zeros(window // 2 + 1, complex)
    for k in range(frames):
        at = round(k * hop * ratio)
        here = np.fft.rfft(samples[at : at + window] * shape)
        before = np.fft.rfft(samples[max(0, at - hop) : max(0, at - hop) + window] * shape)
        turned = np.angle(spectrum) + np.angle(here) - np.angle(before) if k else np.angle(here)
        spectrum = np.abs(here) * np.exp(1j * turned)
        result[k * hop : k * hop + window] += np.fft.irfft(spectrum) * shape / 1.5
    return result.astype(np.float32)


def test_music_stretched_at_its_pitch_is_the_same_music_but_not_the_same_waveform():
    faster = _stretched(cut(FIRST, 5, 55), 25 / 24)
    [one] = _found(mixed(70, (faster, 10, -3.0)))
    assert one.track_file == "1"
    assert one.speed == Speed(25 / 24, pitch_kept=True)
    assert one.sameness == "same music, other take"
    assert one.level_db is UNDECIDED
    assert one.above_rest_db is UNDECIDED
    assert one.film_span.start_s == pytest.approx(10, abs=0.5)
    assert one.track_span.start_s == pytest.approx(5, abs=0.5)


def test_a_place_that_sounds_the_same_elsewhere_on_the_album_is_named():
    repeated = np.concatenate((cut(THIRD, 0, 15), track(9, 10), cut(THIRD, 0, 15)))
    tracks = album(FIRST, repeated)
    [one] = _found(mixed(40, (cut(THIRD, 2, 13), 12, -6.0)), tracks)
    starts = sorted([one.track_span.start_s, *(other.span.start_s for other in one.also_at)])
    assert starts == pytest.approx([2, 27], abs=NEAR_S)
    assert {other.track_file for other in one.also_at} == {"2"}


def test_what_the_film_leaves_out_of_a_track_is_unused():
    answer = placements(mixed(40, (cut(FIRST, 20, 40), 10, -6.0)), ALBUM)
    of_first = [one.span for one in answer.unused if one.track_file == "1"]
    assert [(span.start_s, span.end_s) for span in of_first] == [
        pytest.approx((0, 20), abs=NEAR_S), pytest.approx((40, 60), abs=NEAR_S)
    ]  # fmt: skip


def test_a_delayed_film_has_the_same_placements_later():
    heard = mixed(45, (cut(SECOND, 5, 25), 10, -6.0), voices=voice(10, 45))
    delay_s = 3.21
    silence = np.zeros(round(delay_s * RATE_HZ), np.float32)
    later = film(np.concatenate((silence, heard.whole.samples[0])))
    [one], [other] = _found(heard), _found(later)
    assert other.film_span.start_s - one.film_span.start_s == pytest.approx(delay_s, abs=0.1)
    assert _offset_s(other) - _offset_s(one) == pytest.approx(-delay_s, abs=1e-4)
    assert other.level_db == pytest.approx(one.level_db, abs=0.05)


def test_music_that_is_upside_down_is_the_same_recording_at_the_same_level():
    heard = mixed(45, (cut(SECOND, 5, 25), 10, -16.0), voices=voice(10, 45, -10.0))
    [one] = _found(heard)
    [other] = _found(film(-heard.whole.samples[0]))
    assert not one.inverted
    assert other == evolve(one, inverted=True)


def test_of_two_cues_at_once_one_may_be_upside_down():
    heard = mixed(60, (cut(FIRST, 0, 30), 5, -6.0), (-cut(SECOND, 10, 40), 20, -10.0))
    first, second = _found(heard)
    assert (first.inverted, second.inverted) == (False, True)
    assert first.level_db == pytest.approx(-6, abs=0.1)
    assert second.level_db == pytest.approx(-10, abs=0.1)


@pytest.mark.parametrize("other", [25 / 24, 1.001, 1.0001])
def test_each_reel_has_its_own_speed(other):
    plain, faster = (
        cut(FIRST, 0, 58),
        soxr.resample(cut(SECOND, 0, 48), RATE_HZ * other, RATE_HZ, quality="VHQ"),
    )
    first, second = _found(mixed(115, (plain, 2, -6.0), (faster, 64, -6.0)))
    assert first.speed.tempo_ratio == pytest.approx(1, abs=2e-6)
    assert second.speed.tempo_ratio == pytest.approx(other, abs=5e-6)
    assert second.sameness == "same recording"
    assert second.track_span.start_s == pytest.approx(0, abs=0.01)
    assert (second.level_db, first.level_db) == pytest.approx((-6, -6), abs=0.1)


@pytest.mark.parametrize("fade_s", [0.6, 2.0, 4.0])
def test_a_fade_is_told_to_where_it_leaves_nothing(fade_s):
    cue, ramp = cut(SECOND, 5, 40).copy(), np.linspace(0, 1, round(fade_s * RATE_HZ))
    cue[: len(ramp)] *= ramp
    cue[-len(ramp) :] *= ramp[::-1]
    [one] = _found(mixed(50, (cue, 10, -6.0), voices=voice(5, 50, -6.0)))
    assert one.film_span.start_s == pytest.approx(10, abs=NEAR_S)
    assert one.film_span.end_s == pytest.approx(45, abs=1.25 * NEAR_S)


def test_a_codec_that_keeps_power_and_loses_phase_costs_no_level():
    coded = cut(_coded(np.concatenate((np.zeros(80_000), SECOND)), 1), 15, 45)
    tracks = album(FIRST, _coded(SECOND, 2))
    [one] = _found(mixed(45, (coded, 10, -6.0), voices=voice(10, 45, -6.0)), tracks)
    assert one.track_file == "2"
    assert one.level_db == pytest.approx(-6, abs=0.1)


def _coded(samples, seed):
    """What is softer than a thirtieth of the loudest tone keeps its power alone."""
    _, _, cells = scipy.signal.stft(samples, nperseg=512)
    dice = np.random.default_rng(seed)
    soft = np.abs(cells) < np.abs(cells).max(axis=0) / 30
    turned = np.exp(2j * np.pi * dice.random(cells.shape))
    return scipy.signal.istft(np.where(soft, cells * turned, cells), nperseg=512)[1]


def test_a_louder_film_has_louder_music_in_the_same_places():
    heard = mixed(45, (cut(SECOND, 5, 25), 10, -16.0), voices=voice(10, 45, -10.0))
    [one] = _found(heard)
    [other] = _found(film(heard.whole.samples[0] * 2))
    assert other.film_span == one.film_span
    assert other.level_db - one.level_db == pytest.approx(6.02, abs=0.02)
    assert other.above_rest_db == pytest.approx(one.above_rest_db, abs=0.02)


def test_music_is_sought_in_the_clearer_view_and_measured_in_the_mix():
    cue, loud = cut(FIRST, 10, 30), voice(11, 40, 20.0)
    sides = mixed(40, (cue, 10, -30.0)).whole.samples
    both = FilmSound(Audio(sides + loud, RATE_HZ), Audio(sides, RATE_HZ))
    [one] = _found(both)
    assert one.film_span.start_s == pytest.approx(10, abs=NEAR_S)
    assert one.level_db is UNDECIDED or one.level_db == pytest.approx(-30, abs=3)


def test_sound_at_another_rate_is_refused():
    other = Audio(np.zeros((1, 100), np.float32), 44_100)
    with pytest.raises(ValueError, match="8000 Hz"):
        placements(FilmSound(other, other), ALBUM)
    with pytest.raises(ValueError, match="8000 Hz"):
        placements(film(np.zeros(100)), (("1", other),))
