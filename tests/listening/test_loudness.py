"""The facts EBU Tech 3341 and 3342 ask of a meter, and the symmetries of loudness."""

from itertools import pairwise

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.loudness import LoudnessMeter, k_weighting, loudness
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS
from unsung.model.outcomes import SILENT
from unsung.model.sound import Audio

RATE_HZ = 48_000


def sine(levels_and_lengths, frequency_hz=1000.0, rate_hz=RATE_HZ, channels=2):
    """A sine whose peak level (dBFS) changes; the same on every channel."""
    gains = [np.full(round(s * rate_hz), 10 ** (db / 20)) for db, s in levels_and_lengths]
    gain = np.concatenate(gains)
    wave = gain * np.sin(2 * np.pi * frequency_hz * np.arange(len(gain)) / rate_hz)
    return Audio(np.tile(wave, (channels, 1)), rate_hz)


def noise(seconds, rate_hz=22_050, channels=2, seed=0):
    samples = np.random.default_rng(seed).normal(0, 0.1, (channels, round(seconds * rate_hz)))
    return Audio(samples, rate_hz)


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_stereo_sine_of_1_khz_measures_its_own_level(level, rate_hz):
    heard = loudness(sine([(level, 10)], rate_hz=rate_hz))
    assert heard.integrated_lufs == pytest.approx(level, abs=0.1)
    assert heard.momentary.values == pytest.approx(level, abs=0.1)
    assert heard.short_term.values == pytest.approx(level, abs=0.1)


@pytest.mark.parametrize(
    "levels_and_lengths",
    [
        [(-36, 10), (-23, 60), (-36, 10)],
        [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)],
        [(-26, 20), (-20, 20.1), (-26, 20)],
    ],
    ids=["case 3", "case 4", "case 5"],
)
def test_what_is_far_under_the_rest_is_gated_as_tech_3341_asks(levels_and_lengths):
    assert loudness(sine(levels_and_lengths)).integrated_lufs == pytest.approx(-23, abs=0.1)


def test_the_surrounds_weigh_more_and_the_bass_channel_nothing_as_in_tech_3341_case_6():
    levels = np.array([-28, -28, -24, 0, -30, -30])[:, np.newaxis]
    samples = sine([(0, 5)], channels=6).samples * 10 ** (levels / 20)
    assert loudness(Audio(samples, RATE_HZ)).integrated_lufs == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize(
    ("levels_and_lengths", "range_lu"),
    [
        ([(-20, 20), (-30, 20)], 10),
        ([(-20, 20), (-15, 20)], 5),
        ([(-40, 20), (-20, 20)], 20),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15),
    ],
    ids=["case 1", "case 2", "case 3", "case 4"],
)
def test_the_range_is_what_tech_3342_asks(levels_and_lengths, range_lu):
    assert loudness(sine(levels_and_lengths)).range_lu == pytest.approx(range_lu, abs=1)


@pytest.mark.parametrize("phase_degrees", [0, 45, 60, 67.5])
def test_the_crest_between_the_samples_is_found_as_in_tech_3341_cases_15_to_18(phase_degrees):
    step = {0: 4, 45: 4, 60: 6, 67.5: 8}[phase_degrees]
    angle = 2 * np.pi * np.arange(RATE_HZ) / step + np.radians(phase_degrees)
    wave = 0.5 * np.sin(angle) * np.hanning(RATE_HZ) ** 0.1
    heard = loudness(Audio(np.stack([wave, wave]), RATE_HZ))
    assert -6.02 - 0.4 <= heard.true_peak_dbtp <= -6.02 + 0.2


@pytest.mark.parametrize("rate_hz", [48_000, 96_000, 192_000])
def test_the_true_peak_is_never_below_the_largest_sample(rate_hz):
    samples = np.zeros((1, rate_hz), np.float32)
    samples[0, 777] = -0.5
    assert loudness(Audio(samples, rate_hz)).true_peak_dbtp >= 20 * np.log10(0.5) - 1e-6


def test_the_true_peak_skips_nothing_that_could_be_higher():
    """Against the same filter drawn over every sample."""
    from unsung.listening.true_peak import _PHASES

    for seed in range(5):
        wild = np.random.default_rng(seed)
        samples = np.float32(wild.normal(0, 0.1, 40_000) * np.repeat(wild.random(400), 100))
        drawn = [np.abs(np.convolve(samples, phase)).max() for phase in _PHASES]
        heard = loudness(Audio(samples[np.newaxis], 44_100))
        expected = 20 * np.log10(max(*drawn, np.abs(samples).max()))
        assert heard.true_peak_dbtp == pytest.approx(expected, abs=1e-4)


def test_the_whole_agrees_with_pyloudnorm():
    """To its own gain in the treble: it drops the 0.04 dB that the standard's table adds."""
    for rate_hz in (16_000, 44_100):
        audio = noise(20, rate_hz)
        swelling = Audio(audio.samples * np.linspace(0.001, 1, audio.samples.shape[1]), rate_hz)
        expected = pyloudnorm.Meter(rate_hz).integrated_loudness(swelling.samples.T.astype(float))
        assert loudness(swelling).integrated_lufs == pytest.approx(expected, abs=0.06)


def test_the_filter_is_the_table_of_the_standard_at_48_khz():
    table = [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1],
        [1.0, -2.0, 1.0, 1, -1.99004745483398, 0.99007225036621],
    ]
    filters = k_weighting(48_000)
    assert filters[0] == pytest.approx([*table[0], -1.69065929318241, 0.73248077421585], abs=1e-6)
    assert filters[1] == pytest.approx(table[1], abs=1e-6)


@settings(deadline=None, max_examples=15)
@given(gain_db=st.floats(-20, 20))
def test_gain_moves_loudness_by_as_much_and_leaves_the_range(gain_db):
    audio = noise(4)
    louder = Audio(audio.samples * 10 ** (gain_db / 20), audio.sample_rate_hz)
    before, after = loudness(audio), loudness(louder)
    assert after.integrated_lufs - before.integrated_lufs == pytest.approx(gain_db, abs=1e-3)
    assert after.true_peak_dbtp - before.true_peak_dbtp == pytest.approx(gain_db, abs=1e-3)
    assert after.range_lu == pytest.approx(before.range_lu, abs=1e-3)


@settings(deadline=None, max_examples=15)
@given(cuts=st.lists(st.integers(0, 80_000), max_size=8))
def test_where_the_sound_is_cut_into_blocks_changes_nothing(cuts):
    audio = noise(3.6)
    meter = LoudnessMeter(audio.sample_rate_hz, 2)
    edges = [0, *sorted(min(cut, audio.samples.shape[1]) for cut in cuts), audio.samples.shape[1]]
    for start, end in pairwise(edges):
        meter.add(Audio(audio.samples[:, start:end], audio.sample_rate_hz))
    assert meter.loudness() == loudness(audio)


def test_asking_does_not_disturb_what_is_heard_next():
    audio = noise(2.5)
    meter = LoudnessMeter(audio.sample_rate_hz, 2)
    half = Audio(audio.samples[:, :30_000], audio.sample_rate_hz)
    meter.add(half)
    assert meter.loudness() == loudness(half)
    meter.add(Audio(audio.samples[:, 30_000:], audio.sample_rate_hz))
    assert meter.loudness() == loudness(audio)


def test_the_curves_stand_at_the_middle_of_their_windows():
    heard = loudness(sine([(-60, 10), (-20, 10)]))
    momentary, short_term = heard.momentary, heard.short_term
    assert momentary.times_s[0] == pytest.approx(0.2)
    assert short_term.times_s[0] == pytest.approx(1.5)
    half_lufs = -20 + 10 * np.log10(0.5)
    assert momentary.values[0, momentary.frames.index_at(10.0)] == pytest.approx(half_lufs, abs=0.1)
    assert short_term.values[0, short_term.frames.index_at(10.0)] == pytest.approx(
        half_lufs, abs=0.1
    )


@pytest.mark.parametrize("samples", [0, 1, 5000, 200_000])
def test_silence_has_no_loudness(samples):
    heard = loudness(Audio(np.zeros((2, samples)), 44_100))
    assert heard.integrated_lufs is heard.range_lu is heard.true_peak_dbtp is SILENT
    assert (heard.momentary.values == LOUDNESS_FLOOR_LUFS).all()
    assert (heard.short_term.values == LOUDNESS_FLOOR_LUFS).all()


@pytest.mark.parametrize("rate_hz", [1, 30, 3000, 11_025])
@pytest.mark.parametrize("samples", [1, 2, 400])
def test_the_shortest_sounds_and_the_lowest_rates_are_heard(samples, rate_hz):
    heard = loudness(Audio(np.full((1, samples), 0.5), rate_hz))
    assert heard.true_peak_dbtp >= -6.03
    assert heard.momentary.values.shape[1] >= 1


def test_a_meter_refuses_another_format():
    with pytest.raises(ValueError, match="one format"):
        LoudnessMeter(44_100, 2).add(noise(1, 48_000))
