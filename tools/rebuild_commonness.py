"""Counts what is common in folk melodies: `src/unsung/motifs/commonness.json`.

    python -m pip install -e '.[bench]'
    python tools/rebuild_commonness.py SHELF

Reads the background collections of `bench/motif_melodies.py` (Essen, O'Neill and Aird in music21's
corpus; none of them is in a planted album). Parsed tunes are kept in SHELF. Four tunes of five are
counted; what phrases cost is measured on the fifth.
"""

import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from motif_melodies import Tune, tunes  # noqa: E402
from unsung.model.notes import Notes  # noqa: E402
from unsung.motifs.commonness import (  # noqa: E402
    HALVES,
    TABLE,
    WIDEST_SEMITONES,
    Commonness,
    line_bits,
    steps,
)

PHRASE_NOTES = 10


def main(shelf: Path) -> None:
    """Writes the table, and says how much music it rests on."""
    lines = [line_of(tune) for tune in tunes("background", shelf)]
    counted = [line for k, line in enumerate(lines) if k % 5]
    held_out = [line for k, line in enumerate(lines) if not k % 5]
    common = counts(counted)
    bits = [line_bits(phrase, common) for line in held_out for phrase in phrases(line)]
    table = {
        "intervals": common.intervals.astype(int).tolist(),
        "ratios": common.ratios.astype(int).tolist(),
        "quantiles_bits": np.quantile(bits, np.linspace(0, 1, 21)).round(3).tolist(),
    }
    place = ROOT / "src" / "unsung" / "motifs" / TABLE
    place.write_text(json.dumps(table) + "\n")
    print(f"{len(counted)} tunes counted, {len(bits)} phrases of {len(held_out)} others measured")


def counts(lines: list[Notes]) -> Commonness:
    """How often each step follows each."""
    intervals = np.zeros((2 * WIDEST_SEMITONES + 1, 2 * WIDEST_SEMITONES + 1))
    ratios = np.zeros((2 * HALVES + 1, 2 * HALVES + 1))
    for line in lines:
        for rows, table in zip(steps(line), (intervals, ratios), strict=True):
            np.add.at(table, (rows[:-1], rows[1:]), 1)
    return Commonness(intervals, ratios, np.zeros(21))


def phrases(line: Notes) -> list[Notes]:
    """Stretches of ten notes, one after another."""
    starts = range(0, len(line) - PHRASE_NOTES + 1, PHRASE_NOTES)
    index = np.arange(len(line))
    return [line.where((index >= k) & (index < k + PHRASE_NOTES)) for k in starts]


def line_of(tune: Tune) -> Notes:
    """A tune as notes; a quarter lasts half a second."""
    onset, lasts, pitch = np.array(tune.rows, float).T
    return Notes.sorted(onset / 2, lasts / 2, pitch)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
