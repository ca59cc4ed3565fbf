"""Onset strength from notes: how much begins at once, of what was heard in a track."""

import numpy as np
import scipy

from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames

_CLOCK = Frames(50)
_TOGETHER_FRAMES = 3


def onset_strength(notes: Notes) -> Feature:
    """The saliences of all notes that begin within 60 ms, fifty times a second; 0 without notes."""
    last_s = float(notes.onset_s[-1]) if len(notes) else 0.0
    begun = np.zeros(int(last_s * _CLOCK.rate_hz) + 2)
    at = np.rint(notes.onset_s * _CLOCK.rate_hz).astype(np.int64)
    np.add.at(begun, at, notes.salience.astype(np.float64))
    together = scipy.ndimage.convolve1d(begun, np.ones(_TOGETHER_FRAMES), mode="constant")
    return Feature(together[np.newaxis], _CLOCK)
