"""The first page, kept from one start to the next: at once where nothing changed, never old."""

import contextlib
import os
import time

import made_albums
import pytest
from attrs import evolve
from plain import plain_pages

from unsung.library.testimony_file import testimony_path
from unsung.store import Index
from unsung.web import KeptPages, KnownAlbums
from unsung.web.kept import _MOST_PAGES

PAGE = "<p>The album</p><script>the-token</script>"


@pytest.fixture
def entry(tmp_path):
    folder = made_albums.album_at(tmp_path / "album", made_albums.NAMES)
    return KnownAlbums(tmp_path / "albums.json").add(folder)


@pytest.fixture
def kept(tmp_path):
    return KeptPages(tmp_path / "pages")


def keep(kept, entry, page=PAGE):
    with kept.keeping(entry, "the-token") as keeping:
        keeping(page)


def name_story(entry, *paths):
    with Index(entry.home / "unsung.db") as index:
        index.keep_word("story", [str(path) for path in paths])


def test_a_page_comes_back_with_the_token_of_today(kept, entry, tmp_path):
    keep(kept, entry)
    assert kept.page(entry, "another") == PAGE.replace("the-token", "another")
    written = b"".join(path.read_bytes() for path in (tmp_path / "pages").iterdir())
    assert b"the-token" not in written


def _said(entry):
    testimony_path(entry.home).write_text('{"motif": "A", "name": "The Call"}\n')


def _heard_again(entry):
    with Index(entry.home / "unsung.db") as index:
        index.keep_word("heard_on", "2031-01-01")


def _story_changed(entry):
    (entry.place / "story" / "scene.txt").write_text("Another scene")


def _being_written(entry):
    (entry.home / "unsung.db-journal").write_bytes(b"")


@pytest.mark.parametrize("change", [_said, _heard_again, _story_changed, _being_written])
def test_whatever_changes_an_old_page_is_never_shown(kept, entry, change):
    (entry.place / "story").mkdir()
    (entry.place / "story" / "scene.txt").write_text("A scene")
    name_story(entry, entry.place / "story")
    keep(kept, entry)
    assert kept.page(entry, "t")
    change(entry)
    assert kept.page(entry, "t") is None


def test_another_version_of_the_program_draws_anew(kept, entry, monkeypatch):
    keep(kept, entry)
    monkeypatch.setattr("unsung.web.kept._program", lambda: "another")
    assert kept.page(entry, "t") is None


def test_a_page_under_another_address_is_another_page(kept, entry):
    keep(kept, entry)
    assert kept.page(evolve(entry, slug="another"), "t") is None


def test_what_changes_while_a_page_is_drawn_keeps_it_from_being_kept(kept, entry):
    with kept.keeping(entry, "the-token") as keeping:
        _said(entry)
        keeping(PAGE)
    assert kept.page(entry, "t") is None


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"one line", b"a\nb\nc", b"\nb\nc"])
def test_a_damaged_page_is_none(kept, entry, tmp_path, damage):
    keep(kept, entry)
    (page,) = (tmp_path / "pages").iterdir()
    page.write_bytes(damage)
    _being_written(entry)
    assert kept.page(entry, "t") is None


def test_where_no_album_is_there_is_no_page(kept, entry):
    keep(kept, entry)
    (entry.home / "unsung.db").unlink()
    assert kept.page(entry, "t") is None


def test_only_so_many_pages_are_kept(kept, entry, tmp_path):
    for k in range(_MOST_PAGES + 3):
        path = tmp_path / "pages" / f"{k}.page"
        path.parent.mkdir(exist_ok=True)
        path.write_text("old")
        os.utime(path, (k, k))
    keep(kept, entry)
    left = list((tmp_path / "pages").iterdir())
    assert len(left) == _MOST_PAGES
    assert kept.page(entry, "t")


# through the server


@contextlib.contextmanager
def started(tmp_path, folder, album=None):
    """A server that remembers nothing but the pages it kept; `album` is how it draws the album."""
    pages = evolve(plain_pages(), album=album) if album else plain_pages()
    kept = KeptPages(tmp_path / "pages")
    with made_albums.served(tmp_path / "albums.json", folder, pages=pages, kept=kept) as visitor:
        yield visitor


def test_the_next_start_shows_the_page_at_once_and_redraws_what_changed(tmp_path):
    folder = made_albums.album_at(tmp_path / "album", made_albums.NAMES)
    address = "/a/the-skerry-light/"
    with started(tmp_path, folder) as visitor:
        first = visitor.get(address).text
        until_s = time.monotonic() + 20
        while not list((tmp_path / "pages").glob("*.page")):
            assert time.monotonic() < until_s
            time.sleep(0.05)
    with started(tmp_path, folder, album=lambda _context: "drawn anew") as visitor:
        assert visitor.get(address).text == first
    (folder / "motifs.jsonl").write_text(
        '{"motif": "A", "name": "The Call", "by": "Ada", "at": "2030-01-01T00:00:00+00:00"}\n'
    )
    drawn = lambda context: " ".join(one.name for one in context.soundtrack.motifs)  # noqa: E731
    with started(tmp_path, folder, album=drawn) as visitor:
        assert "The Call" in visitor.get(address).text
