"""Beethoven's sonatas with every motif marked by hand (BPS-Motif, Hsiao et al., ISMIR 2023).

Sixteen first movements (those with odd numbers), repeats written out. Works are dealt by number to
a `development` part, on which choices were made and weights learned, and a `report` part.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from unsung.model.notes import Notes
from unsung.model.time import Span

PARTS = {
    "development": ("01", "05", "09", "13", "17", "21", "25", "29"),
    "report": ("03", "07", "11", "15", "19", "23", "27", "31"),
}


class Marked(NamedTuple):
    """A stretch marked with a motif's letter."""

    span: Span
    letter: str


class Movement(NamedTuple):
    """One movement: a quarter lasts a second, and the first onset or mark is at 0."""

    number: str
    notes: Notes
    letters: tuple[str, ...]
    marked: tuple[Marked, ...]
    first_ql: float


def movements(folder: Path, part: str) -> tuple[Movement, ...]:
    """The movements of a part, in order of number."""
    return tuple(_movement(folder, number) for number in PARTS[part])


def _movement(folder: Path, number: str) -> Movement:
    written = _rows(folder / "csv_notes" / f"{number}-1.csv")
    labels = _rows(folder / "csv_label" / f"{number}-1.csv")
    onset = np.array([float(row["onset"]) for row in written])
    first_ql = min(onset.min(), *(float(row["start"]) for row in labels))
    pitch = np.array([float(row["midi_number"]) for row in written])
    order = np.lexsort((pitch, onset))
    lasts = np.maximum([float(row["duration"]) for row in written], 1 / 32)
    part = np.array([int(float(row["staff_number"])) for row in written])
    notes = Notes(
        onset[order] - first_ql, lasts[order], pitch[order], np.ones(len(order)), part[order],
        tuple(f"staff {k + 1}" for k in range(part.max() + 1)),
    )  # fmt: skip
    letters = tuple((written[k]["type"] or "").strip() for k in order)
    marked = tuple(
        Marked(Span(float(r["start"]) - first_ql, float(r["end"]) - first_ql), r["type"])
        for r in labels
    )
    return Movement(number, notes, letters, marked, first_ql)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [{k.strip(): v for k, v in row.items() if k} for row in csv.DictReader(file)]
