import tracemalloc

import librosa
import numpy as np
import pytest

from unsung.listening.constant_q import BINS, LOWEST_HZ, constant_q, pitches_semitones
from unsung.model.sound import Audio

RATE_HZ = 22050
COLUMN = 1764
A4 = 171  # 57 semitones above C0, three bins each


def mono(samples: np.ndarray) -> Audio:
    return Audio(np.asarray(samples, np.float32)[np.newaxis], RATE_HZ)


def sine(hz: float, lasts_s: float, amplitude: float = 0.5) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * hz * np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ)


def music(lasts_s: float, seed: int = 0) -> np.ndarray:
    """Notes of random pitch and length, with overtones, and a little noise."""
    dice = np.random.default_rng(seed)
    sound = 0.001 * dice.standard_normal(round(lasts_s * RATE_HZ))
    for start in range(0, sound.size - RATE_HZ, RATE_HZ // 3):
        hz = 440 * 2 ** (dice.integers(-30, 15) / 12)
        note = overtones(hz, dice.uniform(0.2, 1))
        sound[start : start + note.size] += note * np.linspace(1, 0, note.size)
    return sound


def overtones(hz: float, lasts_s: float) -> np.ndarray:
    return np.sum([sine(hz * k, lasts_s, 0.1 / k) for k in (1, 2, 3)], axis=0)


def test_a_sine_is_loudest_in_its_own_bin_in_proportion_to_its_amplitude() -> None:
    column = constant_q(mono(sine(440, 4))).values[:, 25]
    window = RATE_HZ / 440 / (2 ** (1 / 36) - 1)
    assert column.argmax() == A4
    assert pitches_semitones()[A4] == 69
    assert column[A4] == pytest.approx(0.25 * np.sqrt(window), rel=1e-3)


def test_an_octave_up_is_36_bins_up() -> None:
    low, high = (constant_q(mono(sine(hz, 4))).values[:, 25] for hz in (440, 880))
    np.testing.assert_allclose(
        high[A4 + 30 : A4 + 43] * np.sqrt(2), low[A4 - 6 : A4 + 7], rtol=0.02, atol=1e-3
    )


def test_a_column_is_the_median_of_five_plain_windowed_sums() -> None:
    sound = music(6)
    heard = constant_q(mono(sound)).values
    for bin_index in (30, 120, 200, 330):
        for column in (20, 41):
            instants = 176 + (column * 5 + np.arange(5)) * COLUMN / 5
            plain = np.median([windowed_sum(sound, bin_index, at) for at in instants])
            assert heard[bin_index, column] == pytest.approx(
                plain, rel=0.003, abs=1e-4 * float(heard.max())
            )


def windowed_sum(sound: np.ndarray, bin_index: int, at: float) -> float:
    hz = LOWEST_HZ * 2 ** (bin_index / 36)
    window = RATE_HZ / hz / (2 ** (1 / 36) - 1)
    n = np.arange(sound.size) - at
    hann = np.where(np.abs(n) < window / 2, np.cos(np.pi * n / window) ** 2, 0)
    turning = np.exp(-2j * np.pi * hz * n / RATE_HZ)
    return float(np.abs((sound * hann * turning).sum()) / hann.sum() * np.sqrt(window))


@pytest.mark.slow
def test_it_agrees_with_librosa() -> None:
    sound = music(8).astype(np.float32)
    heard = constant_q(mono(sound)).values
    theirs = np.abs(
        librosa.cqt(
            sound, sr=RATE_HZ, fmin=LOWEST_HZ, n_bins=BINS, bins_per_octave=36, hop_length=512
        )
    )
    times_s = np.arange(theirs.shape[1]) * 512 / RATE_HZ
    columns = [np.abs(times_s - at).argmin() for at in 0.04 + np.arange(heard.shape[1]) / 12.5]
    decibels = [
        20 * np.log10(np.maximum(x, heard.max() / 1e3)) for x in (heard, theirs[:, columns])
    ]
    assert np.median(np.abs(decibels[0] - decibels[1])) < 0.2
    assert np.corrcoef(decibels[0].ravel(), decibels[1].ravel())[0, 1] > 0.99


def test_where_the_slices_are_cut_cannot_be_heard() -> None:
    """Delayed by 37 columns, every column falls elsewhere in its slice, most in another one."""
    sound = music(30)
    here = constant_q(mono(sound)).values
    later = constant_q(mono(np.concatenate([np.zeros(37 * COLUMN), sound]))).values[:, 37:]
    assert (np.abs(later - here) <= 1e-4 * here + 1e-6 * here.max()).all()


def test_gain_scales_every_bin() -> None:
    sound = music(3)
    np.testing.assert_allclose(
        constant_q(mono(sound / 4)).values, constant_q(mono(sound)).values / 4, rtol=1e-6
    )


def test_a_column_stands_at_the_middle_of_what_it_covers() -> None:
    """A tone from 1.0 to 3.0 s: its first and last loud columns are the first and last inside."""
    sound = np.zeros(4 * RATE_HZ)
    sound[RATE_HZ : 3 * RATE_HZ] = sine(4000, 2)
    heard = constant_q(mono(sound))
    row = heard.values[heard.values[:, 25].argmax()]
    loud_s = heard.times_s[row > row.max() / 2]
    assert loud_s[0] == pytest.approx(1.0, abs=0.05)
    assert loud_s[-1] == pytest.approx(3.0, abs=0.05)


@pytest.mark.parametrize(("samples", "columns"), [(0, 0), (1, 1), (COLUMN, 1), (COLUMN + 1, 2)])
def test_there_is_a_column_for_each_started_twelfth_of_a_second(samples: int, columns: int) -> None:
    assert constant_q(mono(np.ones(samples))).values.shape == (BINS, columns)


def test_silence_is_exactly_zero() -> None:
    assert not constant_q(mono(np.zeros(20 * RATE_HZ))).values.any()


def test_a_longer_track_needs_room_for_its_answer_only() -> None:
    sound = mono(np.zeros(120 * RATE_HZ))
    constant_q(mono(np.zeros(1)))
    tracemalloc.start()
    heard = constant_q(sound)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - heard.values.nbytes < 40e6
