"""The index: which file holds which sound, and which answers belong to which track.

Written by one process only (the one that was started by a person). Everything in it can be found
again by listening; deleted, only time is lost.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from attrs import asdict, frozen

from unsung.model.errors import StoreError
from unsung.store.memory import Asked

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE recording (
    file TEXT PRIMARY KEY,      -- where it lies in the album
    stamp TEXT NOT NULL,        -- what its bytes looked like when it was read
    source TEXT NOT NULL        -- the recording or score, as JSON
);
CREATE TABLE heard (
    position INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,       -- the recording, or the digest of the score, as JSON
    answers TEXT NOT NULL       -- what was heard: the key of each answer, as JSON
);
CREATE TABLE asked (
    digest TEXT NOT NULL,       -- of the sound or score
    stage TEXT NOT NULL,
    question TEXT NOT NULL,
    PRIMARY KEY (digest, stage)
);
CREATE TABLE word (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@frozen
class Kept:
    """What was heard in a file: its source as plain values, and the key of each answer."""

    file: str
    source: Any
    answers: dict[str, str]


class Index:
    """The SQLite file of one project."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                connection.executescript(
                    f"BEGIN; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
                )
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self._path} is not a readable index ({error}); delete it and listen again:"
                " what was heard is kept beside it"
            ) from error
        if version not in (0, SCHEMA_VERSION):
            raise StoreError(
                f"{self._path} was written by another version of unsung; delete it and listen"
                " again, or use that version"
            )
        return connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that is kept inside is kept together or not at all."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def source(self, file: str, stamp: str) -> Any | None:
        """The recording or score known to be in `file`, if its bytes are as they were."""
        row = self._connection.execute(
            "SELECT source FROM recording WHERE file = ? AND stamp = ?", (file, stamp)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def keep_source(self, file: str, stamp: str, source: Any) -> None:
        """Remember which sound lies in `file`."""
        self._connection.execute(
            "INSERT OR REPLACE INTO recording VALUES (?, ?, ?)", (file, stamp, json.dumps(source))
        )

    def keep_heard(self, position: int, kept: Kept) -> None:
        """Remember which answers make up what was heard in a track."""
        self._connection.execute("DELETE FROM heard WHERE file = ?", (kept.file,))
        self._connection.execute(
            "INSERT OR REPLACE INTO heard VALUES (?, ?, ?, ?)",
            (position, kept.file, json.dumps(kept.source), json.dumps(kept.answers)),
        )

    def forget_heard(self) -> None:
        """Begin the list of heard tracks anew; answers stay."""
        self._connection.execute("DELETE FROM heard")

    def heard(self) -> tuple[Kept, ...]:
        """All tracks heard, in album order."""
        rows = self._connection.execute("SELECT file, source, answers FROM heard ORDER BY position")
        return tuple(
            Kept(file, json.loads(source), json.loads(answers)) for file, source, answers in rows
        )

    def keep_asked(self, digest: str, asked: Asked) -> None:
        """Remember how a question was last put about a sound."""
        self._connection.execute(
            "INSERT OR REPLACE INTO asked VALUES (?, ?, ?)",
            (digest, asked.stage, json.dumps(asdict(asked))),
        )

    def last_asked(self, digest: str, stage: str) -> Asked | None:
        """How the question was last put, if it ever was."""
        row = self._connection.execute(
            "SELECT question FROM asked WHERE digest = ? AND stage = ?", (digest, stage)
        ).fetchone()
        return Asked(**json.loads(row[0])) if row else None

    def keep_word(self, name: str, value: Any) -> None:
        """Remember one thing about the album as a whole."""
        self._connection.execute(
            "INSERT OR REPLACE INTO word VALUES (?, ?)", (name, json.dumps(value))
        )

    def word(self, name: str) -> Any | None:
        """What was remembered under `name`."""
        row = self._connection.execute("SELECT value FROM word WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None
