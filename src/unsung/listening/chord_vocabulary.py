"""The chords that are listened for: every quality on every root over each bass that tells."""

from functools import cache

import numpy as np
from jaxtyping import Bool, Int64

from unsung.model.harmony import QUALITIES, STEPS, Chord, Quality

_EVEN: tuple[Quality, ...] = ("aug", "dim7", "sus2", "sus4")
"""Over another of their tones these are another chord of this list, so they stand on the root."""

TRIADS: tuple[Quality, ...] = ("maj", "min", "sus4", "sus2", "dim", "aug")
"""In the order of the network's rows."""


@cache
def vocabulary() -> tuple[Chord, ...]:
    """All chords: twelve qualities, inversions counted."""
    return tuple(
        Chord(root, quality, (root + step) % 12)
        for quality in QUALITIES
        for root in range(12)
        for step in ((0,) if quality in _EVEN else STEPS[quality])
    )


@cache
def members() -> Bool[np.ndarray, "chords 12"]:
    """Which pitch classes belong to each chord."""
    return np.array([[k in chord.pitch_classes for k in range(12)] for chord in vocabulary()])


@cache
def basses() -> Int64[np.ndarray, " chords"]:
    """The pitch class in the bass of each chord."""
    return np.array([chord.bass_pitch_class for chord in vocabulary()])


@cache
def triads() -> Int64[np.ndarray, " chords"]:
    """The row of each chord's triad among those of `chord_chances`."""
    return np.array(
        [
            1 + 12 * TRIADS.index(_triad(chord.quality)) + chord.root_pitch_class
            for chord in vocabulary()
        ]
    )


def _triad(quality: Quality) -> Quality:
    return next(triad for triad in TRIADS if STEPS[triad] == STEPS[quality][:3])
