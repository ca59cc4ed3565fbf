"""Theme-chroma: the pitch class of the theme, heard through its accompaniment.

A convolutional network looks at the spectrum and at its harmonics side by side and says, twelve
and a half times a second, which pitch class the leading theme has, or that there is none: Zalkow
and Müller, "Using Weakly Aligned Score–Audio Pairs to Train Deep Chroma Models for Cross-Modal
Music Retrieval" (ISMIR 2020), §3; the architecture is Bittner et al.'s (ISMIR 2017). Two of their
trainings are asked, one on strongly aligned scores, one by CTC (IEEE/ACM TASLP 29, 2021), and the
mean of what they answer is given: the one is surer of held notes, the other of where they begin.
They compute a constant-Q transform for each harmonic, 25 frames a second; we read one transform at
six offsets, which is the same but for the third and fifth harmonic, 2 and 14 cents away, and halve
the frame rate.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float32

from unsung.listening.constant_q import AUDIBLE
from unsung.listening.networks import session
from unsung.model.sound import Feature

NETWORKS = ("theme_chroma_ctc", "theme_chroma_strong")
ROWS = 13
NO_THEME = 12
"""The last row: nothing leads."""

_PITCHES = 216
_HARMONIC_OFFSETS = (0, 36, 72, 93, 108, 120)  # half the frequency, then 1 to 5 times
_LEAST_PEAK = 1e-30
_SILENCE = np.eye(ROWS, dtype=np.float32)[:, NO_THEME:]
_NOTHING = _SILENCE[:, :0]
_CHUNK = 128
_CONTEXT = 5  # five convolutions, each one frame to either side


def theme_chroma(spectrum: Feature) -> Feature:
    """How likely each pitch class (C first) leads, then "no theme"; a column sums to 1.

    `spectrum` is that of `constant_q`. Loudness is taken relative to the loudest bin of the
    whole track, so gain changes nothing; where no bin comes within 80 dB of it, there is no
    theme. The network trained by CTC names a note in short and says "no theme" in between, so a
    held note leads with more than half only where it begins.
    """
    magnitudes = spectrum.values
    peak = max(float(magnitudes.max(initial=0)), _LEAST_PEAK)
    parts = [
        _chances(_heights(magnitudes[:, seen], peak))[:, kept]
        for seen, kept in _chunks(magnitudes.shape[1])
    ]
    return Feature(np.concatenate([_NOTHING, *parts], axis=1), spectrum.frames)


def _chunks(count: int) -> Iterator[tuple[slice, slice]]:
    """Stretches with the context that the network sees, and where in them the answer lies."""
    for start in range(0, count, _CHUNK):
        first, last = max(start - _CONTEXT, 0), min(start + _CHUNK + _CONTEXT, count)
        yield slice(first, last), slice(start - first, min(start + _CHUNK, count) - first)


def _heights(magnitudes: np.ndarray, peak: float) -> Float32[np.ndarray, "bins frames"]:
    """Level from 0 (80 dB below the track's peak, or lower) to 1 (the peak)."""
    heights: np.ndarray = 1 + np.log10(np.maximum(magnitudes / peak, AUDIBLE)) / 4
    return heights


def _chances(heights: np.ndarray) -> Float32[np.ndarray, "rows frames"]:
    seen = np.stack([_unit(heights[k : k + _PITCHES]) for k in _HARMONIC_OFFSETS], axis=-1)
    question = {"hcqt": seen.transpose(1, 0, 2)[np.newaxis]}
    answers = [session(network).run(None, question)[0][0].T for network in NETWORKS]
    return np.where(heights.any(axis=0), np.mean(answers, axis=0, dtype=np.float32), _SILENCE)


def _unit(heights: np.ndarray) -> Float32[np.ndarray, "pitches frames"]:
    """Each column at Euclidean length 1; an empty one is level, as in training."""
    length = np.sqrt(np.square(heights).sum(axis=0))
    empty = np.float32(_PITCHES**-0.5)
    unit: np.ndarray = np.where(length > 0, heights / np.where(length > 0, length, 1), empty)
    return unit
