import numpy as np
import pytest

from unsung.listening.impressions import FACETS, WORDS, impressions
from unsung.listening.mel import htk_bands
from unsung.model.sound import Audio

RATE_HZ = 22_050
SILENCE, DIAL_TONE = 494, 387


def _tone(seconds, hz=440.0):
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return Audio(0.3 * np.sin(2 * np.pi * hz * t)[np.newaxis], RATE_HZ)


def test_there_is_one_impression_a_second_at_its_middle():
    heard = impressions(_tone(3.2))
    assert heard.facets.values.shape == (FACETS, 3)
    assert heard.words.values.shape == (WORDS, 3)
    assert heard.facets.times_s.tolist() == [0.5, 1.5, 2.5]


def test_silence_sounds_most_of_all_like_silence():
    heard = impressions(Audio(np.zeros((1, 2 * RATE_HZ)), RATE_HZ))
    assert heard.words.values[:, 0].argmax() == SILENCE


def test_a_level_tone_sounds_like_a_telephone_waiting():
    words = impressions(_tone(2)).words.values.mean(axis=1)
    assert DIAL_TONE in np.argsort(-words)[:5]


@pytest.mark.parametrize("samples", [0, 1, 300])
def test_almost_no_sound_still_gives_a_second(samples):
    assert impressions(Audio(np.ones((1, samples)), RATE_HZ)).facets.values.shape == (FACETS, 1)


def test_what_is_heard_of_a_second_does_not_hang_on_how_long_the_track_is():
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 40 * RATE_HZ)).astype(np.float32)
    whole = impressions(Audio(noise, RATE_HZ)).facets.values
    part = impressions(Audio(noise[:, : 30 * RATE_HZ], RATE_HZ)).facets.values
    assert np.abs(whole[:, :29] - part[:, :29]).max() < 0.02


def test_the_bands_are_those_of_librosa_for_htk():
    librosa = pytest.importorskip("librosa")
    bins_hz = np.arange(257) * 31.25
    ours = htk_bands(bins_hz, 64, 125.0, 7500.0)
    centres_hz = librosa.mel_frequencies(66, fmin=125.0, fmax=7500.0, htk=True)[1:-1]
    heard_hz = (ours @ bins_hz) / ours.sum(axis=1)
    assert np.abs(heard_hz[8:] / centres_hz[8:] - 1).max() < 0.02
