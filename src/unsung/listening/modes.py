"""Mode: which scale the music uses, and which of its tones is the tonic.

Relative modes share their tones (D Dorian is C major from D), so two questions are asked apart.
The scale: how well the tones around each second fit, as draws from a scale whose tones are equally
likely with a little left for others, less something for each tone of the scale that never sounds.
The tonic: how much of the bass lies on it, how well a key on it fits (Krumhansl-Schmuckler), and
how often lines begin, rest and end on it. Their sum is followed through time as for keys.

There is no published model of all this: scales are those in common use, and the weights were
chosen on the development part of `bench/modes.py`, folk tunes in the modes that their editors
wrote down. Where two tonics or two scales are nearly as good, the mode is undecided.
"""

from functools import cache

import numpy as np
import scipy
from jaxtyping import Bool, Float64, Int64

from unsung.listening.colours import pitch_class_shares
from unsung.listening.roll import seconds, sounding_time
from unsung.listening.steady import steady_states, stretches
from unsung.model.harmony import SCALES, Mode, Modes, ModeSpan, Scale
from unsung.model.hearing import KeyCurve
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.time import Span

_WINDOW_S = 31
_FOREIGN = 0.06
_MISSING = 0.12
_LEAST_TONE = 0.012
_COMMON: tuple[Scale, ...] = ("major", "natural minor", "harmonic minor", "melodic minor")
_KNOWN: tuple[Scale, ...] = (
    "Dorian",
    "Phrygian",
    "Lydian",
    "Mixolydian",
    "major pentatonic",
    "minor pentatonic",
)
_KNOWN_COST, _RARE_COST = 0.03, 0.1
_BASS, _KEY, _REST = 0.5, 0.3, 0.75
_LONG_S = 0.6
_CHANGE_COST = 2.0
_LEAST_MARGIN = 0.05
_LEAST_EVIDENCE = 0.3
_LEAST_PURITY = 0.88
_FEWEST_TONES = 5
_LEAST_SPAN_S = 8


def modes(notes: Notes, keys: KeyCurve, duration_s: float) -> Modes:
    """The modes along time. Margins and evidence are means over the stretch.

    Silence, fewer than five pitch classes, and music that uses tones outside any scale are
    undecided.
    """
    _, count = seconds(duration_s)
    heard = pitch_class_shares(notes, count, _WINDOW_S)
    tonic = _tonic_evidence(notes, keys, count)
    fit = _scale_fit(heard) + tonic[_tonics()] - _rarity()[:, None]
    states = steady_states(fit.T, _CHANGE_COST)
    found = _long_enough(stretches(states))
    spans = [_span(first, last, heard, tonic, fit) for first, last in found]
    return Modes(_joined(spans, duration_s) if duration_s > 0 else ())


@cache
def _modes() -> tuple[Mode, ...]:
    return tuple(Mode(tonic, scale) for scale in SCALES for tonic in range(12))


@cache
def _tonics() -> Int64[np.ndarray, " modes"]:
    return np.array([mode.tonic_pitch_class for mode in _modes()])


@cache
def _members() -> Bool[np.ndarray, "modes 12"]:
    return np.array([[k in mode.pitch_classes for k in range(12)] for mode in _modes()])


@cache
def _rarity() -> Float64[np.ndarray, " modes"]:
    """What a rarer scale must fit better by.

    A phrase on the dominant of a minor key has the tones of a Phrygian dominant, and is none.
    """
    costs = dict.fromkeys(_COMMON, 0.0) | dict.fromkeys(_KNOWN, _KNOWN_COST)
    return np.array([costs.get(mode.scale, _RARE_COST) for mode in _modes()])


def _scale_fit(heard: Float64[np.ndarray, "12 seconds"]) -> Float64[np.ndarray, "modes seconds"]:
    """The mean log chance of what sounds, less what is missing.

    Shares are evened out by a root: a drone says nothing about the scale above it.
    """
    size = _members().sum(axis=1, keepdims=True)
    chance = np.where(_members(), (1 - _FOREIGN) / size, _FOREIGN / (12 - size))
    missing = _members().astype(np.float64) @ (heard < _LEAST_TONE)
    evened = np.sqrt(heard)
    evened = evened / np.maximum(evened.sum(axis=0), 1e-9)
    fit: np.ndarray = np.log(chance) @ evened - _MISSING * missing
    return fit


def _tonic_evidence(notes: Notes, keys: KeyCurve, count: int) -> Float64[np.ndarray, "12 seconds"]:
    """What speaks for each pitch class as the tonic around each second, 0..1."""
    strengths = np.clip(keys.strengths.values[:, :count].astype(np.float64), 0, 1)
    key = np.maximum(strengths[:12], strengths[12:])
    parts = _BASS * _bass(notes, count) + _KEY * key + _REST * _rests(notes, count)
    evidence: np.ndarray = parts / (_BASS + _KEY + _REST)
    return evidence


def _bass(notes: Notes, count: int) -> Float64[np.ndarray, "12 seconds"]:
    """How much of the time each pitch class is the lowest that sounds."""
    time_s = sounding_time(notes, count)
    sounds = time_s.max(axis=0) > 0
    lowest = (time_s > 0).argmax(axis=0) % 12
    return _around((lowest == np.arange(12)[:, None]) & sounds)


def _rests(notes: Notes, count: int) -> Float64[np.ndarray, "12 seconds"]:
    """How much of the long notes, and of what a pause follows, each pitch class has."""
    begins_next_s = np.append(notes.onset_s[1:], np.inf)
    long = notes.duration_s > max(_LONG_S, float(np.median(notes.duration_s)) if len(notes) else 0)
    ends = begins_next_s > notes.end_s + 0.2
    weight = notes.salience * (long + 2.0 * ends)
    place = np.rint(notes.midi_pitch).astype(np.int64) % 12 * count
    at = np.minimum(notes.onset_s.astype(np.int64), count - 1)
    table = np.bincount(place + at, weight, minlength=12 * count).reshape(12, count)
    return _around(table)


def _around(table: np.ndarray) -> Float64[np.ndarray, "12 seconds"]:
    """Shares within the window around each second; 0 where there is nothing."""
    window = np.hanning(_WINDOW_S + 2)[1:-1]
    summed = scipy.ndimage.convolve1d(table.astype(np.float64), window, axis=1, mode="constant")
    total = summed.sum(axis=0)
    shares: np.ndarray = np.where(total > 1e-9, summed / np.where(total > 1e-9, total, 1), 0)
    return shares


def _long_enough(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches under the least length joined to the one before (the first, to the one after)."""
    kept: list[tuple[int, int]] = []
    for first, last in found:
        if kept and (last - first < _LEAST_SPAN_S or kept[-1][1] - kept[-1][0] < _LEAST_SPAN_S):
            kept[-1] = (kept[-1][0], last)
        else:
            kept.append((first, last))
    return kept


def _span(
    first: int,
    last: int,
    heard: Float64[np.ndarray, "12 seconds"],
    tonic: Float64[np.ndarray, "12 seconds"],
    fit: Float64[np.ndarray, "modes seconds"],
) -> ModeSpan:
    mean = fit[:, first:last].mean(axis=1)
    best = int(mean.argmax())
    margin = float(np.clip(mean[best] - np.delete(mean, best).max(), 0, 1))
    sounds = heard[:, first:last].mean(axis=1)
    evidence = float(np.clip(tonic[_tonics()[best], first:last].mean(), 0, 1))
    tells = (
        margin >= _LEAST_MARGIN
        and evidence >= _LEAST_EVIDENCE
        and (sounds > _LEAST_TONE).sum() >= _FEWEST_TONES
        and float(sounds[_members()[best]].sum()) >= _LEAST_PURITY
    )
    return ModeSpan(Span(first, last), _modes()[best] if tells else UNDECIDED, margin, evidence)


def _joined(spans: list[ModeSpan], duration_s: float) -> tuple[ModeSpan, ...]:
    """Neighbours that say the same made one; the last ends with the track."""
    joined: list[ModeSpan] = []
    for one in spans:
        if joined and joined[-1].mode == one.mode:
            last = joined.pop()
            longer = max(last, one, key=lambda each: each.span.duration_s)
            whole = Span(last.span.start_s, one.span.end_s)
            one = ModeSpan(whole, one.mode, longer.margin, longer.tonic_evidence)  # noqa: PLW2901
        joined.append(one)
    end = joined[-1]
    whole = Span(end.span.start_s, duration_s)
    joined[-1] = ModeSpan(whole, end.mode, end.margin, end.tonic_evidence)
    return tuple(joined)
