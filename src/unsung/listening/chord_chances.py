"""How likely each triad and each bass is, as a network hears them in the sound.

The network is that of Jiang, Chen, Li and Xia, "Large-vocabulary chord transcription via chord
structure decomposition" (ISMIR 2019): convolutions over a constant-Q spectrum, then a recurrence
both ways in time. Of its answers we listen to two, triad and bass; its sevenths and further tones
told less than the notes do (`bench/chords.py`, development part).

It was trained on 43 columns a second of `librosa.hybrid_cqt`; ours are 12.5, so each column is
shown three or four times: on rendered music the chords it hears are as good as from the original
spectrum. It levels each layer over all it is shown (instance normalisation), so it is shown about
as much as in training, half a minute at a time, wherever the track begins and ends.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float32, Int64

from unsung.listening.constant_q import AUDIBLE
from unsung.listening.networks import session
from unsung.model.sound import Feature

NETWORK = "chords"
TRIADS = 73
"""None, then major, minor, sus4, sus2, diminished and augmented, each from C to B."""
ROWS = TRIADS + 13
"""The triads, then no bass and the basses from C to B."""

_FIRST_BIN, _BINS = 36, 252  # from C1
_COLUMNS_PER_S, _FRAMES_PER_S = 12.5, 22050 / 512
_WINDOW, _CONTEXT = 320, 15
_STEP = _WINDOW - 2 * _CONTEXT
_LEAST_CHANCE = 1e-6


def chord_chances(spectrum: Feature) -> Feature:
    """The chances of 73 triads, then of 13 basses; each group of a column sums to 1.

    `spectrum` is that of `constant_q`. Columns 80 dB below the loudest bin hold no chord, surely.
    """
    magnitudes = spectrum.values[_FIRST_BIN : _FIRST_BIN + _BINS]
    count = magnitudes.shape[1]
    chances = np.zeros((ROWS, count), np.float32)
    for seen, kept in _windows(count):
        part = _heard(magnitudes[:, seen])
        chances[:, kept] = part[:, kept.start - seen.start : kept.stop - seen.start]
    silent = magnitudes.max(axis=0) <= AUDIBLE * spectrum.values.max(initial=0)
    chances[:, silent] = _SILENCE
    return Feature(chances, spectrum.frames)


_SILENCE = np.zeros((ROWS, 1), np.float32)
_SILENCE[[0, TRIADS]] = 1


def _windows(count: int) -> Iterator[tuple[slice, slice]]:
    """What the network sees at a time, and the columns for which its answer is kept."""
    for start in range(0, count, _STEP):
        first = max(0, min(start - _CONTEXT, count - _WINDOW))
        yield slice(first, min(first + _WINDOW, count)), slice(start, min(start + _STEP, count))


def _heard(magnitudes: Float32[np.ndarray, "bins columns"]) -> Float32[np.ndarray, "rows columns"]:
    columns = _shown(magnitudes.shape[1])
    shown = np.ascontiguousarray(magnitudes[:, columns].T)[np.newaxis]
    triad, bass = session(NETWORK).run(["triad", "bass"], {"cqt": shown})
    return np.concatenate([_pooled(triad, columns), _pooled(bass, columns)])


def _shown(count: int) -> Int64[np.ndarray, " frames"]:
    """Which column is shown in each of the network's frames."""
    frames = round(count / _COLUMNS_PER_S * _FRAMES_PER_S)
    return ((np.arange(frames) + 0.5) * _COLUMNS_PER_S / _FRAMES_PER_S).astype(np.int64)


def _pooled(
    chances: Float32[np.ndarray, "frames states"], columns: Int64[np.ndarray, " frames"]
) -> Float32[np.ndarray, "states columns"]:
    """One answer a column: the geometric mean of its frames, summing to 1 again."""
    logs = np.log(np.maximum(chances, _LEAST_CHANCE)).T
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    lengths = np.diff([*starts, columns.size])
    pooled = np.exp(np.add.reduceat(logs, starts, axis=1) / lengths)
    normed: np.ndarray = (pooled / pooled.sum(axis=0)).astype(np.float32)
    return normed
