"""The fast search equals a slow and obvious one."""

import numpy as np
import pytest

from unsung.motifs.singing import LONGEST, SHORTEST, sung, sung_notes

PRICES = np.array((0.3, 1.0, 0.3))


def best_by_trying_all(evidence, line, expected, weight, handicap):
    """Every way to sing the line, one by one."""
    bend, passed, beyond = PRICES
    notes, instants = len(line), evidence.shape[1]
    best = np.zeros(instants)

    def sing(i, at, score):
        best[at] = max(best[at], score - beyond * (notes - i) - handicap)
        if i == notes:
            return
        sing_on(i, at, score)
        if i + 1 < notes:
            sing_skipping(i, at, score)

    def sing_on(i, at, score):
        low = max(1, int(np.floor(expected[i] * SHORTEST)))
        for lasts in range(low, max(low, int(np.ceil(expected[i] * LONGEST))) + 1):
            if at + lasts < instants:
                heard = (evidence[line[i], at + lasts] - evidence[line[i], at]) / lasts
                bent = bend * abs(np.log2(lasts / expected[i]))
                sing(i + 1, at + lasts, score + weight[i] * (heard - bent))

    def sing_skipping(i, at, score):
        sing(i + 1, at, score - passed * weight[i])

    for first in range(notes):
        for at in range(instants):
            sing_on(first, at, -beyond * first)
    return best


@pytest.mark.parametrize("seed", range(5))
def test_the_search_equals_trying_everything(seed):
    dice = np.random.default_rng(seed)
    evidence = np.cumsum(dice.normal(0.2, 1, (12, 12)), axis=1)
    line, expected = dice.integers(0, 12, 3), np.array([1.0, 2.0, 1.5])
    weight = np.array([1.0, 1.2, 0.8])
    fast, *_ = sung(evidence, line[None], expected[None], weight, PRICES, np.array([[0.4]]))
    slow = best_by_trying_all(evidence, line, expected, weight, 0.4)
    np.testing.assert_allclose(fast, slow, atol=1e-5)


def test_notes_follow_each_other_in_time():
    evidence = np.zeros((12, 41))
    for k, row in enumerate((0, 4, 7)):
        evidence[row, 10 + 5 * k + 1 : 16 + 5 * k] = 2
    summed = np.cumsum(evidence - 1, axis=1)
    line, expected, weight = np.array([0, 4, 7]), np.full(3, 5.0), np.ones(3)
    bounds = sung_notes(summed, line, expected, weight, PRICES, 25)
    assert bounds.tolist() == [[10, 15], [15, 20], [20, 25]]
