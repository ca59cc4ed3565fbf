"""The film's exact speed: peaks tell it within 0.2 %, the waveform within some millionths."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from jaxtyping import Float32, Float64

from unsung.film.diagonals import Diagonal
from unsung.film.histogram import HOP_FRAMES
from unsung.film.peaks import HOP, RATE_HZ
from unsung.film.whitened import WHITE_RATE_HZ, Lag, best_lag, shared_at_lags, whitened
from unsung.model.outcomes import UNDECIDED, Undecided

_WITNESSES = 5
_STEPS = np.arange(-10, 11) * 2e-4
_LENGTH_S = 5.0
_WITHIN = 200
_REACH = 1200
_PROOF_SIGMAS = 9.0


@frozen
class _Moment:
    """A few seconds of the film, and where the album should be then (samples at 8 kHz)."""

    film_sample: int
    album_sample: float


def tempo_ratio(
    film: Float32[np.ndarray, " samples"],
    album: Float32[np.ndarray, " white"],
    lines: Sequence[Diagonal],
) -> float | Undecided:
    """The tempo ratio at which the strongest diagonals share the album's waveform.

    `film` at 8 kHz, `album` whitened. Undecided where no waveform is shared at any.
    """
    nominal = lines[0].speed.tempo_ratio
    strongest = sorted(lines, key=lambda line: -line.strongest.sigmas)[:_WITNESSES]
    ratios = nominal * (1 + _STEPS)
    lags = [[_lag(film, album, _moment(one), ratio) for one in strongest] for ratio in ratios]
    support = [sum(lag.sigmas for lag in row if lag.sigmas > _PROOF_SIGMAS) for row in lags]
    if max(support) == 0:
        return UNDECIDED
    coarse = float(ratios[int(np.argmax(support))])
    return _refined(film, album, lines, coarse)


def _moment(line: Diagonal) -> _Moment:
    best = line.strongest
    return _moment_at(line, best.hop * HOP_FRAMES + HOP_FRAMES // 2, best.offset)


def _moment_at(line: Diagonal, film_frame: int, offset: float) -> _Moment:
    sample = film_frame * HOP
    return _Moment(sample, sample * line.speed.tempo_ratio + offset * HOP)


def _lag(
    film: Float32[np.ndarray, " samples"],
    album: Float32[np.ndarray, " white"],
    moment: _Moment,
    ratio: float,
) -> Lag:
    """Where the album is at this moment, as a lag from where it should be, at 2 kHz."""
    length = int(_LENGTH_S * RATE_HZ)
    part = film[moment.film_sample : moment.film_sample + length]
    if len(part) < RATE_HZ:
        return Lag(0.0, 0.0)
    white = whitened(part, ratio)
    at = round(moment.album_sample * WHITE_RATE_HZ / RATE_HZ)
    return best_lag(shared_at_lags(white, album, 0, len(white), at, _REACH), 0, _WITHIN)


def _refined(
    film: Float32[np.ndarray, " samples"],
    album: Float32[np.ndarray, " white"],
    lines: Sequence[Diagonal],
    coarse: float,
) -> float:
    """The slope of the lag along the longest diagonals, where it is proved at many moments."""
    longest = sorted(lines, key=lambda line: -len(line.agreements))[:_WITNESSES]
    slopes = [_slope(film, album, line, coarse) for line in longest]
    weight = np.array([weight for _, weight in slopes])
    if weight.sum() == 0:
        return coarse
    slope = np.array([slope for slope, _ in slopes])
    order = np.argsort(slope)
    middle = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    return coarse + float(slope[order][middle])


def _slope(
    film: Float32[np.ndarray, " samples"],
    album: Float32[np.ndarray, " white"],
    line: Diagonal,
    coarse: float,
) -> tuple[float, float]:
    """By how much the tempo ratio exceeds `coarse`, and the weight of that answer."""
    at, late = _proved_moments(film, album, line, coarse)
    if len(at) < 3 or np.ptp(at) < 4 * _LENGTH_S:
        return 0.0, 0.0
    slope = _median_slope(at, late)
    return slope, float(np.ptp(at))


def _proved_moments(
    film: Float32[np.ndarray, " samples"],
    album: Float32[np.ndarray, " white"],
    line: Diagonal,
    coarse: float,
) -> tuple[Float64[np.ndarray, " moments"], Float64[np.ndarray, " moments"]]:
    """Film times of the proofs along a diagonal, and album time beyond `coarse` times them."""
    rows = []
    for one in line.agreements[:: max(1, len(line.agreements) // 12)]:
        moment = _moment_at(line, one.hop * HOP_FRAMES + HOP_FRAMES // 2, one.offset)
        lag = _lag(film, album, moment, coarse)
        if lag.sigmas > _PROOF_SIGMAS:
            film_s = moment.film_sample / RATE_HZ
            at = round(moment.album_sample * WHITE_RATE_HZ / RATE_HZ) + lag.samples
            rows.append((film_s, at / WHITE_RATE_HZ - coarse * film_s))
    found = np.array(rows).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _median_slope(x: Float64[np.ndarray, " points"], y: Float64[np.ndarray, " points"]) -> float:
    """Theil and Sen's slope: the median over all pairs of points."""
    first, second = np.triu_indices(len(x), 1)
    apart = np.abs(x[second] - x[first]) > _LENGTH_S
    slopes = (y[second] - y[first])[apart] / (x[second] - x[first])[apart]
    return float(np.median(slopes))
