"""At which speed the film plays its music: as on the album, or as television and discs need it."""

from collections.abc import Sequence
from functools import partial

from unsung.film.abreast import abreast
from unsung.film.histogram import HOP_FRAMES, Agreement, PeakIndex, agreements
from unsung.film.peaks import Peaks
from unsung.model.film import Speed

_SURE_SIGMAS, _HINT_SIGMAS = 9.0, 7.0
_SAMPLED_WINDOWS = 120
_ALSO_WINDOWS = 3


def played_speeds(film: Peaks, album: PeakIndex, speeds: Sequence[Speed]) -> tuple[Speed, ...]:
    """The speeds that the film plays at: mostly one; another where it alone explains reels.

    Judged by windows spread over the film. If none speaks for any speed, all are possible.
    """
    stride = max(1, film.frames // HOP_FRAMES // _SAMPLED_WINDOWS)
    sought = partial(agreements, film, album, least_sigmas=_HINT_SIGMAS, stride=stride)
    found = dict(zip(speeds, abreast(sought, speeds), strict=True))
    ranked = sorted(speeds, key=lambda speed: -_support(found[speed]))
    if not any(_sure_hops(found[speed]) for speed in speeds):
        return tuple(speeds)
    played = [ranked[0]]
    explained = _near_hops(found[ranked[0]], stride)
    for speed in ranked[1:]:
        alone = _sure_hops(found[speed]) - explained
        if len(alone) >= _ALSO_WINDOWS:
            played.append(speed)
            explained |= _near_hops(found[speed], stride)
    return tuple(played)


def _support(found: Sequence[Agreement]) -> float:
    best: dict[int, float] = {}
    for one in found:
        best[one.hop] = max(best.get(one.hop, 0.0), one.sigmas)
    return sum((sigmas for sigmas in best.values() if sigmas >= _SURE_SIGMAS), start=0.0)


def _sure_hops(found: Sequence[Agreement]) -> set[int]:
    return {one.hop for one in found if one.sigmas >= _SURE_SIGMAS}


def _near_hops(found: Sequence[Agreement], stride: int) -> set[int]:
    """Windows with any agreement at all, and their neighbours."""
    return {one.hop + step for one in found for step in (-stride, 0, stride)}
