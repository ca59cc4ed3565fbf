"""How well motifs are found in scores: discovery on BPS-Motif and on JKU-PDD (polyphonic).

    python bench/motif_discovery_scores.py bps FOLDER --part report [--json]
    python bench/motif_discovery_scores.py bps FOLDER --learn
    python bench/motif_discovery_scores.py jku FOLDER [--json]

MIREX's measures, as mir_eval computes them, with occurrence recall and precision asked for at its
threshold by name: establishment (is each marked pattern found at all, at least once), occurrence
at .75 (are the occurrences of those found complete), three-layer (all of it together). Means over
pieces. `--learn` fits the weights of `unsung.motifs.symbolic.distinction` on the development part
and prints them.

On JKU, where sections count as patterns, eight repeats and the two likeliest motifs are reported,
both numbers chosen on that set itself (it is the field's development set; 4 to 16 repeats with
2 motifs lie within .02). Sonata 25 is left out on BPS: its notes carry no letters.

Peers in the same run: SIATEC (Meredith et al. 2002) on compact runs of the maximal translatable
patterns of the 300 commonest translations, best compression first, as many as we report; and VMO
(package `vmo`: Wang, Hsu and Dubnov, ISMIR 2015) on the pitch classes of every quarter.
"""

import argparse
import json
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import mir_eval
import numpy as np

from bps_motif import Movement, movements
from jku import Pattern, pieces
from learning import regression
from unsung.model.motif import Motif
from unsung.model.notes import Notes
from unsung.motifs.symbolic.distinction import candidates
from unsung.motifs.symbolic.recurrence import motifs_in_scores, voices
from unsung.motifs.symbolic.repeats import heard_in, repeats
from unsung.motifs.symbolic.shapes import LONGEST, SHORTEST, shapes

Finder = Callable[[Notes], list[Pattern]]
PUBLISHED = {
    "bps": {"CSA (published)": (0.676, 0.372, 0.276), "SIATEC (published)": (0.366, 0.309, 0.130)},
    "jku": {
        "VMO 2015 (published output)": (0.608, 0.760, 0.567),
        "SIATECCompress-Segment (published)": (0.0, 0.0, 0.487),
        "CSA (authors' code)": (0.267, 0.268, 0.145),
    },
}
NO_LETTERS = ("25",)
JKU_REPEATS, JKU_MOTIFS = 8, 2
_MARKED = 0.9
_COMPACT = 0.5
_FEWEST_POINTS = 4
_TRANSLATIONS = 300
_MOST_BY_SIATEC = 14


def main() -> None:
    """Prints the table, or the weights that the development part teaches."""
    asked = _arguments()
    if asked.learn:
        print(np.round(learned(_bps(asked.folder, "development")), 3).tolist())
        return
    if asked.on == "bps":
        truth = [(one.notes, marked(one)) for one in _bps(asked.folder, asked.part)]
        finders: dict[str, Finder] = {"unsung": _motifs, "SIATEC": siatec}
    else:
        truth = [(one.notes, list(one.patterns)) for one in pieces(asked.folder)]
        finders = {"unsung": _motifs_and_repeats, "VMO": vmo_patterns, "SIATEC": siatec}
    rows = [_row(who, finder, truth) for who, finder in finders.items()]
    _print(asked, rows)


def marked(movement: Movement) -> list[Pattern]:
    """The patterns a musician marked: the notes of each letter in each of its windows."""
    found: dict[str, Pattern] = {}
    letter_of = np.array(movement.letters)
    for mark in movement.marked:
        inside = heard_in(movement.notes, mark.span)
        own = inside & np.array([mark.letter in letter for letter in letter_of])
        if own.any():
            found.setdefault(mark.letter, []).append(_points(movement.notes.where(own)))
    return list(found.values())


def figures(reference: list[Pattern], found: list[Pattern]) -> tuple[float, float, float]:
    """Establishment F, occurrence F at .75 and three-layer F; 0 where nothing is found."""
    if not found:
        return 0.0, 0.0, 0.0
    return (
        float(mir_eval.pattern.establishment_FPR(reference, found)[0]),
        float(mir_eval.pattern.occurrence_FPR(reference, found, thres=0.75)[0]),
        float(mir_eval.pattern.three_layer_FPR(reference, found)[0]),
    )


def learned(played: list[Movement]) -> np.ndarray:
    """Weights and bias of a regression on whether a shape is, nearly note for note, a motif."""
    columns, right, weight = [], [], []
    for movement in played:
        led, _ = voices((("", movement.notes),))
        counted = shapes(led)
        found = candidates(led, counted)
        best = _cardinality(led.onset_s, led.pitch, marked(movement))
        score = np.array(
            [
                max(best[n][at] for at in np.flatnonzero(counted[n].shape == s)[:200])
                for n, s in zip(found.notes.tolist(), found.shape.tolist(), strict=True)
            ]
        )
        columns.append(found.traits)
        right.append(score >= _MARKED)
        weight.append(np.full(len(found), 1 / len(found)))
    stacked = (np.concatenate(one) for one in (columns, right, weight))
    return regression(*stacked, may_be_negative=True, shrinkage=1e-4)


def _cardinality(
    onset_s: np.ndarray, pitch: np.ndarray, patterns: list[Pattern]
) -> dict[int, np.ndarray]:
    """For each number of notes and first note, the best cardinality score with any occurrence."""
    best = {notes: np.zeros(len(pitch)) for notes in range(SHORTEST, LONGEST + 1)}
    points = list(zip(np.round(onset_s, 3).tolist(), pitch.tolist(), strict=True))
    for occurrence in (one for pattern in patterns for one in pattern):
        known = set(occurrence)
        met = np.concatenate([[0], np.cumsum([point in known for point in points])])
        for notes, score in best.items():
            shared = met[notes:] - met[:-notes]
            score[: len(shared)] = np.maximum(
                score[: len(shared)], shared / max(notes, len(occurrence))
            )
    return best


def _motifs(notes: Notes, most: int = 14) -> list[Pattern]:
    return [_as_pattern(motif) for motif in motifs_in_scores((("", notes),), most)]


def _motifs_and_repeats(notes: Notes) -> list[Pattern]:
    whole = [
        [_points(notes.where(heard_in(notes, span))) for span in one.spans]
        for one in repeats(notes, JKU_REPEATS)
    ]
    return whole + _motifs(notes, JKU_MOTIFS)


def _as_pattern(motif: Motif) -> Pattern:
    return [_points(one.notes) for one in motif.occurrences]


def _points(notes: Notes) -> list[tuple[float, float]]:
    onset = np.round(notes.onset_s, 3).tolist()
    return list(zip(onset, notes.midi_pitch.tolist(), strict=True))


def siatec(notes: Notes) -> list[Pattern]:
    """Compact runs of maximal translatable patterns with all their translations."""
    points = np.unique(np.stack([np.round(notes.onset_s * 480), notes.midi_pitch], 1), axis=0)
    points = points.astype(np.int64)
    known = set(map(tuple, points.tolist()))
    found: dict[bytes, tuple[float, list[np.ndarray]]] = {}
    for first in _translatable(points[:, 0] * 256 + points[:, 1]):
        for run in _compact_runs(first):
            pattern = points[run]
            shape = (pattern - pattern[0]).tobytes()
            if shape not in found:
                found[shape] = _translators(pattern, points, known)
    ranked = sorted(found.values(), key=lambda one: -one[0])[:_MOST_BY_SIATEC]
    return [
        [[(t / 480, float(p)) for t, p in one.tolist()] for one in where] for _, where in ranked
    ]


def _translatable(key: np.ndarray) -> Iterator[np.ndarray]:
    """The notes that one translation brings onto others, for the commonest translations."""
    above = np.triu_indices(len(key), 1)
    _, of_pair, count = np.unique(
        key[above[1]] - key[above[0]], return_inverse=True, return_counts=True
    )
    order = np.argsort(of_pair, kind="stable")
    starts = np.concatenate([[0], np.cumsum(count)])
    for k in np.argsort(-count, kind="stable")[:_TRANSLATIONS]:
        yield np.sort(above[0][order[starts[k] : starts[k + 1]]])


def _compact_runs(chosen: np.ndarray) -> Iterator[np.ndarray]:
    """Runs of which at least half the notes between first and last belong (Collins' trawling)."""
    start = 0
    for end in range(1, len(chosen) + 1):
        whole = chosen[end] - chosen[start] + 1 if end < len(chosen) else np.inf
        if (end - start + 1) / whole < _COMPACT:
            if end - start >= _FEWEST_POINTS:
                yield chosen[start:end]
            start = end


def _translators(
    pattern: np.ndarray, points: np.ndarray, known: set[tuple[int, ...]]
) -> tuple[float, list[np.ndarray]]:
    """All places of a pattern, and how many points each point kept stands for."""
    places = [
        pattern + (point - pattern[0])
        for point in points
        if all(tuple(one) in known for one in (pattern + (point - pattern[0])).tolist())
    ]
    covered = {tuple(one) for place in places for one in place.tolist()}
    return len(covered) / (len(pattern) + len(places) - 1), places


def vmo_patterns(notes: Notes) -> list[Pattern]:
    """Repeats in a Variable Markov Oracle over the pitch classes that sound in every quarter."""
    import vmo.analysis.analysis as van  # noqa: PLC0415
    import vmo.VMO.oracle as vo  # noqa: PLC0415

    beats = int(np.ceil(notes.end_s.max()))
    chroma = np.zeros((beats, 12))
    columns = zip(notes.onset_s, notes.end_s, notes.midi_pitch, strict=True)
    for start_s, end_s, pitch in columns:
        chroma[int(start_s) : max(int(start_s) + 1, int(np.ceil(end_s))), int(pitch) % 12] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ideal = vo.find_threshold(chroma, r=(0.0, 1.0, 0.05), dim=12)
        oracle = vo.build_oracle(chroma, flag="a", threshold=ideal[0][1], dim=12)
        found = van.find_repeated_patterns(oracle, lower=4)
    return [
        [_points(notes.where(_between(notes, end - length, end))) for end in ends]
        for ends, length in found
    ]


def _between(notes: Notes, start: float, end: float) -> np.ndarray:
    inside: np.ndarray = (notes.onset_s >= start - 1e-6) & (notes.onset_s < end - 1e-6)
    return inside


def _bps(folder: Path, part: str) -> list[Movement]:
    return [one for one in movements(folder, part) if one.number not in NO_LETTERS]


def _row(who: str, finder: Finder, truth: list[tuple[Notes, list[Pattern]]]) -> dict[str, object]:
    started_s = time.process_time()
    found = [[p for p in map(_heard, finder(notes)) if p] for notes, _ in truth]
    took_s = time.process_time() - started_s
    scores = [figures(ref, est) for (_, ref), est in zip(truth, found, strict=True)]
    establishment, occurrence, three_layer = np.mean(scores, axis=0).tolist()
    return {
        "who": who,
        "establishment_f": establishment,
        "occurrence_f": occurrence,
        "three_layer_f": three_layer,
        "patterns": float(np.mean([len(one) for one in found])),
        "took_s": took_s,
    }


def _heard(pattern: Pattern) -> Pattern:
    return [occurrence for occurrence in pattern if occurrence]


def _print(asked: argparse.Namespace, rows: list[dict[str, object]]) -> None:
    if asked.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'':36}  est    occ    3L     n    CPU s")
    for row in rows:
        figures_ = [row[k] for k in ("establishment_f", "occurrence_f", "three_layer_f")]
        line = " ".join(f"{value:6.3f}" for value in figures_)
        print(f"{row['who']!s:36}{line} {row['patterns']:5.1f} {row['took_s']:7.1f}")
    for who, published in PUBLISHED[asked.on].items():
        print(f"{who:36}" + " ".join(f"{value:6.3f}" if value else "     –" for value in published))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("on", choices=("bps", "jku"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("development", "report"), default="development")
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
