"""Key: which of the 24 major and minor keys the music is in, as it goes along and on the whole.

How long each pitch class sounds is compared with how long it sounds in music known to be in a
key (Krumhansl, *Cognitive Foundations of Musical Pitch*, 1990, chapter 4: the Krumhansl-Schmuckler
algorithm, correlation with 24 profiles). The profiles are those of Albrecht and Shanahan ("The use
of large corpora to train a new type of key-finding algorithm", Music Perception 31, 2013), which
on the development part of `bench/key.py` told major from relative minor best. A key holds until
another is so much stronger for so long that it pays for the modulation (Temperley, *The Cognition
of Basic Musical Structures*, 2001, chapter 7; here by a Viterbi search).

Chance notes fit the luckiest of 24 keys, too: a correlation that chance often reaches is no key.
Cluster, tone row and silence are undecided.
"""

from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Float32, Float64, Int64

from unsung.listening.roll import seconds, sounding_time
from unsung.listening.steady import steady_states
from unsung.model.hearing import KeyCurve, KeySpan
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.pitch import Key
from unsung.model.settings import KeySettings
from unsung.model.sound import Feature
from unsung.model.time import Span

_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
_NO_KEY = 24

_CHANCE_STRENGTH = 0.65
_MODULATION_COST = 1.0
_PAUSE_S = 5
_CLOSE_S = 4.0
_WEIGHT_OF_CLOSE = 0.5


def key(notes: Notes, duration_s: float, settings: KeySettings) -> KeyCurve:
    """The key along time, once a second, and of the whole; undecided where none stands out.

    Clarity is by how much the correlation of a key exceeds that of the next best key, and of what
    chance notes would reach. The close counts half as much as the whole: pieces end at home.
    """
    clock, count = seconds(duration_s)
    heard_s = _pitch_class_time(sounding_time(notes, count))
    strengths = _strengths_along(heard_s, settings.window_s)
    overall = _overall_strengths(notes, heard_s)
    best = int(overall.argmax())
    clarity = _clarity(overall[:, None], best)
    return KeyCurve(
        Feature(strengths, clock),
        _spans(strengths, duration_s, settings),
        _decided(best, clarity, settings),
        clarity,
    )


def _pitch_class_time(
    time_s: Float32[np.ndarray, "pitches frames"],
) -> Float64[np.ndarray, "12 frames"]:
    pitch_class = np.arange(len(time_s)) % 12
    return np.stack([time_s[pitch_class == one].sum(axis=0, dtype=float) for one in range(12)])


def _strengths_along(
    heard_s: Float64[np.ndarray, "12 seconds"], window_s: float
) -> Float64[np.ndarray, "24 seconds"]:
    """Correlation of what is heard around each second with every key; 0 in longer pauses."""
    reach = int(window_s // 2)
    window = np.hanning(2 * reach + 3)[1:-1]
    around = scipy.ndimage.convolve1d(heard_s, window, axis=1, mode="constant")
    sounding = scipy.ndimage.maximum_filter1d(heard_s.sum(axis=0), _PAUSE_S, mode="constant") > 0
    strengths: np.ndarray = _correlations(around) * sounding
    return strengths


def _correlations(
    heard_s: Float64[np.ndarray, "12 frames"],
) -> Float64[np.ndarray, "24 frames"]:
    """With each key's profile, -1..1; 0 where all pitch classes sound alike, or none does."""
    profiles = np.stack([np.roll(mode, k) for mode in (_MAJOR, _MINOR) for k in range(12)])
    correlations: np.ndarray = _standardised(profiles.T).T @ _standardised(heard_s)
    return correlations


def _standardised(
    columns: Float64[np.ndarray, "12 columns"],
) -> Float64[np.ndarray, "12 columns"]:
    centred = columns - columns.mean(axis=0)
    length = np.linalg.norm(centred, axis=0)
    uneven = length > 1e-6 * np.abs(columns).max(axis=0, initial=0)
    standardised: np.ndarray = centred * uneven / np.where(uneven, length, 1)
    return standardised


def _overall_strengths(
    notes: Notes, heard_s: Float64[np.ndarray, "12 seconds"]
) -> Float64[np.ndarray, " 24"]:
    """Correlation with every key of the whole and of its close, weighed together."""
    whole = _correlations(heard_s.sum(axis=1, keepdims=True))[:, 0]
    close = _correlations(_close(notes)[:, None])[:, 0]
    weighed: np.ndarray = (whole + _WEIGHT_OF_CLOSE * close) / (1 + _WEIGHT_OF_CLOSE)
    return weighed


def _close(notes: Notes) -> Float64[np.ndarray, " 12"]:
    """How long each pitch class sounds in the last seconds before all is silent."""
    from_s = notes.end_s.max(initial=0.0) - _CLOSE_S
    lasts_s = np.maximum(0.0, notes.end_s - np.maximum(notes.onset_s, from_s))
    pitch_class = np.rint(notes.midi_pitch).astype(np.int64) % 12
    time_s: np.ndarray = np.bincount(pitch_class, lasts_s * notes.salience, minlength=12)
    return time_s.astype(np.float64)


def _spans(
    strengths: Float64[np.ndarray, "24 seconds"], duration_s: float, settings: KeySettings
) -> tuple[KeySpan, ...]:
    if duration_s <= 0:
        return ()
    states = _without_short_spans(_steady_keys(strengths), strengths, settings.least_span_s)
    changes = [0, *(np.flatnonzero(np.diff(states)) + 1).tolist(), states.size]
    edges_s = [*changes[:-1], duration_s]
    named = [(int(states[first]), strengths[:, first:last]) for first, last in pairwise(changes)]
    return _joined(
        [
            _key_span(Span(start_s, end_s), state, inside, settings)
            for (start_s, end_s), (state, inside) in zip(pairwise(edges_s), named, strict=True)
        ]
    )


def _steady_keys(strengths: Float64[np.ndarray, "24 seconds"]) -> Int64[np.ndarray, " seconds"]:
    """The best path through keys and no key; each change costs a modulation."""
    rewards = np.vstack([strengths, np.full(strengths.shape[1], _CHANCE_STRENGTH)]).T
    return steady_states(rewards, _MODULATION_COST)


def _without_short_spans(
    states: Int64[np.ndarray, " seconds"],
    strengths: Float64[np.ndarray, "24 seconds"],
    least_span_s: float,
) -> Int64[np.ndarray, " seconds"]:
    """Spans under the least length given to the neighbour whose key is the stronger there."""
    states = states.copy()
    while True:
        edges = np.concatenate([[0], np.flatnonzero(np.diff(states)) + 1, [states.size]])
        lengths = np.diff(edges)
        shortest = int(lengths.argmin())
        if lengths.size == 1 or lengths[shortest] >= least_span_s:
            return states
        inside = slice(edges[shortest], edges[shortest + 1])
        beside = [int(states[k]) for k in (inside.start - 1, inside.stop) if 0 <= k < states.size]
        states[inside] = max(beside, key=lambda one: _mean_strength(strengths[:, inside], one))


def _mean_strength(strengths: Float64[np.ndarray, "24 seconds"], state: int) -> float:
    return _CHANCE_STRENGTH if state == _NO_KEY else float(strengths[state].mean())


def _key_span(
    span: Span, state: int, strengths: Float64[np.ndarray, "24 seconds"], settings: KeySettings
) -> KeySpan:
    clarity = 0.0 if state == _NO_KEY else _clarity(strengths, state)
    return KeySpan(span, _decided(state, clarity, settings), clarity)


def _clarity(strengths: Float64[np.ndarray, "24 seconds"], state: int) -> float:
    """How far one key stands above its best rival on average, chance being a rival; 0..1."""
    mean = strengths.mean(axis=1)
    rival = max(_CHANCE_STRENGTH, float(np.delete(mean, state).max()))
    return float(np.clip(mean[state] - rival, 0, 1))


def _decided(state: int, clarity: float, settings: KeySettings) -> Key | Undecided:
    if state == _NO_KEY or clarity <= 0 or clarity < settings.least_clarity:
        return UNDECIDED
    return Key.at(state)


def _joined(spans: list[KeySpan]) -> tuple[KeySpan, ...]:
    """Neighbours that are both undecided made one; its clarity is the longer one's."""
    joined = spans[:1]
    for one in spans[1:]:
        last = joined[-1]
        if one.key == last.key:
            clarity = max(last, one, key=lambda each: each.span.duration_s).clarity
            joined[-1] = KeySpan(Span(last.span.start_s, one.span.end_s), one.key, clarity)
        else:
            joined.append(one)
    return tuple(joined)
