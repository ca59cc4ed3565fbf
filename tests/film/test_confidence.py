"""A placement is the surer the more speaks for it."""

import numpy as np
import pytest

from unsung.film.choosing import Stretch
from unsung.film.confidence import confidence
from unsung.film.lines import Line
from unsung.model.film import Speed
from unsung.model.outcomes import UNDECIDED


def _stretch(sigmas, sameness="same recording"):
    return Stretch(Line(0, Speed(), 0.0, sameness, 0, np.zeros(50)), 0, 50, sigmas)


@pytest.mark.parametrize("present", [0.0, 0.5, 1.0, UNDECIDED])
def test_more_evidence_is_surer(present):
    told = [confidence(_stretch(sigmas), present) for sigmas in (7.0, 15.0, 40.0, 150.0, 1e4)]
    assert sorted(set(told)) == told
    assert all(0 <= one <= 1 for one in told)


def test_music_of_which_more_is_there_is_surer():
    told = [confidence(_stretch(30.0), present) for present in (0.3, 0.8, 1.0)]
    assert sorted(set(told)) == told


def test_music_that_leaves_no_trace_of_its_own_is_hardly_sure():
    assert confidence(_stretch(40.0), UNDECIDED) < 0.5
    assert confidence(_stretch(40.0), 1.0) > 0.9


def test_another_take_is_sure_but_not_certain():
    assert 0.9 < confidence(_stretch(20.0, "same music, other take"), UNDECIDED) < 1
