"""Every question is asked, and what they find can be read side by side."""

import re

import heard_albums as albums
import pytest
from attrs import evolve

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding, Title
from unsung.pages.article.chapters import CHAPTERS
from unsung.questions import QUESTIONS, Question
from unsung.questions.asking import answers

ALBUM = albums.with_call(albums.eight(), (0, 1, 2))


def found_in(album):
    return answers(QUESTIONS, Dossier(album))


def test_titles_that_several_tracks_bear_have_their_file_behind_them():
    heard = tuple(evolve(one, track=evolve(one.track, title="Battle")) for one in ALBUM.heard)
    titles = {
        fact.text
        for finding in found_in(evolve(ALBUM, heard=heard))
        for fact in finding.facts.values()
        if isinstance(fact, Title) and fact.track_file
    }
    assert "Battle (01 track)" in titles
    assert "Battle" not in titles


def test_no_two_findings_have_the_same_name():
    slugs = [one.slug for one in found_in(ALBUM)]
    assert slugs
    assert len(set(slugs)) == len(slugs)


def test_two_askings_find_the_same():
    assert found_in(ALBUM) == found_in(ALBUM)


def test_every_question_has_a_chapter():
    assert {one.slug for one in QUESTIONS} <= {
        slug for chapter in CHAPTERS for slug in chapter.questions
    }


def test_the_weightiest_of_a_question_comes_first():
    def said(slug, weight):
        return Finding(slug, "q", "k", "So it is", {}, "undecided", "by ear", weight=weight)

    asked = Question("q", "?", lambda _dossier: (said("light", 0.1), said("heavy", 0.9)))
    assert [one.slug for one in answers((asked,), Dossier(ALBUM))] == ["heavy", "light"]


@pytest.mark.parametrize("album", [albums.eight(), ALBUM])
def test_no_claim_holds_a_number_that_is_no_fact(album):
    for one in found_in(album):
        assert not re.search(r"\d", re.sub(r"\{\w+\}", "", one.claim)), one.claim
