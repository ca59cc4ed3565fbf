import numpy as np
import pytest

from unsung.film.picture.edges import music_edges
from unsung.model.outcomes import UNDECIDED
from unsung.model.time import Span

CUTS = [float(at) for at in np.cumsum(np.random.default_rng(0).uniform(3, 14, 120))]


def test_music_cut_to_the_picture_is_no_luck():
    music = [Span(CUTS[k], CUTS[k + 3]) for k in range(2, 90, 9)]
    found = music_edges(music, CUTS, CUTS[::5], 1000.0)
    assert found.on_cuts_share == 1
    assert found.on_cuts_chance < 0.01
    assert found.edges[0].after_cut_s == 0
    assert [edge.starts for edge in found.edges[:2]] == [True, False]


def test_music_put_anywhere_is_luck():
    music = [Span(40.0 * k + 2.7, 40.0 * k + 21.3) for k in range(20)]
    assert music_edges(music, CUTS, [], 1000.0).on_cuts_chance > 0.05


def test_stretches_that_touch_are_one():
    found = music_edges([Span(0, 5), Span(5.2, 9), Span(3, 6)], CUTS, [], 1000.0)
    assert [edge.film_s for edge in found.edges] == [0, 9]


def test_after_means_later_than_the_cut():
    (start, _) = music_edges([Span(10.4, 20)], [10.0], [11.0], 100.0).edges
    assert start.after_cut_s == pytest.approx(0.4)
    assert start.after_scene_s == pytest.approx(-0.6)


def test_without_music_or_cuts_it_is_undecided():
    assert music_edges([], CUTS, CUTS, 1000.0).on_cuts_share is UNDECIDED
    found = music_edges([Span(k, k + 0.3) for k in range(1, 9)], [], [], 100.0)
    assert found.on_cuts_share is found.on_scenes_chance is UNDECIDED
    assert found.edges[0].after_cut_s is UNDECIDED
