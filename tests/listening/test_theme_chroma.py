import numpy as np
import pytest

from unsung.listening.constant_q import BINS, FRAMES, constant_q
from unsung.listening.networks import session
from unsung.listening.theme_chroma import NETWORKS, NO_THEME, ROWS, theme_chroma
from unsung.model.sound import Audio, Feature

RATE_HZ = 22050
MELODY = (67, 64, 65, 62, 60, 69, 67, 71, 72, 64)
NOTE_S = 0.6


def tone(midi_pitch: float, lasts_s: float, overtones: int = 6) -> np.ndarray:
    times_s = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
    hz = 440 * 2 ** ((midi_pitch - 69) / 12)
    sound = np.sum([np.sin(2 * np.pi * hz * k * times_s) / k for k in range(1, overtones)], axis=0)
    return sound * np.minimum(1, 20 * times_s) * np.exp(-1.5 * times_s)


def scene(semitones: int = 0, gain: float = 0.1) -> Audio:
    """A melody over a held fifth an octave and a half below."""
    melody = np.concatenate([tone(pitch + semitones, NOTE_S) for pitch in MELODY])
    lasts_s = melody.size / RATE_HZ
    ground = sum(tone(48 + semitones + step, lasts_s) for step in (0, 7))
    return Audio((gain * (melody + 0.2 * ground)).astype(np.float32)[np.newaxis], RATE_HZ)


def heard(audio: Audio) -> Feature:
    return theme_chroma(constant_q(audio))


def at_the_notes(feature: Feature) -> np.ndarray:
    """The leading pitch class soon after each note begins."""
    columns = [feature.frames.index_at((k + 0.3) * NOTE_S) for k in range(len(MELODY))]
    return feature.values[:NO_THEME, columns].argmax(axis=0)


def test_the_melody_is_named_over_its_accompaniment() -> None:
    right = at_the_notes(heard(scene())) == np.array(MELODY) % 12
    assert right.mean() >= 0.9


@pytest.mark.parametrize("semitones", [-5, 3, 6])
def test_transposing_the_music_moves_the_rows(semitones: int) -> None:
    here, there = at_the_notes(heard(scene())), at_the_notes(heard(scene(semitones)))
    assert np.mean((here + semitones) % 12 == there) >= 0.9


def test_gain_changes_nothing() -> None:
    loud, soft = heard(scene(gain=0.1)), heard(scene(gain=0.001))
    np.testing.assert_allclose(soft.values, loud.values, atol=1e-3)


def test_a_column_sums_to_one_on_the_clock_of_the_spectrum() -> None:
    spectrum = constant_q(scene())
    feature = theme_chroma(spectrum)
    assert feature.values.shape == (ROWS, spectrum.values.shape[1])
    assert feature.frames == spectrum.frames
    np.testing.assert_allclose(feature.values.sum(axis=0), 1, atol=1e-5)


def test_the_networks_run_in_chunks_answer_as_in_one_run() -> None:
    dice = np.random.default_rng(0)
    magnitudes = np.exp(dice.normal(-3, 2, (BINS, 300))).astype(np.float32)
    heights = 1 + np.log10(np.maximum(magnitudes / magnitudes.max(), 1e-4)) / 4
    bands = np.stack([heights[k : k + 216] for k in (0, 36, 72, 93, 108, 120)])
    bands /= np.linalg.norm(bands, axis=1, keepdims=True)
    question = {"hcqt": bands.transpose(2, 1, 0)[np.newaxis]}
    whole = np.mean([session(network).run(None, question)[0][0].T for network in NETWORKS], axis=0)
    chunked = theme_chroma(Feature(magnitudes, FRAMES)).values
    np.testing.assert_allclose(chunked, whole, atol=1e-5)


def test_in_silence_there_is_no_theme() -> None:
    silent = heard(Audio(np.zeros((1, 3 * RATE_HZ), np.float32), RATE_HZ)).values
    assert (silent[NO_THEME] == 1).all()
    assert not silent[:NO_THEME].any()


def test_where_the_music_rests_there_is_no_theme() -> None:
    music = scene().samples[0]
    rest = np.zeros(6 * RATE_HZ, np.float32)
    values = heard(Audio(np.concatenate([music, rest, music])[np.newaxis], RATE_HZ)).values
    middle = round((music.size + rest.size / 2) / RATE_HZ * 12.5)
    assert values[NO_THEME, middle] == 1
    assert values[NO_THEME, : middle // 3].min() < 0.5


@pytest.mark.parametrize("samples", [0, 1, 1764])
def test_a_track_of_next_to_nothing_is_heard(samples: int) -> None:
    audio = Audio(np.full((1, samples), 0.5, np.float32), RATE_HZ)
    assert heard(audio).values.shape == (ROWS, min(samples, 1))


def test_noise_is_heard_without_complaint() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 2 * RATE_HZ))
    np.testing.assert_allclose(heard(Audio(noise, RATE_HZ)).values.sum(axis=0), 1, atol=1e-5)
