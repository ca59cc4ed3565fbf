"""How far passages resemble each other: symmetries, oracles, and bad input."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from lines_of_notes import OTHER, TUNE, moved, notes, wandering

from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.symbolic.passages import passages, usual_step_s
from unsung.motifs.symbolic.resemblance import likenesses, resemblance, through_others

WHOLE = Span(0, 100)
PAIR = np.array([[0, 1]])


def alike(*lines):
    return likenesses(passages(tuple((notes(line), WHOLE) for line in lines)), PAIR)[0]


@given(st.integers(-12, 12), st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=20, deadline=None)
def test_key_and_speed_leave_all_but_the_pitch_classes_alike(higher, slower):
    found = alike(TUNE, moved(TUNE, higher=higher, slower=slower))
    np.testing.assert_allclose(found[[0, 2, 3, 4, 5, 6]], 1, atol=1e-6)
    assert (found[1] > 0.99) == (higher % 12 == 0)


def test_a_varied_tune_resembles_it_more_than_another():
    varied = tuple((onset, pitch - (pitch in (64, 69))) for onset, pitch in TUNE)
    heard = passages(tuple((notes(line), WHOLE) for line in (TUNE, varied, OTHER)))
    odds = resemblance(heard)
    assert odds[0, 1] > 0 > odds[0, 2]


def test_resemblance_is_mutual():
    heard = passages(tuple((notes(wandering(9, seed)), WHOLE) for seed in range(6)))
    odds = resemblance(heard)
    np.testing.assert_allclose(odds, odds.T)


def test_the_best_translation_is_the_one_that_trying_all_finds():
    a, b = notes(wandering(12, 1)), notes(wandering(15, 2))
    heard = passages(((a, WHOLE), (b, WHOLE)))
    rows = [slice(heard.notes_from[k], heard.notes_from[k + 1]) for k in (0, 1)]
    assert alike_by_trying_all(heard, *rows) == pytest.approx(likenesses(heard, PAIR)[0, 0])


def alike_by_trying_all(heard, a, b):
    ours = list(zip(heard.tick[a], heard.pitch[a], heard.weight[a], strict=True))
    theirs = list(zip(heard.tick[b], heard.pitch[b], heard.weight[b], strict=True))

    def shared(later, higher):
        return sum(
            min(w, v)
            for t, p, w in ours
            for u, q, v in theirs
            if u - t == later and q - p == higher
        )

    moves = {(u - t, q - p) for t, p, _ in ours for u, q, _ in theirs}
    best = max(
        shared(later, up) + 0.6 * (shared(later, up - 1) + shared(later, up + 1))
        for later, up in moves
    )
    return best / np.sqrt(heard.weight[a].sum() * heard.weight[b].sum())


def test_what_resembles_a_common_third_comes_nearer():
    odds = np.full((14, 14), -8.0)
    for one, other in ((0, 1), (1, 2)):
        odds[one, other] = odds[other, one] = 3.0
    np.fill_diagonal(odds, 5)
    reached = through_others(odds)
    assert reached[0, 2] > reached[0, 5]


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_passages_resemble_nothing(count):
    heard = passages(((notes(TUNE), WHOLE),) * count)
    assert through_others(resemblance(heard)).shape == (count, count)


def test_an_empty_passage_resembles_nothing():
    heard = passages(((notes(TUNE), WHOLE), (Notes.none(("a",)), WHOLE)))
    np.testing.assert_array_equal(likenesses(heard, PAIR)[0], 0)


def test_a_hundred_thousand_notes_at_once_are_compared_by_their_first():
    crowd = Notes.sorted(np.zeros(100_000), 1.0, np.arange(100_000) % 128)
    heard = passages(((crowd, WHOLE), (crowd, WHOLE)))
    assert likenesses(heard, PAIR)[0, 1] == pytest.approx(1)


def test_the_usual_step_of_eighths_with_a_few_quarters_is_an_eighth():
    assert usual_step_s(notes([(0, 60), (0.5, 60), (1, 60), (1.5, 62), (2.5, 60)])) == 0.5
    assert usual_step_s(Notes.none()) == 1
