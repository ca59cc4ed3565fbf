"""Music with no source: where it is told, where it is not, and where nobody can tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.film.unplaced import music_likely, unplaced
from unsung.model.film import Placement, Speed
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span
from unsung.model.unplaced import Unplaced, UnplacedStretch


def chance(values):
    return Feature(np.asarray(values, np.float32)[None], Frames(1, 0.5))


def heard(seconds, *stretches, inside=0.97, outside=0.02):
    """A curve that says music in the stretches and nothing elsewhere."""
    values = np.full(seconds, outside)
    for first, end in stretches:
        values[first:end] = inside
    return chance(values)


def placed(start_s, end_s):
    span = Span(start_s, end_s)
    return Placement("1", span, span, Speed(), "same recording", 1.0)


def test_music_is_told_from_when_to_when():
    (one,) = unplaced(heard(100, (30, 60)), ()).stretches
    assert one.span == Span(30, 60)
    assert one.confidence > 0.9


def test_music_of_the_album_and_what_rings_on_is_not_counted():
    assert unplaced(heard(100, (30, 60)), (placed(29.0, 58.5),)) == Unplaced()


def test_music_that_goes_on_after_a_placement_is_counted_from_there():
    (one,) = unplaced(heard(100, (30, 80)), (placed(30.0, 50.0),)).stretches
    assert one.span == Span(52, 80)


def test_a_second_that_sounds_like_music_is_none():
    assert unplaced(heard(100, (30, 31), inside=0.9), ()) == Unplaced()


def test_a_second_without_music_does_not_cut_it_in_two():
    values = heard(100, (30, 60)).values[0].copy()
    values[45] = 0.2
    assert len(unplaced(chance(values), ()).stretches) == 1


def test_what_may_or_may_not_be_music_is_undecided():
    found = unplaced(heard(100, (30, 60), inside=0.5), ())
    assert found.stretches == ()
    assert found.undecided_s >= 20


@pytest.mark.parametrize("values", [[], [0.0], [1.0], np.zeros(50)])
def test_silence_and_nothing_have_no_music(values):
    assert unplaced(chance(values), ()).stretches == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_time_turned_round_gives_the_same_turned_round(values):
    row = np.array(values)
    likely = music_likely(row)
    assert ((likely >= 0) & (likely <= 1)).all()
    np.testing.assert_allclose(music_likely(row[::-1]), likely[::-1], atol=1e-9)


@given(st.lists(st.floats(0, 0.9), min_size=1, max_size=40), st.integers(0, 39))
def test_a_second_that_is_likelier_makes_no_second_less_likely(values, at):
    row = np.array(values)
    more = row.copy()
    more[at % len(row)] += 0.1
    assert (music_likely(more) >= music_likely(row) - 1e-9).all()


def test_how_much_there_is_adds_up():
    both = (UnplacedStretch(Span(0, 10), 0.9), UnplacedStretch(Span(20, 25), 0.9))
    assert Unplaced(both, (Span(40, 43),)).music_s == 15
    assert Unplaced(both, (Span(40, 43),)).undecided_s == 3


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_lies_between_0_and_1(confidence):
    with pytest.raises(ValueError, match="confidence"):
        UnplacedStretch(Span(0, 1), confidence)
