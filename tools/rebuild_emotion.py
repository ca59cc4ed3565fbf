"""Fits the table that foretells ratings of emotion, `weights/emotion.json`.

    python tools/rebuild_emotion.py RATINGS [REFERENCE...]

RATINGS is a folder with `soundtrack.csv` and `soundtrack_features.csv`: the mean ratings of 110
film-music excerpts (Eerola & Vuoskoski 2011) and their features, published with MusicScienceData
(MIT). No row of them is shipped: the table holds means, spreads and weights. REFERENCE are folders
of film and game music, heard to learn how far the features of the published model usually spread.

Without REFERENCE, what is usual is kept as it was. Weights are those of a ridge regression whose
shrinkage is about the number of features, not chosen by results; features count as at most two
spreads from their mean, so that sounds unlike any film's do not run away. Reliability is the
correlation with ratings for films that were left out.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

SHIPPED = Path(__file__).parents[1] / "src" / "unsung" / "listening" / "weights" / "emotion.json"
SCALES = {"arousal": "Energy", "tension": "Tension", "valence": "Valence"}
SHRINKAGE = 30.0
FURTHEST = 2.0
FOLDS, DEALS = 10, 20

Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def main(ratings: Path, references: list[Path]) -> None:
    """Writes the table."""
    features, rated, films = excerpts(ratings)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    standing = np.clip((features - mean) / spread, -FURTHEST, FURTHEST)
    regression: dict[str, Any] = {"mean": _short(mean), "spread": _short(spread)}
    to, reliability = {}, {}
    for name, row in rated.items():
        weights = ridge_weights(standing, row - row.mean(), SHRINKAGE)
        regression[name] = {"mean": round(float(row.mean()), 4), "weights": _short(weights)}
        spread_foretold = round(float((standing @ weights).std()), 4)
        to[name] = {"mean": regression[name]["mean"], "spread": spread_foretold}
        reliability[name] = round(correlation(features, row, films, clipped_ridge), 2)
    kept = {} if references else json.loads(SHIPPED.read_text())["published"]
    table = {
        "regression": regression,
        "ratings": to,
        "reliability": reliability,
        "published": kept or _usual(references),
    }
    SHIPPED.write_text(json.dumps(table, indent=1) + "\n")


def excerpts(folder: Path) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """Features (excerpts by 25), ratings by scale, and the film that each excerpt is from."""
    with (
        (folder / "soundtrack.csv").open() as one,
        (folder / "soundtrack_features.csv").open() as other,
    ):
        rated, heard = list(csv.DictReader(one)), list(csv.DictReader(other))
    features = np.array([[float(cell) for cell in list(row.values())[1:]] for row in heard])
    ratings = {name: np.array([float(row[of]) for row in rated]) for name, of in SCALES.items()}
    titles = [row["soundtrack"].removesuffix(" CD1").removesuffix(" CD2") for row in rated]
    return features, ratings, np.unique(titles, return_inverse=True)[1]


def ridge_weights(standing: np.ndarray, target: np.ndarray, shrinkage: float) -> np.ndarray:
    """Weights of a ridge regression of centred values."""
    count = standing.shape[1]
    square = standing.T @ standing + shrinkage * np.eye(count)
    weights: np.ndarray = np.linalg.solve(square, standing.T @ target)
    return weights


def plain_ridge(known: np.ndarray, row: np.ndarray, new: np.ndarray) -> np.ndarray:
    """What a ridge regression of unit shrinkage learns from some and foretells of others."""
    mean, spread = known.mean(axis=0), known.std(axis=0)
    weights = ridge_weights((known - mean) / spread, row - row.mean(), 1.0)
    foretold: np.ndarray = row.mean() + (new - mean) / spread @ weights
    return foretold


def clipped_ridge(known: np.ndarray, row: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The same as it is shipped."""
    mean, spread = known.mean(axis=0), known.std(axis=0)
    standing, others = (np.clip((x - mean) / spread, -FURTHEST, FURTHEST) for x in (known, new))
    weights = ridge_weights(standing, row - row.mean(), SHRINKAGE)
    foretold: np.ndarray = row.mean() + others @ weights
    return foretold


def correlation(features: np.ndarray, row: np.ndarray, films: np.ndarray, fit: Fit) -> float:
    """Of what is foretold with the ratings; excerpts of one film are never on both sides."""
    found = []
    for learnt_from, foretold_of in _deals(films):
        foretold = np.zeros_like(row)
        for known, new in zip(learnt_from, foretold_of, strict=True):
            foretold[new] = fit(features[known], row[known], features[new])
        found.append(np.corrcoef(foretold, row)[0, 1])
    return float(np.mean(found))


def _deals(films: np.ndarray) -> Iterator[tuple[list[np.ndarray], list[np.ndarray]]]:
    for seed in range(DEALS):
        names, place = np.unique(films, return_inverse=True)
        fold = np.random.default_rng(seed).permutation(len(names))[place] % FOLDS
        yield (
            [np.flatnonzero(fold != one) for one in range(FOLDS)],
            [np.flatnonzero(fold == one) for one in range(FOLDS)],
        )


def _usual(references: list[Path]) -> dict[str, dict[str, float]]:
    """Mean and spread of the published model's features in film and game music."""
    from unsung.listening.emotion import TENSION, VALENCE, published_features  # noqa: PLC0415

    heard = [published_features(*one) for folder in references for one in _heard(folder)]
    rows = {name: np.concatenate([one[name] for one in heard]) for name in heard[0]}
    usual = {name: _usually(row) for name, row in rows.items()}
    for name, weights in (("valence", VALENCE), ("tension", TENSION)):
        index = sum(
            weight * (rows[one] - usual[one]["mean"]) / usual[one]["spread"]
            for one, weight in weights.items()
        )
        usual[f"{name}_index"] = _usually(np.asarray(index))
    return usual


def _usually(row: np.ndarray) -> dict[str, float]:
    return {"mean": round(float(row.mean()), 5), "spread": round(float(row.std()), 5)}


def _heard(folder: Path) -> Iterator[tuple[Any, ...]]:
    """What the published model hears in each recording of a folder."""
    from unsung import library  # noqa: PLC0415
    from unsung.library.mono import MonoReduction  # noqa: PLC0415
    from unsung.listening import (  # noqa: PLC0415
        aspects,
        chroma,
        colour,
        constant_q,
        key,
        loudness,
        pulse,
        timbre,
        transcription,
    )  # fmt: skip
    from unsung.model.settings import Settings  # noqa: PLC0415

    settings = Settings()
    for track in library.shelf(folder).album.tracks:
        with library.opened(folder, track) as stream:
            mono = MonoReduction(stream.sample_rate_hz)
            for block in stream.blocks:
                mono.add(block)
        audio = mono.audio()
        loud = loudness.loudness(audio)
        notes = transcription.notes(audio, settings.notes)
        pitches = chroma.chroma(constant_q.constant_q(audio))
        yield (
            colour.sound_colour(audio),
            pitches,
            key.key(notes, audio.duration_s, settings.key),
            pulse.pulse(audio, notes, loud, settings.tempo),
            aspects.recording_sections(
                pitches, timbre.timbre(audio), loud, audio.duration_s, settings.sections
            ),
        )
        print(track.file, flush=True)


def _short(values: np.ndarray) -> list[float]:
    return [float(f"{value:.5g}") for value in values]


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
