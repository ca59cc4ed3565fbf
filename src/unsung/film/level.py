"""How loud the music lies in the mix. Once aligned, the album is a known signal in the film.

A gain is fitted to the cells of the spectrum, each weighted by how little else sounds there
(iteratively re-weighted least squares; Holland and Welsch, Comm. Statist. A6, 1977), so a voice
24 dB louder costs tenths of a decibel at most. Where three standard deviations reach down to
nothing there is no answer.
"""

from collections.abc import Sequence

import numpy as np
import scipy
import soxr
from attrs import frozen
from jaxtyping import Complex64, Float32

from unsung.film.lines import Line
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
class Fit:
    """What one block tells of one line: gain, its deviation, power of the music and of the rest."""

    gain: float
    deviation: float
    music: float
    rest: float

    @property
    def tells(self) -> bool:
        """Whether the gain stands out from the noise."""
        return self.gain > _LEAST_SIGMAS * self.deviation


def level(
    film: Float32[np.ndarray, " samples"],
    place: Timeline,
    line: Line,
    others: Sequence[Line],
    span: Span,
) -> Level:
    """The line's level over `span` of the film, while `others` sound as well.

    The median of blocks of three seconds; undecided if fewer than half of them tell.
    """
    if line.sameness != "same recording":
        return Level()
    fits = block_fits(film, place, (line, *others), span)
    told = [fit for fit in fits if fit.tells]
    if not told or 2 * len(told) < len(fits):
        return Level()
    gain = float(np.median([fit.gain for fit in told]))
    music, rest = sum(fit.music for fit in told), sum(fit.rest for fit in told)
    apart_db = 10 * np.log10((music + _SILENT) / (rest + _SILENT))
    return Level(20 * float(np.log10(gain)), float(np.clip(apart_db, -_FARTHEST_DB, _FARTHEST_DB)))


def block_fits(
    film: Float32[np.ndarray, " samples"], place: Timeline, lines: Sequence[Line], span: Span
) -> tuple[Fit, ...]:
    """What blocks spread over `span` tell of the first line, fitted together with the others."""
    return tuple(_fit(film, place, lines, start, end) for start, end in _blocks(span))


def _blocks(span: Span) -> list[tuple[int, int]]:
    """At most sixteen blocks of three seconds, evenly spread, in samples of the film."""
    count = int(np.clip(round(span.duration_s / _BLOCK_S), 1, _MOST_BLOCKS))
    length_s = min(_BLOCK_S, span.duration_s)
    starts = np.linspace(span.start_s, span.end_s - length_s, count)
    return [(round(at * RATE_HZ), round((at + length_s) * RATE_HZ)) for at in starts]


def _fit(
    film: Float32[np.ndarray, " samples"],
    place: Timeline,
    lines: Sequence[Line],
    start: int,
    end: int,
) -> Fit:
    heard = film[start:end]
    known = [_album_part(place, line, start, len(heard)) for line in lines]
    if len(heard) < _WINDOW or not known[0].any():
        return Fit(0.0, 1.0, 0.0, 0.0)
    return _robust_fit(_cells(heard), np.stack([_cells(part) for part in known if part.any()]))


def _album_part(
    place: Timeline, line: Line, start: int, length: int
) -> Float32[np.ndarray, " samples"]:
    """The album as it would sound in the film from sample `start`, at the album's level."""
    ratio = line.speed.tempo_ratio
    at = start * ratio + line.lag
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


def _robust_fit(
    heard: Complex64[np.ndarray, "frames bins"], known: Complex64[np.ndarray, "lines frames bins"]
) -> Fit:
    """The gains that explain the cells best, where little else sounds; of the first line."""
    columns = known.reshape(len(known), -1)
    values = heard.ravel()
    floor = np.float32(1e-6 * (np.abs(columns[0]) ** 2).mean() + _SILENT)
    rest, inverse = values, np.eye(len(known))
    gains = np.zeros(len(known))
    for _ in range(_ROUNDS):
        power = (np.abs(rest) ** 2).reshape(heard.shape)
        weight = 1 / (scipy.ndimage.uniform_filter(power, _AROUND).ravel() + floor)
        weighted = np.conj(columns) * weight
        inverse = np.linalg.pinv((weighted @ columns.T).real.astype(float))
        gains = inverse @ (weighted @ values).real.astype(float)
        rest = values - gains.astype(np.float32) @ columns
    deviation = _OVERLAP * float(np.sqrt(max(inverse[0, 0], 0.0) / 2))
    music = gains[0] ** 2 * float((np.abs(columns[0]) ** 2).sum())
    return Fit(float(gains[0]), deviation, music, float((np.abs(rest) ** 2).sum()))
