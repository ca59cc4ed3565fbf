"""Dumps on this machine: the tables, members and compressions of the real ones, and one album.

The album is the one that `servers` plays, so what the dump says can be held against the service.
"""

import bz2
import io
import json
import lzma
import tarfile

import duckdb
import zstandard
from servers import COMPOSER, GROUP, IMDB, RELEASE, TITLES, isrc, recording

N = r"\N"
OTHER_GROUP = "44444444-4444-4444-8444-444444444444"
OLD_GROUP = "44444444-4444-4444-8444-444444444445"
OLD_RELEASE = "44444444-4444-4444-8444-444444444446"
OLD_RECORDING = "44444444-4444-4444-8444-444444444447"
PACKED = {".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.compress, ".tar": bytes}


def tables():
    """Every table that is read, as rows of columns in MusicBrainz' order."""
    numbers = range(1, len(TITLES) + 1)
    links = ((1, f"https://www.imdb.com/title/{IMDB}/"), (2, "https://www.discogs.com/master/777"),
             (3, "https://www.example.org/a-review"), (3, "javascript:alert(1)"))  # fmt: skip
    return {
        "artist": [(5, COMPOSER, "Ada Vale", "Vale, Ada", *[N] * 13),
                   (6, RELEASE, "X", "X", *[N] * 13)],
        "artist_credit_name": [(7, 0, 5, "Ada Vale", "")],
        "isrc": [(n, 100 + n, isrc(n), N, 0, N) for n in numbers],
        "l_artist_recording": [(1, 9, 6, 999, 0, N, 0, "", "")],
        "l_artist_release": [],
        "l_artist_work": [(n, 10, 5, 500 + n, 0, N, 0, "", "") for n in numbers],
        "l_recording_work": [(n, 11, 100 + n, 500 + n, 0, N, 0, "", "") for n in numbers],
        "l_release_group_url": [
            (n, kind, 20, 60 + n, 0, N, 0, "", "") for n, (kind, _) in enumerate(links)
        ],
        "link": [(k, 50 + k, *[N] * 6, 0, N, "f") for k in (1, 2, 3, 9, 10, 11)],
        "link_type": [
            (50 + k, N, 0, GROUP, "a", "b", name, *[""] * 9)
            for k, name in ((1, "IMDb"), (2, "discogs"), (3, "review"), (9, "mix"),
                            (10, "composer"), (11, "performance"))
        ],
        "medium": [(30, 21, 1, 1, "", 0, N, 10, GROUP)],
        "recording": [(100 + n, recording(n), t, 7, 1000, "", 0, N, "f")
                      for n, t in enumerate(TITLES, 1)]
        + [(999, recording(999), "No soundtrack\\t", 7, 1, "", 0, N, "f")],
        "recording_gid_redirect": [(OLD_RECORDING, 101, N)],
        "release_gid_redirect": [(OLD_RELEASE, 21, N)],
        "release_group_gid_redirect": [(OLD_GROUP, 20, N)],
        "release": [(21, RELEASE, "The Glass Meridian", 7, 20, 1, *[N] * 8)],
        "release_group": [
            (20, GROUP, "The Glass Meridian", 7, 1, "", 0, N),
            (22, OTHER_GROUP, "Not of any film", 7, 1, "", 0, N),
        ],
        "release_group_secondary_type": [(2, "Soundtrack", N, 0, N, GROUP)],
        "release_group_secondary_type_join": [(20, 2, N)],
        "track": [(n, GROUP, 100 + n, 30, n, str(n), t, 7, 1000, 0, N, "f")
                  for n, t in enumerate(TITLES, 1)],
        "url": [(60 + n, GROUP, address, 0, N) for n, (_, address) in enumerate(links)],
    }  # fmt: skip


def copied(rows):
    """The rows as PostgreSQL copies them out."""
    return "".join("\t".join(map(str, row)) + "\n" for row in rows).encode()


def tar(members):
    found = io.BytesIO()
    with tarfile.open(fileobj=found, mode="w") as archive:
        for name, content in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return found.getvalue()


def packed(path, members):
    path.write_bytes(PACKED[path.suffix](tar(members)))
    return path


def core(folder, **changed):
    every = {f"mbdump/{name}": copied(rows) for name, rows in {**tables(), **changed}.items()}
    return packed(folder / "mbdump.tar.bz2", {"TIMESTAMP": b"2026", "COPYING": b"CC0", **every})


def derived(folder, rating=80, count=3):
    meta = copied([(20, 1, 2011, 3, 1, rating, count), (22, 1, 1999, N, N, N, N)])
    return packed(folder / "mbdump-derived.tar.bz2", {"mbdump/release_group_meta": meta})


def listen(user, at=None, release=None, *, mapped=False):
    mbids = {"recording_mbid": at, "release_mbid": release}
    known = {"mbid_mapping": mbids} if mapped else {"additional_info": mbids}
    metadata = {"artist_name": "A", "track_name": "T", "release_name": None, **known}
    return {"user_id": user, "user_name": f"u{user}", "timestamp": 1, "track_metadata": metadata}


def plain(folder, listens, number=7, kind="full", suffix=".tar.zst"):
    """Listens by month."""
    name = f"listenbrainz-listens-dump-{number}-20261101-000003-{kind}"
    months = {
        f"{name}/listens/2026/{month}.listens": "".join(
            json.dumps(one) + "\n" for one in some
        ).encode()
        for month, some in enumerate(listens, 1)
    }
    return packed(folder / f"{name}{suffix}", {f"{name}/COPYING": b"CC0", **months})


def spark(folder, rows, number=7):
    """Parquet files of (user, recording, release)."""
    made, name = folder / "made.parquet", f"listenbrainz-spark-dump-{number}-20261101-000003-full"
    with duckdb.connect() as shelf:
        shelf.execute(
            "CREATE TABLE l (user_id BIGINT, recording_mbid VARCHAR, release_mbid VARCHAR)"
        )
        shelf.executemany("INSERT INTO l VALUES (?, ?, ?)", rows)
        quoted = str(made).replace("'", "''")
        shelf.execute(f"COPY l TO '{quoted}' (FORMAT parquet)")
    content = made.read_bytes()
    made.unlink()
    return packed(folder / f"{name}.tar", {f"{name}/0.parquet": content})
