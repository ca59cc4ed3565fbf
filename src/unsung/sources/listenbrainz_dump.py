"""ListenBrainz' dumps of listens, counted for the soundtracks that MusicBrainz' dump knows.

Two kinds are read: the one for Spark (`listenbrainz-spark-dump-….tar`, Parquet files whose listens
were matched to MusicBrainz) and the plain one (`listenbrainz-listens-dump-….tar.zst` or `.tar.xz`,
`listens/<year>/<month>.listens`, a JSON document a line), in which only those listens count whose
sender named a recording or release. Where both lie there the first is read. An incremental dump
adds to the full one that came before it.

People are counted once, and Last.fm's are not among them, as they are in what the service answers:
so the counts bear names of their own, and the two are never compared.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from unsung.model.errors import SourceError
from unsung.sources.archives import members

_SPARK = re.compile(r"listenbrainz-spark-dump-(\d+)-[\d-]+-(full|incremental)\.tar")
_PLAIN = re.compile(r"listenbrainz-listens-dump-(\d+)-[\d-]+-(full|incremental)\.tar\.(?:zst|xz)")
_MEMBER = re.compile(r"[^/]+/(?:listens/\d+/\d+\.listens|\d+\.parquet)")

_COUNTED = """CREATE TABLE listened AS
SELECT kind, mbid, count(DISTINCT person) AS people, sum(times) AS times
FROM heard GROUP BY kind, mbid"""


def listen_dumps(names: Iterable[str]) -> tuple[str, ...]:
    """The dumps of one kind to read: the newest full one and what was added to it since."""
    every = sorted(names)
    for pattern in (_SPARK, _PLAIN):
        found = [(int(match[1]), match[2], name) for name in every
                 if (match := pattern.fullmatch(name))]  # fmt: skip
        full = max((one for one in found if one[1] == "full"), default=(0, "", ""))
        later = sorted(one for one in found if one[1] == "incremental" and one[0] > full[0])
        if found:
            return tuple(name for _, _, name in (full, *later) if name)
    return ()


def keep_listens(shelf: duckdb.DuckDBPyConnection, archives: Iterable[Path], folder: Path) -> None:
    """Count listens and listeners of every soundtrack and its recordings onto the shelf."""
    shelf.execute(
        """CREATE TABLE wanted AS
        SELECT DISTINCT recording AS mbid, 'recording' AS kind, recording AS counted FROM item
        UNION SELECT gid, 'release-group', album FROM edition
        UNION SELECT old, 'recording', gid FROM moved WHERE kind = 'recording'
        UNION SELECT m.old, 'release-group', e.album
        FROM moved m JOIN edition e ON e.gid = m.gid WHERE m.kind = 'release'"""
    )
    shelf.execute("CREATE TABLE heard (kind VARCHAR, mbid VARCHAR, person VARCHAR, times BIGINT)")
    for archive in archives:
        _count(shelf, archive, folder)
    shelf.execute(_COUNTED)
    shelf.execute("DROP TABLE heard")
    shelf.execute("DROP TABLE wanted")


def _count(shelf: duckdb.DuckDBPyConnection, archive: Path, folder: Path) -> None:
    found = 0
    for name, path in members(archive, lambda name: bool(_MEMBER.fullmatch(name)), folder):
        found += 1
        for query in _queries(path):
            try:
                shelf.execute(query, [str(path)])
            except duckdb.Error as error:
                said = str(error).splitlines()[0]
                raise SourceError(f"{archive}: {name} cannot be read: {said}") from error
    if not found:
        raise SourceError(f"{archive} holds no listens; it must be a dump of ListenBrainz' listens")


def _queries(path: Path) -> Iterator[str]:
    """By recording and by release: who heard what, and how often."""
    source = _PARQUET if path.suffix == ".parquet" else _JSON
    for column, kind in (("recording_mbid", "recording"), ("release_mbid", "release-group")):
        yield f"""INSERT INTO heard
            SELECT '{kind}', counted, person, count(*) FROM ({source}) AS listen
            JOIN wanted ON wanted.kind = '{kind}' AND wanted.mbid = listen.{column}
            GROUP BY counted, person"""  # noqa: S608


_PARQUET = "SELECT user_id::VARCHAR AS person, recording_mbid, release_mbid FROM read_parquet(?)"
_JSON = """SELECT coalesce(user_id, user_name) AS person,
    coalesce(track_metadata->>'$.mbid_mapping.recording_mbid',
             track_metadata->>'$.additional_info.recording_mbid') AS recording_mbid,
    coalesce(track_metadata->>'$.mbid_mapping.release_mbid',
             track_metadata->>'$.additional_info.release_mbid') AS release_mbid
  FROM read_json(?, format='newline_delimited', maximum_object_size=67108864, columns={
    user_id: 'VARCHAR', user_name: 'VARCHAR', track_metadata: 'JSON'})"""
