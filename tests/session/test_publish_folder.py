"""Publishing: files for any web host, and never over somebody's own."""

import pytest

from unsung.model.errors import StoreError
from unsung.session.published import keep_published

FILES = {"index.html": b"<p>album", "static/explorer.js": b"1", "track-1.html": b"<p>one"}


def _inside(out):
    found = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }
    return {name: held for name, held in found.items() if not name.startswith(".unsung")}


def test_the_files_are_there_and_no_others(tmp_path):
    assert keep_published(tmp_path / "out", FILES) == tmp_path / "out"
    assert _inside(tmp_path / "out") == FILES


def test_an_empty_folder_may_be_named(tmp_path):
    keep_published(tmp_path, FILES)
    assert _inside(tmp_path) == FILES


def test_publishing_again_leaves_nothing_over(tmp_path):
    keep_published(tmp_path, FILES)
    keep_published(tmp_path, {"index.html": b"new"})
    assert _inside(tmp_path) == {"index.html": b"new"}


def test_what_somebody_put_beside_it_since_stays(tmp_path):
    keep_published(tmp_path, FILES)
    (tmp_path / "CNAME").write_text("unsung.example")
    keep_published(tmp_path, {"index.html": b"new"})
    assert _inside(tmp_path) == {"index.html": b"new", "CNAME": b"unsung.example"}


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years of work")
    with pytest.raises(StoreError, match="did not write"):
        keep_published(tmp_path, FILES)
    assert _inside(tmp_path) == {"thesis.txt": b"three years of work"}


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(StoreError):
        keep_published(tmp_path / "out", FILES)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\x", "C:x", "", "."])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="outside"):
        keep_published(tmp_path / "out", {name: b""})


def test_a_forged_list_deletes_nothing_outside(tmp_path):
    (tmp_path / "precious").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".unsung-published.json").write_text('["../precious", 7]')
    keep_published(tmp_path / "out", FILES)
    assert (tmp_path / "precious").exists()
