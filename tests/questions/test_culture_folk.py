"""A folk tune that is near is named with its tradition; where none is, among how many."""

import heard_albums as albums
import numpy as np
import pytest
from attrs import evolve

from unsung.model.dossier import Dossier
from unsung.model.iconic import Incipit
from unsung.model.notes import Notes
from unsung.motifs.iconic.catalogue import shipped_incipits
from unsung.pages.article.wording import claim_words
from unsung.questions.culture import CULTURE
from unsung.questions.culture.folk import folk_neighbours

TUNE = next(one for one in shipped_incipits() if one.name == "Korobeiniki")
ODE = next(one for one in shipped_incipits() if one.name == "Ode to Joy")


def led_by(line):
    return albums.eight(lambda k, one: evolve(one, melody=line if k == 1 else Notes.none()))


def asked(line, *melodies):
    return tuple(folk_neighbours(Dossier(led_by(line), melodies=melodies)))


def test_a_folk_tune_is_named_with_its_tradition_and_can_be_heard():
    (found,) = asked(TUNE.notes)
    assert (found.kind, found.verdict) == ("folk neighbour", "supported")
    assert "the Russian tune “Korobeiniki”" in claim_words(found)
    assert "as high as it is written" in claim_words(found)
    albums.assert_sound(led_by(TUNE.notes), (found,))


def test_a_famous_melody_that_is_no_folk_tune_is_left_to_the_other_question():
    assert {one.kind for one in asked(ODE.notes)} == {"no folk neighbour"}


def test_the_users_tune_of_a_tradition_is_asked_about_here():
    pitch = (60, 67, 63, 72, 61, 66, 70, 59, 68, 64, 75, 62)
    line = Notes.sorted(np.arange(12) * 0.5, 0.5, pitch)
    own = Incipit("Harvest round", line, "own", tradition="Skerry")
    (found,) = asked(line, own)
    assert "the Skerry tune “Harvest round”" in claim_words(found)


def test_where_none_is_near_it_says_so_and_draws_no_conclusion():
    wild = Notes.sorted(
        np.arange(20) * 0.4, 0.3, 60 + np.random.default_rng(1).integers(-12, 13, 20)
    )
    (found,) = asked(wild)
    assert found.verdict == "undecided"
    assert found.facts["tunes"].value == sum(one.kind == "folk" for one in shipped_incipits())


@pytest.mark.parametrize("album", [albums.silence(), albums.noise()])
def test_of_silence_and_noise_nothing_is_said(album):
    assert not tuple(folk_neighbours(Dossier(album)))


def test_the_question_of_culture_asks_it():
    assert "folk neighbour" in {one.kind for one in CULTURE.answer(Dossier(led_by(TUNE.notes)))}
