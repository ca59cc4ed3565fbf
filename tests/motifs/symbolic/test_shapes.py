"""Shapes are counted as one would by hand."""

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lines_of_notes import TUNE, moved, notes, together, wandering

from unsung.motifs.lines import lines
from unsung.motifs.symbolic.discovery import retold_lines
from unsung.motifs.symbolic.distinction import TRAITS, WEIGHTS, candidates
from unsung.motifs.symbolic.shapes import bits_after, shapes


def exact(led, first, count):
    pitch, onset = led.pitch[first : first + count], led.onset_s[first : first + count]
    ratios = np.round(np.clip(np.log2(np.diff(onset)[1:] / np.diff(onset)[:-1]), -3, 3) * 2)
    return (*np.diff(pitch), *ratios)


@pytest.mark.parametrize("count", [3, 5, 7])
def test_exact_returns_are_counted_as_by_hand(count):
    led = lines((together(TUNE, moved(TUNE, 20, 4)), notes(moved(wandering(40, 5), 3))))
    inside = [k for k in range(len(led) - count + 1) if led.line[k] == led.line[k + count - 1]]
    by_hand = Counter(exact(led, k, count) for k in inside)
    counted = shapes(led)[count]
    assert [counted.exactly[k] for k in inside] == [by_hand[exact(led, k, count)] for k in inside]


def test_no_shape_reaches_from_one_line_into_the_next():
    led = lines((notes(TUNE), notes(TUNE)))
    assert (shapes(led)[3].shape[[5, 6]] == -1).all()


def test_what_goes_on_the_same_way_each_time_costs_no_bits():
    led = lines((together(*(moved(TUNE, later=20 * k) for k in range(4))),))
    assert bits_after(shapes(led), 3)[0] == 0


def test_every_candidate_has_all_traits_and_returns():
    led = lines((together(TUNE, moved(TUNE, 20, 4), wandering(30, 8, 40)),))
    counted = shapes(led)
    found = candidates(led, counted)
    assert found.traits.shape == (len(found), len(TRAITS)) == (len(found), len(WEIGHTS))
    assert np.isfinite(found.traits).all()
    pairs = zip(found.notes, found.first, strict=True)
    assert all(counted[int(n)].count[at] >= 2 for n, at in pairs)


def test_transposing_everything_changes_no_line_found():
    score = together(TUNE, moved(TUNE, 20, 4), wandering(30, 8, 40), moved(TUNE, 80, -3))
    higher = notes(list(zip(score.onset_s, score.midi_pitch + 7, strict=True)))
    ours, theirs = (retold_lines(lines((one,))) for one in (score, higher))
    assert [one.places for one in ours] == [one.places for one in theirs]
