"""Learns who plays from rendered mixtures: `src/unsung/listening/weights/instruments.npz`.

    python -m pip install -e '.[bench]'
    python tools/train_instruments.py KEPT [--mixtures N]

The development part of `bench/mixtures.py` in its four sets of samples (the benchmark has the
fifth). Renderings are kept in KEPT. A network with one hidden layer reads what
YAMNet makes of a second and of those around it; what it says is turned into probabilities on each
sound font in turn, heard by a network that was trained without it. The dice are seeded: the same
machine gives the same weights.
"""

import argparse
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from mixtures import SOUND_FONTS, emptiness, family_truth, mixtures  # noqa: E402
from unsung.listening.impressions import impressions  # noqa: E402
from unsung.listening.instruments import WEIGHTS, in_context, raw_answers  # noqa: E402
from unsung.model.instruments import INSTRUMENTS  # noqa: E402
from unsung.model.sound import Audio  # noqa: E402

OUT = ROOT / "src" / "unsung" / "listening" / "weights" / f"{WEIGHTS}.npz"
FONTS = tuple(font for font in SOUND_FONTS if font != "TimGM6mb")
RELATED = ({"sf_GMbank"}, {"freepats"}, {"FluidR3_GM", "MuseScore_General"})
HIDDEN, EPOCHS, BATCH, RATE, DECAY = 128, 24, 256, 1e-3, 2e-2
INPUT_DROPPED, HIDDEN_DROPPED = 0.5, 0.4
SEED = 7


class Material(NamedTuple):
    """Seconds: what they are like, what is true of them (1, 0, -1 for not asked)."""

    facets: np.ndarray
    truth: np.ndarray


def main() -> None:
    """Writes the weights and says how well fonts are heard that were not learnt from."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asks.add_argument("kept", type=Path)
    asks.add_argument("--mixtures", type=int, default=480, help="of each sound font")
    asked = asks.parse_args()
    heard = {font: material(font, asked.mixtures, asked.kept) for font in FONTS}
    unheard = [held_out(heard, group) for group in RELATED]
    answers, truth = (np.concatenate(rows) for rows in zip(*unheard, strict=True))
    scale, shift = calibration(answers, truth)
    print_families(scipy.special.expit(scale * answers + shift), truth)
    weights = trained(joined(list(heard.values())))
    weights |= {"scale": scale, "shift": shift}
    halves: dict[str, Any] = {name: one.astype(np.float16) for name, one in weights.items()}
    np.savez_compressed(OUT, **halves)


def material(font: str, count: int, kept: Path) -> Material:
    """The mixtures of one sound font and as many seconds of emptiness as are needed."""
    file = kept / f"facets-{font}-{count}.npz"
    if not file.exists():
        rows = [
            heard_in(one.samples, one.present)
            for one in mixtures("development", font, count, kept, SEED)
        ]
        rows += [heard_in(one.samples, one.present) for one in emptiness(kept, count // 20)]
        facets, truth = (np.concatenate(column) for column in zip(*rows, strict=True))
        np.savez(file, facets=facets.astype(np.float16), truth=truth)
    with np.load(file) as found:
        return Material(found["facets"].astype(np.float32), found["truth"])


def heard_in(samples: np.ndarray, present: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Facets and truth of every second; instruments first, then families."""
    facets = impressions(Audio(samples[None], 22_050)).facets.values
    return in_context(facets).T, np.concatenate([present, family_truth(present)]).T


def joined(parts: list[Material]) -> Material:
    """All of them."""
    return Material(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def held_out(heard: dict[str, Material], group: set[str]) -> tuple[np.ndarray, np.ndarray]:
    """What a network that never heard these fonts says of them, and what is true."""
    learnt = trained(joined([one for font, one in heard.items() if font not in group]))
    asked = joined([one for font, one in heard.items() if font in group])
    return raw_answers(asked.facets.T, learnt).T, asked.truth


def trained(seen: Material) -> dict[str, np.ndarray]:
    """The weights of one hidden layer, fitted to what is true of these seconds."""
    dice = np.random.default_rng(SEED)
    mean, spread = seen.facets.mean(axis=0), seen.facets.std(axis=0) + 0.02
    x = ((seen.facets - mean) / spread).astype(np.float32)
    weights = beginnings(x.shape[1], seen.truth.shape[1], dice)
    descend(x, seen.truth, weights, dice)
    names = ("kernel", "hidden", "readout", "level")
    return {"mean": mean, "spread": spread, **dict(zip(names, weights, strict=True))}


def beginnings(inputs: int, answers: int, dice: np.random.Generator) -> list[np.ndarray]:
    """Small random weights; every answer begins unlikely."""
    kernel = dice.standard_normal((inputs, HIDDEN), np.float32) / np.float32(np.sqrt(inputs))
    readout = dice.standard_normal((HIDDEN, answers), np.float32) / np.float32(np.sqrt(HIDDEN))
    return [kernel, np.zeros(HIDDEN, np.float32), readout, np.full(answers, -3.0, np.float32)]


def descend(
    x: np.ndarray, truth: np.ndarray, weights: list[np.ndarray], dice: np.random.Generator
) -> None:
    """Adam (Kingma and Ba, ICLR 2015) with decaying weights and a rate that falls as a cosine."""
    means = [np.zeros_like(one) for one in weights]
    squares = [np.zeros_like(one) for one in weights]
    steps = EPOCHS * (len(x) // BATCH)
    for step in range(steps):
        rows = dice.integers(len(x), size=BATCH)
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        unbiased = np.sqrt(1 - 0.999 ** (step + 1)) / (1 - 0.9 ** (step + 1))
        for k, gradient in enumerate(slopes(x[rows], truth[rows], weights, dice)):
            means[k] += 0.1 * (gradient - means[k])
            squares[k] += 0.001 * (np.square(gradient) - squares[k])
            weights[k] -= np.float32(rate * unbiased) * means[k] / (np.sqrt(squares[k]) + 1e-8)
            weights[k] *= np.float32(1 - rate * DECAY * (weights[k].ndim == 2))


def slopes(
    x: np.ndarray, truth: np.ndarray, weights: list[np.ndarray], dice: np.random.Generator
) -> list[np.ndarray]:
    """The gradient of cross-entropy over what is asked, mean over the batch."""
    kernel, hidden, readout, level = weights
    seen = x * (dice.random(x.shape, np.float32) > INPUT_DROPPED) / np.float32(1 - INPUT_DROPPED)
    raw = seen @ kernel + hidden
    open_ = (raw > 0) * (dice.random(raw.shape, np.float32) > HIDDEN_DROPPED)
    layer = raw * open_ / np.float32(1 - HIDDEN_DROPPED)
    answers = scipy.special.expit(layer @ readout + level)
    wrong = np.where(truth >= 0, answers - truth, 0).astype(np.float32) / len(x)
    back = (wrong @ readout.T) * open_ / np.float32(1 - HIDDEN_DROPPED)
    return [seen.T @ back, back.sum(axis=0), layer.T @ wrong, wrong.sum(axis=0)]


def calibration(answers: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A slope for instruments and one for families, and a level for each (Platt, 1999).

    Levels of rare labels are drawn towards none.
    """
    groups = (slice(0, len(INSTRUMENTS)), slice(len(INSTRUMENTS), truth.shape[1]))
    scale, shift = np.ones(truth.shape[1]), np.zeros(truth.shape[1])
    for group in groups:
        found = scipy.optimize.minimize(
            _miss,
            np.r_[1.0, np.zeros(group.stop - group.start)],
            args=(answers[:, group].astype(float), truth[:, group]),
            jac=True,
            method="L-BFGS-B",
        )
        scale[group], shift[group] = found.x[0], found.x[1:]
    return scale, shift


def print_families(likely: np.ndarray, truth: np.ndarray) -> None:
    """The F measure of families in fonts not learnt from, by the probability that tells one."""
    said, true = likely[:, len(INSTRUMENTS) :], truth[:, len(INSTRUMENTS) :]
    for threshold in np.arange(0.2, 0.6, 0.05):
        told = said >= threshold
        right = (told & (true == 1)).sum()
        f_measure = 2 * right / ((told & (true >= 0)).sum() + (true == 1).sum())
        print(f"families told from {threshold:.2f} on: F {f_measure:.3f}")


def _miss(found: np.ndarray, answers: np.ndarray, truth: np.ndarray) -> tuple[float, np.ndarray]:
    slope, levels = found[0], found[1:]
    raw, asked = slope * answers + levels, truth >= 0
    cost = np.where(asked, np.logaddexp(0, raw) - raw * truth, 0)
    wrong = np.where(asked, scipy.special.expit(raw) - truth, 0)
    gradient = np.r_[(wrong * answers).sum(), wrong.sum(axis=0) + 20 * levels]
    return float(cost.sum() + 10 * np.square(levels).sum()), gradient


if __name__ == "__main__":
    main()
