"""The album's own mix, or another: instruments missing, rebalanced; colour and level are none."""

import numpy as np
import pytest
import scipy

from unsung.film.mixes import mix_of, mixes
from unsung.model.film import Placement, Speed
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio
from unsung.model.time import Span

RATE_HZ = 16_000
SECONDS = 24


def instrument(seed, low_hz, high_hz):
    """Chords of decaying tones, three times a second."""
    dice = np.random.default_rng(seed)
    result = np.zeros(SECONDS * RATE_HZ, np.float32)
    at = np.arange(RATE_HZ // 2) / RATE_HZ
    for start in range(0, len(result) - len(at), RATE_HZ // 3):
        for pitch_hz in dice.uniform(low_hz, high_hz, 3):
            tone = np.sin(2 * np.pi * pitch_hz * at + dice.uniform(0, 6)) * np.exp(-6 * at)
            result[start : start + len(at)] += (0.05 * tone).astype(np.float32)
    return result


STRINGS, CHOIR = instrument(1, 200, 2500), instrument(2, 200, 2500)
ALBUM = {"1": Audio((STRINGS + CHOIR)[None], RATE_HZ)}


def placed(sameness="same recording"):
    span = Span(0, SECONDS)
    return Placement("1", span, span, Speed(), sameness, 1.0)


def told(film, one=None):
    noise = 1e-4 * np.random.default_rng(9).standard_normal(len(film))
    sound = Audio((film + noise).astype(np.float32)[None], RATE_HZ)
    return mixes(sound, ALBUM, [one or placed()])[0]


def voice(level):
    """Bursts of noise, two seconds of every three."""
    noise = np.random.default_rng(5).standard_normal(SECONDS * RATE_HZ)
    band = scipy.signal.butter(2, (200, 3000), "bandpass", fs=RATE_HZ, output="sos")
    gate = np.arange(len(noise)) // RATE_HZ % 3 < 2
    return (scipy.signal.sosfilt(band, noise) * gate * level).astype(np.float32)


@pytest.mark.parametrize("gain", [1.0, 0.1])
def test_the_album_s_mix_is_the_same_at_any_level(gain):
    assert told(gain * (STRINGS + CHOIR)) == "same mix"


def test_a_voice_over_it_is_no_other_mix():
    assert told(STRINGS + CHOIR + voice(0.15)) == "same mix"


def test_another_colour_is_no_other_mix():
    sos = scipy.signal.butter(1, 1500, fs=RATE_HZ, output="sos")
    assert told(scipy.signal.sosfilt(sos, STRINGS + CHOIR)) != "another mix"


def test_without_the_choir_it_is_another_mix():
    assert told(STRINGS) == "another mix"


def test_with_the_choir_ten_decibels_softer_it_is_not_the_same():
    assert told(STRINGS + 0.3 * CHOIR) != "same mix"


def test_another_take_and_what_is_not_on_the_album_are_undecided():
    assert told(STRINGS + CHOIR, placed("same music, other take")) is UNDECIDED
    assert told(np.zeros_like(STRINGS)) is UNDECIDED
    assert mix_of(UNDECIDED) is UNDECIDED


def test_beneath_noise_without_a_pause_nobody_can_tell():
    noise = np.random.default_rng(6).standard_normal(len(STRINGS)).astype(np.float32)
    assert told(STRINGS + CHOIR + 0.3 * noise) is UNDECIDED


def test_no_placements_have_no_mixes():
    assert mixes(Audio(STRINGS[None], RATE_HZ), ALBUM, []) == ()
