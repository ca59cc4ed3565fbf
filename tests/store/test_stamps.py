"""Whatever changes in a file or folder shows from outside."""

import os
from pathlib import Path

import pytest

from unsung.store.stamps import stamps


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    for name in ("b.txt", "a.txt", "inner/c.txt"):
        (tmp_path / name).write_text("said")
    return tmp_path


def test_every_file_beneath_is_told_once_in_order(place: Path):
    assert [name for name, _, _ in stamps([place])] == ["a.txt", "b.txt", "inner/c.txt"]
    assert [name for name, _, _ in stamps([place / "b.txt"])] == ["b.txt"]
    assert stamps([place / "gone"]) == []


def test_a_change_shows_however_deep(place: Path):
    before = stamps([place])
    assert stamps([place]) == before
    (place / "inner" / "c.txt").write_text("said otherwise")
    assert stamps([place]) != before


def test_a_change_of_time_alone_shows(place: Path):
    before = stamps([place])
    os.utime(place / "a.txt", (1, 1))
    assert stamps([place]) != before


def test_what_python_compiles_and_folders_linked_to_do_not_count(place: Path):
    before = stamps([place])
    (place / "__pycache__").mkdir()
    (place / "__pycache__" / "x.pyc").write_bytes(b"x")
    (place / "round").symlink_to(place, target_is_directory=True)
    assert stamps([place]) == before
