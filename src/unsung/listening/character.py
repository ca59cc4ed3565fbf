"""What sets a track apart from the album's others: its moods and genres, never in absolute terms.

A network has a word for sad music, but uses it for hardly any and means no amount by it. Yet of
two tracks of one album it finds the sadder one. So a track is as sad as its saddest fifth, and
the album's tracks are the scale: how many standard deviations it lies above their mean. Albums of
fewer than five sounding tracks are no scale. That the network's words mean to a listener what
they say is an assumption; it is the network's, learnt from what people wrote about videos.
"""

from collections.abc import Sequence

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
    moods = iter(_against_each_other(np.stack([one.moods for one in known])))
    genres = iter(_against_each_other(np.stack([one.genres for one in known])))
    return tuple(
        Character(_leanings(MOODS, next(moods)), _leanings(GENRES, next(genres)))
        if isinstance(one, Likeness)
        else UNDECIDED
        for one in tracks
    )


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


def _leanings(words: Sequence[str], strengths: Float[np.ndarray, " words"]) -> tuple[Leaning, ...]:
    """Words a standard deviation or more away, those that fit better first."""
    order = np.argsort(-strengths, kind="stable").tolist()
    return tuple(
        Leaning(words[k], float(strengths[k])) for k in order if abs(strengths[k]) >= _TELLING
    )
