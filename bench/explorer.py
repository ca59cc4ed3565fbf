"""How soon the explorer answers: pages, map, find, what people say, sound.

    python bench/explorer.py HOME        # a project folder, or an album that was heard
    python bench/explorer.py --made 60   # an album of made hearings with 5,000 occurrences

Real requests to the real server, on this machine; medians of five. "At first" is the first request
to a server that was just started and has remembered nothing; after that, what a visitor meets.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from unsung.model.motif import Motif

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "web"))

TIMES = 5


def main() -> None:
    """Print a line for each thing asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", nargs="?", type=Path)
    asked.add_argument("--made", type=int, help="how many tracks to make instead")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.home or made(Path(folder) / "album", given.made)
        _measured(place, Path(folder) / "albums.json")


def _measured(place: Path, list_path: Path) -> None:
    from unsung.cli.serve import shown_pages  # noqa: PLC0415

    made_albums = import_module("made_albums")
    began_s = time.perf_counter()
    with made_albums.served(list_path, place, pages=shown_pages()) as visitor:
        _line("server started", time.perf_counter() - began_s)
        slug = visitor.get("/api/albums").json()["albums"][0]["slug"]
        album = f"/a/{slug}"
        _line("album page at first", _spent_s(lambda: visitor.get(f"{album}/")))
        for name, path in _paths(visitor, album).items():
            _line(name, _median_s(partial(visitor.get, path)))
        _line(
            "excerpt of 5 s", _median_s(lambda: visitor.get(f"{album}/audio/1/excerpt?from=1&to=6"))
        )
        _find(visitor, album)


def _paths(visitor: Any, album: str) -> dict[str, str]:
    plain = visitor.get(f"{album}/api/map").json()
    motif = (
        {"motif page": f"{album}/motif/{plain['motifs'][0]['label']}"} if plain["motifs"] else {}
    )
    return {
        "library page": "/",
        "album page": f"{album}/",
        "track page": f"{album}/track/{plain['tracks'][0]['position']}",
        **motif,
        "findings page": f"{album}/findings",
        f"map ({len(plain['occurrences'])} occurrences)": f"{album}/api/map",
        "notes of a track": f"{album}/api/tracks/1/notes",
        "search": f"{album}/api/search?q=the",
        "annotations": f"{album}/api/annotations",
    }


def _find(visitor: Any, album: str) -> None:
    plain = visitor.get(f"{album}/api/map").json()
    if not plain["occurrences"]:
        return
    _motif, track, start_s, end_s = plain["occurrences"][0][:4]
    asked = {"track": plain["tracks"][track]["position"], "from_s": start_s, "to_s": end_s}
    _line("find at first", _spent_s(lambda: visitor.post(f"{album}/api/find", asked)))
    _line("find", _median_s(lambda: visitor.post(f"{album}/api/find", asked)))


def made(folder: Path, tracks: int) -> Path:
    """An album of made hearings, and a project folder that has them."""
    made_albums, themes = import_module("made_albums"), import_module("themes")
    files = [f"{k:02d}.wav" for k in range(tracks)]
    made_albums.written(folder / files[0], made_albums.chirp(30.0))
    found = made_albums.made_soundtrack(files, duration_s=180.0)
    motifs = []
    for label in "ABCDEFGHIJKLMNOPQRST":
        places = [
            themes.stated(files[k % tracks], themes.CALL, 5.0 + k // tracks * 8.0)
            for k in range(250)
        ]
        motifs.append(Motif(label, places[0], tuple(places)))
    made_albums.keep_heard(folder / "unsung", attrs.evolve(found, motifs=tuple(motifs)), folder)
    return folder


def _median_s(asked: Callable[[], Any]) -> float:
    return statistics.median(_spent_s(asked) for _ in range(TIMES))


def _spent_s(asked: Callable[[], Any]) -> float:
    began_s = time.perf_counter()
    answer = asked()
    if answer.status_code >= 400:
        print(f"  ({answer.status_code}: {answer.text[:100]})")
    return time.perf_counter() - began_s


def _line(name: str, spent_s: float) -> None:
    print(f"{name:32} {1000 * spent_s:8.0f} ms", flush=True)


if __name__ == "__main__":
    main()
