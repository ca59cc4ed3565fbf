"""The constant-Q spectrum: how loud each third of a semitone is, 12.5 times a second.

Every pitch is heard through a Hann window of the same number of its own periods (Brown, JASA
1991), so a semitone is equally wide in the bass and in the treble. Computed in the frequency
domain (Velasco, Holighaus, Dörfler and Grill, DAFx 2011; in slices as in Holighaus et al., IEEE
TASLP 2013): one Fourier transform of a slice, times each bin's frequency response, inverted at
just the rate that is wanted. Where they shape windows in frequency for perfect reconstruction,
we keep the Hann window in time and the scale of `librosa.cqt`, on which the theme network was
trained. librosa's hop must halve once an octave; ours divides the clock exactly.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import scipy
from jaxtyping import Complex64, Float32

from unsung.model.sound import Audio, Feature
from unsung.model.time import Frames

SAMPLE_RATE_HZ = 22050
LOWEST_HZ = 440.0 * 2 ** (-57 / 12)
"""C0, the pitch of the first bin."""
BINS = 336
BINS_PER_OCTAVE = 36
FRAMES = Frames(rate_hz=12.5, first_s=0.04)
"""Column k covers [k, k + 1) / 12.5 s and stands at its middle."""
AUDIBLE = 1e-4
"""80 dB below the loudest bin of a track: what lies lower counts as silence."""

_COLUMN_SAMPLES = 1764
_SUBFRAMES = 5
_SUBFRAME_SAMPLES = _COLUMN_SAMPLES / _SUBFRAMES
_SLICE_S = 16
_CONTEXT_COLUMNS = 25  # 2 s each side; the longest window reaches 1.6 s to each side
_SLICE_COLUMNS = 150
_REACH = 8.0  # how far a response reaches, in bins of its own window


def constant_q(audio: Audio) -> Feature:
    """Magnitudes of 336 bins from C0, 36 to the octave; `audio` is mono at 22,050 Hz.

    Each column is the median of five instants 16 ms apart, so clicks and drum strokes fade. A
    sine of amplitude a gives a/2 times the root of its window's samples; silence is exactly 0.
    The last column may reach past the end, where there is silence.
    """
    (mono,) = audio.samples
    columns = -(-mono.size // _COLUMN_SAMPLES)
    values = np.empty((BINS, columns), np.float32)
    for first in range(0, columns, _SLICE_COLUMNS):
        part = values[:, first : first + _SLICE_COLUMNS]
        part[:] = _magnitudes(_slice(mono, first))[:, : part.shape[1]]
    return Feature(values, FRAMES)


def pitches_semitones() -> Float32[np.ndarray, " bins"]:
    """The MIDI pitch of each bin: 12 for C0, then in thirds of a semitone."""
    return (12 + np.arange(BINS) * 12 / BINS_PER_OCTAVE).astype(np.float32)


def _slice(mono: np.ndarray, first_column: int) -> Float32[np.ndarray, " samples"]:
    """16 s of sound around the slice's columns, its first sample on the first instant."""
    start = (first_column - _CONTEXT_COLUMNS) * _COLUMN_SAMPLES + round(_SUBFRAME_SAMPLES / 2)
    sound = np.zeros(_SLICE_S * SAMPLE_RATE_HZ, np.float32)
    inside = mono[max(start, 0) : max(start + sound.size, 0)]
    offset = max(-start, 0)
    sound[offset : offset + inside.size] = inside
    return sound


def _magnitudes(sound: np.ndarray) -> Float32[np.ndarray, "bins columns"]:
    spectrum = scipy.fft.rfft(sound)
    instants = round(sound.size / _SUBFRAME_SAMPLES)
    bands = np.stack([_folded(spectrum, response, instants) for response in _responses()])
    magnitudes = np.abs(scipy.fft.ifft(bands, axis=1, overwrite_x=True))
    columns = magnitudes.reshape(BINS, -1, _SUBFRAMES) * np.float32(instants / sound.size)
    kept = columns[:, _CONTEXT_COLUMNS : _CONTEXT_COLUMNS + _SLICE_COLUMNS]
    pooled: np.ndarray = np.median(kept, axis=2)
    return pooled


class _Response(NamedTuple):
    """A bin's response to the slice's frequencies from `first` on (real: it is centred)."""

    first: int
    weights: Float32[np.ndarray, " frequencies"]


def _folded(
    spectrum: np.ndarray, response: _Response, instants: int
) -> Complex64[np.ndarray, " instants"]:
    """One bin's band, laid over itself every `instants` frequencies.

    Inverted, that gives the band's signal at that many instants exactly, whatever its width;
    starting at `first` instead of 0 only turns the phase.
    """
    first, weights = response
    band = np.zeros(-(-weights.size // instants) * instants, np.complex64)
    np.multiply(spectrum[first : first + weights.size], weights, out=band[: weights.size])
    folded: np.ndarray = band.reshape(-1, instants).sum(axis=0)
    return folded


@cache
def _responses() -> tuple[_Response, ...]:
    return tuple(_response(LOWEST_HZ * 2 ** (k / BINS_PER_OCTAVE)) for k in range(BINS))


def _response(bin_hz: float) -> _Response:
    """The Fourier transform of a Hann window, fading out at `_REACH`.

    Cut off sharply instead, it would ring on in time and let one slice's cut be heard in another.
    """
    window_s = 1 / (bin_hz * (2 ** (1 / BINS_PER_OCTAVE) - 1))
    first, last = ((bin_hz + side / window_s) * _SLICE_S for side in (-_REACH, _REACH))
    frequencies = np.arange(np.ceil(first), min(np.floor(last), _SLICE_S * SAMPLE_RATE_HZ // 2) + 1)
    x = (frequencies / _SLICE_S - bin_hz) * window_s
    hann = np.sinc(x) + (np.sinc(x - 1) + np.sinc(x + 1)) / 2
    fade = np.cos(np.pi / 2 * (x / _REACH) ** 2) ** 2
    scale = np.sqrt(window_s * SAMPLE_RATE_HZ)
    return _Response(int(frequencies[0]), (scale * hann * fade).astype(np.float32))
