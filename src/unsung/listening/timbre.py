"""The colour of the sound, whatever its pitch and level: mel-frequency cepstral coefficients.

The shape of the spectrum in 40 bands as the ear spaces them, in decibels, written as 13 cosines
from broad to fine. Tracks and sections with like orchestration lie close together. After Logan,
"Mel frequency cepstral coefficients for music modeling" (ISMIR 2000); we leave out coefficient 0,
the level, which loudness tells better.
"""

import numpy as np
import scipy
from jaxtyping import Float32

from unsung.listening.mel import mel_bands
from unsung.listening.spectrum import Lens, magnitude_blocks, summed
from unsung.model.sound import Audio, Feature

_LENS = Lens(window_samples=2048, hop_samples=735)
_CELL_FRAMES = 15
_BANDS = 40
_COEFFICIENTS = 13
_FLOOR_POWER = 1e-10


def timbre(audio: Audio) -> Feature:
    """Coefficients 1 to 13 in dB, twice a second (at 22,050 Hz), averaged over half a second.

    Gain changes nothing as long as the bands lie above the floor of -100 dB; silence is 0.
    """
    bands = mel_bands(audio, _LENS, _BANDS)
    blocks = [_coefficients(block, bands) for block in magnitude_blocks(audio, _LENS)]
    cells = np.concatenate([summed(block, _CELL_FRAMES) for block in blocks], axis=1)
    counts = summed(np.ones((1, _LENS.frame_count(audio))), _CELL_FRAMES)
    return Feature(cells / counts, _LENS.cells(audio, _CELL_FRAMES))


def _coefficients(
    magnitudes: Float32[np.ndarray, "bins frames"], bands: Float32[np.ndarray, "bands bins"]
) -> Float32[np.ndarray, "coefficients frames"]:
    power_db = 10 * np.log10(np.maximum(bands @ np.square(magnitudes), _FLOOR_POWER))
    cosines: np.ndarray = scipy.fft.dct(power_db, axis=0, norm="ortho")
    return cosines[1 : _COEFFICIENTS + 1]
