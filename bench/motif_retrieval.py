"""How well statements of a motif find each other: retrieval on BPS-Motif.

    python bench/motif_retrieval.py FOLDER --part report [--json]
    python bench/motif_retrieval.py FOLDER --learn

Every marked window, all notes of both hands, asks for the others; right answers are the windows
of the same movement with the same letter; all windows of the part compete. MAP is the mean of
average precisions, P@1 how often the first answer is right, R@100 what share of the right answers
is among the first hundred. `--learn` fits the weights of `unsung.motifs.symbolic.resemblance` on
the development part and prints them.

The peer in the same run is local alignment of the highest line plus translation of all notes,
unweighted, the best published combination of the two (MAP .6165 over all 32 movements in folds of
about six; the foundation model CLaMP 3, its best layer, centred: .4875). Folds differ, so compare
with the peer's figure in the same run, not across papers.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
from attrs import evolve

from bps_motif import Movement, movements
from learning import regression
from unsung.motifs.symbolic.passages import Passages, passages
from unsung.motifs.symbolic.resemblance import likenesses, log_odds, through_others

_WRONG_WEIGHT = 3.0
_WRONG_PAIRS = 60_000
_SEED = 1234


def main() -> None:
    """Prints the table for one part, or the weights that the development part teaches."""
    asked = _arguments()
    part = "development" if asked.learn else asked.part
    played = movements(asked.folder, part)
    motif, heard = _motifs(played), _windows(played)
    above = np.stack(np.triu_indices(len(heard), 1), axis=1)
    started_s = time.process_time()
    alike = likenesses(heard, above)
    took_s = time.process_time() - started_s
    if asked.learn:
        print(np.round(learned(alike, above, motif), 3).tolist())
        return
    odds = _square(log_odds(alike), above)
    moved = likenesses(evolve(heard, weight=np.ones(len(heard.tick))), above)[:, 0]
    rows = {
        "translation": _square(moved, above),
        "alignment + translation": _square(_highest_lines(heard, above) + moved, above),
        "unsung, pairs alone": odds,
        "unsung": through_others(odds),
    }
    _print(asked, rows, motif, took_s)


def learned(alike: np.ndarray, pairs: np.ndarray, motif: np.ndarray) -> np.ndarray:
    """Weights, none negative, and bias of a logistic regression; every motif counts by its root."""
    right = motif[pairs[:, 0]] == motif[pairs[:, 1]]
    names, counts = np.unique(motif, return_counts=True)
    size = dict(zip(names, counts, strict=True))
    dice = np.random.default_rng(_SEED)
    wrong = dice.choice(np.flatnonzero(~right), _WRONG_PAIRS, replace=False)
    chosen = np.concatenate([np.flatnonzero(right), wrong])
    per_right = np.array([size[motif[k]] ** -0.5 for k in pairs[right, 0]])
    weight = np.concatenate(
        [per_right / per_right.sum(), np.full(_WRONG_PAIRS, _WRONG_WEIGHT / _WRONG_PAIRS)]
    )
    return regression(alike[chosen].astype(float), right[chosen], weight, may_be_negative=False)


def figures(odds: np.ndarray, motif: np.ndarray) -> dict[str, float]:
    """MAP, P@1 and R@100 over all windows that have another of their motif."""
    others = odds.copy()
    np.fill_diagonal(others, -np.inf)
    order = np.argsort(-others, axis=1, kind="stable")[:, :-1]
    right = motif[order] == motif[:, None]
    right = right[right.any(axis=1)]
    precision = right.cumsum(axis=1) / np.arange(1, right.shape[1] + 1)
    found = right.sum(axis=1)
    return {
        "map": float(((precision * right).sum(axis=1) / found).mean()),
        "p_at_1": float(right[:, 0].mean()),
        "r_at_100": float((right[:, :100].sum(axis=1) / found).mean()),
    }


def _highest_lines(heard: Passages, pairs: np.ndarray) -> np.ndarray:
    """Local alignment of the highest lines alone."""
    start, end = heard.line_from[0, :-1], heard.line_from[0, 1:]
    keep = np.concatenate([np.arange(a, b) for a, b in zip(start, end, strict=True)])
    bounds = np.concatenate([[0], np.cumsum(end - start)])
    lines = np.stack([bounds, np.zeros_like(bounds), np.zeros_like(bounds)])
    tick, pitch = heard.line_tick[keep], heard.line_pitch[keep]
    alone = Passages(bounds, tick, pitch, np.ones(len(keep)), lines, tick, pitch)
    found: np.ndarray = likenesses(alone, pairs)[:, 3]
    return found


def _windows(played: tuple[Movement, ...]) -> Passages:
    return passages(tuple((one.notes, mark.span) for one in played for mark in one.marked))


def _motifs(played: tuple[Movement, ...]) -> np.ndarray:
    return np.array([one.number + mark.letter for one in played for mark in one.marked])


def _square(values: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    count = int(pairs.max()) + 1
    whole = np.zeros((count, count))
    whole[pairs[:, 0], pairs[:, 1]] = values
    square: np.ndarray = whole + whole.T + np.eye(count) * values.max()
    return square


def _print(
    asked: argparse.Namespace, rows: dict[str, np.ndarray], motif: np.ndarray, took_s: float
) -> None:
    table = [{"who": who, "part": asked.part, **figures(odds, motif)} for who, odds in rows.items()]
    if asked.json:
        print(json.dumps(table, indent=1))
        return
    print(f"{asked.part}: {len(motif)} windows, compared in {took_s:.1f} s")
    for row in table:
        print(f"{row['who']:26}{row['map']:8.4f}{row['p_at_1']:8.4f}{row['r_at_100']:8.4f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("development", "report"), default="development")
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
