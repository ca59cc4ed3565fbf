"""What is common costs few bits, what is rare many; key and tempo cost nothing."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "symbolic"))

from lines_of_notes import TUNE, moved, notes

from unsung.model.notes import Notes
from unsung.motifs.commonness import (
    Commonness,
    line_bits,
    share_more_common,
    shipped,
    step_bits,
    surprise_bits,
)

SCALE = tuple((k, pitch) for k, pitch in enumerate((60, 62, 64, 65, 67, 69, 71, 72)))
LEAPING = tuple((k, pitch) for k, pitch in enumerate((60, 71, 61, 72, 54, 65, 59, 70)))


def test_a_scale_is_commoner_than_a_tune_and_a_tune_than_leaps_of_sevenths():
    scale, tune, leaps = (surprise_bits(notes(rows)) for rows in (SCALE, TUNE, LEAPING))
    assert 0 < scale < tune
    assert scale < leaps
    assert share_more_common(scale) < 0.2
    assert share_more_common(leaps) > 0.8


@given(higher=st.integers(-12, 12), slower=st.sampled_from((0.5, 1.0, 3.0)))
def test_key_and_tempo_change_nothing(higher, slower):
    plain = surprise_bits(notes(TUNE))
    assert surprise_bits(notes(moved(TUNE, 0.0, higher, slower))) == pytest.approx(plain)


def test_with_no_music_to_compare_each_step_costs_what_a_blind_guess_does():
    nothing = Commonness(np.zeros((25, 25)), np.zeros((9, 9)), np.zeros(21))
    assert line_bits(notes(SCALE), nothing) == pytest.approx(np.log2(25))
    ratios = step_bits(notes(SCALE), nothing)[1]
    assert ratios.tolist() == pytest.approx([0, *[np.log2(9)] * 6])


def chance(first, second, longer=1.0):
    line = notes(((0, 60), (1, 60 + first), (1 + longer, 60 + first + second)))
    return 2.0 ** -step_bits(line, shipped()).sum()


def test_the_chances_of_all_that_may_follow_add_up_to_one():
    every = range(-12, 13)
    of_the_rhythm = sum(chance(first, second) for first in every for second in every)
    of_the_steps = sum(chance(4, 3, 2 ** (k / 2)) for k in range(-4, 5))
    assert of_the_rhythm * of_the_steps == pytest.approx(chance(4, 3))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_little_to_judge_costs_nothing(count):
    line = notes(TUNE[:count]) if count else Notes.none()
    assert surprise_bits(line) == 0.0
