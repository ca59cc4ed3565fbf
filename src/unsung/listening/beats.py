"""Where one would tap along, and how much better that fits than tapping to no pulse at all.

Two witnesses speak for a beat: a network trained on beats (`beat_strength`), and long notes, which
draw the beat to their beginning (the durational accent of Parncutt, "A perceptual model of pulse
salience and metrical accent in musical rhythms", Music Perception 11, 1994, section on phenomenal
accent). The best chain of beats is found as `beat_chain` says; evidence counts as in the dynamic
Bayesian network of Böck, Krebs & Widmer ("Joint beat and downbeat tracking with recurrent neural
networks", ISMIR 2016, section 2.3). The tempo that one prefers to tap is after Moelants,
"Preferred tempo reconsidered" (ICMPC 2002).

A chain of beats can be laid through anything. Whether it means something is asked of chance: the
same evidence is played as freely as nobody plays, every third of a second at a tempo of its own,
and searched as well. Clarity tells how much better the beats fit the music than its free
surrogates. Weights and clarity were settled on the development part of `bench/beats.py`.
"""

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.listening.beat_chain import beat_chain
from unsung.model.notes import Notes
from unsung.model.settings import TempoSettings
from unsung.model.sound import Feature

_NETWORK, _ACCENT = 0.6, 0.4
_LEAST_EVIDENCE, _LEAST_CHANCE = 0.01, 0.005
_LONGEST_ACCENT_S = 2.0
_TOGETHER_S = 0.024
_AROUND_S = 5.0
_FAINT = 0.002

_BEAT_SHARE = 1 / 12
_CHANGE_COST = 60.0
_PREFERRED_BPM, _PREFERENCE = 120.0, 1.0

_SURROGATES = 8
_FREEDOM, _FREE_STEP_S = 0.5, 0.3
_NATS_FELT_A_S = 3.0
_LUCK = 0.75


@frozen
class Chain:
    """Beats and the clarity of the pulse around each, -∞..1 before it is held against chance."""

    beats_s: Float64[np.ndarray, " beats"]
    intervals_s: Float64[np.ndarray, " beats"]
    clarity: Float64[np.ndarray, " beats"]


@frozen
class _Followed:
    frames: Int64[np.ndarray, " beats"]
    intervals: Int64[np.ndarray, " beats"]
    worth: Float64[np.ndarray, " frames"]
    """What the evidence is worth to the chain around each frame, in nats a second."""


def followed(strength: Feature, notes: Notes, settings: TempoSettings) -> Chain:
    """The best chain of beats from the first instant to the last, clear or not."""
    evidence, rate_hz = _evidence(strength, notes), strength.frames.rate_hz
    found = _chain(evidence, rate_hz, settings)
    dice = np.random.default_rng(0)
    by_chance = [
        _chain(_played_freely(evidence, rate_hz, dice), rate_hz, settings).worth
        for _ in range(_SURROGATES)
    ]
    expected = np.mean(by_chance, axis=0) + _LUCK * np.std(by_chance, axis=0).mean()
    better = np.maximum(found.worth - expected, 0)
    clarity = 1 - np.exp(-better / _NATS_FELT_A_S)
    return Chain(
        _refined(found.frames, evidence) / rate_hz,
        found.intervals / rate_hz,
        clarity[found.frames],
    )


def _evidence(strength: Feature, notes: Notes) -> Float64[np.ndarray, " frames"]:
    """How much speaks for a beat at each instant, 0.005..0.995."""
    network = np.clip(strength.values[0].astype(np.float64), _LEAST_EVIDENCE, 1)
    accent, has_notes = _accents(notes, len(network), strength.frames.rate_hz)
    accent = np.clip(accent, _LEAST_EVIDENCE, 1)
    together = np.where(has_notes, network**_NETWORK * accent**_ACCENT, network)
    evidence: np.ndarray = np.clip(together, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
    return evidence


def _accents(
    notes: Notes, count: int, rate_hz: float
) -> tuple[Float64[np.ndarray, " frames"], Bool[np.ndarray, " frames"]]:
    """Notes that begin, by length and salience, against the strongest around; and if any is."""
    frame = np.clip(np.rint(notes.onset_s * rate_hz).astype(np.int64), 0, count - 1)
    weight = notes.salience * np.minimum(notes.duration_s, _LONGEST_ACCENT_S)
    row = np.bincount(frame, weight.astype(np.float64), minlength=count)
    row = scipy.ndimage.gaussian_filter1d(row, _TOGETHER_S * rate_hz)
    strongest = scipy.ndimage.maximum_filter1d(row, round(_AROUND_S * rate_hz))
    around = scipy.ndimage.gaussian_filter1d(strongest, _AROUND_S * rate_hz / 4)
    return np.minimum(row / (around + _FAINT), 1), strongest > _FAINT


def _chain(
    evidence: Float64[np.ndarray, " frames"], rate_hz: float, settings: TempoSettings
) -> _Followed:
    intervals = np.arange(
        max(int(60 * rate_hz / settings.fastest_bpm), 3),
        int(np.ceil(60 * rate_hz / settings.slowest_bpm)) + 1,
    )
    widths = np.maximum(1, np.rint(intervals * _BEAT_SHARE)).astype(np.int64)
    struck, resting = _running(np.log(evidence)), _running(_log_rest(evidence))
    preferred = -_PREFERENCE * np.log2(60 * rate_hz / intervals / _PREFERRED_BPM) ** 2
    lost = _CHANGE_COST * np.abs(np.log(intervals[:, None] / intervals[None]))
    frames, kinds = beat_chain(struck, resting, intervals, widths, preferred, lost)
    chosen = intervals[kinds]
    whole = frames + chosen <= len(evidence)
    first, ends, after = frames[whole], (frames + chosen)[whole], (frames + widths[kinds])[whole]
    worth = struck[after] - struck[first] + resting[ends] - resting[after] + preferred[kinds][whole]
    a_second = worth / chosen[whole] * rate_hz
    around = _around(first, a_second, len(evidence), settings.window_s * rate_hz)
    return _Followed(frames, chosen, around)


def _log_rest(evidence: Float64[np.ndarray, " frames"]) -> Float64[np.ndarray, " frames"]:
    rest: np.ndarray = np.log((1 - evidence) / (1 / _BEAT_SHARE - 1))
    return rest


def _running(values: Float64[np.ndarray, " frames"]) -> Float64[np.ndarray, " instants"]:
    return np.concatenate([[0.0], np.cumsum(values)])


def _around(
    frames: Int64[np.ndarray, " beats"],
    worth: Float64[np.ndarray, " beats"],
    count: int,
    window: float,
) -> Float64[np.ndarray, " frames"]:
    """The worth of each interval along its frames, smoothed over the window."""
    if not len(frames):
        return np.zeros(count)
    along = worth[np.clip(np.searchsorted(frames, np.arange(count), side="right") - 1, 0, None)]
    smooth: np.ndarray = scipy.ndimage.gaussian_filter1d(along, window, mode="reflect")
    return smooth


def _played_freely(
    evidence: Float64[np.ndarray, " frames"], rate_hz: float, dice: np.random.Generator
) -> Float64[np.ndarray, " frames"]:
    """The same in another time: each step at a random tempo, the whole as long as before."""
    count, step = len(evidence), max(1, round(_FREE_STEP_S * rate_hz))
    speeds = np.exp(_FREEDOM * dice.standard_normal(count // step + 2))
    knots = np.concatenate([[0.0], np.cumsum(speeds)])
    at = np.interp(np.arange(count), step * np.arange(len(knots)), knots)
    at *= (count - 1) / max(at[-1], 1e-9)
    free: np.ndarray = np.interp(at, np.arange(count), evidence)
    return free


def _refined(
    frames: Int64[np.ndarray, " beats"], evidence: Float64[np.ndarray, " frames"]
) -> Float64[np.ndarray, " beats"]:
    """Each beat at the centre of the evidence under it: a fiftieth of a second is too coarse."""
    offsets = np.arange(-1, 4)
    inside = np.clip(frames[:, None] + offsets, 0, len(evidence) - 1)
    weight = np.square(evidence[inside])
    refined: np.ndarray = np.maximum(frames + (weight @ offsets) / weight.sum(axis=1), 0)
    return refined
