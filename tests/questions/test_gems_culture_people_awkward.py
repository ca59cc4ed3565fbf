"""Albums of every awkward kind: foreign text, a second, two hours, silence, a score."""

import sys
from pathlib import Path

import pytest

from unsung.model.dossier import Dossier
from unsung.pages.article.checking import unsupported
from unsung.pages.article.wording import claim_words
from unsung.questions.culture import CULTURE
from unsung.questions.gems import GEMS
from unsung.questions.people import PEOPLE

sys.path.append(str(Path(__file__).parents[1] / "pages"))
from soundtracks import awkward, long_album, small


@pytest.mark.parametrize("question", [CULTURE, GEMS, PEOPLE])
@pytest.mark.parametrize("album", [awkward, small, long_album])
def test_every_claim_holds_and_every_place_lies_in_its_track(question, album):
    heard = album()
    lengths = {one.track.file: one.hearing.duration_s for one in heard.heard}
    found = question.answer(Dossier(heard))
    assert len({one.slug for one in found}) == len(found)
    for one in found:
        assert one.question == question.slug
        assert unsupported(f"{claim_words(one)}.[^{one.slug}]", {one.slug: one}) == ()
        assert all(place.span.end_s <= lengths[place.track_file] for place in one.places)


@pytest.mark.parametrize("question", [CULTURE, GEMS, PEOPLE])
def test_two_answers_are_the_same(question):
    assert question.answer(Dossier(small())) == question.answer(Dossier(small()))
