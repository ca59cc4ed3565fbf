"""Lines: a track running beside the film at one speed, and the evidence for it moment by moment."""

import numpy as np
from attrs import cmp_using, field, frozen
from jaxtyping import Float32, Float64, Int64

from unsung.film.diagonals import Diagonal
from unsung.film.histogram import HOP_FRAMES
from unsung.film.peaks import HOP, RATE_HZ
from unsung.film.timeline import Timeline
from unsung.film.whitened import WHITE_RATE_HZ, Lag, best_lag, block_products, shared_at_lags
from unsung.model.film import Sameness, Speed

BLOCK_S = 0.1
_DECOY_LAGS = np.array([-149, -113, -89, -67, -47, -31, 31, 47, 67, 89, 113, 149])
_SMOOTH_BLOCKS = 20
_REACH, _WITHIN = 1200, 200


@frozen
class Line:
    """Track number `track` beside the film: album sample = tempo ratio · film sample + `lag`.

    Samples are the 8 kHz of the timeline. `evidence[k]` speaks for the film's 0.1 s from
    `first_block + k`, in standard deviations: around 0 ± 1 where the track does not sound.
    """

    track: int
    speed: Speed
    lag: float
    sameness: Sameness
    first_block: int
    evidence: Float64[np.ndarray, " blocks"] = field(eq=cmp_using(eq=np.array_equal))

    @property
    def end_block(self) -> int:
        """The first block after the track has ended."""
        return self.first_block + len(self.evidence)

    def during(self, first: int, end: int) -> Float64[np.ndarray, " inside"]:
        """The evidence from block `first` to `end`; what lies outside the track is left out."""
        low, high = (min(max(k - self.first_block, 0), len(self.evidence)) for k in (first, end))
        return self.evidence[low:high]


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
    """The lag at 2 kHz at which a diagonal shares the album's waveform, over its windows."""
    step = HOP_FRAMES * HOP * WHITE_RATE_HZ / RATE_HZ
    ratio = film.speed.tempo_ratio
    lag = round(offset_samples(found, ratio) * WHITE_RATE_HZ / RATE_HZ)
    hops = sorted({h for one in found.agreements for h in (one.hop, one.hop + 1)})
    shared = np.zeros(2 * _REACH + 1)
    for hop in hops:
        first, end = round(hop * step * ratio), round((hop + 1) * step * ratio)
        shared += shared_at_lags(film.samples, album, first, end - first, lag, _REACH)
    return best_lag(shared, lag, _WITHIN)


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
    first, end = possible_blocks(
        place, track, film.speed, samples, len(film.samples) / WHITE_RATE_HZ
    )
    at = round(lag.samples)
    edges = film.edges(first, end)
    shared = block_products(film.samples, album, edges, np.concatenate(([at], at + _DECOY_LAGS)))
    evidence = shared[0] * np.sqrt(np.diff(edges))
    noise = np.sqrt(smooth((shared[1:] ** 2).mean(axis=0) * np.diff(edges)))
    return Line(
        track, film.speed, samples, "same recording", first, evidence / np.maximum(noise, 1)
    )


def possible_blocks(
    place: Timeline, track: int, speed: Speed, lag: float, film_white_s: float
) -> tuple[int, int]:
    """The film's blocks during which the track could sound on this line."""
    begin_s = (place.start[track] - lag) / RATE_HZ / speed.tempo_ratio
    end_s = begin_s + place.length[track] / RATE_HZ / speed.tempo_ratio
    film_s = film_white_s / speed.tempo_ratio
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
