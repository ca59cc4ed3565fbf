"""Bands of frequency: librosa's, and what must hold of any."""

import librosa
import numpy as np
import pytest

from unsung.listening.mel import mel_bands
from unsung.listening.spectrum import Lens
from unsung.model.sound import Audio


@pytest.mark.parametrize("rate_hz", [8000, 22050, 48000])
@pytest.mark.parametrize("count", [20, 40])
def test_they_are_those_of_librosa(rate_hz: int, count: int):
    ours = mel_bands(Audio(np.zeros((1, 1)), rate_hz), Lens(1024, 512), count)
    theirs = librosa.filters.mel(sr=rate_hz, n_fft=1024, n_mels=count, norm=None)
    assert np.allclose(ours, theirs, atol=1e-5)


def test_neighbouring_bands_share_each_frequency_between_their_centres():
    bands = mel_bands(Audio(np.zeros((1, 1)), 22050), Lens(4096, 512), 40)
    first, last = bands[0].argmax(), bands[-1].argmax()
    assert np.allclose(bands[:, first + 1 : last].sum(axis=0), 1, atol=1e-4)
