"""The colour of the sound in the figures that studies of emotion in music report.

Level, spectral centroid, bandwidth, roll-off, zero crossings and twenty mel-frequency cepstral
coefficients, on the scales of librosa (McFee et al., "librosa: Audio and music signal analysis in
Python", SciPy 2015), because ratings of film music are published beside features on these scales;
the tests hold the two together. Only the rate differs.
"""

from collections.abc import Iterator

import numpy as np
import scipy
from jaxtyping import Float, Float32, Float64

from unsung.listening.mel import mel_bands
from unsung.listening.spectrum import Lens, magnitude_blocks, summed
from unsung.model.sound import Audio, Feature

ROWS = (
    "level",
    "centroid_hz",
    "bandwidth_hz",
    "rolloff_hz",
    "crossings",
    *(f"mfcc_{k}" for k in range(1, 21)),
)
_LENS = Lens(window_samples=2048, hop_samples=735)
_CELL_FRAMES = 15
_BANDS, _COEFFICIENTS = 128, 20
_LEAST_POWER, _DEEPEST_DB = 1e-10, 80.0
_WINDOW_SUM = _LENS.window_samples / 2
_NOISE_BINS = 1.5
_ROLLOFF = 0.85


def sound_colour(audio: Audio) -> Feature:
    """The 25 `ROWS`, twice a second (at 22,050 Hz), means over half a second.

    Level is root mean square against full scale. Silence has a level of 0, no frequencies (0 Hz)
    and the coefficients of the floor.
    """
    bins_hz = _LENS.frequencies_hz(audio)
    bands = _bands_of_equal_area(audio)
    shapes, powers = [], []
    for magnitudes in magnitude_blocks(audio, _LENS):
        shapes.append(summed(_shape(magnitudes, bins_hz), _CELL_FRAMES))
        powers.append(_level_db(bands @ np.square(magnitudes * np.float32(_WINDOW_SUM / 2))))
    counts = summed(np.ones((1, _LENS.frame_count(audio))), _CELL_FRAMES)
    shape = np.concatenate(shapes, axis=1) / counts
    rows = [
        shape,
        _crossings(audio, shape.shape[1]),
        np.concatenate(list(_cepstra(powers)), axis=1),
    ]
    return Feature(np.concatenate(rows), _LENS.cells(audio, _CELL_FRAMES))


def _bands_of_equal_area(audio: Audio) -> Float32[np.ndarray, "bands bins"]:
    bands = mel_bands(audio, _LENS, _BANDS)
    bin_hz = audio.sample_rate_hz / _LENS.window_samples
    area_hz = np.maximum(bands.sum(axis=1, keepdims=True) * bin_hz, bin_hz / 2)
    equal: np.ndarray = bands / area_hz
    return equal


def _shape(
    magnitudes: Float32[np.ndarray, "bins frames"], bins_hz: Float32[np.ndarray, " bins"]
) -> Float64[np.ndarray, "4 frames"]:
    """Level, centroid, bandwidth, roll-off of each spectrum."""
    total = magnitudes.sum(axis=0)
    weights = magnitudes / np.maximum(total, 1e-9)
    centroid_hz = bins_hz @ weights
    variance = np.square(bins_hz) @ weights - np.square(centroid_hz)
    reached = np.cumsum(magnitudes, axis=0) >= _ROLLOFF * total
    rolloff_hz = bins_hz[reached.argmax(axis=0)]
    level = np.sqrt(np.square(magnitudes).sum(axis=0) / 2 / _NOISE_BINS)
    rows = [level, centroid_hz, np.sqrt(np.maximum(variance, 0)), rolloff_hz]
    return np.array(rows, np.float64)


def _level_db(power: Float32[np.ndarray, "bands frames"]) -> Float[np.ndarray, "bands frames"]:
    """Half as many bytes: two hours have to fit."""
    level_db: np.ndarray = 10 * np.log10(np.maximum(power, _LEAST_POWER))
    return level_db.astype(np.float16)


def _cepstra(
    levels_db: list[Float[np.ndarray, "bands frames"]],
) -> Iterator[Float64[np.ndarray, "coefficients cells"]]:
    """What lies 80 dB under the loudest band of the whole track counts as that."""
    floor_db = max(float(block.max()) for block in levels_db) - _DEEPEST_DB
    for block in levels_db:
        heard_db = np.maximum(block.astype(np.float32), floor_db)
        cosines = scipy.fft.dct(heard_db, axis=0, norm="ortho")[:_COEFFICIENTS]
        yield summed(cosines, _CELL_FRAMES) / summed(np.ones((1, block.shape[1])), _CELL_FRAMES)


def _crossings(audio: Audio, cells: int) -> Float64[np.ndarray, "1 cells"]:
    """The share of samples at which the wave changes its sign."""
    signs = np.signbit(audio.samples[0])
    width = _LENS.hop_samples * _CELL_FRAMES
    crossed = np.zeros(cells * width, np.float32)
    changes = np.diff(signs)[: len(crossed)]
    crossed[: len(changes)] = changes
    share: np.ndarray = crossed.reshape(1, cells, width).mean(axis=2, dtype=np.float64)
    return share
