"""Arousal, tension and valence along time, and how little may be said of the last.

Two models speak. One is a ridge regression of listeners' ratings of 110 film-music excerpts
(Eerola & Vuoskoski, "A comparison of the discrete and dimensional models of emotion in music",
Psychology of Music 39, 2011) on the colour of their sound (`colour`), fitted by
`tools/rebuild_emotion.py`. Arousal is told by it alone. The other is the published linear model of
the same ratings (Eerola, Lartillot & Toiviainen, "Prediction of multidimensional emotional ratings
in music from audio using multivariate regression models", ISMIR 2009, coefficients as revised by
its authors), which hears key and mode. Its features have other scales here, so each counts by how
far it lies from the film and game music it was set against (`published` in the shipped table); for
the fluctuation of rhythm stands the clarity of the pulse, for both novelties that of the sections.

Tension is the mean of both. Valence is told by the published model, as colour hardly tells it.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import scipy
from jaxtyping import Bool, Float64

from unsung.model.emotion import Emotion, Reliability
from unsung.model.hearing import KeyCurve, Sections
from unsung.model.pulse import Pulse
from unsung.model.sound import Feature
from unsung.model.time import Frames

_CLOCK = Frames(1.0, 0.5)
_WINDOW_S = 15
_LEAST_LEVEL = 1e-4
_FURTHEST = 2.0
_LOWEST, _HIGHEST = 1.0, 9.0
_MAJORS = 12

VALENCE = {
    "swelling": -0.3161, "pulse": 0.6099, "key_clarity": 0.8802, "mode": 0.4565, "novelty": 0.4015,
}  # fmt: skip
TENSION = {
    "swelling": 0.5382, "pulse": -0.5406, "key_clarity": -0.6808, "harmonic_change": 0.8629,
    "novelty": -0.5958,
}  # fmt: skip


def emotion(
    colour: Feature, chroma: Feature, key: KeyCurve, pulse: Pulse, sections: Sections
) -> Emotion:
    """The three curves; a track that is silent throughout rests at the middle of each scale."""
    table = emotion_table()
    seconds = max(1, round(colour.values.shape[1] / colour.frames.rate_hz))
    level = _each_second(colour, seconds)[0]
    sounding = level > _LEAST_LEVEL
    foretold = _foretold(colour, seconds, sounding, table)
    heard = published_features(colour, chroma, key, pulse, sections)
    indices = {name: _index(weights, heard, table) for name, weights in _PUBLISHED.items()}
    tension = (foretold["tension"] + _rating("tension", indices["tension"], table)) / 2
    curves = {
        "arousal": foretold["arousal"],
        "tension": tension,
        "valence": _rating("valence", indices["valence"], table),
    }
    return Emotion(
        **{name: _held(row, sounding) for name, row in curves.items()},
        sounding=Feature(sounding[np.newaxis], _CLOCK),
        reliability=Reliability(**table["reliability"]),
    )


_PUBLISHED = {"valence": VALENCE, "tension": TENSION}


@cache
def emotion_table() -> Any:
    """What `tools/rebuild_emotion.py` fitted: means, spreads and weights."""
    return json.loads(_table_text())


@cache
def emotion_table_digest() -> str:
    """The SHA-256 of the table: another table gives other answers."""
    return hashlib.sha256(_table_text().encode()).hexdigest()


def _table_text() -> str:
    return (files("unsung.listening") / "weights" / "emotion.json").read_text("utf-8")


def published_features(
    colour: Feature, chroma: Feature, key: KeyCurve, pulse: Pulse, sections: Sections
) -> dict[str, Float64[np.ndarray, " seconds"]]:
    """The features of the published model, once a second, each on a scale of our own."""
    seconds = max(1, round(colour.values.shape[1] / colour.frames.rate_hz))
    level = _each_second(colour, seconds)[0]
    strengths = _each_second(key.strengths, seconds)
    major, minor = strengths[:_MAJORS].max(axis=0), strengths[_MAJORS:].max(axis=0)
    return {
        "swelling": np.sqrt(np.maximum(_mean(level**2) - _mean(level) ** 2, 0)),
        "pulse": _mean(_each_second(pulse.clarity, seconds)[0]),
        "key_clarity": _mean(np.maximum(major, minor)),
        "mode": _mean(major - minor),
        "harmonic_change": _mean(_harmonic_change(chroma, seconds)),
        "novelty": _mean(_each_second(sections.novelty, seconds)[0]),
    }


def _foretold(
    colour: Feature, seconds: int, sounding: Bool[np.ndarray, " seconds"], table: Any
) -> dict[str, Float64[np.ndarray, " seconds"]]:
    """What the regression says of the colour around each second."""
    rows = _each_second(colour, seconds) * sounding
    share = np.maximum(_mean(sounding.astype(float)), 1 / _WINDOW_S)
    around = np.stack([_mean(row) for row in rows]) / share
    model = table["regression"]
    standing = (around - np.array(model["mean"])[:, None]) / np.array(model["spread"])[:, None]
    standing = np.clip(standing, -_FURTHEST, _FURTHEST)
    return {
        name: model[name]["mean"] + np.array(model[name]["weights"]) @ standing
        for name in ("arousal", "tension")
    }


def _harmonic_change(chroma: Feature, seconds: int) -> Float64[np.ndarray, " seconds"]:
    """How far the tonal centroid moves (Harte, Sandler & Gasser, AMCMM 2006, section 3)."""
    each = _each_second(chroma, seconds)
    unit = each / np.maximum(each.sum(axis=0), 1e-9)
    angles = np.pi * np.arange(12) * np.array([[7 / 6], [3 / 2], [2 / 3]])
    radii = np.array([[1.0], [1.0], [0.5]])
    centroid = np.concatenate([radii * np.sin(angles), radii * np.cos(angles)]) @ unit
    moved: np.ndarray = np.linalg.norm(np.diff(centroid, axis=1, prepend=centroid[:, :1]), axis=0)
    return moved


def _index(
    weights: dict[str, float], heard: dict[str, Float64[np.ndarray, " seconds"]], table: Any
) -> Float64[np.ndarray, " seconds"]:
    """The weighted sum of how far each feature lies from what is usual."""
    usual = table["published"]
    parts = [
        weight * (heard[name] - usual[name]["mean"]) / usual[name]["spread"]
        for name, weight in weights.items()
    ]
    total: np.ndarray = np.sum(parts, axis=0)
    return total


def _rating(
    name: str, index: Float64[np.ndarray, " seconds"], table: Any
) -> Float64[np.ndarray, " seconds"]:
    """The index on the scale of the ratings, spread as far as ratings can be foretold."""
    usual = table["published"][f"{name}_index"]
    to = table["ratings"][name]
    rating: np.ndarray = to["mean"] + to["spread"] * (index - usual["mean"]) / usual["spread"]
    return rating


def _each_second(feature: Feature, seconds: int) -> Float64[np.ndarray, "rows seconds"]:
    """The mean of what lies within each second; the nearest value where nothing does."""
    values = feature.values.astype(np.float64)
    if not values.shape[1]:
        return np.zeros((len(values), seconds))
    column = np.clip(feature.times_s.astype(np.int64), 0, seconds - 1)
    counts = np.bincount(column, minlength=seconds)
    sums = np.stack([np.bincount(column, row, minlength=seconds) for row in values])
    filled = np.flatnonzero(counts)
    means = sums[:, filled] / counts[filled]
    nearest = np.abs(filled[:, None] - np.arange(seconds)).argmin(axis=0)
    found: np.ndarray = means[:, nearest]
    return found


def _mean(row: Float64[np.ndarray, " seconds"]) -> Float64[np.ndarray, " seconds"]:
    mean: np.ndarray = scipy.ndimage.uniform_filter1d(row, _WINDOW_S, mode="nearest")
    return mean


def _held(row: Float64[np.ndarray, " seconds"], sounding: Bool[np.ndarray, " seconds"]) -> Feature:
    if not sounding.any():
        return Feature(np.full((1, len(row)), (_LOWEST + _HIGHEST) / 2), _CLOCK)
    known = np.maximum.accumulate(np.where(sounding, np.arange(len(row)), -1))
    held = row[np.where(known < 0, np.argmax(sounding), known)]
    return Feature(np.clip(held, _LOWEST, _HIGHEST)[np.newaxis], _CLOCK)
