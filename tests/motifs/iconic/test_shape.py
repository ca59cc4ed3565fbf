"""FANTASTIC's formulas, with answers known by hand or from other implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.notes import Notes
from unsung.motifs.iconic import shape


def line(*pitch, lasts_s=1.0):
    return Notes.sorted(np.arange(len(pitch)) * lasts_s, lasts_s, pitch)


RISING = line(60, 62, 64)
AGAIN = line(60, 62, 60, 62, 60, 62)
EMPTY = Notes.none()


def test_a_rising_third_has_the_contour_that_other_implementations_give_it():
    """melody-features gives 0.942…, 1.639… (by n, not n − 1) and 0.0634…."""
    assert shape.global_direction(RISING) == pytest.approx(0.9428, abs=1e-4)
    assert shape.global_variation(RISING) == pytest.approx(1.639 * (64 / 63) ** 0.5, abs=1e-3)
    assert shape.local_variation(RISING) == pytest.approx(4 / 63)


def test_upside_down_the_direction_turns_and_the_rest_stays():
    falling = line(64, 62, 60)
    assert shape.global_direction(falling) == pytest.approx(-shape.global_direction(RISING))
    assert shape.global_variation(falling) == pytest.approx(shape.global_variation(RISING))


def test_gradients_are_semitones_a_second_between_turning_points():
    assert shape.mean_gradient(line(60, 62, 64, 60)) == pytest.approx((4 / 2 + 4 / 1) / 2)
    assert shape.mean_gradient(line(60, 62, 64, lasts_s=0.5)) == pytest.approx(4)
    assert shape.mean_gradient(line(60, 60, 60)) == 0


def test_two_pitches_in_equal_measure_have_one_bit():
    assert shape.pitch_entropy(AGAIN) == pytest.approx(1 / np.log2(24))
    assert shape.pitch_entropy(line(60, 60, 60)) == 0


def test_turns_that_repeat_are_counted_as_by_hand():
    """Two kinds of one step (3 and 2), then of two (2 and 2), three (2, 1), four (1, 1), five."""
    assert sorted(shape.turns_of(AGAIN, 1).values()) == [2, 3]
    assert shape.type_productivity(AGAIN) == pytest.approx(np.mean([0, 0, 1 / 3, 1, 1]))
    assert shape.sichels_s(AGAIN) == pytest.approx(np.mean([1 / 2, 1, 1 / 2, 0, 0]))
    assert shape.simpsons_d(AGAIN) == pytest.approx(np.mean([13 / 25, 1 / 2, 5 / 9, 1 / 2, 1]))
    yule = 1e4 * np.mean([8 / 25, 4 / 16, 2 / 9, 0, 0])
    assert shape.yules_k(AGAIN) == pytest.approx(yule)


@given(st.integers(-12, 12), st.sampled_from((0.5, 2.0)))
def test_key_changes_nothing_and_tempo_only_the_gradient(higher, slower):
    plain = line(60, 64, 62, 67, 60)
    moved = line(*(plain.midi_pitch + higher).tolist(), lasts_s=slower)
    for measure in (shape.global_direction, shape.global_variation, shape.yules_k):
        assert measure(moved) == pytest.approx(measure(plain))
    assert shape.mean_gradient(moved) == pytest.approx(shape.mean_gradient(plain) / slower)


@pytest.mark.parametrize("notes", [EMPTY, line(60), line(60, 60)])
def test_nothing_and_one_note_have_no_shape(notes):
    measures = (
        shape.global_direction, shape.global_variation, shape.local_variation,
        shape.mean_gradient, shape.pitch_entropy,
    )  # fmt: skip
    assert [measure(notes) for measure in measures] == [0] * 5
    assert shape.yules_k(notes) == 0
