"""Do the occurrences of one motif carry one theme? Beethoven's symphonies, theme by theme.

    python bench/motif_hauptstimme.py FOLDER [--part report] [--json]

The movements of a symphony are an album of scores. Musicians marked which theme leads and when
(M. Gotham et al., OpenScore Hauptstimme). Of each motif's occurrences, the share that fall under
its commonest label (movement and letter) is its purity; the mean over occurrences stands beside
what the same spans give when each movement's are moved on together by a random time (200 draws).
Even symphonies are for development, odd ones are reported; nothing was tuned on either.
"""

import argparse
import csv
import json
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from unsung.library import musicxml, score_at
from unsung.model.motif import Motif
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.motifs.symbolic.recurrence import motifs_in_scores

SYMPHONIES = {
    "development": ("36", "60", "68", "93"),
    "report": ("21", "55", "67", "92", "125"),
}
DRAWS = 200


class Movement(NamedTuple):
    """A movement as notated, and where in quarters which theme begins to lead."""

    file: str
    score: Score
    begins_ql: np.ndarray
    labels: list[str]


def main() -> None:
    """Prints a row for each symphony and their means."""
    asked = _arguments()
    # The marks count bars as they stand on the page, so repeats are not played.
    setattr(musicxml, "played", _as_notated)  # noqa: B010
    rows = [_row(asked.folder, opus) for opus in SYMPHONIES[asked.part]]
    means = {key: float(np.mean([row[key] for row in rows])) for key in ("purity", "chance")}
    if asked.json:
        print(json.dumps([*rows, {"symphony": "mean", **means}], indent=1))
        return
    for row in rows:
        print(
            f"Op. {row['symphony']:4} motifs {row['motifs']:2}  occurrences {row['occurrences']:4}"
            f"  purity {row['purity']:.3f}  chance {row['chance']:.3f} ± {row['deviation']:.3f}"
            f"  {row['took_s']:.1f} CPU s"
        )
    print(f"mean: purity {means['purity']:.3f}, chance {means['chance']:.3f}")


def _as_notated(bars: list[object]) -> list[int]:
    return list(range(len(bars)))


def _row(folder: Path, opus: str) -> dict[str, float | str]:
    played = [
        _movement(folder / f"Beethoven_Op.{opus}_{number}.mxl")
        for number in range(1, 6)
        if (folder / f"Beethoven_Op.{opus}_{number}.mxl").exists()
    ]
    started_s = time.process_time()
    found = motifs_in_scores(tuple((one.file, one.score.notes) for one in played))
    took_s = time.process_time() - started_s
    middles = [_middles_ql(motif, played) for motif in found]
    dice = np.random.default_rng(0)
    by_chance = [
        _purity(middles, played, {one.file: dice.random() for one in played}) for _ in range(DRAWS)
    ]
    return {
        "symphony": opus,
        "motifs": len(found),
        "occurrences": sum(map(len, middles)),
        "purity": _purity(middles, played, {one.file: 0.0 for one in played}),
        "chance": float(np.mean(by_chance)),
        "deviation": float(np.std(by_chance)),
        "took_s": took_s,
    }


def _movement(path: Path) -> Movement:
    with path.with_name(f"{path.stem}_annotations.csv").open(encoding="utf-8-sig") as file:
        marks = sorted((float(row["qstamp"]), row["label"]) for row in csv.DictReader(file))
    begins_ql = np.array([begins for begins, _ in marks])
    return Movement(path.name, score_at(path), begins_ql, [label for _, label in marks])


def _middles_ql(motif: Motif, played: list[Movement]) -> list[tuple[str, float]]:
    """Where the middle of each occurrence lies, in quarters of its movement."""
    by_file = {one.file: one.score for one in played}
    return [
        (one.track_file, _quarters(by_file[one.track_file], one.span)) for one in motif.occurrences
    ]


def _quarters(score: Score, span: Span) -> float:
    """The middle of a span, in quarters."""
    middle_s = (span.start_s + span.end_s) / 2
    return float(np.interp(middle_s, score.notes.onset_s, score.onset_ql))


def _purity(
    middles: list[list[tuple[str, float]]], played: list[Movement], moved: dict[str, float]
) -> float:
    """The share of occurrences under their motif's commonest label, movements moved on in time."""
    by_file = {one.file: one for one in played}
    agreeing = 0
    for places in middles:
        said = Counter(_label(by_file[file], middle, moved[file]) for file, middle in places)
        agreeing += said.most_common(1)[0][1]
    return agreeing / max(1, sum(map(len, middles)))


def _label(movement: Movement, at_ql: float, moved: float) -> tuple[str, str]:
    lasts_ql = float(movement.score.onset_ql.max()) + 1
    at = int(np.searchsorted(movement.begins_ql, (at_ql + moved * lasts_ql) % lasts_ql, "right"))
    return movement.file, movement.labels[at - 1] if at else ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=tuple(SYMPHONIES), default="development")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
