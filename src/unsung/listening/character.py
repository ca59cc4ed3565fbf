"""What sets a track apart from the album's others: its moods and genres, never in absolute terms.

A network has a word for sad music, but uses it for hardly any and means no amount by it. Yet of
two tracks of one album it finds the sadder one. So a track is as sad as its saddest fifth, and
the album's tracks are the scale: how many standard deviations it lies above their mean. Albums of
fewer than five sounding tracks are no scale. That the network's words mean to a listener what
they say is an assumption; it is the network's, learnt from what people wrote about videos.

The album alone would call the least unlike of ten string pieces a flamenco. So a word must also fit
the track better (or worse) than it fits film and game music at large; what it fits there is shipped
as a mean and a spread for each word (`weights/likeness.json`, `tools/rebuild_likeness.py`).
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from jaxtyping import Float, Float32

from unsung.listening.impressions import Impressions
from unsung.model.hearing import Loudness
from unsung.model.instruments import GENRES, MOODS, Character, Leaning, Likeness
from unsung.model.outcomes import UNDECIDED, NotHeard, Outcome, Undecided

_MOOD_WORDS = (271, 272, 273, 274, 275, 276)
_GENRE_WORDS = (
    *(211, 212, 214, 215, 216, 218, 221, 222, 223, 224, 225, 226, 227, 228),
    *(229, 230, 231, 232, 233, 234, 236, 241, 242, 243, 245, 246, 248, 251, 255),
    *(253, 256, 259, 266, 268, 269, 267),
)
_FULLEST_SHARE = 0.2
_LEAST_TRACKS = 5
_LEAST_SPREAD = 0.25
_TELLING = 1.0
_TELLING_AT_LARGE = 1.0
_SILENT = NotHeard("it is silent")


def likeness(heard: Impressions, loudness: Loudness) -> Likeness | NotHeard:
    """How well each word fits the fifth of the track that it fits best."""
    if isinstance(loudness.integrated_lufs, Outcome):
        return _SILENT
    words = heard.words.values
    return Likeness(_fullest(words, _MOOD_WORDS), _fullest(words, _GENRE_WORDS))


def characters(
    tracks: Sequence[Likeness | NotHeard],
) -> tuple[Character | Undecided, ...]:
    """What tells each track from the others, in their order; undecided where nothing compares."""
    known = [one for one in tracks if isinstance(one, Likeness)]
    if len(known) < _LEAST_TRACKS:
        return (UNDECIDED,) * len(tracks)
    moods = iter(_all_leanings(MOODS, np.stack([one.moods for one in known])))
    genres = iter(_all_leanings(GENRES, np.stack([one.genres for one in known])))
    return tuple(
        Character(next(moods), next(genres)) if isinstance(one, Likeness) else UNDECIDED
        for one in tracks
    )


def _all_leanings(
    words: Sequence[str], fits: Float[np.ndarray, "tracks words"]
) -> list[tuple[Leaning, ...]]:
    """What each track leans to, against the album and against music at large."""
    here, at_large = _against_each_other(fits), _against_music_at_large(words, fits)
    return [_leanings(words, *rows) for rows in zip(here, at_large, strict=True)]


def _fullest(
    words: Float32[np.ndarray, "words seconds"], rows: Sequence[int]
) -> Float32[np.ndarray, " chosen"]:
    chosen = np.sort(words[list(rows)], axis=1)
    fifth = max(1, round(chosen.shape[1] * _FULLEST_SHARE))
    mean: np.ndarray = chosen[:, -fifth:].mean(axis=1)
    return mean


def _against_each_other(
    fits: Float[np.ndarray, "tracks words"],
) -> Float[np.ndarray, "tracks words"]:
    spread = np.maximum(fits.std(axis=0), _LEAST_SPREAD)
    scores: np.ndarray = (fits - fits.mean(axis=0)) / spread
    return scores


def _against_music_at_large(
    words: Sequence[str], fits: Float[np.ndarray, "tracks words"]
) -> Float[np.ndarray, "tracks words"]:
    usual = np.array([list(_at_large()[word].values()) for word in words])
    scores: np.ndarray = (fits - usual[:, 0]) / np.maximum(usual[:, 1], _LEAST_SPREAD)
    return scores


def _leanings(
    words: Sequence[str],
    here: Float[np.ndarray, " words"],
    at_large: Float[np.ndarray, " words"],
) -> tuple[Leaning, ...]:
    """Words a standard deviation or more away on both scales, those that fit better first."""
    agreed = (here * np.sign(at_large) >= _TELLING) & (np.abs(at_large) >= _TELLING_AT_LARGE)
    order = np.argsort(-here, kind="stable").tolist()
    return tuple(Leaning(words[k], float(here[k]), float(at_large[k])) for k in order if agreed[k])


@cache
def _at_large() -> dict[str, dict[str, float]]:
    """By word, the mean and the spread of its fit over film and game music."""
    shipped = files("unsung.listening").joinpath("weights", "likeness.json")
    words: dict[str, dict[str, float]] = json.loads(shipped.read_text("utf-8"))["words"]
    return words
