"""The catalogue is whole, free, and says what every listener knows by heart."""

import re
from importlib.resources import files

import numpy as np
import pytest

from unsung.motifs.commonness import surprise_bits
from unsung.motifs.iconic.abc import abc_tunes
from unsung.motifs.iconic.catalogue import folk_incipits, incipit, shipped_incipits

BY_NAME = {one.name: one for one in shipped_incipits()}


def intervals(name):
    return np.diff(BY_NAME[name].notes.midi_pitch).astype(int).tolist()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Dies irae", [-1, 1, -3, 2, -4, 2, 0]),
        ("Tristan chord and longing motif", [8, -1, 4, 1, 1, 1]),
        ("Symphony 5, fate motif", [0, 0, -4, 2, 0, 0, -3]),
        ("Symphony 3, opening theme", [4, -4, -5, 5, 4, 3, -7, -1, -1]),
        ("Ode to Joy", [0, 1, 2, 0, -2, -1, -2, -2, 0, 2, 2]),
        ("Für Elise", [-1, 1, -1, 1, -5, 3, -2, -3]),
        ("Symphony 40, opening theme", [-1, 0, 1, -1, 0, 1, -1, 0, 8]),
        ("Ride of the Valkyries", [5, -5, 5, 3, -3, 3, -3, 3, 4]),
        ("In the Hall of the Mountain King", [2, 1, 2, 2, -4, 4, -1, -4, 4]),
        ("Morning Mood", [-3, -2, -2, 2, 2]),
        ("Jupiter, hymn (Thaxted)", [3, 2, 3, -1, -4, 5, 2, -2, -1]),
        ("Also sprach Zarathustra, nature motif", [7, 5, 4, -1]),
        ("God Save the King", [0, 2, -3, 1, 2, 2, 0, 1]),
        ("La Marseillaise", [0, 0, 5, 0, 2, 0, 5, -3, -4]),
        ("Greensleeves", [3, 2, 2, 1, -1, -2, -3, -4]),
        ("Frère Jacques", [2, 2, -4]),
        ("Happy Birthday", [0, 2, -2, 5, -1, -4, 0, 2, -2, 7]),
        ("Gran Vals", [-2, -8, 2, 5, -2, -9, 2]),
    ],
)
def test_what_is_known_by_heart(name, first):
    assert intervals(name)[: len(first)] == first


def test_there_are_enough_melodies_of_many_places_each_named_once():
    assert len(BY_NAME) == len(shipped_incipits()) >= 120
    assert len({one.tradition for one in shipped_incipits()}) >= 20
    assert {one.kind for one in shipped_incipits()} == {"art", "plainchant", "anthem", "folk"}


def test_each_says_where_it_is_from_and_why_it_is_free():
    for one in shipped_incipits():
        assert all((one.by, one.dated, one.tradition, one.source, one.key, one.metre)), one.name
        died = re.search(r"author died in (\d{4})", one.free_because)
        assert not died or int(died[1]) <= 1955, one.name
        assert died or one.free_because.startswith(("traditional", "plainchant", "anonymous"))


def test_each_can_be_sung_and_is_long_enough_to_be_known():
    for one in shipped_incipits():
        pitch = one.notes.midi_pitch
        assert 5 <= len(one.notes) <= 60, one.name
        assert pitch.min() >= 36, one.name
        assert pitch.max() <= 96, one.name
        assert np.ptp(pitch) <= 31, one.name
        assert surprise_bits(one.notes) > 0


def test_every_bar_is_full_but_for_the_upbeat_and_the_last():
    text = (files("unsung.motifs.iconic") / "catalogue.abc").read_text(encoding="utf-8")
    for tune in abc_tunes(text):
        pairs = list(zip(tune.bars_quarters, tune.metre_quarters, strict=True))
        for k, (lasts, metre) in enumerate(pairs):
            edge = k in {0, len(pairs) - 1}
            assert not metre or lasts == metre or (edge and lasts < metre), f"{tune.title}, bar {k}"


def test_what_was_compared_with_an_edition_says_with_which():
    verified = [one for one in shipped_incipits() if one.verified_against]
    assert len(verified) >= 50
    assert all(" of " in one.verified_against for one in verified)


def test_folk_melodies_and_chants_are_those_of_no_single_author():
    assert {one.kind for one in folk_incipits()} == {"folk", "plainchant"}
    assert BY_NAME["Greensleeves"] in folk_incipits()


def test_a_kind_that_is_unknown_is_the_users_own():
    (tune,) = abc_tunes("X:7\nG:chanty\nK:C\nCDEFG\n")
    assert (incipit(tune).kind, incipit(tune).name) == ("own", "tune 7")
