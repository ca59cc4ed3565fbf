"""How alike two passages are does not depend on key or tempo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.motifs.similarity import similarity

ONSET = np.array([0.0, 1, 1.5, 2, 3, 3.5])
PITCH = np.array([60.0, 64, 62, 67, 65, 71])


@given(st.integers(-20, 20))
def test_a_transposed_passage_is_as_like_as_the_passage_itself(semitones):
    alike = similarity([(ONSET, PITCH), (ONSET, PITCH + semitones)])
    assert alike[0, 1] == pytest.approx(alike[0, 0])


def test_a_varied_passage_is_more_like_it_than_another_one():
    varied, other = PITCH + np.array([0, 0, 1, 0, 0, 0]), np.array([60.0, 60, 72, 59, 70, 61])
    alike = similarity([(ONSET, PITCH), (ONSET, varied), (ONSET * 1.3, other)])
    assert alike[0, 0] > alike[0, 1] > alike[0, 2]


def test_likeness_is_mutual():
    alike = similarity([(ONSET, PITCH), (ONSET[:3], PITCH[2:5]), (ONSET, PITCH[::-1].copy())])
    np.testing.assert_array_equal(alike, alike.T)


def test_no_passages_are_alike_to_none():
    assert similarity([]).shape == (0, 0)
