"""The JKU Patterns Development Database (T. Collins, 2013), polyphonic.

Five pieces and what musicians find repeated in them, from four-note motifs to whole sections.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from unsung.model.notes import Notes

ANNOTATORS = (
    "barlowAndMorgensternRevised",
    "bruhn",
    "schoenberg",
    "sectionalRepetitions",
    "tomCollins",
)
Pattern = list[list[tuple[float, float]]]


class Piece(NamedTuple):
    """Notes, a quarter to the second and the first at 0; and patterns as lists of occurrences."""

    name: str
    notes: Notes
    patterns: tuple[Pattern, ...]


def pieces(folder: Path) -> tuple[Piece, ...]:
    """All five pieces, in alphabetical order."""
    return tuple(
        _piece(path) for path in sorted((folder / "groundTruth").iterdir()) if path.is_dir()
    )


def _piece(folder: Path) -> Piece:
    score = _rows(next((folder / "polyphonic" / "csv").glob("*.csv")))
    first = score[:, 0].min()
    part = score[:, 4].astype(int)
    notes = Notes.sorted(
        score[:, 0] - first, np.maximum(score[:, 3], 1 / 32), score[:, 1], 1.0, part - part.min(),
        tuple(f"staff {k + 1}" for k in range(np.ptp(part) + 1)),
    )  # fmt: skip
    marked = [folder / "polyphonic" / "repeatedPatterns" / annotator for annotator in ANNOTATORS]
    patterns = [
        _pattern(letter, first)
        for annotator in marked
        if annotator.is_dir()
        for letter in sorted(annotator.iterdir())
    ]
    return Piece(folder.name, notes, tuple(patterns))


def _pattern(letter: Path, first: float) -> Pattern:
    found = sorted((letter / "occurrences" / "csv").glob("*.csv"))
    return [[(row[0] - first, row[1]) for row in _rows(path).tolist()] for path in found]


def _rows(path: Path) -> np.ndarray:
    return np.atleast_2d(np.loadtxt(path, delimiter=","))
