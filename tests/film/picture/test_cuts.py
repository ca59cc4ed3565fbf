import numpy as np
import pytest

from unsung.film.picture.cuts import shots
from unsung.model.picture import FrameRate, Pictures

RATE = FrameRate(24)


def _pictures(change, brightness=None, seed=0):
    """A minute of small changes, with `change` at some frames."""
    dice = np.random.default_rng(seed)
    changes = 0.004 + 0.004 * dice.random(24 * 60)
    for frame, value in change.items():
        changes[frame] = value
    bright = np.full(24 * 60, 0.5)
    for (first, end), value in (brightness or {}).items():
        bright[first:end] = value
    return Pictures(np.arange(24 * 60) / 24, changes, bright, RATE)


def test_a_cut_is_found_on_its_frame():
    assert shots(_pictures({240: 0.3, 720: 0.1})).cuts_s == (10.0, 30.0)


def test_a_fast_pan_is_no_cut():
    assert shots(_pictures({k: 0.1 + 0.01 * (k % 3) for k in range(300, 340)})).cuts_s == ()


def test_a_cut_into_a_pan_is_one_cut():
    moving = dict.fromkeys(range(300, 340), 0.05)
    assert shots(_pictures({**moving, 300: 0.4})).cuts_s == (12.5,)


def test_a_flash_is_at_most_one_cut():
    assert len(shots(_pictures({480: 0.4, 481: 0.4})).cuts_s) <= 1


def test_a_fade_through_black_is_a_cut_in_the_middle_of_the_black():
    faded = {(460, 480): 0.2, (480, 500): 0.0, (500, 520): 0.2}
    (cut_s,) = shots(_pictures({}, faded)).cuts_s
    assert cut_s == pytest.approx(489.5 / 24, abs=1 / 24)


def test_black_at_the_beginning_and_the_end_is_no_cut():
    assert shots(_pictures({}, {(0, 40): 0.0, (1400, 1440): 0.0})).cuts_s == ()


def test_a_still_picture_shows_a_small_cut():
    still = np.zeros(240)
    still[120] = 0.02
    found = shots(Pictures(np.arange(240) / 24, still, np.full(240, 0.5), RATE))
    assert found.cuts_s == (5.0,)


def test_shots_cover_the_film_without_gaps():
    found = shots(_pictures({240: 0.3, 720: 0.1})).shots
    assert found[0].start_s == 0
    assert found[-1].end_s == pytest.approx(60)
    assert [a.end_s for a in found[:-1]] == [b.start_s for b in found[1:]]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_next_to_no_frames_have_no_cut(count):
    found = shots(Pictures(np.arange(count) / 24, np.zeros(count), np.zeros(count), RATE))
    assert found.cuts_s == ()
    assert len(found.shots) == min(count, 1)


def test_times_that_run_back_are_no_pictures():
    with pytest.raises(ValueError, match="times that grow"):
        Pictures([0.0, 0.0], [0.0, 0.0], [0.0, 0.0], RATE)
