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
from unsung.model.motif import Naming, Statement, Testimony
from unsung.model.time import Span


def place(start_s=1.0, motif="A", *, holds=True, by="ana"):
    return {
        "motif": motif, "track": "a.ogg", "start_s": start_s, "end_s": start_s + 4,
        "holds": holds, "by": by, "at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def name(called, motif="A"):
    return {"motif": motif, "name": called, "meaning": "", "source": "", "by": "ana", "at": ""}


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
        (json.dumps([1]), "neither a statement nor a name"),
        (json.dumps({**place(), "more": 1}), "neither a statement nor a name"),
        (json.dumps({**place(), "end_s": 0}), "a span needs"),
        (json.dumps({**place(), "holds": "maybe"}), "holds is true, false or null"),
        (json.dumps({**place(), "track": ""}), "track is a text"),
        (json.dumps({"motif": "A", "holds": True}), "'start_s' is missing"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(path, line, reason):
    path.write_text(json.dumps(place()) + "\n" + line + "\n")
    with pytest.raises(LibraryError, match=f"motifs.jsonl, line 2.*{reason}"):
        testimony(path)


def test_it_lies_beside_the_music_or_in_a_project_elsewhere(tmp_path):
    assert testimony_path(tmp_path / "Album" / "unsung") == tmp_path / "Album" / "motifs.jsonl"
    assert testimony_path(tmp_path / "elsewhere") == tmp_path / "elsewhere" / "motifs.jsonl"
    assert testimony_path(tmp_path / "one.unsung") == tmp_path / "one.unsung" / "motifs.jsonl"
