import numpy as np
import pytest

from unsung.film.peaks import RATE_HZ
from unsung.film.pitch_classes import FRAMES_A_SECOND, pitch_classes


def tone(pitch_hz, seconds=6):
    return (0.1 * np.sin(2 * np.pi * pitch_hz * np.arange(seconds * RATE_HZ) / RATE_HZ)).astype(
        np.float32
    )


@pytest.mark.parametrize(("pitch_hz", "row"), [(440, 9), (880, 9), (261.63, 0), (392, 7)])
def test_a_tone_is_its_pitch_class_in_every_octave(pitch_hz, row):
    found = pitch_classes(tone(pitch_hz))
    assert found.shape[0] == 12
    assert abs(found.shape[1] - 6 * FRAMES_A_SECOND) <= 1
    assert (found.argmax(axis=0) == row).all()


def test_columns_have_length_one_and_loudness_does_not_count():
    soft, loud = pitch_classes(tone(440) * np.float32(0.05)), pitch_classes(tone(440))
    np.testing.assert_allclose(np.linalg.norm(loud, axis=0), 1, atol=1e-5)
    np.testing.assert_allclose(soft, loud, atol=1e-3)


@pytest.mark.parametrize("samples", [0, 1, RATE_HZ])
def test_silence_has_no_pitch(samples):
    assert not pitch_classes(np.zeros(samples, np.float32)).any()
