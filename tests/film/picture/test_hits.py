import numpy as np
import pytest

from unsung.film.picture.hits import hits_on_cuts
from unsung.model.outcomes import UNDECIDED
from unsung.model.picture import Hit
from unsung.model.time import Span

FRAME_S = 1 / 24
CUE = Span(10.0, 130.0)


def _made(seed, on_cuts, cuts=20):
    """Cuts and hits at random in a cue; `on_cuts` of the cuts have a hit on them."""
    dice = np.random.default_rng(seed)
    cuts_s = np.sort(dice.uniform(11, 129, cuts))
    hits_s = np.concatenate([dice.uniform(10, 130, 60 - on_cuts), cuts_s[:on_cuts] + 0.02])
    return [Hit(float(at), 1.0) for at in hits_s], [float(at) for at in cuts_s]


def test_hits_that_were_put_on_cuts_are_no_luck():
    hits, cuts = _made(1, 12)
    found = hits_on_cuts(hits, cuts, [CUE], FRAME_S)
    assert found.chance <= 0.01
    assert found.together >= 12
    assert found.expected < 12
    listed = {one.cut_s for one in found.clear}
    assert listed.issuperset(cuts[:12])
    assert all(abs(one.apart_s) <= found.tolerance_s for one in found.clear)


def test_by_luck_five_per_cent_are_five_per_cent():
    chances = [hits_on_cuts(*_made(seed, 0), [CUE], FRAME_S).chance for seed in range(100)]
    assert np.mean(np.array(chances) <= 0.05) <= 0.12
    assert np.mean(chances) > 0.3


def test_nothing_is_listed_where_luck_explains_it():
    found = [hits_on_cuts(*_made(seed, 0), [CUE], FRAME_S) for seed in range(20)]
    assert all(not one.clear for one in found if one.chance > 0.05)


def test_moving_the_whole_film_changes_nothing():
    hits, cuts = _made(3, 8)
    later = [Hit(hit.film_s + 100, hit.strength) for hit in hits], [at + 100 for at in cuts]
    here = hits_on_cuts(hits, cuts, [CUE], FRAME_S)
    there = hits_on_cuts(*later, [Span(110.0, 230.0)], FRAME_S)
    assert (here.together, here.cuts) == (there.together, there.cuts)
    assert here.chance == pytest.approx(there.chance, abs=0.01)


@pytest.mark.parametrize(
    ("hits", "cuts", "cues"),
    [
        ([], [], []),
        ([], [20.0, 30.0, 40.0, 50.0, 60.0, 70.0], [CUE]),
        ([Hit(20.0, 1.0)], [20.0], [CUE]),
    ],
)
def test_without_enough_of_both_it_is_undecided(hits, cuts, cues):
    found = hits_on_cuts(hits, cuts, cues, FRAME_S)
    assert found.chance is found.expected is UNDECIDED
    assert found.clear == ()
