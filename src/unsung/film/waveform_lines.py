"""Lines that the waveform proves: the same recording, whatever its speed, even upside down."""

from collections.abc import Iterable, Sequence

import numpy as np
from jaxtyping import Float32

from unsung.film.choosing import sigmas
from unsung.film.diagonals import Diagonal
from unsung.film.histogram import HOP_FRAMES, WINDOW_HOPS
from unsung.film.lines import BLOCK_S, MOST_DRIFT, Line, WhiteFilm, waveform_lag, waveform_line
from unsung.film.peaks import HOP, RATE_HZ
from unsung.film.searched import SearchedAlbum
from unsung.film.tempo import tempo_ratio
from unsung.film.timeline import Timeline
from unsung.film.whitened import WHITE_RATE_HZ, Lag, whitened
from unsung.model.film import Speed
from unsung.model.outcomes import UNDECIDED

_LEAST_SIGMAS = 5.5
_LONG, _ASTRAY = 8, 6e-4
"""Agreements (45 s) that tell a speed of their own, and how far from the film's that must lie."""
_SAME_S, _NEAR_S = 5e-4, 0.02


def waveform_lines(
    film: Float32[np.ndarray, " samples"], album: SearchedAlbum, found: Sequence[Diagonal]
) -> list[Line]:
    """One line for each lag at which a diagonal shares the album's waveform.

    The diagonals have one nominal speed, the reels of the film up to two exact ones near it.
    """
    if not found or found[0].speed.pitch_kept:
        return []
    ratios = _ratios(film, album, found)
    films = [WhiteFilm(Speed(ratio), whitened(film, ratio)) for ratio in ratios]
    lines: list[Line] = []
    for one in sorted(found, key=lambda one: -one.sigmas):
        lags = [waveform_lag(white, album.white, one) for white in films]
        white, lag = max(zip(films, lags, strict=True), key=lambda pair: pair[1].sigmas)
        known = _is_known(one, lag, white.speed.tempo_ratio, album.place, lines)
        if lag.sigmas >= _LEAST_SIGMAS and not known:
            track = track_of(one, album.place)
            lines.append(waveform_line(white, album.white, track, lag, album.place))
    return lines


def _ratios(
    film: Float32[np.ndarray, " samples"], album: SearchedAlbum, found: Sequence[Diagonal]
) -> tuple[float, ...]:
    """The exact tempo ratio, and that of what runs away from it, if that is proved as well."""
    exact = tempo_ratio(film, album.white, found)
    main = found[0].speed.tempo_ratio if exact is UNDECIDED else exact
    long = [one for one in found if len(one.agreements) >= _LONG]
    astray = [one for one in long if abs(_rough_ratio(one) / main - 1) > _ASTRAY]
    other = tempo_ratio(film, album.white, astray) if astray else UNDECIDED
    return (main,) if other is UNDECIDED or abs(other / main - 1) < MOST_DRIFT else (main, other)


def _rough_ratio(one: Diagonal) -> float:
    """The tempo ratio along a long diagonal, to some ten-thousandths."""
    hops = np.array([found.hop for found in one.agreements])
    offsets = np.array([found.offset for found in one.agreements])
    slope, _ = np.polyfit(hops - hops.mean(), offsets, 1)
    return one.speed.tempo_ratio + float(slope) / HOP_FRAMES


def _is_known(
    one: Diagonal, lag: Lag, ratio: float, place: Timeline, lines: Iterable[Line]
) -> bool:
    """Whether a line runs here already: at the very same lag, or near it and with evidence."""
    middle_s = sum(_during_s(one)) / 2
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
    first, end = (int(at_s / BLOCK_S) for at_s in _during_s(one))
    return sigmas(line.during(first, end)) >= _LEAST_SIGMAS


def _during_s(one: Diagonal) -> tuple[float, float]:
    """From when to when in the film the diagonal was found."""
    hops = one.agreements[0].hop, one.agreements[-1].hop + WINDOW_HOPS
    first_s, end_s = (hop * HOP_FRAMES * HOP / RATE_HZ for hop in hops)
    return first_s, end_s


def track_of(one: Diagonal, place: Timeline) -> int:
    """The track that a diagonal runs beside."""
    best = one.strongest
    middle = (best.hop + 1) * HOP_FRAMES * HOP
    return place.track_at(middle * one.speed.tempo_ratio + best.offset * HOP)
