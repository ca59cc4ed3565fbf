"""A track laid into the film sample for sample, as far as a placement can be sharpened.

A placement says where music sounds to a fraction of a millisecond. To take music away up to 8 kHz
takes hundredths, so the moment is found again from the phases of both spectra (generalised cross
correlation with phase transform; Knapp and Carter, IEEE Trans. ASSP 24, 1976), block by block,
and a straight line through the blocks gives the exact speed too.
"""

from collections.abc import Iterator

import numpy as np
import scipy
import soxr
from attrs import frozen
from jaxtyping import Float32, Float64

from unsung.model.film import Placement
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.sound import Audio

_BLOCK_S, _APART_S, _LEAST_S = 6.0, 2.5, 0.5
_MOST_BLOCKS = 32
_REACH_S = 0.012
_LEAST_SIGMAS = 6.5
_FINER = 16
_MARGIN = 64
_SILENT = 1e-12
_AGREE_S = 5e-4


@frozen(eq=False)
class Laid:
    """A track and where it lies: at film second t sounds track second `at_s + ratio * t`."""

    track: Audio
    at_s: float
    ratio: float

    def during(self, first: int, count: int) -> Float32[np.ndarray, " samples"]:
        """The track at the album's level in `count` samples of the film; silence beyond it."""
        rate = self.track.sample_rate_hz
        at = self.at_s * rate + first * self.ratio
        start = int(np.floor(at)) - _MARGIN
        taken = _between(self.track, start, start + int(count * self.ratio) + 3 * _MARGIN)
        if self.ratio != 1:
            taken = soxr.resample(taken, rate * self.ratio, rate, quality="HQ")
        return _advanced(taken, (at - start) / self.ratio, count)


def laid(film: Audio, track: Audio, placement: Placement) -> Laid | Undecided:
    """The track laid where the placement says and the phases agree; undecided where they do not.

    Film and track have one channel and one sample rate. Where the film has the track upside down,
    so is what is laid.
    """
    if placement.inverted:
        track = Audio(-track.samples, track.sample_rate_hz)
    ratio = placement.speed.tempo_ratio
    rough = Laid(track, placement.track_span.start_s - placement.film_span.start_s * ratio, ratio)
    late = np.array(list(_latenesses(film, rough, placement)))
    if not len(late):
        return UNDECIDED
    centre_s = float(np.median(late[:, 0]))
    offset_s, drift = _line(late[:, 0] - centre_s, late[:, 1])
    turned = ratio * (1 - drift)
    return Laid(track, rough.at_s - ratio * offset_s + ratio * drift * centre_s, turned)


def _latenesses(film: Audio, rough: Laid, placement: Placement) -> Iterator[tuple[float, float]]:
    """When, and by how many seconds the film plays the track later than laid, where it is clear."""
    rate, span = film.sample_rate_hz, placement.film_span
    count = int(np.clip((span.duration_s - _BLOCK_S) // _APART_S + 1, 1, _MOST_BLOCKS))
    length = round(min(_BLOCK_S, span.duration_s) * rate)
    if length < _LEAST_S * rate:
        return
    firsts = np.linspace(span.start_s * rate, max(span.start_s, span.end_s) * rate - length, count)
    for first in (round(at) for at in firsts.tolist()):
        heard = _between(film, first, first + length)
        found = _lateness(heard, rough.during(first, length), rate)
        if found is not UNDECIDED:
            yield (first + length / 2) / rate, found


def _lateness(
    heard: Float32[np.ndarray, " samples"], known: Float32[np.ndarray, " samples"], rate_hz: int
) -> float | Undecided:
    window = np.hanning(len(heard)).astype(np.float32)
    size = scipy.fft.next_fast_len(2 * len(heard), real=True)
    spectra = scipy.fft.rfft(np.stack([heard, known]) * window, size)
    if not (spectra[0].any() and spectra[1].any()):
        return UNDECIDED
    crossed = spectra[0] * np.conj(spectra[1])
    agreement = scipy.fft.irfft(crossed / (np.abs(crossed) + _SILENT * np.abs(crossed).max()), size)
    reach = round(_REACH_S * rate_hz)
    near = np.concatenate([agreement[-reach:], agreement[: reach + 1]])
    top = int(near.argmax())
    if near[top] < _LEAST_SIGMAS * 1.4826 * np.median(np.abs(agreement)):
        return UNDECIDED
    return (top - reach + _between_samples(near, top)) / rate_hz


def _between_samples(curve: Float32[np.ndarray, " lags"], top: int) -> float:
    """How far beside its highest sample the band-limited curve has its crest, within ±0.5."""
    part = np.pad(curve, 8)[top : top + 17]
    at = np.linspace(-1, 1, 2 * _FINER + 1)
    crest = np.sinc(at[:, None] - np.arange(-8, 9)) @ part
    return float(at[crest.argmax()])


def _line(
    at_s: Float64[np.ndarray, " blocks"], late_s: Float64[np.ndarray, " blocks"]
) -> tuple[float, float]:
    """Lateness at 0 and its drift, through most of the points (Theil and Sen)."""
    middle = float(np.median(late_s))
    if len(at_s) < 4:
        return middle, 0.0
    drift, offset_s, _, _ = scipy.stats.theilslopes(late_s, at_s)
    near = np.abs(late_s - offset_s - drift * at_s) < _AGREE_S
    if near.sum() < 4:
        return middle, 0.0
    slope, start_s = np.polyfit(at_s[near], late_s[near], 1)
    return float(start_s), float(slope)


def _between(audio: Audio, first: int, end: int) -> Float32[np.ndarray, " samples"]:
    """These samples of one channel; silence beyond either end."""
    inside = audio.samples[0, max(first, 0) : max(end, 0)]
    before = min(max(-first, 0), end - first)
    padded: np.ndarray = np.pad(inside, (before, end - first - before - len(inside)))
    return padded


def _advanced(
    samples: Float32[np.ndarray, " samples"], advance: float, count: int
) -> Float32[np.ndarray, " taken"]:
    """`count` samples from the point `advance`, which may lie between samples."""
    size = scipy.fft.next_fast_len(len(samples) + 2 * _MARGIN, real=True)
    turn = np.exp(2j * np.pi * scipy.fft.rfftfreq(size) * advance).astype(np.complex64)
    moved = scipy.fft.irfft(scipy.fft.rfft(samples, size) * turn, size)[:count]
    return np.pad(moved, (0, count - len(moved))).astype(np.float32)
