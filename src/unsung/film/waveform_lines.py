"""Lines that the waveform proves: the same recording, whatever its speed, even upside down."""

from collections.abc import Iterable, Sequence
from itertools import compress

import numpy as np
from jaxtyping import Float32

from unsung.film.choosing import sigmas
from unsung.film.diagonals import Diagonal
from unsung.film.histogram import HOP_FRAMES
from unsung.film.lines import BLOCK_S, MOST_DRIFT, Line, WhiteFilm, waveform_lag, waveform_line
from unsung.film.peaks import HOP, RATE_HZ
from unsung.film.searched import SearchedAlbum
from unsung.film.tempo import tempo_ratio
from unsung.film.timeline import Timeline
from unsung.film.whitened import WHITE_RATE_HZ, Lag, whitened
from unsung.model.film import Speed
from unsung.model.outcomes import UNDECIDED, Undecided

_LEAST_SIGMAS = 5.5
_MOST_RATIOS = 3
_SAME_S, _NEAR_S = 5e-4, 0.02


def waveform_lines(
    film: Float32[np.ndarray, " samples"], album: SearchedAlbum, found: Sequence[Diagonal]
) -> list[Line]:
    """One line for each lag at which a diagonal shares the album's waveform.

    The diagonals have one nominal speed. Where its exact ratio proves nothing another may: reels
    of a film can differ by a thousandth.
    """
    if not found or found[0].speed.pitch_kept:
        return []
    lines: list[Line] = []
    ratios: list[float] = []
    left = sorted(found, key=lambda one: -one.sigmas)
    while left and (ratio := _next_ratio(film, album, left, ratios)) is not UNDECIDED:
        ratios.append(ratio)
        white = WhiteFilm(Speed(ratio), whitened(film, ratio))
        lags = [waveform_lag(white, album.white, one) for one in left]
        proved = [lag.sigmas >= _LEAST_SIGMAS for lag in lags]
        for one, lag in compress(zip(left, lags, strict=True), proved):
            if not _is_known(one, lag, ratio, album.place, lines):
                track = track_of(one, album.place)
                lines.append(waveform_line(white, album.white, track, lag, album.place))
        left = list(compress(left, (not one for one in proved)))
    return lines


def _next_ratio(
    film: Float32[np.ndarray, " samples"],
    album: SearchedAlbum,
    left: Sequence[Diagonal],
    earlier: Sequence[float],
) -> float | Undecided:
    """The exact tempo ratio of what is left; the nominal one where nothing was proved at any."""
    ratio = tempo_ratio(film, album.white, left)
    if ratio is UNDECIDED:
        return UNDECIDED if earlier else left[0].speed.tempo_ratio
    is_new = all(abs(ratio / other - 1) > MOST_DRIFT for other in earlier)
    return ratio if is_new and len(earlier) < _MOST_RATIOS else UNDECIDED


def _is_known(
    one: Diagonal, lag: Lag, ratio: float, place: Timeline, lines: Iterable[Line]
) -> bool:
    """Whether a line runs here already: at the very same lag, or near it and with evidence."""
    middle_s = (one.first_frame + one.end_frame) / 2 * HOP / RATE_HZ
    white = lag.samples + (1 + lag.drift) * ratio * middle_s * WHITE_RATE_HZ
    sample = white * RATE_HZ / WHITE_RATE_HZ
    apart = [
        (abs(line.album_sample(middle_s) - sample) / RATE_HZ, line)
        for line in lines
        if line.track == track_of(one, place)
    ]
    return any(
        far_s < _SAME_S or (far_s < _NEAR_S and _speaks_for(line, one)) for far_s, line in apart
    )


def _speaks_for(line: Line, one: Diagonal) -> bool:
    """Whether a line has evidence of its own where a diagonal is."""
    first, end = (int(k * HOP / RATE_HZ / BLOCK_S) for k in (one.first_frame, one.end_frame))
    return sigmas(line.during(first, end)) >= _LEAST_SIGMAS


def track_of(one: Diagonal, place: Timeline) -> int:
    """The track that a diagonal runs beside."""
    best = one.strongest
    middle = (best.hop + 1) * HOP_FRAMES * HOP
    return place.track_at(middle * one.speed.tempo_ratio + best.offset * HOP)
