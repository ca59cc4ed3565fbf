"""Lines: a track running beside the film at one speed, and the evidence for it moment by moment."""

import numpy as np
from attrs import cmp_using, evolve, field, frozen
from jaxtyping import Float32, Float64, Int64

from unsung.film.diagonals import Diagonal
from unsung.film.histogram import HOP_FRAMES
from unsung.film.peaks import HOP, RATE_HZ
from unsung.film.timeline import Timeline
from unsung.film.whitened import (
    WHITE_RATE_HZ,
    Lag,
    best_lag,
    block_products,
    shared_at_lags,
    spread,
    strongest_lag,
)
from unsung.model.film import Sameness, Speed

BLOCK_S = 0.1
_DECOY_LAGS = np.array([0, -149, -113, -89, -67, -47, -31, 31, 47, 67, 89, 113, 149])
_SMOOTH_BLOCKS = 20
_REACH, _WITHIN = 1200, 200
MOST_DRIFT = 3e-4
"""How far a part of the film may run from the film's speed: beyond, windows of 5 s tell nothing."""
_DRIFT_STEP_SAMPLES = 0.5
_DRIFTS, _DRIFTS_SIGMAS = 1.05, 1.0
"""How much more a drift must explain than none."""


@frozen
class Line:
    """Track number `track` beside the film: album sample = tempo ratio · film sample + `lag`.

    Samples are the 8 kHz of the timeline. `evidence[k]` speaks for the film's 0.1 s from
    `first_block + k`, in standard deviations: around 0 ± 1 where the track does not sound. The
    film may have the track `inverted`, its waveform upside down.
    """

    track: int
    speed: Speed
    lag: float
    sameness: Sameness
    first_block: int
    evidence: Float64[np.ndarray, " blocks"] = field(eq=cmp_using(eq=np.array_equal))
    inverted: bool = False

    @property
    def end_block(self) -> int:
        """The first block after the track has ended."""
        return self.first_block + len(self.evidence)

    def during(self, first: int, end: int) -> Float64[np.ndarray, " inside"]:
        """The evidence from block `first` to `end`; what lies outside the track is left out."""
        low, high = (min(max(k - self.first_block, 0), len(self.evidence)) for k in (first, end))
        return self.evidence[low:high]

    def album_sample(self, film_s: float) -> float:
        """Where on the timeline the track is at this second of the film."""
        return film_s * RATE_HZ * self.speed.tempo_ratio + self.lag


@frozen
class WhiteFilm:
    """The whitened film at one speed."""

    speed: Speed
    samples: Float32[np.ndarray, " white"] = field(eq=cmp_using(eq=np.array_equal))

    def edges(self, first: int, end: int) -> Int64[np.ndarray, " bounds"]:
        """Where the blocks from `first` to `end` begin, and the last one ends."""
        per_block = BLOCK_S * WHITE_RATE_HZ * self.speed.tempo_ratio
        bounds: np.ndarray = np.rint(np.arange(first, end + 1) * per_block)
        return bounds.astype(np.int64)


def waveform_lag(film: WhiteFilm, album: Float32[np.ndarray, " white"], found: Diagonal) -> Lag:
    """The lag at 2 kHz at which a diagonal shares the album's waveform, over its windows.

    It is counted from the film's first sample, drift included.
    """
    step = HOP_FRAMES * HOP * WHITE_RATE_HZ / RATE_HZ * film.speed.tempo_ratio
    lag = round(offset_samples(found, film.speed.tempo_ratio) * WHITE_RATE_HZ / RATE_HZ)
    hops = np.array(sorted({h for one in found.agreements for h in (one.hop, one.hop + 1)}))
    firsts, ends = np.rint(hops * step).astype(int), np.rint((hops + 1) * step).astype(int)
    shared = np.stack([
        shared_at_lags(film.samples, album, first, end - first, lag, _REACH)
        for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
    ])  # fmt: skip
    middle = float((hops.mean() + 0.5) * step)
    best = _drifting(shared, (hops + 0.5) * step - middle, lag)
    return evolve(best, samples=best.samples - best.drift * middle)


def _drifting(
    shared: Float64[np.ndarray, "windows lags"], at: Float64[np.ndarray, " windows"], lag: int
) -> Lag:
    """The lag that the windows share; one that grows from window to window if that is far better.

    `at` is when each window is, from their middle.
    """
    steady = best_lag(shared.sum(axis=0), lag, _WITHIN)
    step = _DRIFT_STEP_SAMPLES / max(float(np.abs(at).max()), 1.0)
    steps = np.arange(1, int(MOST_DRIFT / step) + 1) * step
    if not len(steps):
        return steady
    chance = spread(shared.sum(axis=0))
    lags = [_at_drift(shared, at, lag, drift, chance) for drift in (*-steps, *steps)]
    best = max(lags, key=lambda one: one.sigmas)
    return best if best.sigmas > _DRIFTS * steady.sigmas + _DRIFTS_SIGMAS else steady


def _at_drift(
    shared: Float64[np.ndarray, "windows lags"],
    at: Float64[np.ndarray, " windows"],
    lag: int,
    drift: float,
    chance: float,
) -> Lag:
    """The best lag if it grows by `drift`."""
    firsts = _REACH - _WITHIN - 1 + np.rint(at * drift).astype(int)
    near = (row[first : first + 2 * _WITHIN + 3] for row, first in zip(shared, firsts, strict=True))
    best = strongest_lag(np.sum(list(near), axis=0), lag, _WITHIN, chance)
    return evolve(best, drift=float(drift))


def offset_samples(found: Diagonal, ratio: float) -> float:
    """Album sample minus ratio · film sample at the diagonal's strongest window."""
    best = found.strongest
    middle = (best.hop + 1) * HOP_FRAMES * HOP
    return middle * (found.speed.tempo_ratio - ratio) + best.offset * HOP


def waveform_line(
    film: WhiteFilm, album: Float32[np.ndarray, " white"], track: int, lag: Lag, place: Timeline
) -> Line:
    """The line at a lag, with what film and album share as evidence."""
    samples = lag.samples * RATE_HZ / WHITE_RATE_HZ
    speed = Speed(film.speed.tempo_ratio * (1 + lag.drift))
    film_s = len(film.samples) / WHITE_RATE_HZ / film.speed.tempo_ratio
    first, end = possible_blocks(place, track, speed, samples, film_s)
    edges = film.edges(first, end)
    lags = np.rint(lag.samples + lag.drift * (edges[:-1] + edges[1:]) / 2).astype(np.int64)
    shared = block_products(film.samples, album, edges, lags + _DECOY_LAGS[:, np.newaxis])
    evidence = shared[0] * np.sqrt(np.diff(edges)) * (-1 if lag.inverted else 1)
    noise = np.sqrt(smooth((shared[1:] ** 2).mean(axis=0) * np.diff(edges)))
    evidence /= np.maximum(noise, 1)
    return Line(track, speed, samples, "same recording", first, evidence, lag.inverted)


def possible_blocks(
    place: Timeline, track: int, speed: Speed, lag: float, film_s: float
) -> tuple[int, int]:
    """The film's blocks during which the track could sound on this line."""
    begin_s = (place.start[track] - lag) / RATE_HZ / speed.tempo_ratio
    end_s = begin_s + place.length[track] / RATE_HZ / speed.tempo_ratio
    first = max(0, int(np.ceil(begin_s / BLOCK_S - 0.5)))
    return first, max(first, int(np.floor(min(end_s, film_s) / BLOCK_S + 0.5)))


def smooth(values: Float64[np.ndarray, " blocks"]) -> Float64[np.ndarray, " blocks"]:
    """The mean over two seconds around each block."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(len(values))
    low = np.maximum(at - _SMOOTH_BLOCKS // 2, 0)
    high = np.minimum(at + _SMOOTH_BLOCKS // 2 + 1, len(values))
    mean: np.ndarray = (total[high] - total[low]) / (high - low)
    return mean
