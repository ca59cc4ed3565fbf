"""The index remembers what lies where, all or nothing."""

from pathlib import Path

import pytest

from unsung.model.errors import StoreError
from unsung.store import Asked, Index, Kept, Project, project_folder


@pytest.fixture
def index(tmp_path: Path):
    with Index(tmp_path / "unsung.db") as opened:
        yield opened


def test_a_file_is_known_until_its_bytes_change(index: Index):
    index.keep_source("a.ogg", "stamp 1", {"digest": "d"})
    assert index.source("a.ogg", "stamp 1") == {"digest": "d"}
    assert index.source("a.ogg", "stamp 2") is None


def test_heard_tracks_come_in_album_order(index: Index):
    index.keep_heard(2, Kept("b", "digest b", {"notes": "k2"}))
    index.keep_heard(1, Kept("a", "digest a", {"notes": "k1"}))
    assert [kept.file for kept in index.heard()] == ["a", "b"]


def test_what_fails_half_way_is_not_kept(index: Index):
    with pytest.raises(ZeroDivisionError), index.at_once():
        index.keep_word("album", "half")
        raise ZeroDivisionError
    assert index.word("album") is None


def test_a_question_is_remembered_as_it_was_last_put(index: Index):
    for code in ("1", "2"):
        index.keep_asked("d", Asked("notes", "key", code, {"audio": "d"}))
    assert index.last_asked("d", "notes") == Asked("notes", "key", "2", {"audio": "d"})
    assert index.last_asked("d", "key") is None


def test_a_file_that_is_no_index_is_one_clear_line(tmp_path: Path):
    path = tmp_path / "unsung.db"
    path.write_bytes(b"this is no database, it is a text that is long enough to be read as one")
    with pytest.raises(StoreError, match=r"unsung\.db is not a readable index.*listen again"):
        Index(path)


def test_an_index_of_another_version_is_refused(tmp_path: Path):
    path = tmp_path / "unsung.db"
    with Index(path) as index:
        index._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="another version"):
        Index(path)


def test_the_project_lies_inside_a_folder_and_beside_a_file(tmp_path: Path):
    (tmp_path / "a.flac").touch()
    assert project_folder(tmp_path) == tmp_path / "unsung"
    assert project_folder(tmp_path / "a.flac") == tmp_path / "a.unsung"


def test_a_project_folder_is_its_own_project(tmp_path: Path):
    (tmp_path / "unsung.db").touch()
    assert project_folder(tmp_path) == tmp_path


def test_two_runs_cannot_hold_one_project(tmp_path: Path):
    project = Project.made_at(tmp_path / "unsung")
    with (
        project.alone(),
        pytest.raises(StoreError, match="in use by another run"),
        project.alone(),
    ):
        pass


def test_drafts_of_a_killed_run_are_cleared_away(tmp_path: Path):
    project = Project.made_at(tmp_path / "unsung")
    (project.folder / ".draft-1").touch()
    with project.alone():
        assert not (project.folder / ".draft-1").exists()


def test_a_folder_without_a_project_says_what_to_do(tmp_path: Path):
    with pytest.raises(StoreError, match="run `unsung listen` first"):
        Project.found_at(tmp_path)
