"""Roughness: what beats, and what does not."""

import numpy as np
import pytest

from unsung.listening.constant_q import constant_q
from unsung.listening.roughness import (
    pair_dissonance,
    pair_roughness,
    roughness,
    score_roughness,
)
from unsung.model.notes import Notes
from unsung.model.sound import Audio

RATE_HZ = 22050


def hz(semitones, base_hz=440.0):
    return np.array([base_hz * 2 ** (semitones / 12)])


@pytest.mark.parametrize(
    ("base_hz", "semitones", "dissonance"),
    [
        (440, 1, 0.1797),
        (440, 2, 0.1278),
        (440, 3, 0.0655),
        (440, 4, 0.0287),
        (440, 7, 0.0014),
        (440, 12, 0.0),
        (110, 1, 0.1177),
        (110, 3, 0.1794),
        (110, 7, 0.0853),
    ],
)
def test_pure_tones_are_as_dissonant_as_published(base_hz, semitones, dissonance):
    found = pair_dissonance(hz(0, base_hz), hz(semitones, base_hz))
    np.testing.assert_allclose(found, dissonance, atol=1e-4)


def test_two_partials_are_as_rough_as_vassilakis_has_it():
    one, half = np.array([1.0]), np.array([0.5])
    low, high = np.array([440.0]), np.array([466.16])
    np.testing.assert_allclose(pair_roughness(low, high, (one, one)), 0.09038, atol=1e-4)
    np.testing.assert_allclose(pair_roughness(low, high, (one, half)), 0.02390, atol=1e-4)


def tones(semitones, gain=0.1):
    times_s = np.arange(3 * RATE_HZ) / RATE_HZ
    wave = sum(np.sin(2 * np.pi * 440 * 2 ** (s / 12) * times_s) for s in semitones)
    return Audio((gain * wave).astype(np.float32)[None], RATE_HZ)


def in_sound(audio):
    values = roughness(constant_q(audio)).values[0]
    return float(np.median(values)) if values.size else 0.0


def in_score(*pitches):
    notes = Notes.sorted(np.zeros(len(pitches)), np.full(len(pitches), 2.0), pitches)
    return float(np.median(score_roughness(notes, 2.0).values))


def test_a_second_is_rougher_than_a_third_and_a_third_than_a_fifth():
    second, third, fifth = (in_sound(tones((0, step))) for step in (2, 4, 7))
    assert second > third > fifth
    assert in_score(60, 61) > in_score(60, 62) > in_score(60, 64) > in_score(60, 67)


def test_a_fifth_is_rougher_in_the_depth():
    assert in_score(31, 38) > in_score(67, 74)


def test_a_pure_tone_and_silence_are_not_rough():
    assert in_sound(tones((0,))) < 1e-3
    assert in_sound(Audio(np.zeros((1, RATE_HZ), np.float32), RATE_HZ)) == 0
    assert not score_roughness(Notes.none(), 2.0).values.any()


def test_gain_changes_nothing():
    assert in_sound(tones((0, 1), 0.2)) == pytest.approx(in_sound(tones((0, 1), 0.002)), rel=1e-2)


@pytest.mark.parametrize("samples", [0, 1, 5000])
def test_a_track_of_next_to_nothing_is_heard(samples):
    audio = Audio(np.full((1, samples), 0.5, np.float32), RATE_HZ)
    assert np.isfinite(roughness(constant_q(audio)).values).all()


def test_noise_is_rough():
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 3 * RATE_HZ)).astype(np.float32)
    assert in_sound(Audio(noise, RATE_HZ)) > in_sound(tones((0, 4, 7)))
