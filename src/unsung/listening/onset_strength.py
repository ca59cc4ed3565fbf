"""Where notes begin: how much the sound swells from one instant to the next, in many bands.

Log compression, half-wave rectified difference and removal of the local mean after Grosche &
Müller, "Extracting predominant local pulse information from music recordings" (IEEE TASLP 19,
2011), section III-A. Each band is held against the strongest of its neighbours an instant ago, so
that a vibrato is no row of onsets: Böck & Widmer, "Maximum filter vibrato suppression for onset
detection" (DAFx 2013), section 3.
"""

from collections.abc import Iterator

import numpy as np
import scipy
from jaxtyping import Float32

from unsung.listening.mel import mel_bands
from unsung.listening.spectrum import Lens, magnitude_blocks
from unsung.model.sound import Audio, Feature

_LENS = Lens(window_samples=1024, hop_samples=245)
_BANDS = 40
_COMPRESSION = 1000.0
_NEIGHBOURHOOD_S = 1.0


def onset_strength(audio: Audio) -> Feature:
    """One row, 90 values a second (at 22,050 Hz), 0 where nothing begins.

    In natural logarithms, averaged over the bands: a full chord out of silence reaches several
    units, a soft bow change some hundredths. Measured against the track's own peak: gain changes
    nothing. Silence is 0.
    """
    swelling = np.concatenate(list(_swelling_blocks(audio)))
    clock = _LENS.frames(audio)
    around = scipy.ndimage.uniform_filter1d(swelling, round(_NEIGHBOURHOOD_S * clock.rate_hz))
    return Feature(np.maximum(swelling - around, 0)[np.newaxis], clock)


def _swelling_blocks(audio: Audio) -> Iterator[Float32[np.ndarray, " frames"]]:
    bands = mel_bands(audio, _LENS, _BANDS)
    bands *= _COMPRESSION / _peak(audio)
    before = None
    for magnitudes in magnitude_blocks(audio, _LENS):
        levels = np.log1p(bands @ magnitudes)
        levels = np.concatenate([levels[:, :1] if before is None else before, levels], axis=1)
        strongest = scipy.ndimage.maximum_filter1d(levels[:, :-1], 3, axis=0)
        yield np.maximum(levels[:, 1:] - strongest, 0).mean(axis=0)
        before = levels[:, -1:]


def _peak(audio: Audio) -> float:
    """The largest absolute sample; of silence something far smaller than any sound."""
    samples = audio.samples[0]
    return max(float(samples.max(initial=0)), -float(samples.min(initial=0)), 1e-9)
