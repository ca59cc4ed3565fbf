"""What meets more often than luck lets it meet, and what only seems to."""

import numpy as np
import pytest

from unsung.evidence.association import (
    AssociationSettings,
    association,
    shared_association,
)
from unsung.evidence.chance import ChanceSettings

FEW = ChanceSettings(shuffles=199)
ROTATED, SHUFFLED = AssociationSettings(FEW), AssociationSettings(FEW, "shuffled")
ONE_STRAND = np.zeros(40, np.int64)


def lasting(dice, rows, scenes=40, stay=0.85):
    """Presences that go on from scene to scene, as those of characters and playlists do."""
    table = np.zeros((rows, scenes), bool)
    table[:, 0] = dice.random(rows) < 0.4
    for at in range(1, scenes):
        anew = dice.random(rows) > stay
        table[:, at] = np.where(anew, dice.random(rows) < 0.4, table[:, at - 1])
    return table


def fleeting(dice, rows, scenes=40):
    return dice.random((rows, scenes)) < 0.4


def alarms(presences, settings, albums):
    dice, found = np.random.default_rng(17), []
    for _ in range(albums):
        played, present = presences(dice, 4), presences(dice, 3).T
        found.append(association(played, present, ONE_STRAND, settings))
    return found


def test_a_pair_that_belongs_together_is_found():
    dice = np.random.default_rng(1)
    played, present = fleeting(dice, 5), fleeting(dice, 4).T
    present[:, 2] = played[3]
    found = association(played, present, ONE_STRAND, SHUFFLED)
    assert np.unravel_index(found.corrected.argmin(), found.corrected.shape) == (3, 2)
    assert found.corrected[3, 2] < 0.05
    assert found.observed[3, 2] == played[3].sum()


@pytest.mark.parametrize(
    ("presences", "settings"), [(fleeting, SHUFFLED), (fleeting, ROTATED), (lasting, ROTATED)]
)
def test_unrelated_tables_raise_an_alarm_in_no_more_than_one_of_twenty(presences, settings):
    found = alarms(presences, settings, 150)
    assert np.mean([one.corrected.min() < 0.05 for one in found]) <= 0.09
    assert np.mean([one.chance <= 0.05 for one in found]) < 0.065


def test_dealing_anew_what_goes_on_raises_false_alarms():
    found = alarms(lasting, SHUFFLED, 60)
    assert np.mean([one.chance <= 0.05 for one in found]) > 0.09


def test_what_a_strand_explains_is_no_company():
    """Each story has its own people and its own favourite track; inside, nothing goes together."""
    dice = np.random.default_rng(6)
    strands = np.repeat([0, 1], 20)
    mostly = np.where(strands == 0, 0.8, 0.1)
    played, present = dice.random((1, 40)) < mostly, (dice.random((1, 40)) < mostly).T
    assert association(played, present, ONE_STRAND, SHUFFLED).chance[0, 0] < 0.02
    assert association(played, present, strands, SHUFFLED).chance[0, 0] > 0.05


def test_luck_expects_what_counts_make_it_expect():
    dice = np.random.default_rng(9)
    played, present = fleeting(dice, 3), fleeting(dice, 2).T
    expected = np.outer(played.sum(axis=1), present.sum(axis=0)) / 40
    many = AssociationSettings(ChanceSettings(shuffles=1999), "shuffled")
    assert np.allclose(association(played, present, ONE_STRAND, many).expected, expected, atol=0.2)


def test_what_cannot_vary_is_left_to_luck():
    played, present = np.ones((1, 40), bool), np.ones((40, 1), bool)
    found = association(played, present, ONE_STRAND, ROTATED)
    assert found.chance[0, 0] == found.corrected[0, 0] == 1
    assert found.excess[0, 0] == 0


def test_no_items_no_scenes_no_characters_are_no_error():
    assert association(
        np.zeros((0, 40), bool), np.ones((40, 2), bool), ONE_STRAND, ROTATED
    ).chance.shape == (0, 2)
    assert association(
        np.zeros((2, 0), bool), np.ones((0, 0), bool), np.zeros(0, np.int64), ROTATED
    ).chance.shape == (2, 0)


def test_a_motif_in_one_track_cannot_be_told_from_the_track():
    by_track = np.random.default_rng(2).normal(size=(10, 3))
    by_track[4] += 20
    carried = np.zeros((1, 10), bool)
    carried[0, 4] = True
    assert 0.05 < shared_association(carried, by_track, FEW).chance.min() < 0.2


def test_a_motif_whose_tracks_all_keep_the_company_is_found():
    by_track = np.random.default_rng(3).normal(size=(16, 3))
    by_track[:5, 1] += 4
    carried = np.arange(16)[None] < 5
    found = shared_association(carried, by_track, FEW)
    assert found.corrected[0, 1] < 0.05
    assert found.chance[0, 0] > 0.05


def test_motifs_dealt_to_tracks_by_luck_keep_no_company():
    dice, found = np.random.default_rng(5), []
    for _ in range(200):
        carried = dice.permutation(12)[None] < 4
        found.append(shared_association(carried, dice.normal(size=(12, 2)), FEW).chance)
    assert 0.02 < np.mean(np.array(found) <= 0.05) < 0.08
