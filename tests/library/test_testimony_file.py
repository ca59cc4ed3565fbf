"""What people say is kept line by line, and the last word holds."""

import json

import pytest

from unsung.library.testimony_file import (
    last_said,
    taken_back,
    testimony,
    testimony_path,
    with_said,
)
from unsung.model.errors import LibraryError
from unsung.model.motif import Joining, Naming, Parting, Passage, Statement, Testimony
from unsung.model.time import Span


def place(start_s=1.0, motif="A", *, holds=True, by="ana"):
    return {
        "motif": motif, "track": "a.ogg", "start_s": start_s, "end_s": start_s + 4,
        "holds": holds, "by": by, "at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def name(called, motif="A"):
    return {"motif": motif, "name": called, "meaning": "", "source": "", "by": "ana", "at": ""}


def joined(motif="A", other="B", *, holds=True):
    places = {"places": [["a.ogg", 1, 5.5]], "joined_places": [["b.ogg", 2.0, 4.0]]}
    return {"motif": motif, "joined": other, **places, "holds": holds, "by": "ana", "at": ""}


def parted(label="D", *, holds=True, **more):
    places = {"places": [["a.ogg", 1.0, 5.5], ["b.ogg", 2.0, 4.0]]}
    line = {"motif": "A", "parted": label, **places, "holds": holds, "by": "ana", "at": ""}
    return {**line, **more}


def said(path, *lines):
    for line in lines:
        path.write_bytes(with_said(path, line))
    return testimony(path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "motifs.jsonl"


def test_without_a_file_nothing_was_said(path):
    assert testimony(path) == Testimony()
    assert last_said(path) is None


def test_what_was_said_comes_back(path):
    found = said(path, place(), name("Sorrow"))
    assert found.statements == (Statement("a.ogg", Span(1, 5), "ana", "A"),)
    assert found.namings == (Naming("A", "Sorrow", "ana"),)


def test_the_last_word_on_a_place_and_on_a_name_holds(path):
    found = said(path, place(), place(holds=False, by="ben"), name("Sorrow"), name("Grief"))
    assert [(one.holds, one.said_by) for one in found.statements] == [(False, "ben")]
    assert [one.name for one in found.namings] == ["Grief"]


def test_what_is_taken_back_counts_no_more_but_stays_in_the_file(path):
    said(path, place(1), place(9))
    found = said(path, taken_back(last_said(path)))
    assert [one.span.start_s for one in found.statements] == [1]
    assert len(path.read_text().splitlines()) == 3
    found = said(path, taken_back(last_said(path)))
    assert found == Testimony()
    assert last_said(path) is None


def test_a_line_cut_short_by_a_crash_costs_only_itself(path):
    said(path, place(1))
    path.write_text(path.read_text() + '{"motif": "A", "tra')
    assert len(testimony(path).statements) == 1
    assert len(said(path, place(9)).statements) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "not valid JSON"),
        (json.dumps([1]), "no statement, name, joining or parting"),
        (json.dumps({**place(), "more": 1}), "no statement, name, joining or parting"),
        (json.dumps({**place(), "end_s": 0}), "a span needs"),
        (json.dumps({**place(), "holds": "maybe"}), "holds is true, false or null"),
        (json.dumps({**place(), "track": ""}), "track is a text"),
        (json.dumps({"motif": "A", "holds": True}), "'start_s' is missing"),
        (json.dumps({**joined(), "name": "x"}), "no statement, name, joining or parting"),
        (json.dumps({**joined(), "joined": 7}), "joined is a text, not 7"),
        (json.dumps({**joined(), "places": []}), "at least one place"),
        (json.dumps({**joined(), "joined_places": None}), "joined_places are a list of"),
        (json.dumps({**joined(), "holds": False}), "holds is true or null where"),
        (json.dumps({"motif": "A", "joined": "B", "holds": True}), "is missing"),
        (json.dumps(parted("the sea")), "a label is one or two capital letters"),
        (json.dumps(parted("../x")), "a label is one or two capital letters"),
        (json.dumps(parted(places=[["a.ogg", 1.0]])), "places are a list of"),
        (json.dumps(parted(places="here")), "places are a list of"),
        (json.dumps(parted(places=[["a.ogg", 5, 1]])), "a span needs"),
        (json.dumps(parted(places=[["a.ogg", "x", "y"]])), "could not convert"),
        (json.dumps(parted(places=[[7, 1, 2]])), "places is a text"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(path, line, reason):
    path.write_text(json.dumps(place()) + "\n" + line + "\n")
    with pytest.raises(LibraryError, match=f"motifs.jsonl, line 2.*{reason}"):
        testimony(path)


def test_motifs_that_are_one_and_places_that_are_another_come_back(path):
    found = said(path, joined(), parted(called="The sea"))
    here, there = Passage("a.ogg", Span(1, 5.5)), Passage("b.ogg", Span(2, 4))
    assert found.said == (
        Joining("A", "B", "ana", (here,), (there,)),
        Parting("A", "D", "ana", (here, there), "The sea"),
    )


def test_what_is_said_stays_in_the_order_of_the_last_word_on_it(path):
    found = said(path, name("Sorrow"), joined(), place(), name("Grief"))
    assert [type(one) for one in found.said] == [Joining, Statement, Naming]


def test_undo_takes_back_the_last_word_whatever_it_was(path):
    said(path, name("Sorrow"), joined(), parted())
    for left in (2, 1, 0):
        assert len(said(path, taken_back(last_said(path))).said) == left
    assert len(path.read_text().splitlines()) == 6


def test_two_peoples_files_are_put_together_by_putting_their_lines_together(path, tmp_path):
    theirs = tmp_path / "theirs.jsonl"
    said(path, name("Sorrow"), joined())
    said(theirs, {**parted(), "by": "ben"}, {**joined(), "by": "ben"})
    path.write_bytes(path.read_bytes() + theirs.read_bytes())
    found = testimony(path)
    assert [type(one) for one in found.said] == [Naming, Parting, Joining]


def test_it_lies_beside_the_music_or_in_a_project_elsewhere(tmp_path):
    assert testimony_path(tmp_path / "Album" / "unsung") == tmp_path / "Album" / "motifs.jsonl"
    assert testimony_path(tmp_path / "elsewhere") == tmp_path / "elsewhere" / "motifs.jsonl"
    assert testimony_path(tmp_path / "one.unsung") == tmp_path / "one.unsung" / "motifs.jsonl"
