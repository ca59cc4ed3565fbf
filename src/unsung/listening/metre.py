"""How beats group into bars: two, three or four to a bar, and which of them is the first.

Harmony tends to move at the bar line, long and low notes to begin there (Lerdahl & Jackendoff, *A
Generative Theory of Tonal Music*, 1983, metrical preference rules 5 and 6), and the network that
hears beats hears downbeats (`beat_strength`). Bars are laid over the beats so that strong places
fall where most of this does; to break a bar off or to leave a metre costs. The search is that of
Böck, Krebs & Widmer, "Joint beat and downbeat tracking with recurrent neural networks" (ISMIR
2016), section 2.3, from beat to beat. Weights were settled on the development part of
`bench/beats.py`. Four to a bar and two are told apart no better than by ear.
"""

import numpy as np
from jaxtyping import Float64, Int64

from unsung.model.notes import Notes
from unsung.model.sound import Feature

_STRENGTHS = {2: (1.0, -1.0), 3: (1.0, -0.6, -0.4), 4: (1.0, -0.5, -0.05, -0.45)}
"""How strong each place of a bar is, by its number of beats."""

_HARMONY, _ACCENT, _NETWORK = 1.0, 0.4, 0.3
_BROKEN_COST, _LEFT_COST = 10.0, 20.0
_NEAR_S = 0.07
_LONGEST_S = 2.0
_LOW_PITCH = 60.0
_HARMONY_BEATS = 2
_AROUND_BEATS = 17
_FLAT = 0.2


def bars(
    beats_s: Float64[np.ndarray, " beats"], strength: Feature, notes: Notes
) -> tuple[Int64[np.ndarray, " beats"], Int64[np.ndarray, " beats"], Float64[np.ndarray, " beats"]]:
    """Of each beat: its place in the bar from 1, the beats of that bar, how well they agree.

    Agreement, -1..1, is the correlation around each beat of what is heard with the bars laid.
    """
    if len(beats_s) < 2:
        return np.ones(len(beats_s), np.int64), np.full(len(beats_s), 4), np.zeros(len(beats_s))
    heard = (
        _HARMONY * _standing_out(_harmony(beats_s, notes))
        + _ACCENT * _standing_out(_accents(beats_s, notes))
        + _NETWORK * _standing_out(_downbeats(beats_s, strength))
    )
    places, expected = _places()
    path = _path(heard[:, None] * expected, places)
    agree = _around(heard * expected[path]) / np.sqrt(
        _around(heard**2) * _around(expected[path] ** 2) + 1e-9
    )
    return 1 + np.array(places)[path, 1], np.array(places)[path, 0], agree


def _harmony(beats_s: Float64[np.ndarray, " beats"], notes: Notes) -> Float64[np.ndarray, " beats"]:
    """How far the pitch classes of the next two beats differ from those of the last two, 0..1."""
    edges_s = np.append(beats_s, 2 * beats_s[-1] - beats_s[-2])
    pitch_class = np.rint(notes.midi_pitch).astype(np.int64) % 12
    until = np.concatenate([np.zeros((12, 1)), _sounding(edges_s, notes, pitch_class)], axis=1)
    until = np.cumsum(until, axis=1)
    here = np.arange(len(beats_s))
    after = until[:, np.minimum(here + _HARMONY_BEATS, len(beats_s))] - until[:, here]
    before = until[:, here] - until[:, np.maximum(here - _HARMONY_BEATS, 0)]
    lengths = np.linalg.norm(after, axis=0) * np.linalg.norm(before, axis=0)
    moved: np.ndarray = 1 - (after * before).sum(axis=0) / (lengths + 1e-6)
    return np.where(here > 0, moved, 0)


def _sounding(
    edges_s: Float64[np.ndarray, " edges"], notes: Notes, pitch_class: Int64[np.ndarray, " notes"]
) -> Float64[np.ndarray, "12 beats"]:
    """How long each pitch class sounds in each beat, against the whole of the beat."""
    begun = np.zeros((12, len(edges_s)))
    for sign, at_s in ((1, notes.onset_s), (-1, notes.end_s)):
        for one in range(12):
            chosen = pitch_class == one
            begun[one] += sign * _passed(edges_s, at_s[chosen], notes.salience[chosen])
    sounding = np.maximum(np.diff(begun, axis=1), 0)
    unit: np.ndarray = sounding / (np.linalg.norm(sounding, axis=0) + 1e-6)
    return unit


def _passed(
    edges_s: Float64[np.ndarray, " edges"], at_s: np.ndarray, weight: np.ndarray
) -> Float64[np.ndarray, " edges"]:
    """Seconds that have passed at each edge since each instant before it, weighed and summed."""
    order = np.argsort(at_s)
    weights = np.concatenate([[0.0], np.cumsum(weight[order], dtype=float)])
    moments = np.concatenate([[0.0], np.cumsum(weight[order] * at_s[order], dtype=float)])
    count = np.searchsorted(at_s[order], edges_s)
    passed: np.ndarray = weights[count] * edges_s - moments[count]
    return passed


def _accents(beats_s: Float64[np.ndarray, " beats"], notes: Notes) -> Float64[np.ndarray, " beats"]:
    """Seconds of sound that begin with the beat, those of low notes twice, as a logarithm."""
    after = np.clip(np.searchsorted(beats_s, notes.onset_s), 1, len(beats_s) - 1)
    is_before = notes.onset_s - beats_s[after - 1] < beats_s[after] - notes.onset_s
    nearest = after - is_before
    together = np.abs(notes.onset_s - beats_s[nearest]) < _NEAR_S
    twice = 1 + (notes.midi_pitch < _LOW_PITCH)
    weight = notes.salience * twice * np.minimum(notes.duration_s, _LONGEST_S) * together
    begun: np.ndarray = np.bincount(nearest, weight.astype(float), minlength=len(beats_s))
    return np.log(_FLAT + begun)


def _downbeats(
    beats_s: Float64[np.ndarray, " beats"], strength: Feature
) -> Float64[np.ndarray, " beats"]:
    """The logit of a downbeat, given a beat."""
    rate_hz, count = strength.frames.rate_hz, strength.values.shape[1]
    reach = np.arange(-round(_NEAR_S * rate_hz), round(_NEAR_S * rate_hz) + 1)
    near = np.clip(np.rint(beats_s * rate_hz).astype(np.int64)[:, None] + reach, 0, count - 1)
    beat, downbeat = (row[near].max(axis=1) for row in strength.values.astype(np.float64))
    share = np.clip((downbeat + 0.01) / (beat + 0.05), 0.02, 0.98)
    logit: np.ndarray = np.log(share / (1 - share))
    return logit


def _standing_out(values: Float64[np.ndarray, " beats"]) -> Float64[np.ndarray, " beats"]:
    """Against the mean and the spread of the beats around."""
    mean = _around(values)
    spread = np.sqrt(_around((values - mean) ** 2))
    standing: np.ndarray = (values - mean) / (spread + _FLAT)
    return standing


def _around(values: Float64[np.ndarray, " beats"]) -> Float64[np.ndarray, " beats"]:
    """The mean over the beats around each; at the ends, over those there are."""
    reach = _AROUND_BEATS // 2
    until = np.concatenate([[0.0], np.cumsum(values)])
    here = np.arange(len(values))
    first, last = np.maximum(here - reach, 0), np.minimum(here + reach + 1, len(values))
    mean: np.ndarray = (until[last] - until[first]) / (last - first)
    return mean


def _places() -> tuple[list[tuple[int, int]], Float64[np.ndarray, " places"]]:
    """Every place of every bar, and how strong it is against the mean of its bar."""
    places = [(beats, place) for beats in _STRENGTHS for place in range(beats)]
    rows = [np.array(row) - np.mean(row) for row in _STRENGTHS.values()]
    return places, np.concatenate([row / np.sqrt(np.mean(row**2)) for row in rows])


def _path(
    earned: Float64[np.ndarray, "beats places"], places: list[tuple[int, int]]
) -> Int64[np.ndarray, " beats"]:
    """The places that earn most."""
    lost = np.array([[_lost(one, other) for other in places] for one in places])
    total, came = earned[0], []
    for now in earned[1:]:
        reached = total[:, None] - lost
        came.append(reached.argmax(axis=0))
        total = reached.max(axis=0) + now
    path = [int(total.argmax())]
    for sources in reversed(came):
        path.append(int(sources[path[-1]]))
    return np.array(path[::-1])


def _lost(one: tuple[int, int], other: tuple[int, int]) -> float:
    if one[0] != other[0]:
        return _LEFT_COST
    return 0.0 if other[1] == (one[1] + 1) % one[0] else _BROKEN_COST
