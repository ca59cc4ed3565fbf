"""Tracking and discovery in sound, on planted albums, beside peers in the same run.

    python bench/motif_tracking.py --part report --albums 2

Tracking: the plain statement asks for the others; mean average precision at an intersection over
union of .4, and recall per disguise among as many places as there are statements. Discovery:
the share of motifs found (a family with two or more statements of it and at least half of its
places right), F of the statements and precision of the first five families.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from motif_peers import families_by_alignment, families_by_lama, passage_by_chroma
from motif_sounds import album_of, sounds
from planted import planted_album
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.motifs.recurrence import Listened, motifs, occurrences, passage
from unsung.motifs.tracking import overlap

ALIKE = 0.4
Place = tuple[str, Span]
Truth = dict[str, Any]
Tracker = Callable[["Planting", Truth], list[Place]]


class Planting(NamedTuple):
    """A planted album as heard, and its truth."""

    album: Listened
    chroma: dict[str, Feature]
    theme_chroma: dict[str, Feature]
    truth: list[Truth]


def planting(folder: Path, shelf: Path) -> Planting:
    """What is heard in a planted album."""
    tracks = [sounds(file, shelf) for file in sorted(folder.glob("*.wav"))]
    plain = {one.name: one.chroma for one in tracks}
    theme = {one.name: one.theme_chroma for one in tracks}
    truth = json.loads((folder / "truth.json").read_text())["statements"]
    return Planting(album_of(tracks), plain, theme, truth)


def ours(planted: Planting, asked: Truth) -> list[Place]:
    """The places Unsung finds for a statement."""
    line = passage(planted.album, asked["track"], span_of(asked))
    return [(one.track_file, one.span) for one in occurrences(line, planted.album)]


def by_chroma(planted: Planting, asked: Truth) -> list[Place]:
    """Subsequence alignment of chroma."""
    return passage_by_chroma(planted.chroma, asked["track"], span_of(asked))


def by_theme_chroma(planted: Planting, asked: Truth) -> list[Place]:
    """Subsequence alignment of theme-chroma."""
    return passage_by_chroma(planted.theme_chroma, asked["track"], span_of(asked))


def our_families(planted: Planting) -> list[list[Place]]:
    """The motifs that Unsung finds."""
    found = motifs(planted.album)
    return [[(one.track_file, one.span) for one in motif.occurrences] for motif in found]


def families_of_echoes(planted: Planting) -> list[list[Place]]:
    """Local alignment of the leading lines alone, what overlaps joined."""
    return families_by_alignment(planted.album.led, planted.album.heard.track_files)


def families_of_lama(planted: Planting) -> list[list[Place]]:
    """LAMA on theme-chroma."""
    return families_by_lama(planted.theme_chroma)


def tracked(planted: list[Planting], tracker: Tracker) -> tuple[float, dict[str, list[bool]]]:
    """Mean average precision, and for each disguise which statements were found."""
    precisions, recalled = [], defaultdict(list)
    for one in planted:
        for asked in (row for row in one.truth if not row["changes"]):
            others = [r for r in one.truth if r["motif"] == asked["motif"] and r is not asked]
            places = [p for p in tracker(one, asked) if not is_at(p, asked, 0.1)]
            hits = statements_at(places, others)
            ranks = [k for k, hit in enumerate(hits) if hit is not None]
            precisions.append(
                sum((n + 1) / (k + 1) for n, k in enumerate(ranks)) / max(1, len(others))
            )
            early = set(hits[: len(others)])
            for k, row in enumerate(others):
                for change in row["changes"] or ["plain"]:
                    recalled[change].append(k in early)
    return float(np.mean(precisions)), recalled


def discovered(truth: list[Truth], found: list[list[Place]]) -> tuple[float, float, float]:
    """Share of motifs found, F of statements, precision of the first N (N: true motifs)."""
    names = sorted({row["motif"] for row in truth})
    rows = [_family(truth, places) for places in found[: len(names)]]
    best: dict[str, int] = {}
    for name, right, size in rows:
        if name and right >= 2 and right >= size / 2:
            best[name] = max(best.get(name, 0), right)
    good = [name != "" and right >= 2 and right >= size / 2 for name, right, size in rows]
    precision = sum(best.values()) / max(1, sum(size for _, _, size in rows))
    recall = sum(best.values()) / len(truth)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    return len(best) / len(names), f, float(np.mean(good)) if good else 0.0


def _family(truth: list[Truth], places: list[Place]) -> tuple[str, int, int]:
    """The planted motif a family mostly states, how many statements it has, and its size."""
    hits = statements_at(places, truth)
    said = [truth[k]["motif"] for k in hits if k is not None]
    name = max(sorted(set(said)), key=said.count) if said else ""
    return name, said.count(name), len(places)


def statements_at(
    places: list[Place], truth: list[Truth], least: float = ALIKE
) -> list[int | None]:
    """For each place the statement it is, each at most once."""
    left, hits = list(range(len(truth))), []
    for place in places:
        hit = next((k for k in left if is_at(place, truth[k], least)), None)
        hits.append(hit)
        if hit is not None:
            left.remove(hit)
    return hits


def is_at(place: Place, row: Truth, least: float) -> bool:
    """Whether a place is a statement: the share of both that they have in common."""
    return place[0] == row["track"] and overlap(place[1], span_of(row)) >= least


def span_of(row: Truth) -> Span:
    """Where a statement lies in its track."""
    return Span(row["start_s"], row["end_s"])


def main() -> None:
    """Plant, listen, track, discover; print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--part", choices=("development", "report"), default="development")
    parser.add_argument("--albums", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("planted"))
    parser.add_argument("--shelf", type=Path, default=Path("folk"))
    parser.add_argument("--heard", type=Path, default=Path("heard"))
    parser.add_argument("--without-discovery", action="store_true")
    chosen = parser.parse_args()
    albums = []
    for number in range(chosen.albums):
        folder = chosen.folder / f"{chosen.part}{number}"
        planted_album(chosen.part, number, folder, chosen.shelf)
        albums.append(planting(folder, chosen.heard))
    for tracker in (ours, by_theme_chroma, by_chroma):
        started = time.process_time()
        precision, recalled = tracked(albums, tracker)
        shares = {k: f"{np.mean(v):.2f} of {len(v)}" for k, v in sorted(recalled.items())}
        print(f"{tracker.__name__}: mAP {precision:.3f}, {time.process_time() - started:.0f} s")
        print(" ", shares, flush=True)
    if not chosen.without_discovery:
        for number, one in enumerate(albums):
            for finder in (our_families, families_of_echoes, families_of_lama):
                started = time.process_time()
                found, f, first = discovered(one.truth, finder(one))
                spent = f"{time.process_time() - started:.0f} s"
                print(
                    f"album {number}, {finder.__name__}: found {found:.2f}, F {f:.2f}, "
                    f"first {first:.2f}, {spent}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
