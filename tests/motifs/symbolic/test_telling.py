"""A line is found again as by trying every alignment, and not where it is not."""

import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lines_of_notes import TUNE, moved, notes, together, wandering

from unsung.motifs.lines import lines
from unsung.motifs.symbolic.retelling import PRICES, answers, retold
from unsung.motifs.symbolic.telling import tellings


def told_slowly(asked, led, end):
    """The best score of any alignment that ends at `end`, by recursion."""

    @cache
    def best(x, y):
        options = [0.0] if x == 0 else [-1e9]
        for back_x in range(1, min(4, x + 1)):
            for back_y in range(1, min(4, y + 1)):
                if min(back_x, back_y) == 1:
                    step = worth(asked, x, back_x, led, y, back_y)
                    options.append(best(x - back_x, y - back_y) + step)
        return max(options)

    return best(len(asked) - 1, end) / (len(asked) - 1)


def worth(asked, x, back_x, led, y, back_y):
    ours, theirs = asked.pitch[x] - asked.pitch[x - back_x], led.pitch[y] - led.pitch[y - back_y]
    off = abs(ours - theirs)
    same_way = np.sign(ours) == np.sign(theirs)
    price = 0 if off == 0 else PRICES[0] if off == 1 else PRICES[1] if same_way else PRICES[2]
    long = asked.onset_s[x] - asked.onset_s[x - back_x]
    octaves = abs(np.log2((led.onset_s[y] - led.onset_s[y - back_y]) / long))
    return 1 - price - PRICES[3] * min(octaves, 2) - PRICES[4] * (back_x + back_y - 2)


@pytest.mark.parametrize("seed", range(4))
def test_the_kernel_agrees_with_trying_every_alignment(seed):
    asked, led = lines((notes(wandering(6, seed)),)), lines((notes(wandering(14, seed + 9)),))
    fast, _ = retold(asked.pitch, asked.onset_s, led.pitch, led.onset_s, led.line, 1.0, PRICES)
    for end in range(len(led)):
        slow = told_slowly(asked, led, end)
        assert (fast[end] < -1e6 and slow < -1e6) or fast[end] == pytest.approx(slow)


def test_a_line_is_told_fully_where_it_stands_and_nowhere_else_as_well():
    led = lines((together(wandering(20, 1), moved(TUNE, 40, 2), wandering(20, 2, 60)),))
    found = tellings(lines((notes(TUNE),)), led)
    assert found[0].score == pytest.approx(1)
    assert led.onset_s[found[0].first] == 40
    assert all(one.score < 0.9 for one in found[1:])


def test_no_two_tellings_share_a_note():
    led = lines((notes(wandering(300, 4)),))
    found = tellings(lines((notes(wandering(4, 5)),)), led, 0.2)
    used = [k for one in found for k in range(one.first, one.last + 1)]
    assert len(found) > 1
    assert len(used) == len(set(used))


def test_a_passed_over_note_answers_to_none():
    ornamented = (*TUNE[:3], (1.75, 66), *TUNE[3:])
    asked, led = lines((notes(TUNE),)), lines((notes(ornamented),))
    answered = answers(asked.pitch, asked.onset_s, led.pitch, led.onset_s, 1.0, PRICES)
    assert answered.tolist() == [0, 1, 2, 4, 5, 6, 7]
