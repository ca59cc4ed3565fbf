"""IMDb's public files, read where they lie on this machine; nothing is asked of IMDb.

They may be used personally and not commercially, and must not be passed on. DuckDB reads the
gzipped tables directly. A row's pointer names the file, the title and the column.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import duckdb

from unsung.model.errors import SourceError
from unsung.model.world import WORK, Answer, Row, World
from unsung.sources.service import IMDB_LICENCE

TITLE = re.compile(r"tt\d{5,10}")
_ROLES = {"composer": "composer", "director": "director"}


class ImdbFiles:
    """The folder that holds `title.basics.tsv.gz` and its siblings (unpacked ones will do)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._duckdb = duckdb.connect(":memory:")
        for table in ("title.basics", "title.ratings", "title.principals", "name.basics"):
            self._view(table)

    def close(self) -> None:
        """Let go of the files."""
        self._duckdb.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def work(self, imdb: str) -> World:
        """Votes and rating of a title, its composers and directors, and what those did before."""
        if not TITLE.fullmatch(imdb):
            return World()
        return World((*self._ratings(imdb), *self._credits(imdb), *self._prior(imdb)))

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query over tables such as `title_basics`."""
        try:
            return self._duckdb.execute(query, list(values)).fetchall()
        except duckdb.Error as error:
            raise SourceError(f"IMDb's files in {self._folder} cannot be read: {error}") from error

    def _ratings(self, imdb: str) -> Iterator[Row]:
        answer = self._answer("title.ratings")
        for rating, votes in self.rows(
            "SELECT averageRating, numVotes FROM title_ratings WHERE tconst = ?", imdb
        ):
            if votes is not None:
                yield Row(WORK, "imdb_votes", float(votes), answer, f"{imdb}/numVotes")
                yield Row(WORK, "imdb_rating", float(rating), answer, f"{imdb}/averageRating")

    def _credits(self, imdb: str) -> Iterator[Row]:
        answer = self._answer("title.principals")
        found = self.rows(
            "SELECT nconst, primaryName, category FROM title_principals JOIN name_basics"
            " USING (nconst) WHERE tconst = ? AND category IN ('composer', 'director')"
            " ORDER BY ordering",
            imdb,
        )
        for person, name, category in found:
            pointer = f"{imdb}/{person}/{category}"
            yield Row(WORK, _ROLES[category], name, answer, pointer, f"imdb:{person}")

    def _prior(self, imdb: str) -> Iterator[Row]:
        """Earlier works of the composers, and the ratings these have; no look ahead."""
        answer = self._answer("title.principals")
        found = self.rows(
            """
            WITH here AS (SELECT startYear FROM title_basics WHERE tconst = $1),
            writers AS (SELECT nconst FROM title_principals
                        WHERE tconst = $1 AND category = 'composer')
            SELECT count(DISTINCT tconst), coalesce(sum(numVotes), 0)
            FROM (SELECT DISTINCT p.tconst, r.numVotes FROM title_principals p
                  JOIN writers USING (nconst) JOIN title_basics b ON b.tconst = p.tconst
                  LEFT JOIN title_ratings r ON r.tconst = p.tconst, here
                  WHERE p.category = 'composer' AND b.startYear < here.startYear)
            HAVING (SELECT count(*) FROM writers) > 0
            """,
            imdb,
        )
        for works, votes in found:
            pointer = f"{imdb}/composer"
            yield Row(WORK, "composer_prior_works", float(works), answer, pointer)
            yield Row(WORK, "composer_prior_votes", float(votes), answer, pointer)

    def _view(self, table: str) -> None:
        path = self._path(table)
        if path is None:
            raise SourceError(
                f"{self._folder} has no {table}.tsv.gz; download it from"
                " https://datasets.imdbws.com (personal, non-commercial use)"
            )
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in _COLUMNS[table].items())
        quoted = str(path).replace("'", "''")
        self._duckdb.execute(
            f"CREATE VIEW {table.replace('.', '_')} AS SELECT * FROM read_csv('{quoted}',"  # noqa: S608
            f" delim='\t', header=true, nullstr='\\N', quote='', escape='', auto_detect=false,"
            f" ignore_errors=true, columns={{{columns}}})"
        )

    def _path(self, table: str) -> Path | None:
        for name in (f"{table}.tsv.gz", f"{table}.tsv"):
            if (self._folder / name).is_file():
                return self._folder / name
        return None

    def _answer(self, table: str) -> Answer:
        """The file as evidence: too large to keep, so known by its size and date."""
        path = self._path(table)
        if path is None:
            raise SourceError(f"{self._folder} has lost its {table}.tsv.gz")
        there = path.stat()
        written = datetime.fromtimestamp(there.st_mtime, UTC).isoformat(timespec="seconds")
        digest = f"size:{there.st_size}"
        return Answer(
            "imdb", f"https://datasets.imdbws.com/{path.name}", written, digest, IMDB_LICENCE
        )


_COLUMNS = {
    "title.basics": {
        "tconst": "VARCHAR", "titleType": "VARCHAR", "primaryTitle": "VARCHAR",
        "originalTitle": "VARCHAR", "isAdult": "VARCHAR", "startYear": "INTEGER",
        "endYear": "INTEGER", "runtimeMinutes": "VARCHAR", "genres": "VARCHAR",
    },
    "title.ratings": {"tconst": "VARCHAR", "averageRating": "DOUBLE", "numVotes": "BIGINT"},
    "title.principals": {
        "tconst": "VARCHAR", "ordering": "INTEGER", "nconst": "VARCHAR",
        "category": "VARCHAR", "job": "VARCHAR", "characters": "VARCHAR",
    },
    "name.basics": {
        "nconst": "VARCHAR", "primaryName": "VARCHAR", "birthYear": "VARCHAR",
        "deathYear": "VARCHAR", "primaryProfession": "VARCHAR", "knownForTitles": "VARCHAR",
    },
}  # fmt: skip
