"""Atonality: how far the music is from having any tonal centre, moment by moment.

Three signs are averaged, each 0 for what a plain scale does: no key fits (Krumhansl, *Cognitive
Foundations of Musical Pitch*, 1990, chapter 4), the tones do not lean on fifths (the fifth
coordinate of the Tonal Interval Space, Bernardes et al., JNMR 2016: diatonicity), and all twelve
are used alike (entropy of the pitch classes; Weiß and Müller, "Quantifying and visualizing tonal
complexity", CIM 2014). None of them suffices: a whole-tone passage has few tones, a cluster has a
near key, a modulation uses many tones. Only windows are judged, never the whole: music that
modulates uses all twelve tones in the end.
"""

import numpy as np
from jaxtyping import Float64

from unsung.listening.colours import held_at_least, pitch_class_shares
from unsung.listening.roll import seconds
from unsung.model.harmony import Atonality
from unsung.model.hearing import KeyCurve
from unsung.model.notes import Notes
from unsung.model.sound import Feature

_WINDOW_S = 12
_CHANCE_STRENGTH = 0.65
_DIATONIC_FIFTHS = 0.533
_DIATONIC_ENTROPY = 0.783
_ATONAL = 0.6
_LEAST_SPAN_S = 8.0
_FEWEST_CLASSES = 6
_LEAST_TONE = 0.02


def atonality(notes: Notes, keys: KeyCurve, duration_s: float) -> Atonality:
    """The index once a second, 0..1: 0 in any plain scale, 1 where twelve tones sound alike.

    Stretches count as atonal where at least six pitch classes sound and the index stays high for
    eight seconds. Silence is 0.
    """
    clock, count = seconds(duration_s)
    heard = pitch_class_shares(notes, count, _WINDOW_S)
    strength = keys.strengths.values.max(axis=0)[:count].astype(np.float64)
    keyless = 1 - np.clip(strength / _CHANCE_STRENGTH, 0, 1)
    fifthless = 1 - np.clip(np.abs(np.fft.rfft(heard, axis=0))[5] / _DIATONIC_FIFTHS, 0, 1)
    crowded = np.clip((_entropy(heard) - _DIATONIC_ENTROPY) / (1 - _DIATONIC_ENTROPY), 0, 1)
    index = (keyless + fifthless + crowded) / 3 * heard.any(axis=0)
    many = (heard > _LEAST_TONE).sum(axis=0) >= _FEWEST_CLASSES
    spans = held_at_least((index >= _ATONAL) & many, _LEAST_SPAN_S, duration_s)
    return Atonality(Feature(index[None], clock), spans)


def _entropy(heard: Float64[np.ndarray, "12 seconds"]) -> Float64[np.ndarray, " seconds"]:
    """0 for one pitch class, 1 for twelve alike."""
    logs = np.log2(np.where(heard > 0, heard, 1))
    entropy: np.ndarray = -(heard * logs).sum(axis=0) / np.log2(12)
    return entropy
