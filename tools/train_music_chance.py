"""Learns how likely there is music: `src/unsung/listening/weights/music.npz`.

    python -m pip install -e '.[bench]'
    python tools/train_music_chance.py PACKAGES DIALOGUE KEPT

The development part of `bench/unplaced_worlds.py`, whose folders these are. One weight for each of
the numbers by which YAMNet describes a second (logistic regression); how much they are held back,
and how sure the answers may be, is told by films with another background than was learnt from. The
dice are seeded: the same machine gives the same weights.
"""

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from learning import regression  # noqa: E402
from unplaced_worlds import RATE_HZ, UNDER, Places, conditions, made  # noqa: E402
from unsung.listening.impressions import impressions  # noqa: E402
from unsung.listening.music_chance import WEIGHTS  # noqa: E402
from unsung.model.sound import Audio  # noqa: E402

OUT = ROOT / "src" / "unsung" / "listening" / "weights" / f"{WEIGHTS}.npz"
SHRINKAGES = (0.03, 0.1, 0.3, 1.0)
SEEDS = (0, 1)


class Material(NamedTuple):
    """Seconds: what they are like, whether there is music, and what lies over it."""

    facets: np.ndarray
    music: np.ndarray
    under: np.ndarray


def main() -> None:
    """Writes the weights and says how well backgrounds are heard that were not learnt from."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name in ("packages", "dialogue", "kept"):
        asks.add_argument(name, type=Path)
    asked = asks.parse_args()
    heard = material(Places(asked.packages, asked.dialogue, asked.kept))
    losses = {one: loss(held_out(heard, one), heard.music) for one in SHRINKAGES}
    best = min(losses, key=lambda one: losses[one])
    answers = held_out(heard, best)
    scale, shift = regression(
        answers[:, None], heard.music == 1, np.ones(len(answers)), may_be_negative=False
    )
    print({one: round(value, 4) for one, value in losses.items()}, "scale", scale, "shift", shift)
    weights = learnt(heard, best) * scale
    weights[-1] += shift
    np.savez_compressed(OUT, weight=weights[:-1].astype(np.float32), bias=np.float32(weights[-1]))


def material(places: Places) -> Material:
    """All seconds of the development films in which it is known whether there is music."""
    rows = [_seconds(places, *one, seed) for one in conditions() for seed in SEEDS]
    return Material(*(np.concatenate(part) for part in zip(*rows, strict=True)))


def _seconds(places: Places, under: str, level_db: float | None, seed: int) -> Material:
    film = made(places, "development", under, level_db, seed)
    facets = impressions(Audio(film.film[None], RATE_HZ)).facets.values.T
    known = film.music >= 0
    print(under, level_db, seed, int((film.music == 1).sum()), flush=True)
    return Material(facets[known], film.music[known], np.full(known.sum(), UNDER.index(under)))


def held_out(heard: Material, shrinkage: float) -> np.ndarray:
    """What each background is told to be by weights that were learnt from the others."""
    told = np.zeros(len(heard.music))
    for one in range(len(UNDER)):
        there = heard.under == one
        weights = learnt(Material(*(part[~there] for part in heard)), shrinkage)
        told[there] = heard.facets[there] @ weights[:-1] + weights[-1]
    return told


def learnt(heard: Material, shrinkage: float) -> np.ndarray:
    """One weight a facet, then the bias; music and none count alike."""
    music = heard.music == 1
    weight = np.where(music, 0.5 / music.mean(), 0.5 / (1 - music.mean()))
    return regression(heard.facets, music, weight, may_be_negative=True, shrinkage=shrinkage)


def loss(told: np.ndarray, music: np.ndarray) -> float:
    """Mean surprise, in nats."""
    return float(np.logaddexp(0, np.where(music == 1, -told, told)).mean())


if __name__ == "__main__":
    main()
