"""Reels are told apart by the speeds of their music."""

import pytest

from unsung.film.reels import drift, reels
from unsung.model.film import Placement, Speed
from unsung.model.time import Span


def _placed(start_s, ratio, *, seconds=30.0, kept=False, sameness="same recording"):
    span = Span(start_s, start_s + seconds)
    return Placement("1", Span(0, seconds * ratio), span, Speed(ratio, kept), sameness, 0.9)


def test_a_film_at_one_speed_is_one_reel():
    [one] = reels([_placed(10, 1.0), _placed(100, 1.00001), _placed(300, 1.0)])
    assert one.span == Span(10, 330)
    assert one.speed.tempo_ratio == pytest.approx(1, abs=1e-4)


def test_another_speed_from_some_point_on_is_another_reel():
    first, second = reels([_placed(k, 1.0 if k < 600 else 25 / 24) for k in range(0, 1200, 100)])
    assert (first.span, second.span) == (Span(0, 530), Span(600, 1130))
    assert second.speed.tempo_ratio == 25 / 24


def test_a_piece_played_faster_for_effect_is_no_reel():
    assert len(reels([_placed(0, 1.0), _placed(100, 25 / 24), _placed(200, 1.0)])) == 1


def test_a_pitch_that_is_kept_is_another_speed():
    found = [_placed(k, 25 / 24, kept=k >= 300) for k in range(0, 600, 100)]
    assert [one.speed.pitch_kept for one in reels(found)] == [False, True]


def test_no_placements_have_no_reels_and_no_drift():
    assert reels([]) == ()
    assert drift([]) == 0


def test_drift_is_how_far_long_pieces_of_the_same_recording_lie_apart():
    short, other = _placed(0, 1.1, seconds=5.0), _placed(0, 1.2, sameness="same music, other take")
    found = [_placed(0, 1.0), _placed(50, 1.0001), short, other]
    assert drift(found) == pytest.approx(1e-4, rel=1e-3)
