"""How likely somebody speaks."""

import subprocess

import numpy as np
import pytest
import soundfile

from unsung.listening.impressions import impressions
from unsung.listening.speech_chance import speech_chance
from unsung.model.sound import Audio

RATE_HZ = 16_000


def test_silence_is_no_speech():
    found = speech_chance(impressions(Audio(np.zeros((1, 4 * RATE_HZ), np.float32), RATE_HZ)))
    assert found.values.shape == (1, 4)
    assert found.values.max() < 0.5


def test_a_chord_is_less_likely_speech_than_a_voice(tmp_path):
    voice = tmp_path / "voice.wav"
    try:
        words = "Nobody has come this way since the winter, and nobody will."
        subprocess.run(["espeak-ng", "-w", voice, words], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("espeak-ng is not installed")
    samples, rate = soundfile.read(voice, dtype="float32")
    time_s = np.arange(3 * RATE_HZ) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * hz * time_s) for hz in (220, 277, 330)) * np.float32(0.1)
    spoken = speech_chance(impressions(Audio(samples[None], rate))).values
    played = speech_chance(impressions(Audio(chord[None].astype(np.float32), RATE_HZ))).values
    assert spoken.max() > 0.5 > played.max()
