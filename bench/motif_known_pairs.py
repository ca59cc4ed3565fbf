"""Whether tracks of real albums that are known to share their music are found to, and where.

    python bench/motif_known_pairs.py --heard heard PAIRS.json

`PAIRS.json` lists albums as {"folder": …, "pairs": [[track, track, seconds or null, seconds or
null], …]}: two tracks that share music, and, where known, when. Discovery: a family has places in
both tracks, with what confidence. Tracking: the richest passage of the first track finds the
second among how many places, and at what second.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from motif_false_alarms import SUFFIXES
from motif_sounds import album_of, sounds
from unsung.model.motif import Motif, Occurrence
from unsung.model.time import Span
from unsung.motifs.recurrence import Listened, motifs, occurrences, passage

_PASSAGE_S, _STEP_S = 10.0, 5.0


def family_of_both(found: tuple[Motif, ...], first: str, second: str) -> str:
    """The label of the strongest family with places in both tracks, and how sure they are."""
    for motif in found:
        sure = [
            max((o.confidence for o in motif.occurrences if o.track_file == file), default=0.0)
            for file in (first, second)
        ]
        if min(sure) > 0:
            return f"{motif.label} ({min(sure):.2f})"
    return "none"


def passage_found(album: Listened, first: str, second: str, at_s: float | None) -> str:
    """The surest place in the second track for any passage of the first, and its rank."""
    track = album.heard.track_files.index(first)
    lasts_s = album.heard.lasts[track] / 12.5
    starts = [at_s] if at_s is not None else [k * _STEP_S for k in range(int(lasts_s / _STEP_S))]
    tries = [_found(album, first, second, start_s) for start_s in starts]
    best = max((one for one in tries if one), key=lambda one: one[0].confidence, default=None)
    if best is None:
        return "not found"
    place, start_s, rank = best
    return (
        f"{start_s:.0f} s at {place.span.start_s:.1f} s, confidence {place.confidence:.2f}, "
        f"place {rank}"
    )


def _found(
    album: Listened, first: str, second: str, start_s: float
) -> tuple[Occurrence, float, int] | None:
    line = passage(album, first, Span(start_s, start_s + _PASSAGE_S))
    others = [one for one in occurrences(line, album) if one.track_file != first]
    ranked = ((one, start_s, k) for k, one in enumerate(others, start=1))
    return next((one for one in ranked if one[0].track_file == second), None)


def told(row: dict[str, Any], shelf: Path) -> None:
    """Print a line for each pair of an album."""
    files = sorted(file for file in Path(row["folder"]).iterdir() if file.suffix in SUFFIXES)
    album = album_of([sounds(file, shelf) for file in files])
    found = motifs(album)
    for first, second, at_s, there_s in row["pairs"]:
        where = "" if there_s is None else f" (known: {at_s} s at {there_s} s)"
        print(
            f"{first} / {second}: family {family_of_both(found, first, second)}; "
            f"passage {passage_found(album, first, second, at_s)}{where}",
            flush=True,
        )


def main() -> None:
    """Go through all albums."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--heard", type=Path, default=Path("heard"))
    chosen = parser.parse_args()
    for row in json.loads(chosen.pairs.read_text()):
        told(row, chosen.heard)


if __name__ == "__main__":
    main()
