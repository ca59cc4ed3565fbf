"""What people say of whole motifs is written down with its places; labels are never given twice."""

import json

import pytest
from attrs import evolve

from unsung import session
from unsung.library.testimony_file import testimony, testimony_path
from unsung.model.errors import SettingsError, StoreError
from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.time import Span
from unsung.session.returning import Returned, labels_given
from unsung.store import Index, Kept, Project


def motif(label, *starts_s, **more):
    places = tuple(Occurrence("a.ogg", Span(one, one + 5)) for one in starts_s)
    return Motif(label, places[0], places, **more)


A, B = motif("A", 0, 20, 40), motif("B", 100, 120)


@pytest.fixture
def project(tmp_path):
    made = Project.made_at(tmp_path / "unsung")
    Index(made.index_path).close()
    return made


def listen(project, found, as_said):
    """As if an album had been heard in which this was found, and people said that."""
    with Index(project.index_path) as index:
        answer = Returned(found, as_said)
        session.keep_motifs(project, index, lambda *_: answer, lambda _stage: None)


def labels(project):
    with Index(project.index_path) as index:
        return index.word("labels")


def said(project):
    return testimony(testimony_path(project.folder))


def test_a_joining_tells_the_places_of_both(project):
    session.keep_joining(project, A, B)
    (one,) = said(project).joinings
    assert (one.motif_name, one.other_name) == ("A", "B")
    assert [place.span.start_s for place in one.places] == [0, 20, 40]
    assert [place.span.start_s for place in one.other_places] == [100, 120]


def test_a_parting_tells_its_places_and_gets_a_label_that_nothing_had(project):
    listen(project, (A, B, motif("C", 200)), (A, B))
    label = session.keep_parting(project, A, A.occurrences[1:], (A, B), "The sea")
    (one,) = said(project).partings
    assert (label, one.label, one.name) == ("D", "D", "The sea"), "C was given once"
    assert [place.span.start_s for place in one.places] == [20, 40]
    other = session.keep_parting(project, B, B.occurrences[:1], (A, B))
    assert other == "E", "although the first is not followed yet"


def test_what_was_joined_keeps_its_label_for_itself(project):
    whole = evolve(A, also_known_as=("B", "X"))
    assert session.keep_parting(project, whole, A.occurrences[:1], (whole,)) == "C"


def test_a_label_stays_with_the_places_that_were_found_whatever_people_made_of_them(project):
    whole = motif("A", 0, 20, 100, 120, also_known_as=("B",))
    listen(project, (A, B), (whole, motif("C", 40, parted_from="A"), motif("D", 300)))
    starts = {label: [row[1] for row in rows] for label, rows in labels(project).items()}
    assert starts == {"A": [0, 20, 40], "B": [100, 120], "C": [], "D": [300]}
    assert labels_given(project) == {"A", "B", "C", "D"}


@pytest.mark.parametrize(
    ("say", "why"),
    [
        (lambda it: session.keep_joining(it, A, A), "one motif already"),
        (lambda it: session.keep_parting(it, A, (), (A,)), "no place of A was chosen"),
        (lambda it: session.keep_parting(it, A, A.occurrences, (A,)), "every place of A"),
    ],
)
def test_what_makes_no_sense_is_not_written(project, say, why):
    with pytest.raises(SettingsError, match=why):
        say(project)
    assert not testimony_path(project.folder).exists()


def test_all_is_taken_back_one_after_the_other(project):
    session.keep_joining(project, A, B)
    session.keep_parting(project, A, A.occurrences[:1], (A, B))
    assert session.take_back(project)["parted"] == "C"
    assert session.take_back(project)["joined"] == "B"
    assert said(project).said == ()
    with pytest.raises(SettingsError, match="nothing was said"):
        session.take_back(project)
    lines = testimony_path(project.folder).read_text().splitlines()
    assert [json.loads(line)["holds"] for line in lines] == [True, True, None, None]


def test_a_place_that_was_confirmed_and_parted_since_is_no_statement_of_the_old_motif(project):
    session.keep_statement(project, "A", "a.ogg", Span(20, 25), holds=True)
    session.keep_statement(project, "A", "a.ogg", Span(40, 45), holds=True)
    session.keep_parting(project, A, A.occurrences[1:2], (A, B))
    (left,) = said(project).statements
    assert (left.span.start_s, type(said(project).said[0])) == (40, Statement)


def test_chords_that_are_gone_are_told_in_one_line(project):
    with Index(project.index_path) as index:
        index.keep_heard(1, Kept("a.ogg", {}, {}))
        with pytest.raises(StoreError, match="missing or damaged"):
            session.keep_motifs(
                project, index, lambda album, *_: album.chords.value, lambda _stage: None
            )
