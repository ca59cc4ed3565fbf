"""A folder of the services' dumps, and the shelf of soundtracks that is made from them once.

The archives lie there as they were downloaded. What they say of soundtracks is put into
`unsung.duckdb` beside them, a file that may be deleted at any time: only time is lost. It is made
again when the archives change. Memory stays bounded; DuckDB moves to disk what does not fit.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import duckdb

from unsung.model.errors import SourceError
from unsung.model.world import Answer
from unsung.sources.listenbrainz_dump import keep_listens, listen_dumps
from unsung.sources.musicbrainz_dump import CORE, DERIVED, keep_soundtracks
from unsung.sources.service import LISTENBRAINZ, MUSICBRAINZ

SHELF_NAME = "unsung.duckdb"
_MEMORY = "2GB"
_EDITION = 2


class Dumps:
    """The soundtracks in a folder of dumps. `tell` hears of the reading, which may take an hour."""

    def __init__(self, folder: Path, tell: Callable[[str], None] = lambda _said: None) -> None:
        self._folder = folder
        if not (folder / CORE).is_file():
            raise SourceError(
                f"{folder} has no {CORE}; download it from https://metabrainz.org/datasets"
            )
        self._listens = listen_dumps(path.name for path in folder.iterdir())
        shelf = folder / SHELF_NAME
        if not self._is_current(shelf):
            tell(f"reading the dumps in {folder} once; this may take an hour")
            self._make(shelf)
        self._duckdb = duckdb.connect(str(shelf), read_only=True)

    def close(self) -> None:
        """Let go of the shelf."""
        self._duckdb.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def has_listens(self) -> bool:
        """Whether a dump of listens lies there."""
        return bool(self._listens)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query over the shelf."""
        return self._duckdb.execute(query, list(values)).fetchall()

    @property
    def musicbrainz(self) -> Answer:
        """MusicBrainz' dump as evidence: too large to keep, so known by its size and date."""
        return _evidence(self._folder / CORE, "musicbrainz", MUSICBRAINZ.licence)

    @property
    def ratings(self) -> Answer:
        """The dump that holds MusicBrainz' ratings."""
        return _evidence(self._folder / DERIVED, "musicbrainz", MUSICBRAINZ.licence)

    @property
    def listenbrainz(self) -> Answer:
        """The newest dump of listens that was counted."""
        return _evidence(self._folder / self._listens[-1], "listenbrainz", LISTENBRAINZ.licence)

    def _archives(self) -> tuple[str, ...]:
        derived = (DERIVED,) if (self._folder / DERIVED).is_file() else ()
        return (CORE, *derived, *self._listens)

    def _stamps(self) -> list[tuple[str, int, int]]:
        """What the shelf is made from: name, size and time of every archive, and how."""
        found = [("edition", _EDITION, 0)]
        for name in self._archives():
            there = (self._folder / name).stat()
            found.append((name, there.st_size, there.st_mtime_ns))
        return found

    def _is_current(self, shelf: Path) -> bool:
        if not shelf.exists():
            return False
        try:
            with duckdb.connect(str(shelf), read_only=True) as opened:
                made_from = opened.execute("SELECT name, size, time_ns FROM made_from").fetchall()
        except duckdb.Error:
            return False
        return sorted(made_from) == sorted(self._stamps())

    def _make(self, shelf: Path) -> None:
        """Make the shelf beside itself and put it in place when it is whole."""
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="unsung-") as name:
            work = Path(name)
            with duckdb.connect(str(work / SHELF_NAME)) as made:
                made.execute(f"SET memory_limit = '{_MEMORY}'")
                made.execute("SET preserve_insertion_order = false")
                self._fill(made, work)
            (work / SHELF_NAME).replace(shelf)

    def _fill(self, made: duckdb.DuckDBPyConnection, work: Path) -> None:
        derived = self._folder / DERIVED
        keep_soundtracks(made, self._folder / CORE, derived if derived.is_file() else None, work)
        keep_listens(made, [self._folder / one for one in self._listens], work)
        made.execute("CREATE TABLE made_from (name VARCHAR, size BIGINT, time_ns BIGINT)")
        made.executemany("INSERT INTO made_from VALUES (?, ?, ?)", self._stamps())


def _evidence(path: Path, source: str, licence: str) -> Answer:
    there = path.stat()
    written = datetime.fromtimestamp(there.st_mtime, UTC).isoformat(timespec="seconds")
    return Answer(source, f"file {path.name}", written, f"size:{there.st_size}", licence)
