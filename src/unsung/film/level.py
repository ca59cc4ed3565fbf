"""How loud the music lies in the mix. Once aligned, the album is a known signal in the film.

A gain is fitted to the cells of the spectrum, each weighted by how little else sounds there
(iteratively re-weighted least squares; Holland and Welsch, Comm. Statist. A6, 1977), so a voice
24 dB louder costs tenths of a decibel at most. Where three standard deviations reach down to
nothing there is no answer.
"""

import numpy as np
import scipy
import soxr
from attrs import frozen
from jaxtyping import Complex64, Float32

from unsung.film.choosing import Stretch
from unsung.film.peaks import RATE_HZ
from unsung.film.timeline import Timeline
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.time import Span

_WINDOW, _HOP = 1024, 512
_BLOCK_S = 3.0
_MOST_BLOCKS = 16
_ROUNDS = 8
_AROUND = (5, 5)
_LEAST_SIGMAS = 3.0
_OVERLAP = 1.5
"""Windows overlap by half, so the cells hold fewer independent values than they are."""
_LOWEST_BIN = 10
_SILENT = 1e-10
_FARTHEST_DB = 60.0


@frozen
class Level:
    """The music in the film: its level relative to the album, and to the rest; or undecided."""

    level_db: float | Undecided = UNDECIDED
    above_rest_db: float | Undecided = UNDECIDED


@frozen
class _Fit:
    gain: float
    deviation: float
    music: float
    rest: float


def level(
    film: Float32[np.ndarray, " samples"], place: Timeline, one: Stretch, span: Span
) -> Level:
    """The music's level over `span` of the film: the median of blocks of three seconds.

    Undecided if fewer than half of them tell.
    """
    if one.line.sameness != "same recording":
        return Level()
    fits = [_fit(film, place, one, start, end) for start, end in _blocks(span)]
    told = [fit for fit in fits if fit.gain > _LEAST_SIGMAS * fit.deviation]
    if not told or 2 * len(told) < len(fits):
        return Level()
    gain = float(np.median([fit.gain for fit in told]))
    music, rest = sum(fit.music for fit in told), sum(fit.rest for fit in told)
    apart_db = 10 * np.log10((music + _SILENT) / (rest + _SILENT))
    return Level(20 * float(np.log10(gain)), float(np.clip(apart_db, -_FARTHEST_DB, _FARTHEST_DB)))


def _blocks(span: Span) -> list[tuple[int, int]]:
    """At most sixteen blocks of three seconds, evenly spread, in samples of the film."""
    count = int(np.clip(round(span.duration_s / _BLOCK_S), 1, _MOST_BLOCKS))
    length_s = min(_BLOCK_S, span.duration_s)
    starts = np.linspace(span.start_s, span.end_s - length_s, count)
    return [(round(at * RATE_HZ), round((at + length_s) * RATE_HZ)) for at in starts]


def _fit(
    film: Float32[np.ndarray, " samples"], place: Timeline, one: Stretch, start: int, end: int
) -> _Fit:
    heard = film[start:end]
    known = _album_part(place, one, start, len(heard))
    if len(heard) < _WINDOW or not known.any():
        return _Fit(0.0, 1.0, 0.0, 0.0)
    return _robust_gain(_cells(heard), _cells(known))


def _album_part(
    place: Timeline, one: Stretch, start: int, length: int
) -> Float32[np.ndarray, " samples"]:
    """The album as it would sound in the film from sample `start`, at the album's level."""
    ratio = one.line.speed.tempo_ratio
    at = start * ratio + one.line.lag
    margin = 64
    first = int(np.floor(at)) - margin
    taken = place.samples[max(0, first) : first + int(length * ratio) + 3 * margin]
    if first < 0:
        taken = np.concatenate((np.zeros(-first, np.float32), taken))
    if ratio != 1:
        taken = soxr.resample(taken, RATE_HZ * ratio, RATE_HZ, quality="HQ")
    return _delayed(taken, (at - first) / ratio, length)


def _delayed(
    samples: Float32[np.ndarray, " samples"], advance: float, length: int
) -> Float32[np.ndarray, " taken"]:
    """`length` samples from the point `advance`, which may lie between samples."""
    size = scipy.fft.next_fast_len(len(samples) + 128, real=True)
    turn = np.exp(2j * np.pi * scipy.fft.rfftfreq(size) * advance).astype(np.complex64)
    moved = scipy.fft.irfft(scipy.fft.rfft(samples, size) * turn, size)[:length]
    result: np.ndarray = np.zeros(length, np.float32)
    result[: len(moved)] = moved
    return result


def _cells(samples: Float32[np.ndarray, " samples"]) -> Complex64[np.ndarray, "frames bins"]:
    windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP]
    shape = scipy.signal.get_window("hann", _WINDOW).astype(np.float32)
    cells: np.ndarray = scipy.fft.rfft(windows * shape, axis=1)[:, _LOWEST_BIN:]
    return cells.astype(np.complex64)


def _robust_gain(
    heard: Complex64[np.ndarray, "frames bins"], known: Complex64[np.ndarray, "frames bins"]
) -> _Fit:
    power = np.abs(known) ** 2
    shared = (np.conj(known) * heard).real
    gain, certainty = 0.0, 1.0
    for _ in range(_ROUNDS):
        rest = np.abs(heard - np.float32(gain) * known) ** 2
        around = scipy.ndimage.uniform_filter(rest, _AROUND)
        weight = 1 / (around + np.float32(1e-6) * power.mean() + np.float32(_SILENT))
        certainty = float((weight * power).sum())
        gain = float((weight * shared).sum()) / max(certainty, _SILENT)
    rest = np.abs(heard - np.float32(gain) * known) ** 2
    deviation = _OVERLAP / np.sqrt(2 * max(certainty, _SILENT))
    return _Fit(gain, float(deviation), gain**2 * float(power.sum()), float(rest.sum()))
