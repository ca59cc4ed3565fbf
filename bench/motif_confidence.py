"""Whether a confidence means what it says: of the places with confidence q, about q are right.

    python bench/motif_confidence.py --part report --albums 2 [--fit]

On planted albums. Tracking: every statement asks for the others of its motif. Discovery: a place
is right if it states the motif that most of its family state. `--fit` prints the log odds that
`unsung.motifs.chance` should give (fitted on the development part, tracking).
"""

import argparse
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from learning import regression
from motif_tracking import Planting, Truth, is_at, planting, span_of, statements_at
from planted import planted_album
from unsung.motifs.chance import confidences, luck
from unsung.motifs.query import query
from unsung.motifs.recurrence import motifs, passage
from unsung.motifs.tracking import singings

_STEPS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0)
_ALIKE = 0.25


class Judged(NamedTuple):
    """Places with their confidence, how many luck would give (log), and whether they are right."""

    confidence: np.ndarray
    log_expected: np.ndarray
    right: np.ndarray


def tracked(planted: Planting, asked: Truth) -> Judged:
    """The places found for a statement, itself left out."""
    sought = query(passage(planted.album, asked["track"], span_of(asked)))
    heard = planted.album.heard
    if len(sought) < 2:
        return Judged(*np.zeros((3, 0)))
    places = singings(sought, heard)
    by_luck = luck(sought, heard, places)
    sure = confidences(places, by_luck)
    where = [
        (heard.track_files[heard.track_at(one.start)], heard.span(one.start, one.end))
        for one in places
    ]
    fellows = [row for row in planted.truth if row["motif"] == asked["motif"]]
    others = np.array([not is_at(place, asked, 0.1) for place in where], bool)
    right = np.array([any(is_at(p, row, _ALIKE) for row in fellows) for p in where], bool)
    score = np.array([one.score for one in places])
    return Judged(sure[others], by_luck.log_expected(score)[others], right[others])


def discovered(planted: Planting) -> Judged:
    """The places of all families."""
    sure, right = [], []
    for motif in motifs(planted.album):
        places = [(one.track_file, one.span) for one in motif.occurrences]
        said = [
            planted.truth[k]["motif"] if k is not None else ""
            for k in statements_at(places, planted.truth, _ALIKE)
        ]
        known = [name for name in said if name]
        name = max(sorted(set(known)), key=known.count) if known else "none"
        sure += [one.confidence for one in motif.occurrences if one is not motif.prototype]
        pairs = zip(said, motif.occurrences, strict=True)
        right += [one == name for one, place in pairs if place is not motif.prototype]
    return Judged(np.array(sure), np.zeros(len(sure)), np.array(right, bool))


def reliability(judged: Judged) -> None:
    """Print how many of the places in each step of confidence are right."""
    for low, high in pairwise(_STEPS):
        chosen = (judged.confidence >= low) & (judged.confidence < high)
        if chosen.any():
            said, held = judged.confidence[chosen].mean(), judged.right[chosen].mean()
            print(f"  said {said:.2f}, right {held:.2f} of {chosen.sum()}")


def joined(parts: list[Judged]) -> Judged:
    """All judgements together."""
    return Judged(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def main() -> None:
    """Judge tracking and discovery; print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--part", choices=("development", "report"), default="development")
    parser.add_argument("--albums", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("planted"))
    parser.add_argument("--shelf", type=Path, default=Path("folk"))
    parser.add_argument("--heard", type=Path, default=Path("heard"))
    parser.add_argument("--fit", action="store_true")
    chosen = parser.parse_args()
    albums = []
    for number in range(chosen.albums):
        folder = chosen.folder / f"{chosen.part}{number}"
        planted_album(chosen.part, number, folder, chosen.shelf)
        albums.append(planting(folder, chosen.heard))
    in_tracking = joined([tracked(one, asked) for one in albums for asked in one.truth])
    print("tracking")
    reliability(in_tracking)
    print("discovery")
    reliability(joined([discovered(one) for one in albums]))
    if chosen.fit:
        column = in_tracking.log_expected[:, None]
        even = np.ones(len(column))
        print("log odds", regression(column, in_tracking.right, even, may_be_negative=True))


if __name__ == "__main__":
    main()
