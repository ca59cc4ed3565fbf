import numpy as np
import pytest
from mixes import RATE_HZ, audio, music

from unsung.film.dialogue.levels import told_apart
from unsung.film.dialogue.loudnesses import integrated_lufs
from unsung.listening.loudness import loudness
from unsung.model.outcomes import SILENT


def _whole(samples):
    part = told_apart(audio(samples), {}, []).parts.whole
    return part, np.ones(part.weighted.values.shape[1], bool)


@pytest.mark.parametrize("gain", [1.0, 0.1])
def test_the_loudness_of_the_whole_is_the_meters(gain):
    samples = gain * music(20) * np.repeat([1.0, 0.05, 1.0, 1.0], 5 * RATE_HZ)
    meter = loudness(audio(samples))
    assert integrated_lufs(*_whole(samples)) == pytest.approx(meter.integrated_lufs, abs=0.1)


def test_silence_has_no_loudness():
    assert integrated_lufs(*_whole(np.zeros(RATE_HZ))) is SILENT
    part, every = _whole(music(1))
    assert integrated_lufs(part, ~every) is SILENT
