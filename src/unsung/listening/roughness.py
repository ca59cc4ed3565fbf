"""Roughness: how much the partials that sound together beat against one another.

Two partials closer than a critical band are heard as rough (Plomp and Levelt, JASA 1965). The
curve over their distance is Sethares' (*Tuning, Timbre, Spectrum, Scale*, 2005, chapter 3 and
appendix E); how much two amplitudes matter is Vassilakis' (PhD thesis, UCLA 2001, equation 6.23),
who found that the depth of the beating counts more than its strength. Roughness is the sum over
all pairs.

In sound the partials are the peaks of the constant-Q spectrum, whose windows are long enough to
tell partials a semitone apart; in a score each note is given six partials, each a step fainter.
The two are on different scales: compare recordings with recordings.
"""

import numpy as np
from jaxtyping import Float32, Float64

from unsung.listening.constant_q import AUDIBLE, FRAMES, LOWEST_HZ
from unsung.listening.constant_q import BINS_PER_OCTAVE as BINS
from unsung.listening.roll import sounding_strength
from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames

_SLOPE, _FAR = 0.24, 5.75
_NEAR_SETHARES, _NEAR_VASSILAKIS = 3.51, 3.5
_OFFSET_HZ_SHARE, _OFFSET_HZ = 0.0207, 18.96
_STRENGTH_POWER, _DEPTH_POWER = 0.1, 3.11

_STRONGEST = 20
_FAINTEST_PEAK = 0.01
_PARTIALS = 6
_RATE_HZ = FRAMES.rate_hz / 5
_SCORE_FRAMES = Frames(rate_hz=4.0, first_s=0.125)
_BLOCK = 500


def roughness(spectrum: Feature) -> Feature:
    """The roughness of what sounds, two and a half times a second; 0 for silence and a pure tone.

    Relative to the track's loudest peak, so that gain changes nothing.
    """
    magnitudes = spectrum.values[:, ::5]
    loudest = float((spectrum.values.max(axis=1, initial=0) / _windows(len(magnitudes))).max())
    rows = [
        _of_columns(magnitudes[:, first : first + _BLOCK], loudest)
        for first in range(0, magnitudes.shape[1], _BLOCK)
    ]
    clock = Frames(_RATE_HZ, spectrum.frames.first_s)
    return Feature(np.concatenate([np.zeros(0), *rows])[None], clock)


def score_roughness(notes: Notes, duration_s: float) -> Feature:
    """The roughness of the written notes, four times a second, as if played by one plain timbre."""
    count = max(1, int(np.ceil(duration_s * _SCORE_FRAMES.rate_hz - 1e-6)))
    strength = sounding_strength(notes, _SCORE_FRAMES, count)
    distinct, place = np.unique(strength > 0, axis=1, return_inverse=True)
    rough = np.array([_of_pitches(column) for column in distinct.T])
    return Feature(rough[place.ravel()][None], _SCORE_FRAMES)


def pair_dissonance(
    low_hz: Float64[np.ndarray, "*pairs"], high_hz: Float64[np.ndarray, "*pairs"]
) -> Float64[np.ndarray, "*pairs"]:
    """Sethares' curve for pure tones of equal loudness: 0 together, most near a semitone."""
    return _curve(low_hz, high_hz, _NEAR_SETHARES)


def _curve(
    low_hz: Float64[np.ndarray, "*pairs"], high_hz: Float64[np.ndarray, "*pairs"], near: float
) -> Float64[np.ndarray, "*pairs"]:
    apart = (high_hz - low_hz) * _SLOPE / (_OFFSET_HZ_SHARE * low_hz + _OFFSET_HZ)
    curve: np.ndarray = np.exp(-near * apart) - np.exp(-_FAR * apart)
    return curve


def pair_roughness(
    low_hz: Float64[np.ndarray, "*pairs"],
    high_hz: Float64[np.ndarray, "*pairs"],
    amplitudes: tuple[Float64[np.ndarray, "*pairs"], Float64[np.ndarray, "*pairs"]],
) -> Float64[np.ndarray, "*pairs"]:
    """Vassilakis' roughness of pairs of partials."""
    least, most = np.minimum(*amplitudes), np.maximum(*amplitudes)
    total = np.where(most > 0, least + most, 1)
    depth = (2 * least / total) ** _DEPTH_POWER
    strength = (least * most) ** _STRENGTH_POWER
    beating = _curve(low_hz, high_hz, _NEAR_VASSILAKIS)
    rough: np.ndarray = 0.5 * strength * depth * beating
    return rough


def _of_columns(
    magnitudes: Float32[np.ndarray, "bins columns"], loudest: float
) -> Float64[np.ndarray, " columns"]:
    """All pairs of the strongest peaks of each column."""
    heights, places = _strongest_peaks(magnitudes, loudest)
    hz = LOWEST_HZ * 2 ** (places / BINS)
    order = np.argsort(hz, axis=0)
    hz, heights = np.take_along_axis(hz, order, 0), np.take_along_axis(heights, order, 0)
    lower, upper = np.triu_indices(_STRONGEST, 1)
    amplitudes = (heights[lower], heights[upper])
    rough: np.ndarray = pair_roughness(hz[lower], hz[upper], amplitudes).sum(axis=0)
    return rough


def _strongest_peaks(
    magnitudes: Float32[np.ndarray, "bins columns"], loudest: float
) -> tuple[Float64[np.ndarray, "peaks columns"], Float64[np.ndarray, "peaks columns"]]:
    """Heights (0..1) and interpolated bins of the strongest peaks; height 0 where there are fewer.

    A window of a constant number of periods makes a partial louder the lower it is, so magnitudes
    are first brought to amplitudes.
    """
    levels = magnitudes.astype(np.float64) / _windows(len(magnitudes))[:, None]
    below, here, above = levels[:-2], levels[1:-1], levels[2:]
    audible = np.maximum(_FAINTEST_PEAK * levels.max(axis=0), AUDIBLE * loudest)
    stands = (here > below) & (here >= above) & (here > audible)
    ranked = np.argsort(-(here * stands), axis=0)[:_STRONGEST]
    chosen = [np.take_along_axis(one, ranked, 0) for one in (below, here, above, stands)]
    log_below, log_here, log_above = (np.log(one + 1e-12) for one in chosen[:3])
    bend = log_below - 2 * log_here + log_above
    offset = np.where(bend < 0, (log_below - log_above) / np.where(bend < 0, 2 * bend, 1), 0)
    heights = chosen[1] * chosen[3] / max(loudest, 1e-30)
    return heights, ranked + 1 + np.clip(offset, -0.5, 0.5)


def _windows(bins: int) -> Float64[np.ndarray, " bins"]:
    """The gain of each bin, that of the lowest being 1."""
    gains: np.ndarray = 2.0 ** (-np.arange(bins) / BINS / 2)
    return gains


def _of_pitches(sounds: np.ndarray) -> float:
    """The roughness of six partials on each pitch that sounds."""
    pitches = np.flatnonzero(sounds)
    number = np.arange(1, _PARTIALS + 1)
    hz = np.sort(np.outer(440 * 2 ** ((pitches - 69) / 12), number).ravel())
    order = np.argsort(np.outer(440 * 2 ** ((pitches - 69) / 12), number).ravel())
    heights = np.tile(1 / number, pitches.size)[order]
    lower, upper = np.triu_indices(hz.size, 1)
    amplitudes = (heights[lower], heights[upper])
    return float(pair_roughness(hz[lower], hz[upper], amplitudes).sum())
