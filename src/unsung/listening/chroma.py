"""Chroma: how strongly each pitch class sounds; and how far the track is tuned from A = 440 Hz.

Müller, *Fundamentals of Music Processing* (2nd ed.), §3.1.2: the spectrum is compressed
(log(1 + γ·x)), folded over octaves, and normalised, here to a sum of 1 so that a column
reads as shares. Departures: bins are weighed by their distance from the *tuned* semitone instead
of being rounded to it, and registers where pitch is mostly rumble or overtone fade out. Weighing
harmonics (Gómez 2006) or subtracting them came no closer to the score on rendered quartets and
chorales, so neither is done.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float32, Float64

from unsung.listening.constant_q import (
    AUDIBLE,
    BINS_PER_OCTAVE,
    FRAMES,
    pitches_semitones,
)
from unsung.model.hearing import Tuning
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Feature

PITCH_CLASSES = 12
COMPRESSION = 10.0
"""γ: a tone 20 dB below the track's loudest still weighs more than a quarter of it."""
LEAST_TUNING_CONFIDENCE = 0.15
"""Half a second of noise stays under 0.1."""

_LOWEST_SEMITONES, _LOW_FADE_SEMITONES = 36, 2  # C2
_HIGHEST_SEMITONES, _HIGH_FADE_SEMITONES = 84, 1  # C6
_BLOCK = 2048
_LEAST_SOUNDING_S = 1e-6
_FAINTEST_PEAK = 0.01  # of its column's loudest bin: 40 dB below


def chroma(spectrum: Feature) -> Feature:
    """The share of each pitch class (C first) in what sounds; a column sums to 1.

    `spectrum` is that of `constant_q`. Gain changes nothing; the track's own tuning is followed.
    A column 80 dB below the loudest bin of the track is silent: all 0.
    """
    weights = _fold(_semitones_off(tuning(spectrum)))
    peak = float(spectrum.values.max(initial=0))
    parts = [_shares(weights @ _compressed(part, peak)) for part in _blocks(spectrum.values)]
    return Feature(np.concatenate([_NONE, *parts], axis=1), spectrum.frames)


def score_chroma(notes: Notes, duration_s: float) -> Feature:
    """The same from exact notes: each pitch class by how long it sounds in the column.

    Salience counts as strength. Columns where no note sounds are all 0.
    """
    columns = int(np.ceil(duration_s * FRAMES.rate_hz - _LEAST_SOUNDING_S))
    edges_s = np.arange(columns + 1) / FRAMES.rate_hz
    pitch_class = np.rint(notes.midi_pitch).astype(int) % PITCH_CLASSES
    rows = [_sounding_s(notes.where(pitch_class == k), edges_s) for k in range(PITCH_CLASSES)]
    sounding = np.stack(rows)
    return Feature(_shares(np.where(sounding > _LEAST_SOUNDING_S, sounding, 0)), FRAMES)


def tuning(spectrum: Feature) -> Tuning:
    """How many cents the track lies from A = 440 Hz, -50..50, and how sure that is, 0..1.

    Each spectral peak, interpolated between bins, pulls towards its distance from the nearest
    semitone; distances are an angle, 100 cents a full turn, and confidence is the length of their
    mean (circular statistics: Dressler and Streich, ISMIR 2007). In silence and noise they
    point everywhere: undecided.
    """
    pulls = [_pull(part) for part in _blocks(spectrum.values)]
    turn, weight = (sum(column) for column in zip(*pulls, strict=True)) if pulls else (0j, 0.0)
    confidence = min(abs(turn) / weight, 1.0) if weight > 0 else 0.0
    if confidence < LEAST_TUNING_CONFIDENCE:
        return Tuning(UNDECIDED, confidence)
    return Tuning(float(np.angle(turn) / (2 * np.pi) * 100), confidence)


_NONE = np.zeros((PITCH_CLASSES, 0), np.float32)


def _blocks(values: np.ndarray) -> Iterator[Float32[np.ndarray, "bins part"]]:
    """Some minutes at a time: what is made on the way stays small for a track of any length."""
    for start in range(0, values.shape[1], _BLOCK):
        yield values[:, start : start + _BLOCK]


def _semitones_off(tuned: Tuning) -> float:
    return 0.0 if tuned.deviation_cents is UNDECIDED else tuned.deviation_cents / 100


def _fold(semitones_off: float) -> Float32[np.ndarray, "classes bins"]:
    """What each bin gives to each pitch class: 1 on the tuned semitone, 0 half a semitone off."""
    pitches = pitches_semitones()
    classes = np.arange(PITCH_CLASSES)[:, np.newaxis]
    distance: np.ndarray = (pitches - semitones_off - classes + 6) % 12 - 6
    above = 1 / (1 + np.exp((_LOWEST_SEMITONES - pitches) / _LOW_FADE_SEMITONES))
    below = 1 / (1 + np.exp((pitches - _HIGHEST_SEMITONES) / _HIGH_FADE_SEMITONES))
    weights = np.maximum(0, 1 - 2 * np.abs(distance)) * above * below
    return np.asarray(weights, np.float32)


def _compressed(magnitudes: np.ndarray, peak: float) -> Float32[np.ndarray, "bins part"]:
    audible = magnitudes.max(axis=0) > AUDIBLE * peak
    relative = np.where(audible, magnitudes, 0) * np.float32(COMPRESSION / max(peak, 1e-30))
    compressed: np.ndarray = np.log1p(relative)
    return compressed


def _shares(strengths: np.ndarray) -> Float32[np.ndarray, "classes part"]:
    total = strengths.sum(axis=0)
    shares: np.ndarray = strengths / np.where(total > 0, total, 1)
    return shares.astype(np.float32)


def _sounding_s(
    notes: Notes, edges_s: Float64[np.ndarray, " edges"]
) -> Float64[np.ndarray, " columns"]:
    """Seconds that `notes` sound between edges: a sum of steps, integrated, read at the edges."""
    times = np.concatenate([[0.0], notes.onset_s, notes.end_s])
    steps = np.concatenate([[0.0], notes.salience, -notes.salience])
    order = np.argsort(times)
    level = np.cumsum(steps[order])
    passed = np.concatenate([[0.0], np.cumsum(level[:-1] * np.diff(times[order]))])
    sounding: np.ndarray = np.diff(np.interp(edges_s, times[order], passed))
    return sounding


def _pull(magnitudes: np.ndarray) -> tuple[complex, float]:
    """The sum of the peaks' angles, each as long as the peak is high, and of their heights."""
    bins, columns = np.nonzero(_is_peak(magnitudes))
    heights = magnitudes[bins + 1, columns].astype(float)
    below, here, above = (np.log(magnitudes[bins + k, columns] + 1e-30) for k in range(3))
    offset = (below - above) / (2 * (below - 2 * here + above))
    turns = (bins + 1 + offset) * PITCH_CLASSES / BINS_PER_OCTAVE
    return complex((heights * np.exp(2j * np.pi * turns)).sum()), float(heights.sum())


def _is_peak(magnitudes: np.ndarray) -> Bool[np.ndarray, "inner part"]:
    """Where a bin stands above both neighbours and is not faint beside its column's loudest."""
    below, here, above = magnitudes[:-2], magnitudes[1:-1], magnitudes[2:]
    faint = _FAINTEST_PEAK * magnitudes.max(axis=0)
    peaks: np.ndarray = (here > below) & (here > above) & (here > faint)
    return peaks
