"""How the cost of finding motifs grows with the music, on one core.

    python bench/motif_speed.py --heard heard FOLDER

The tracks of a folder of recordings are taken a quarter, a half and all at once (and all twice
over, as if they were other tracks). Timed: discovery from what was heard, and one query. The
exponent is the slope of cost against length, both as logarithms.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from motif_false_alarms import SUFFIXES
from motif_sounds import Sounds, album_of, sounds
from unsung.model.time import Span
from unsung.motifs.recurrence import motifs, occurrences, passage

_QUERIES = 10
_PASSAGE = Span(20.0, 27.0)


def timed(tracks: list[Sounds]) -> tuple[float, float, float]:
    """Minutes of music, seconds of processor for discovery, and for a query (the median)."""
    album = album_of(tracks)
    started = time.process_time()
    motifs(album)
    discovery_s = time.process_time() - started
    queries_s = []
    for one in tracks[:_QUERIES]:
        line = passage(album, one.name, _PASSAGE)
        started = time.process_time()
        occurrences(line, album)
        queries_s.append(time.process_time() - started)
    return album.heard.summed.shape[1] / 12.5 / 60, discovery_s, float(np.median(queries_s))


def main() -> None:
    """Time growing albums; print a row each and the exponents."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heard", type=Path, default=Path("heard"))
    chosen = parser.parse_args()
    files = sorted(file for file in chosen.folder.iterdir() if file.suffix in SUFFIXES)
    tracks = [sounds(file, chosen.heard) for file in files]
    twice = [one._replace(name=f"again/{one.name}") for one in tracks]
    timed(tracks[:4])
    rows = [timed(part) for part in (tracks[::4], tracks[::2], tracks, tracks + twice)]
    for minutes, discovery_s, query_s in rows:
        print(f"{minutes:.0f} min: discovery {discovery_s:.1f} s, query {query_s:.3f} s")
    minutes, *costs = np.log(np.array(rows).T)
    for name, cost in zip(("discovery", "query"), costs, strict=True):
        print(f"{name}: exponent {np.polyfit(minutes, cost, 1)[0]:.2f}")


if __name__ == "__main__":
    main()
