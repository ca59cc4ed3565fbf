"""Whole passages that come back are found with their bounds."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lines_of_notes import moved, notes, together, wandering

from unsung.model.notes import Notes
from unsung.motifs.symbolic.repeats import heard_in, repeats

REFRAIN = tuple(row for row in wandering(60, 11))
LASTS = REFRAIN[-1][0]


def test_a_refrain_in_another_key_is_found_where_it_begins():
    score = together(REFRAIN, wandering(20, 3, LASTS + 2), moved(REFRAIN, 100, 5))
    found = repeats(score)[0]
    starts = [span.start_s for span in found.spans]
    np.testing.assert_allclose(starts, [REFRAIN[0][0], 100 + REFRAIN[0][0]], atol=0.02)
    assert heard_in(score, found.spans[0]).sum() >= 58


def test_what_never_comes_back_is_no_repeat():
    assert repeats(notes(wandering(200, 8))) == ()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_next_to_nothing_is_no_repeat(count):
    assert repeats(notes(wandering(count, 1))) == ()


def test_a_hundred_thousand_notes_at_once_are_no_repeat():
    assert repeats(Notes.sorted(np.zeros(100_000), 1.0, np.arange(100_000) % 128)) == ()


def test_a_drone_is_answered():
    assert len(repeats(Notes.sorted(np.arange(5000) / 4, 0.2, np.full(5000, 60)))) <= 8
