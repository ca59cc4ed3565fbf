"""How bright the music sounds: the spectral centroid, the centre of mass of its spectrum.

Low strings lie around 500 Hz, a full orchestra around 1 to 2 kHz, cymbals far above. The centroid
is the best known single correlate of brightness: Grey & Gordon, "Perceptual effects of spectral
modifications on musical timbres" (JASA 63, 1978); definition after Peeters, "A large set of audio
features" (CUIDADO, IRCAM 2004), section 6.1.1, with magnitudes (not powers) as weights.

Measured up to half the sample rate of what is given: two recordings compare at one rate only.
"""

import numpy as np
import scipy
from jaxtyping import Bool, Float32, Float64

from unsung.listening.spectrum import Lens, magnitude_blocks, summed
from unsung.model.sound import Audio, Feature

_LENS = Lens(window_samples=2048, hop_samples=735)
_CELL_FRAMES = 15
_LEAST_POWER = 1.5e-7
"""A sine 70 dB under full scale (its Hann window spreads it over 1.5 bins)."""

_SMOOTHING = np.array([0.25, 0.5, 0.25])


def brightness(audio: Audio) -> Feature:
    """The spectral centroid in Hz, one row, twice a second (at 22,050 Hz), over about a second.

    Silence (under -70 dB) holds the last value; before the first sound, the first. A silent track
    rests at 0 Hz. Gain changes nothing.
    """
    blocks = [
        summed(_moments(magnitudes, _LENS.frequencies_hz(audio)), _CELL_FRAMES)
        for magnitudes in magnitude_blocks(audio, _LENS)
    ]
    weighted, weight, power = np.concatenate(blocks, axis=1)
    sounding = power > _LEAST_POWER * _CELL_FRAMES
    smooth_weight = scipy.ndimage.convolve1d(
        np.where(sounding, weight, 0), _SMOOTHING, mode="constant"
    )
    smooth_weighted = scipy.ndimage.convolve1d(
        np.where(sounding, weighted, 0), _SMOOTHING, mode="constant"
    )
    centroid_hz = smooth_weighted / np.where(sounding, smooth_weight, 1)
    return Feature(_held(centroid_hz, sounding)[np.newaxis], _LENS.cells(audio, _CELL_FRAMES))


def _moments(
    magnitudes: Float32[np.ndarray, "bins frames"], frequencies_hz: Float32[np.ndarray, " bins"]
) -> Float64[np.ndarray, "3 frames"]:
    """Of each spectrum: magnitudes times frequency, magnitudes, power; all above 20 Hz."""
    audible = frequencies_hz > 20
    heard = magnitudes[audible]
    rows = [frequencies_hz[audible] @ heard, heard.sum(axis=0), np.square(heard).sum(axis=0)]
    return np.array(rows, np.float64)


def _held(
    values: Float64[np.ndarray, " frames"], known: Bool[np.ndarray, " frames"]
) -> Float64[np.ndarray, " frames"]:
    """Where a value is not known, the last that was; before the first, the first; else 0."""
    if not known.any():
        return np.zeros_like(values)
    last_known = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))
    held: np.ndarray = values[np.maximum(last_known, np.argmax(known))]
    return held
