"""The album's page as it was drawn last, kept from one start of the server to the next.

To bring back all that was heard takes a second; a first view should not wait for it. A page is
shown again only where all that it was made from is what it was, byte for byte: the index of what
was heard (which names every answer by what it holds), what people said, the files that tell a story
or hold melodies, the program itself and what is installed beside it. The writer's token, new at
each start, is never written down.
"""

import contextlib
import hashlib
import os
import secrets
import sqlite3
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

from unsung import __version__
from unsung.library.testimony_file import testimony_path
from unsung.model.errors import UnsungError
from unsung.store import Index
from unsung.store.files import write_whole
from unsung.store.stamps import stamps
from unsung.web.albums import Entry

_NAMED_FILES = ("story", "melodies")
_MOST_PAGES = 100


def kept_pages_path() -> Path:
    """Where pages are kept for this person."""
    return user_cache_path("unsung", appauthor=False) / "pages"


class KeptPages:
    """A folder of first pages, one an album."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def page(self, entry: Entry, token: str) -> str | None:
        """The page as it would be drawn now, if that is known."""
        try:
            key, mark, page = self._path(entry).read_bytes().decode().split("\n", 2)
        except (OSError, ValueError):
            return None
        return page.replace(mark, token) if key and key == _key(entry) else None

    @contextlib.contextmanager
    def keeping(self, entry: Entry, token: str) -> Iterator[Callable[[str], None]]:
        """Keep the page that is drawn meanwhile, unless what it is made from changes meanwhile."""
        before = _key(entry)

        def keep(page: str) -> None:
            if before and before == _key(entry):
                mark = secrets.token_hex(24)
                content = f"{before}\n{mark}\n{page.replace(token, mark)}"
                write_whole(self._path(entry), content.encode("utf-8", "replace"))
                self._clear()

        with contextlib.suppress(UnsungError):
            yield keep

    def _path(self, entry: Entry) -> Path:
        name = hashlib.sha256(os.fsencode(entry.home)).hexdigest()[:32]
        return self._folder / f"{name}.page"

    def _clear(self) -> None:
        """Of too many pages, those longest unchanged go."""
        pages = sorted(self._folder.glob("*.page"), key=lambda path: path.stat().st_mtime_ns)
        for path in pages[:-_MOST_PAGES]:
            path.unlink(missing_ok=True)


def _key(entry: Entry) -> str:
    """The digest of all that the page is made from; empty while that is being written."""
    index = entry.home / "unsung.db"
    try:
        if index.with_name("unsung.db-journal").exists():
            return ""
        told = [_named_files(index), _content(testimony_path(entry.home)), _content(index)]
    except (OSError, sqlite3.Error, UnsungError):
        return ""
    made_from = [entry.slug, os.fspath(entry.home), _program(), *told]
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _named_files(index: Path) -> list[tuple[str, int, int]]:
    """The files that were named to tell a story, or to hold melodies, as they look now."""
    with Index(index) as known:
        return stamps([Path(one) for word in _NAMED_FILES for one in known.word(word) or ()])


def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


@cache
def _program() -> str:
    """The version of all code that may have a part in a page."""
    ours = stamps([Path(__file__).parents[1]])
    installed = [Path(one) for one in sys.path if one.endswith("-packages")]
    beside = [(os.fspath(one), one.stat().st_mtime_ns) for one in installed if one.is_dir()]
    return hashlib.sha256(repr((__version__, ours, beside)).encode()).hexdigest()
