"""Many questions asked at once."""

import numpy as np
import scipy
from hypothesis import given
from hypothesis import strategies as st

from unsung.evidence.correction import benjamini_hochberg, holm

chances = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30).map(np.array)


def test_holm_asks_most_of_the_least_chance():
    assert np.allclose(holm(np.array([0.01, 0.04, 0.03, 0.5])), [0.04, 0.09, 0.09, 0.5])


@given(chances)
def test_benjamini_hochberg_agrees_with_scipy(found):
    expected = scipy.stats.false_discovery_control(found)
    assert np.allclose(benjamini_hochberg(found), expected)


@given(chances)
def test_corrected_chances_are_no_smaller_and_keep_their_order(found):
    for corrected in (holm(found), benjamini_hochberg(found)):
        assert (corrected >= found - 1e-12).all()
        assert (corrected <= 1).all()
        assert (np.diff(corrected[np.argsort(found, kind="stable")]) >= -1e-12).all()


@given(chances)
def test_fewer_false_alarms_cost_more(found):
    assert (holm(found) >= benjamini_hochberg(found) - 1e-12).all()


def test_one_question_needs_no_correction_and_none_is_no_error():
    assert holm(np.array([0.03]))[0] == benjamini_hochberg(np.array([0.03]))[0] == 0.03
    assert holm(np.empty(0)).size == benjamini_hochberg(np.empty(0)).size == 0


def test_among_honest_questions_holm_raises_an_alarm_in_one_of_twenty_albums():
    dice = np.random.default_rng(3)
    alarms = [holm(dice.random(25)).min() < 0.05 for _ in range(1000)]
    assert 0.03 < np.mean(alarms) < 0.07
