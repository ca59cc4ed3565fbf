"""How well gems are recovered where the truth is known: planted worlds with cumulative advantage.

    python bench/recognition.py --part report [--worlds 30] [--json]

In each world works of planted merit and exposure gather listeners who mostly choose what others
chose (after Salganik, Dodds & Watts 2006). A planted gem has merit in the top fifth and got less
than half of what it gets in the median of parallel worlds: a truth that no formula of ours decides.
Only what a stranger would see is used: noisy counts with gaps, and eight noisy parts of merit.

`auc` is the chance that a gem is put before what is none. Baselines: `ratio`, merit × α/(α +
listeners) with α the median, as the hidden-gem lists of game shops have it; `difference`, merit
less recognition, both in percentiles; `residual`, the gap alone; `merit` alone. Figures are means
over worlds, with the standard error of the mean. Seeds are dealt to a `development` part, on which
the definition of a gem and the spread of merit were chosen, and a `report` part, which is only ever
measured.
"""

import argparse
import json
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from unsung.model.recognition import DataTooThin, Merit
from unsung.recognition.expected import conformal
from unsung.recognition.gaps import Ground, gap_draws, ground, spanned
from unsung.recognition.gems import gem_plane
from unsung.recognition.merit_percentiles import merit_percentiles
from unsung.recognition.percentiles import normal_score, percent_of, percentile, percentiles
from unsung.recognition.planted import PlantedWorld, planted_world

FIRST_SEED = {"development": 1, "report": 2001}


@frozen
class Seen:
    """One world as it was measured; rows are the works that two voices know."""

    world: PlantedWorld
    on: Ground
    at: np.ndarray
    merit: np.ndarray
    gap: np.ndarray
    merit_draws: np.ndarray
    gap_draws: np.ndarray

    @property
    def gems(self) -> np.ndarray:
        """The truth."""
        truth: np.ndarray = self.world.gems[self.at]
        return truth


def main() -> None:
    """Prints the table of one part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=sorted(FIRST_SEED), default="development")
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    first = FIRST_SEED[asked.part]
    figures = [_figures(seen(seed), seed) for seed in range(first, first + asked.worlds)]
    names = list(figures[0])
    means = {name: float(np.mean([one[name] for one in figures])) for name in names}
    errors = {name: float(np.std([one[name] for one in figures], ddof=1)) for name in names}
    for name in names:
        print(f"{name:34} {means[name]:7.3f} ± {errors[name] / np.sqrt(asked.worlds):.3f}")
    if asked.json:
        print(
            json.dumps(
                {"bench": "recognition", "part": asked.part, "worlds": asked.worlds, **means}
            )
        )


def seen(seed: int) -> Seen:
    """A world, measured without a look at its truth."""
    world = planted_world(seed)
    on = ground(world.reference, seed)
    if isinstance(on, DataTooThin):
        raise SystemExit(on.reason)
    merits = merit_percentiles(world.heard_parts, seed)
    at = np.array([int(work.identifier.partition(":")[2]) for work in on.given.works])
    merit = [one.percentile.value for one in merits.merits if isinstance(one, Merit)]
    gaps = 100 - percentiles(on.expected.residuals, on.expected.ordered)
    return Seen(world, on, at, np.array(merit)[at], gaps, merits.draws[at], gap_draws(on, seed))


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """The chance that a true one has the higher score; ties count half."""
    below = np.sort(scores[~truth])
    return float(np.mean(percentiles(scores[truth], below)) / 100)


def _figures(one: Seen, seed: int) -> dict[str, float]:
    truth = one.gems
    heard = np.array(
        [work.numbers.get("listenbrainz_listeners", np.nan) for work in one.on.given.works]
    )
    heard = np.where(np.isnan(heard), np.nanmedian(heard), heard)
    received = np.array([percent_of(float(score)) for score in one.on.given.scores])
    plane = _plane(one, one.merit, one.merit_draws, seed)
    probability = np.array([point.probability for point in plane.points])
    shuffled = np.random.default_rng(seed).permutation(len(one.merit))
    nothing = _plane(one, one.merit[shuffled], one.merit_draws[shuffled], seed)
    named = np.array([point.name in {gem.name for gem in plane.gems} for point in plane.points])
    exposure = one.world.exposure[one.at]
    ratio = auc(one.merit * np.median(heard) / (np.median(heard) + heard), truth)
    return {
        "auc": auc(probability, truth),
        "auc above ratio": auc(probability, truth) - ratio,
        "auc of ratio": ratio,
        "auc of difference": auc(one.merit - received, truth),
        "auc of residual": auc(one.gap, truth),
        "auc of merit": auc(one.merit, truth),
        "planted gems": float(truth.sum()),
        "precision of the first ten": float(truth[np.argsort(-probability)[:10]].mean()),
        "gems named": float(len(plane.gems)),
        "share of the named that are": float(truth[named].mean()) if named.any() else 0.0,
        "gems named, merit shuffled": float(len(nothing.gems)),
        "worlds with any, merit shuffled": float(bool(nothing.gems)),
        "gap with measured exposure": float(np.corrcoef(one.gap, _votes(one))[0, 1]),
        "gap with true exposure": float(np.corrcoef(one.gap, exposure)[0, 1]),
        "recognition with true exposure": float(np.corrcoef(received, exposure)[0, 1]),
        "coverage of the expected band": _band_coverage(one),
        "coverage of gap intervals": _gap_coverage(one),
        "coverage of merit intervals": _merit_coverage(one),
    }


def _plane(one: Seen, merit: np.ndarray, draws: np.ndarray, seed: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    names = [(work.identifier, work.title) for work in one.on.given.works]
    merits = [spanned(float(value), row) for value, row in zip(merit, draws, strict=True)]
    gaps = [spanned(float(value), row) for value, row in zip(one.gap, one.gap_draws, strict=True)]
    return gem_plane(names, merits, gaps, draws, one.gap_draws, seed)


def _votes(one: Seen) -> np.ndarray:
    column = one.on.chosen.names.index("imdb_votes")
    votes: np.ndarray = one.on.rows[:, column]
    return votes


def _band_coverage(one: Seen) -> float:
    """Bands from half of the residuals, judged on the other half."""
    residuals = one.on.expected.residuals
    low, high = conformal(residuals[::2])
    return float(np.mean((residuals[1::2] >= low) & (residuals[1::2] <= high)))


def _gap_coverage(one: Seen) -> float:
    """How often the interval holds the gap that exact counts of listeners would have given."""
    works, listeners = one.on.given.works, one.world.listeners[one.at]
    exact = np.array([
        normal_score(percentile(count, np.sort(listeners[_peers(works, at)])))
        for at, count in enumerate(listeners)
    ])  # fmt: skip
    residuals = exact - one.on.expected.out_of_fold
    true_gap = 100 - percentiles(residuals, np.sort(residuals))
    return _coverage(one.gap, one.gap_draws, true_gap)


def _peers(works: Sequence, at: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([other.decade == works[at].decade for other in works])


def _merit_coverage(one: Seen) -> float:
    merit = one.world.merit
    return _coverage(one.merit, one.merit_draws, percentiles(merit, np.sort(merit))[one.at])


def _coverage(values: np.ndarray, draws: np.ndarray, truth: np.ndarray) -> float:
    spans = [spanned(float(value), row) for value, row in zip(values, draws, strict=True)]
    held = [span.low <= true <= span.high for span, true in zip(spans, truth, strict=True)]
    return float(np.mean(held))


if __name__ == "__main__":
    main()
