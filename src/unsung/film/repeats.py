"""Places of the album that sound the same, so that nobody can tell which of them was taken."""

import numpy as np
from jaxtyping import Float32

from unsung.film.diagonals import Diagonal, diagonals
from unsung.film.histogram import HOP_FRAMES, PeakIndex, agreements
from unsung.film.peaks import HOP, RATE_HZ, Peaks
from unsung.film.timeline import Timeline
from unsung.film.whitened import WHITE_RATE_HZ, best_lag, block_products, shared_at_lags
from unsung.model.film import AlbumPlace, Speed
from unsung.model.time import Span

_LEAST_SIGMAS = 15.0
_BLOCK = WHITE_RATE_HZ // 2
_ALIKE, _SHARE = 0.9, 0.9
_NEAR_S = 0.1
_REACH = 300


def same_elsewhere(
    taken: AlbumPlace,
    place: Timeline,
    found: Peaks,
    index: PeakIndex,
    white: Float32[np.ndarray, " white"],
) -> tuple[AlbumPlace, ...]:
    """Other places whose waveform is that of `taken`, nine tenths of the time at least."""
    first = place.start[place.files.index(taken.track_file)]
    begin = first + round(taken.span.start_s * RATE_HZ)
    end = first + round(taken.span.end_s * RATE_HZ)
    lines = diagonals(agreements(_part(found, begin, end), index, Speed(), _LEAST_SIGMAS), Speed())
    places = [_place(line, begin, end, place, white) for line in lines]
    apart = {
        one
        for one in places
        if one is not None
        and (
            one.track_file != taken.track_file
            or abs(one.span.start_s - taken.span.start_s) > _NEAR_S
        )
    }
    return tuple(sorted(apart, key=lambda one: (one.track_file, one.span)))


def _part(found: Peaks, begin: int, end: int) -> Peaks:
    """The peaks from `begin` to `end`, counted from there."""
    low, high = np.searchsorted(found.frame, (begin // HOP, end // HOP))
    frames = (end - begin) // HOP
    return Peaks(found.frame[low:high] - begin // HOP, found.pitch[low:high], frames)


def _place(
    line: Diagonal, begin: int, end: int, place: Timeline, white: Float32[np.ndarray, " white"]
) -> AlbumPlace | None:
    scale = WHITE_RATE_HZ / RATE_HZ
    low, length = round(begin * scale), round((end - begin) * scale)
    apart = round((line.strongest.offset - begin // HOP) * HOP * scale)
    at = low + round((line.strongest.hop * HOP_FRAMES) * HOP * scale)
    window = min(round(2 * HOP_FRAMES * HOP * scale), length)
    lag = best_lag(shared_at_lags(white, white, at, window, apart, _REACH), apart, _REACH // 2)
    edges = np.arange(low, low + length + 1, _BLOCK)
    moved = np.full((1, len(edges) - 1), round(lag.samples))
    alike = block_products(white, white, edges, moved)[0]
    if not len(alike) or (alike > _ALIKE).mean() < _SHARE:
        return None
    start = begin + lag.samples / scale
    track = place.track_at(start + (end - begin) / 2)
    start_s = max(0.0, (start - place.start[track]) / RATE_HZ)
    return AlbumPlace(place.files[track], Span(start_s, start_s + (end - begin) / RATE_HZ))
