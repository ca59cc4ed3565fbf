"""The fast search equals a slow and obvious one."""

import numpy as np
import pytest

from unsung.motifs.singing import reached, sung_closely

PASSED, BEYOND = 1.0, 0.3
PRICES = np.array((PASSED, BEYOND), np.float32)
BENT = 0.3


def choices(expected: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All lengths from half to twice the expected, and what bending to each costs."""
    lasts = np.zeros((*expected.shape, 5), np.int64)
    for at, wanted in np.ndenumerate(expected):
        allowed = np.arange(max(1, np.floor(wanted / 2)), np.ceil(2 * wanted) + 1)
        lasts[at][: allowed.size] = allowed
    bent = BENT * np.abs(np.log2(np.maximum(lasts, 1) / expected[..., None]))
    return lasts, bent.astype(np.float32)


def best_by_trying_all(evidence, line, lasts, bent, weight, handicap):
    """Every way to sing the line, one by one: the best score for each instant it may end at."""
    notes, instants = len(line), evidence.shape[1]
    best = np.zeros(instants)

    def sing(i, at, score):
        best[at] = max(best[at], score - BEYOND * (notes - i) - handicap)
        if i == notes:
            return
        sing_on(i, at, score)
        if i + 1 < notes:
            sing_skipping(i, at, score)

    def sing_on(i, at, score):
        for long, price in zip(lasts[i], bent[i], strict=True):
            if long and at + long < instants:
                heard = (evidence[line[i], at + long] - evidence[line[i], at]) / long
                sing(i + 1, at + long, score + weight[i] * (heard - price))

    def sing_skipping(i, at, score):
        sing(i + 1, at, score - PASSED * weight[i])

    for first in range(notes):
        for at in range(instants):
            sing_on(first, at, -BEYOND * first)
    return best


def puzzle(seed: int):
    dice = np.random.default_rng(seed)
    evidence = np.cumsum(dice.normal(0.2, 1, (12, 12)), axis=1)
    lines = dice.integers(0, 12, (2, 3))
    lasts, bent = choices(np.array([[1.0, 2.0, 1.5], [2.0, 2.0, 1.0]]))
    weight = np.array([1.0, 1.2, 0.8], np.float32)
    return evidence, lines, lasts, bent, weight, np.array([[0.4, 0.1], [0.0, 0.7]], np.float32)


@pytest.mark.parametrize("seed", range(5))
def test_the_search_equals_trying_everything(seed):
    evidence, lines, lasts, bent, weight, handicap = puzzle(seed)
    whole = np.array([[0, 0, 12]])
    fast, how = reached(evidence, whole, lines, lasts, bent, weight, PRICES, handicap)
    slow = np.array(
        [
            best_by_trying_all(evidence, line, lasts[k], bent[k], weight, handicap[v, k])
            for k in range(2)
            for v, line in enumerate(lines)
        ]
    )
    np.testing.assert_allclose(fast, slow.max(axis=0), atol=1e-5)
    sung = fast > 0
    np.testing.assert_allclose(slow[how, np.arange(12)][sung], fast[sung], atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_an_album_heard_in_blocks_is_heard_as_in_one(seed):
    evidence, lines, lasts, bent, weight, handicap = puzzle(seed)
    asked = (lines, lasts, bent, weight, PRICES, handicap)
    whole, _ = reached(evidence, np.array([[0, 0, 12]]), *asked)
    blocks, _ = reached(evidence, np.array([[0, 0, 11], [0, 11, 12]]), *asked)
    np.testing.assert_allclose(blocks, whole, atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_a_place_heard_closely_scores_what_the_search_said(seed):
    evidence, lines, lasts, bent, weight, handicap = puzzle(seed)
    asked = (lines, lasts, bent, weight, PRICES, handicap)
    fast, how = reached(evidence, np.array([[0, 0, 12]]), *asked)
    end = int(fast.argmax())
    tempo, variant = divmod(int(how[end]), len(lines))
    places = np.array([[end, variant, tempo, tempo + 1]])
    score, speed, _ = sung_closely(evidence, places, *asked, 0)
    assert score[0] == pytest.approx(max(fast[end:]), abs=1e-5)
    assert speed[0] == tempo


def test_notes_follow_each_other_in_time():
    evidence = np.zeros((12, 41))
    for k, row in enumerate((0, 4, 7)):
        evidence[row, 10 + 5 * k + 1 : 16 + 5 * k] = 2
    summed = np.cumsum(evidence - 1, axis=1)
    lasts = np.tile(np.arange(2, 11), (1, 3, 1))
    bent = (BENT * np.abs(np.log2(lasts / 5))).astype(np.float32)
    line, weight = np.array([[0, 4, 7]]), np.ones(3, np.float32)
    _, _, notes = sung_closely(
        summed, np.array([[25, 0, 0, 1]]), line, lasts, bent, weight, PRICES,
        np.zeros((1, 1), np.float32), 2,
    )  # fmt: skip
    assert notes[0].tolist() == [[10, 15], [15, 20], [20, 25]]
