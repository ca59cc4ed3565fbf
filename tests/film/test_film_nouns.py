"""What is always true of speeds, placements and the two views of a film's sound."""

import math

import numpy as np
import pytest

from unsung.model.film import FilmSound, Placement, Speed
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio
from unsung.model.time import Span


@pytest.mark.parametrize("ratio", [0.0, -1.0, math.nan, math.inf])
def test_a_tempo_ratio_is_positive(ratio):
    with pytest.raises(ValueError, match="positive"):
        Speed(ratio)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, math.nan])
def test_a_confidence_lies_between_0_and_1(confidence):
    with pytest.raises(ValueError, match="confidence"):
        Placement("1", Span(0, 1), Span(0, 1), Speed(), "same recording", confidence)


def test_a_level_that_was_not_measured_is_undecided():
    placed = Placement("1", Span(0, 1), Span(0, 1), Speed(), "same recording", 0.5)
    assert placed.level_db is UNDECIDED
    assert placed.above_rest_db is UNDECIDED


def test_both_views_of_a_film_have_one_clock():
    short, long = (Audio(np.zeros((1, size), np.float32), 8_000) for size in (10, 11))
    with pytest.raises(ValueError, match="equally long"):
        FilmSound(short, long)
    with pytest.raises(ValueError, match="sample rate"):
        FilmSound(short, Audio(short.samples, 16_000))
