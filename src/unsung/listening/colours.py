"""Harmonic colours: which kind of collection the tones of a moment come from.

The discrete Fourier transform of a pitch-class profile says how strongly it leans on each
interval (Quinn, "General equal-tempered harmony", Perspectives of New Music 44-45, 2006). Its
magnitudes are the coordinates of the Tonal Interval Space (Bernardes et al., "A multi-level tonal
interval space for modelling pitch relatedness and musical consonance", JNMR 45, 2016, section
3); we leave out that paper's weights, which cancel when each coordinate is read for itself.

A colour is named only where nearly all that sounds belongs to one collection of its kind, where
enough of its tones sound, and where no plainer collection explains as much.
"""

from functools import cache

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool, Float64

from unsung.listening.roll import seconds, sounding_time
from unsung.listening.steady import stretches
from unsung.model.harmony import Colour, Colours, ColourSpan
from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

_WINDOW_S = 5
_LEAST_PURITY = 0.93
_LEAST_TONE = 0.03
_LEAST_SPAN_S = 3


@frozen
class _Kind:
    """A kind of collection: its tones on C, and how many of them must sound."""

    colour: Colour
    steps: tuple[int, ...]
    least_tones: int


_KINDS = (
    _Kind("augmented", (0, 4, 8), 3),
    _Kind("pentatonic", (0, 2, 4, 7, 9), 5),
    _Kind("whole-tone", (0, 2, 4, 6, 8, 10), 5),
    _Kind("hexatonic", (0, 1, 4, 5, 8, 9), 5),
    _Kind("diatonic", (0, 2, 4, 5, 7, 9, 11), 6),
    _Kind("octatonic", (0, 1, 3, 4, 6, 7, 9, 10), 6),
)
"""The smallest first: of several that hold all that sounds, the smallest is named."""
_NONE = len(_KINDS)


def colours(notes: Notes, duration_s: float) -> Colours:
    """The coordinates once a second, over five seconds, and the stretches with a name.

    All 0 where nothing sounds; a single pitch class leans on every interval: all 1.
    """
    clock, count = seconds(duration_s)
    heard = pitch_class_shares(notes, count, _WINDOW_S)
    intervals = np.abs(np.fft.rfft(heard, axis=0))[1:]
    kinds, purity = _named(heard)
    spans = _spans(kinds, purity, clock, duration_s)
    return Colours(Feature(np.clip(intervals, 0, 1), clock), spans)


def pitch_class_shares(
    notes: Notes, count: int, window_s: int
) -> Float64[np.ndarray, "12 seconds"]:
    """How much of the time around each second belongs to each pitch class; sums to 1, or 0."""
    time_s = sounding_time(notes, count)
    heard = np.stack([time_s[k::12].sum(axis=0, dtype=np.float64) for k in range(12)])
    window = np.hanning(window_s + 2)[1:-1]
    around = scipy.ndimage.convolve1d(heard, window, axis=1, mode="constant")
    total = around.sum(axis=0)
    shares: np.ndarray = np.where(total > 1e-9, around / np.where(total > 1e-9, total, 1), 0)
    return shares


def _named(
    heard: Float64[np.ndarray, "12 seconds"],
) -> tuple[np.ndarray, Float64[np.ndarray, " seconds"]]:
    """The kind in each second (the last for none) and the share of tones that belong to it."""
    kinds = np.full(heard.shape[1], _NONE)
    purities = np.zeros(heard.shape[1])
    for index, kind in reversed(list(enumerate(_KINDS))):
        inside = _collections(kind) @ heard
        best = inside.argmax(axis=0)
        tones = (_collections(kind)[best].T * (heard > _LEAST_TONE)).sum(axis=0)
        fits = (inside.max(axis=0) >= _LEAST_PURITY) & (tones >= kind.least_tones)
        kinds, purities = np.where(fits, index, kinds), np.where(fits, inside.max(axis=0), purities)
    return kinds, purities


@cache
def _collections(kind: _Kind) -> Float64[np.ndarray, "collections 12"]:
    """Every transposition."""
    binary = np.zeros(12)
    binary[list(kind.steps)] = 1
    return np.unique([np.roll(binary, k) for k in range(12)], axis=0)


def _spans(
    kinds: np.ndarray, purity: Float64[np.ndarray, " seconds"], clock: Frames, duration_s: float
) -> tuple[ColourSpan, ...]:
    return tuple(
        ColourSpan(
            Span(first / clock.rate_hz, min(last / clock.rate_hz, duration_s)),
            _KINDS[kinds[first]].colour,
            min(1.0, float(purity[first:last].mean())),
        )
        for first, last in stretches(kinds)
        if kinds[first] != _NONE and min(last, duration_s) - first >= _LEAST_SPAN_S
    )


def held_at_least(
    holds: Bool[np.ndarray, " seconds"], least_s: float, duration_s: float
) -> tuple[Span, ...]:
    """The stretches of seconds in which something holds for long enough."""
    return tuple(
        Span(first, min(last, duration_s))
        for first, last in stretches(holds.astype(np.int64))
        if holds[first] and min(last, duration_s) - first >= least_s
    )
