"""Who plays, second by second, in a mixture.

A network of one hidden layer, our own, reads what `impressions` makes of a second and of the nine
around it. It learnt from mixtures rendered with sound fonts (`tools/train_instruments.py`) and is
judged on a font and on scores it never met (`bench/instruments.py`). Its answers are
probabilities: each logit is stretched and shifted as fits fonts that the network had not heard
(Platt, "Probabilistic outputs for support vector machines", 1999). Sampled instruments are not
players in a hall: on recordings it is less sure and more often wrong.

What plays along time is smoothed over three seconds; a stretch begins where an instrument is more
likely there than not and lasts while it stays half as likely as that.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import scipy
from jaxtyping import Bool, Float32

from unsung.listening.impressions import Impressions
from unsung.listening.networks import arrays
from unsung.model.hearing import Loudness
from unsung.model.instruments import (
    FAMILIES,
    INSTRUMENTS,
    Instruments,
    Playing,
    Presence,
)
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

WEIGHTS = "instruments"

_SILENT_LUFS = -60.0
_CONTEXT_S = 9
_SMOOTHING = (0.25, 0.5, 0.25)
_HEARD, _STILL_HEARD = 0.5, 0.25
_LEAST_PLAYING_S, _BRIDGED_S = 2, 2
TELLING = 0.35
"""A family is told from this probability on (chosen on the development part)."""

_LEAST_PRESENT = 0.5
_SURE_OVER_S = 4
_SPEECH = (0, 1, 2, 3)
_SINGING = (24, 25, 27, 29, 32, 249, 250)


def instruments(heard: Impressions, loudness: Loudness) -> Instruments:
    """Who plays in sound, every second; nobody where it is silent."""
    sounding = _sounding(loudness, heard.facets)
    likely = _smoothed(probabilities(heard.facets.values)) * sounding
    voices = _voices(heard.words.values) * sounding
    return told(
        likely[: len(INSTRUMENTS)],
        likely[len(INSTRUMENTS) :],
        voices,
        heard.facets.frames,
        sounding,
    )


def probabilities(
    facets: Float32[np.ndarray, "facets seconds"],
) -> Float32[np.ndarray, "answers seconds"]:
    """How likely each instrument, then each family, is heard in each second (0..1)."""
    weights = arrays(WEIGHTS)
    raw = raw_answers(in_context(facets), weights)
    likely: np.ndarray = scipy.special.expit(
        weights["scale"][:, None] * raw + weights["shift"][:, None]
    )
    return likely.astype(np.float32)


def in_context(
    facets: Float32[np.ndarray, "facets seconds"],
) -> Float32[np.ndarray, "facets2 seconds"]:
    """Each second, and below it the mean of the nine around it; square roots of both.

    Who plays now has mostly played before and will go on. Roots, because a facet is either
    nearly absent or many times as strong.
    """
    roots = np.sqrt(np.maximum(facets, 0))
    around = scipy.ndimage.uniform_filter1d(roots, _CONTEXT_S, axis=1, mode="nearest")
    return np.concatenate([roots, around])


def raw_answers(
    seen: Float32[np.ndarray, "facets2 seconds"], weights: Mapping[str, np.ndarray]
) -> Float32[np.ndarray, "answers seconds"]:
    """What the network says, before it is made a probability."""
    even = (seen - weights["mean"][:, None]) / weights["spread"][:, None]
    hidden = np.maximum(weights["kernel"].T @ even + weights["hidden"][:, None], 0)
    answers: np.ndarray = weights["readout"].T @ hidden + weights["level"][:, None]
    return answers


def told(
    likely: Float32[np.ndarray, "instruments seconds"],
    families: Float32[np.ndarray, "families seconds"],
    voices: Float32[np.ndarray, "voices seconds"],
    clock: Frames,
    sounding: Bool[np.ndarray, " seconds"],
) -> Instruments:
    """All that follows from the curves."""
    alone = ((families >= TELLING).sum(axis=0) == 1) & ((likely >= TELLING).sum(axis=0) == 1)
    playing = [one for row in range(len(likely)) for one in _playing(row, likely[row], alone)]
    unknown = sounding & (families.max(axis=0) < TELLING) & (voices.max(axis=0) < _HEARD)
    return Instruments(
        Feature(likely, clock),
        Feature(families, clock),
        Feature(voices, clock),
        tuple(sorted(playing, key=lambda one: (one.span, INSTRUMENTS.index(one.instrument)))),
        _present(INSTRUMENTS, likely, sounding),
        _present(FAMILIES, families, sounding),
        tuple(_seconds(start, end) for start, end in _runs(unknown)),
    )


def _sounding(loudness: Loudness, facets: Feature) -> Bool[np.ndarray, " seconds"]:
    """Where any moment of a second is louder than -60 LUFS."""
    curve, count = loudness.momentary, facets.values.shape[1]
    second = np.clip(curve.times_s.astype(np.int64), 0, count - 1)
    loudest = np.full(count, -np.inf)
    np.maximum.at(loudest, second, curve.values[0])
    return np.asarray(loudest > _SILENT_LUFS)


def _smoothed(likely: Float32[np.ndarray, "rows seconds"]) -> Float32[np.ndarray, "rows seconds"]:
    smooth: np.ndarray = scipy.ndimage.convolve1d(likely, _SMOOTHING, axis=1, mode="nearest")
    return smooth


def _voices(words: Float32[np.ndarray, "words seconds"]) -> Float32[np.ndarray, "voices seconds"]:
    """Speech and singing: the best of the network's words for each."""
    rows = [words[list(names)].max(axis=0) for names in (_SPEECH, _SINGING)]
    likely: np.ndarray = scipy.special.expit(np.stack(rows))
    return likely.astype(np.float32)


def _playing(
    row: int, likely: Float32[np.ndarray, " seconds"], alone: Bool[np.ndarray, " seconds"]
) -> Iterator[Playing]:
    """The stretches of one instrument; it is alone where nothing else is told for most of it."""
    for start, end in _stretches(likely):
        sure = float(np.sort(likely[start:end])[-_SURE_OVER_S:].mean())
        by_itself = bool(alone[start:end].mean() > 0.8)
        yield Playing(INSTRUMENTS[row], _seconds(start, end), sure, by_itself)


def _stretches(likely: Float32[np.ndarray, " seconds"]) -> Iterator[tuple[int, int]]:
    """Where it is likely there, short gaps bridged, short stretches left out."""
    bridged: list[list[int]] = []
    for start, end in _runs(likely >= _STILL_HEARD):
        if bridged and start - bridged[-1][1] <= _BRIDGED_S:
            bridged[-1][1] = end
        else:
            bridged.append([start, end])
    for start, end in bridged:
        if (likely[start:end] >= _HEARD).sum() >= _LEAST_PLAYING_S:
            yield start, end


def _runs(where: Bool[np.ndarray, " seconds"]) -> list[tuple[int, int]]:
    change = np.diff(where.astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _seconds(start: int, end: int) -> Span:
    return Span(float(start), float(end))


def _present(
    names: Sequence[str],
    likely: Float32[np.ndarray, "rows seconds"],
    sounding: Bool[np.ndarray, " seconds"],
) -> tuple[Presence, ...]:
    """Those likely heard at all: as sure as their four surest seconds in a row."""
    if not sounding.any():
        return ()
    window = min(_SURE_OVER_S, likely.shape[1])
    over = np.lib.stride_tricks.sliding_window_view(likely, window, axis=1).mean(axis=2)
    sure = over.max(axis=1)
    share = (likely[:, sounding] >= _HEARD).mean(axis=1)
    found = [
        Presence(names[row], float(sure[row]), float(share[row]))
        for row in np.flatnonzero(sure >= _LEAST_PRESENT).tolist()
    ]
    return tuple(sorted(found, key=lambda one: (-one.confidence * one.share, -one.confidence)))
