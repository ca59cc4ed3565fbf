"""Retrieval on BPS-Motif: every window of a motif asks for the other windows of its letter.

    python bench/motif_retrieval.py FOLDER/bps_motif

All notes of a window are heard, accompaniment included; windows of all movements of a part lie in
one pool; relevant are those of the same movement and letter. Only the sixteen odd-numbered
sonatas are at hand, so the pools are not those of the published folds and the published .4875
(CLaMP 3) stands beside them as orientation only. The peer run here is alignment of the uppermost
line by itself and translation by itself.
"""

import argparse
import csv
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

from unsung.motifs.similarity import aligned, edge, passages, similarity, translated

PARTS = {
    "development": ("01", "05", "09", "13", "17", "21", "25", "29"),
    "report": ("03", "07", "11", "15", "19", "23", "27", "31"),
}
Window = tuple[np.ndarray, np.ndarray]


def windows(folder: Path, part: str) -> tuple[list[str], list[Window]]:
    """Labels (movement and letter) and notes of all windows of a part."""
    labels, found = [], []
    for number in PARTS[part]:
        rows = _rows(folder / "csv_notes" / f"{number}-1.csv")
        notes = np.array(sorted((_beats(r["onset"]), int(r["midi_number"])) for r in rows))
        for row in _rows(folder / "csv_label" / f"{number}-1.csv"):
            start, end = _beats(row["start"]) - 1e-6, _beats(row["end"]) - 1e-6
            inside = notes[(notes[:, 0] >= start) & (notes[:, 0] < end)]
            if len(inside):
                labels.append(number + row["type"])
                found.append((inside[:, 0], inside[:, 1]))
    return labels, found


def mean_average_precision(alike: np.ndarray, labels: list[str]) -> float:
    """Over all windows that have a fellow."""
    names = np.array(labels)
    precisions = []
    for k in range(len(names)):
        order = np.argsort(-np.where(np.arange(len(names)) == k, -np.inf, alike[k]), kind="stable")
        right = names[order[:-1]] == names[k]
        if right.any():
            ranks = np.flatnonzero(right) + 1
            precisions.append(np.mean(np.arange(1, ranks.size + 1) / ranks))
    return float(np.mean(precisions))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def _beats(text: str) -> float:
    return float(Fraction(text)) if "/" in text else float(text)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for part in PARTS:
        labels, found = windows(folder, part)
        upper = passages([edge(onset, pitch, np.max) for onset, pitch in found])
        whole = passages(found)
        started = time.process_time()
        both = mean_average_precision(similarity(found), labels)
        spent = time.process_time() - started
        line = mean_average_precision(aligned(upper.onset, upper.pitch, upper.bounds), labels)
        laid = mean_average_precision(translated(whole.onset, whole.pitch, whole.bounds), labels)
        print(f"{part}: {len(labels)} windows, all {both:.4f} ({spent:.0f} s)")
        print(f"  upper line {line:.4f}, translation {laid:.4f}", flush=True)


if __name__ == "__main__":
    main()
