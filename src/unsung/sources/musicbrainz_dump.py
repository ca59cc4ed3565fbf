r"""MusicBrainz's own dump: `mbdump.tar.bz2` and, for ratings, `mbdump-derived.tar.bz2`.

A table is a file of PostgreSQL's COPY in text form: columns between tabs, `\N` where nothing is
known, backslashes before what would break a line. Columns are read by place, after MusicBrainz'
`admin/sql/CreateTables.sql`; new ones are added at the end and do no harm. Of the forty million
recordings only those of soundtracks are kept: release groups whose secondary type is Soundtrack.
Identifiers that were merged into others lead there, as they do when the service is asked.
"""

import re
from pathlib import Path

import duckdb

from unsung.model.errors import SourceError
from unsung.sources.archives import members

CORE, DERIVED = "mbdump.tar.bz2", "mbdump-derived.tar.bz2"
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_TABLES: dict[str, dict[str, int]] = {
    "artist": {"id": 0, "gid": 1, "name": 2},
    "artist_credit_name": {"artist_credit": 0, "position": 1, "artist": 2, "name": 3},
    "isrc": {"recording": 1, "isrc": 2},
    "l_artist_recording": {"link": 1, "entity0": 2, "entity1": 3},
    "l_artist_release": {"link": 1, "entity0": 2, "entity1": 3},
    "l_artist_work": {"link": 1, "entity0": 2, "entity1": 3},
    "l_recording_work": {"link": 1, "entity0": 2, "entity1": 3},
    "l_release_group_url": {"link": 1, "entity0": 2, "entity1": 3},
    "link": {"id": 0, "link_type": 1},
    "link_type": {"id": 0, "name": 6},
    "medium": {"id": 0, "release": 1, "position": 2},
    "recording": {"id": 0, "gid": 1, "name": 2},
    "release": {"id": 0, "gid": 1, "name": 2, "release_group": 4, "status": 5},
    "recording_gid_redirect": {"gid": 0, "new_id": 1},
    "release_gid_redirect": {"gid": 0, "new_id": 1},
    "release_group_gid_redirect": {"gid": 0, "new_id": 1},
    "release_group": {"id": 0, "gid": 1, "name": 2, "artist_credit": 3},
    "release_group_secondary_type": {"id": 0, "name": 1},
    "release_group_secondary_type_join": {"release_group": 0, "secondary_type": 1},
    "track": {"recording": 2, "medium": 3, "position": 4},
    "url": {"id": 0, "url": 2},
}
_DERIVED = {
    "release_group_meta": {
        "id": 0, "release_count": 1, "year": 2, "month": 3, "day": 4,
        "rating": 5, "rating_count": 6,
    }
}  # fmt: skip

_KEPT = (
    """CREATE TABLE album AS
    SELECT g.id, g.gid, g.name AS title, g.artist_credit, m.year, m.month, m.day,
      (SELECT count(*) FROM raw_release r WHERE r.release_group = g.id) AS releases,
      m.rating, m.rating_count, m.id IS NOT NULL AS is_rated
    FROM raw_release_group g LEFT JOIN raw_release_group_meta m ON m.id = g.id
    WHERE g.id IN (
      SELECT release_group FROM raw_release_group_secondary_type_join j
      JOIN raw_release_group_secondary_type t ON t.id = j.secondary_type
      WHERE t.name = 'Soundtrack')""",
    """CREATE TABLE album_link AS
    SELECT a.gid, t.name AS type, u.url FROM raw_l_release_group_url l
    JOIN album a ON a.id = l.entity0 JOIN raw_url u ON u.id = l.entity1
    JOIN raw_link k ON k.id = l.link JOIN raw_link_type t ON t.id = k.link_type""",
    """CREATE TABLE album_artist AS
    SELECT a.gid, n.position, p.gid AS artist, n.name FROM album a
    JOIN raw_artist_credit_name n USING (artist_credit) JOIN raw_artist p ON p.id = n.artist""",
    """CREATE TABLE edition AS
    SELECT r.id, r.gid, r.name AS title, a.gid AS album, r.status = '1' AS is_official
    FROM raw_release r JOIN album a ON a.id = r.release_group""",
    """CREATE TABLE item AS
    SELECT e.gid AS edition, e.album, m.position AS disc, t.position AS place,
      r.id, r.gid AS recording, r.name AS title
    FROM edition e JOIN raw_medium m ON m.release = e.id JOIN raw_track t ON t.medium = m.id
    JOIN raw_recording r ON r.id = t.recording""",
    """CREATE TABLE moved AS
    SELECT 'recording' AS kind, m.gid AS old, i.recording AS gid
    FROM raw_recording_gid_redirect m JOIN (SELECT DISTINCT id, recording FROM item) i
      ON i.id = m.new_id
    UNION ALL SELECT 'release', m.gid, e.gid
    FROM raw_release_gid_redirect m JOIN edition e ON e.id = m.new_id
    UNION ALL SELECT 'release-group', m.gid, a.gid
    FROM raw_release_group_gid_redirect m JOIN album a ON a.id = m.new_id""",
    """CREATE TABLE code AS
    SELECT DISTINCT c.isrc, i.recording FROM raw_isrc c JOIN item i ON i.id = c.recording""",
    """CREATE TABLE maker AS
    WITH made AS (
      SELECT i.recording AS gid, l.entity0 AS artist, l.link
      FROM raw_l_artist_recording l JOIN item i ON i.id = l.entity1
      UNION SELECT e.gid, l.entity0, l.link
      FROM raw_l_artist_release l JOIN edition e ON e.id = l.entity1
      UNION SELECT i.recording, l.entity0, l.link
      FROM raw_l_recording_work w JOIN item i ON i.id = w.entity0
      JOIN raw_l_artist_work l ON l.entity1 = w.entity1)
    SELECT DISTINCT made.gid, t.name AS role, p.gid AS artist, p.name
    FROM made JOIN raw_link k ON k.id = made.link JOIN raw_link_type t ON t.id = k.link_type
    JOIN raw_artist p ON p.id = made.artist
    WHERE t.name IN ('composer', 'orchestrator', 'conductor')""",
)


def keep_soundtracks(
    shelf: duckdb.DuckDBPyConnection, core: Path, derived: Path | None, folder: Path
) -> None:
    """Put all that the dump knows of soundtracks on the shelf; `folder` is to work in."""
    _stage(shelf, core, _TABLES, folder)
    if derived is not None:
        _stage(shelf, derived, _DERIVED, folder)
    else:
        columns = ", ".join(f"{column} VARCHAR" for column in _DERIVED["release_group_meta"])
        shelf.execute(f"CREATE TABLE raw_release_group_meta ({columns})")
    for query in _KEPT:
        shelf.execute(query)
    for table in (*_TABLES, *_DERIVED):
        shelf.execute(f"DROP TABLE raw_{table}")


def unescaped(text: str) -> str:
    """The text that PostgreSQL wrote with backslashes."""
    return re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), text)


def _stage(
    shelf: duckdb.DuckDBPyConnection,
    archive: Path,
    tables: dict[str, dict[str, int]],
    folder: Path,
) -> None:
    """Read the tables of an archive, each with the columns that are needed."""
    wanted = {f"mbdump/{name}": name for name in tables}
    seen = set()
    for member, path in members(archive, wanted.__contains__, folder):
        name = wanted[member]
        seen.add(name)
        _read(shelf, name, tables[name], path, archive)
    if missing := sorted(set(tables) - seen):
        raise SourceError(
            f"{archive} has no table {missing[0]}; it must be MusicBrainz' {archive.name}"
        )


def _read(
    shelf: duckdb.DuckDBPyConnection, name: str, columns: dict[str, int], path: Path, archive: Path
) -> None:
    with path.open("rb") as file:
        count = file.readline().count(b"\t") + 1
    if path.stat().st_size and count <= max(columns.values()):
        raise SourceError(f"{archive}: table {name} has {count} columns, too few to be that table")
    chosen = ", ".join(f"c{at} AS {column}" for column, at in columns.items())
    whole = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(max(count, max(columns.values()) + 1)))
    try:
        shelf.execute(
            f"CREATE TABLE raw_{name} AS SELECT {chosen} FROM read_csv(?, delim='\t', header=false,"  # noqa: S608
            f" nullstr='\\N', quote='', escape='', auto_detect=false, columns={{{whole}}})",
            [str(path)],
        )
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise SourceError(f"{archive}: table {name} cannot be read: {said}") from error
