"""Merit as a percentile, with an interval that holds it however the parts are weighed.

Each part is placed among the tracks (or albums) it is compared with, as a normal score; merit is
their mean. Long tracks have room for more keys and sections: what length alone brings is taken off
first. No part is known to deserve more than another, so weights that add up to 1 are drawn at
random (Dirichlet, ½ for each part, after Jeffreys).

How far a piece's parts disagree is itself judged from a handful of parts, and by luck they agree
too well as often as not. Each piece's spread is therefore averaged with that of all pieces (a
moderated variance, Smyth 2004) and what is left to chance in it is drawn too, which gives the
draws the tails of Student's t. The interval holds nine tenths of what comes out. Few parts, or
parts that disagree, give a wide interval.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy
from attrs import field, frozen
from jaxtyping import Float64, Int

from unsung.model.recognition import DataTooThin, Merit, MeritPart
from unsung.recognition.gaps import DRAWS, spanned
from unsung.recognition.merit import UNITS
from unsung.recognition.percentiles import normal_score, normal_scores, percentile, percentiles

LEAST_PARTS = 4
LEAST_COMPARED = 8


@frozen
class Merits:
    """Merit of many things compared with each other: percentiles, and what else weights allow."""

    merits: tuple[Merit | DataTooThin, ...]
    draws: Float64[np.ndarray, "things draws"] = field(eq=False)
    """A row for each thing that has a merit, in order."""


def merit_percentiles(
    parts: Sequence[Mapping[str, float]], seed: int = 0, lengths_s: Sequence[float] = ()
) -> Merits:
    """The merit of each of these among all of them; with lengths, among those of its length."""
    usable = [index for index, one in enumerate(parts) if len(one) >= LEAST_PARTS]
    if len(usable) < LEAST_COMPARED:
        thin = DataTooThin(
            f"data too thin: merit compares at least {LEAST_COMPARED} pieces of"
            f" {LEAST_PARTS} parts each; there are {len(usable)}"
        )
        return Merits((thin,) * len(parts), np.empty((0, DRAWS)))
    chosen = [parts[index] for index in usable]
    lengths = [lengths_s[index] for index in usable] if lengths_s else []
    places = _places(_without_length(chosen, lengths) if lengths else chosen)
    scores = _scores(places)
    draws = _draws(scores, np.random.default_rng(seed))
    means = np.nanmean(scores, axis=1)
    found = {
        index: _merit(parts[index], places[at], percentile(means[at], np.sort(means)), draws[at],
                      len(usable))
        for at, index in enumerate(usable)
    }  # fmt: skip
    thin = DataTooThin(f"data too thin: fewer than {LEAST_PARTS} parts could be heard")
    return Merits(tuple(found.get(index, thin) for index in range(len(parts))), draws)


def _places(parts: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    known = {name: np.sort([one[name] for one in parts if name in one]) for name in UNITS}
    return [
        {name: percentile(one[name], known[name]) for name in UNITS if name in one} for one in parts
    ]


def _without_length(
    parts: Sequence[Mapping[str, float]], lengths_s: Sequence[float]
) -> list[dict[str, float]]:
    """Each part's normal score less what length alone brings: a straight line on its own score."""
    straight: list[dict[str, float]] = [{} for _ in parts]
    for name in UNITS:
        at = [index for index, one in enumerate(parts) if name in one]
        length = np.array([lengths_s[index] for index in at])
        values = np.array([parts[index][name] for index in at])
        if len(at) < LEAST_COMPARED or length.std() == 0:
            scores = values
        else:
            scores = normal_scores(percentiles(values, np.sort(values)))
            away = normal_scores(percentiles(length, np.sort(length)))
            scores = scores - away * float(away @ scores) / float(away @ away)
        for index, score in zip(at, scores, strict=True):
            straight[index][name] = float(score)
    return straight


def _scores(places: Sequence[Mapping[str, float]]) -> Float64[np.ndarray, "things parts"]:
    """Normal scores; NaN, which never leaves this module, where a part could not be heard."""
    return np.array([
        [normal_score(one[name]) if name in one else np.nan for name in UNITS] for one in places
    ])  # fmt: skip


def _draws(
    scores: Float64[np.ndarray, "things parts"], dice: np.random.Generator
) -> Float64[np.ndarray, "things draws"]:
    """Percentiles under weights drawn at random from all that add up to 1."""
    weights = dice.dirichlet(np.full(scores.shape[1], 0.5), DRAWS)
    heard = ~np.isnan(scores)
    totals = np.where(heard, scores, 0) @ weights.T
    weighed = totals / np.maximum(heard @ weights.T, 1e-9)
    ranks = np.argsort(np.argsort(weighed, axis=0), axis=0)
    percents = 100 * (ranks + 0.5) / len(scores)
    return _moderated(percents, heard.sum(axis=1) - 1, dice)


def _moderated(
    percents: Float64[np.ndarray, "things draws"],
    freedom: Int[np.ndarray, " things"],
    dice: np.random.Generator,
) -> Float64[np.ndarray, "things draws"]:
    """The draws around their middle, as wide as the piece and all pieces together say."""
    scores = normal_scores(percents)
    middle = np.median(scores, axis=1, keepdims=True)
    own = scores.var(axis=1)
    wider = np.sqrt((own + own.mean()) / (2 * np.where(own > 0, own, np.inf)))
    by_chance = 2 * freedom[:, None]
    luck = np.sqrt(by_chance / dice.chisquare(by_chance, percents.shape))
    draws: np.ndarray = 100 * scipy.special.ndtr(middle + (scores - middle) * wider[:, None] * luck)
    return draws


def _merit(
    parts: Mapping[str, float],
    places: Mapping[str, float],
    value: float,
    draws: Float64[np.ndarray, " draws"],
    compared: int,
) -> Merit:
    heard = tuple(MeritPart(name, parts[name], UNITS[name], places[name]) for name in places)
    return Merit(spanned(value, draws), heard, compared)
