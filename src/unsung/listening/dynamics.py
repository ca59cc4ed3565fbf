"""How loudness moves: the level against the track's own, and where it swells and fades.

`level` is short-term loudness, smoothed over two seconds more, less the track's integrated
loudness: 0 LU is the track's own level, a whisper in a loud track lies far below. A silent track
rests at 0 LU.

A swell is a crescendo or diminuendo a listener could point at. The method is ours: turning
points of the level count only where it then goes back by 3 LU (as rainflow counting ignores
small reversals), so notes and bars do not break a crescendo; between two turning points the level
moves one way. Such a leg, less its flat ends, is a swell when it changes by at least 6 LU (about
two dynamic marks), lasts at least 4 s (a sudden forte passes the 3 s window in less) and moves at
least 6 LU a minute. What lies more than 30 LU under the track counts as silence.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Float64

from unsung.model.hearing import Dynamics, Loudness, Swell
from unsung.model.outcomes import Outcome
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

_SMOOTHING_S = 2.0
_SILENCE_LU = -30.0
_RETURN_LU = 3.0
_LEAST_CHANGE_LU = 6.0
_LEAST_SWELL_S = 4.0
_LEAST_SLOPE_LU_PER_S = 0.1
_FLAT_SHARE = 0.1


def dynamics(loudness: Loudness) -> Dynamics:
    """The level of the track against its own, and its crescendi and diminuendi in order."""
    level = _level_lu(loudness)
    clock = loudness.short_term.frames
    return Dynamics(Feature(level[np.newaxis], clock), tuple(_swells(level, clock)))


def _level_lu(loudness: Loudness) -> Float64[np.ndarray, " frames"]:
    lufs = loudness.short_term.values[0].astype(np.float64)
    if isinstance(loudness.integrated_lufs, Outcome):
        return np.zeros_like(lufs)
    window = np.hanning(round(_SMOOTHING_S * loudness.short_term.frames.rate_hz) + 2)[1:-1]
    smooth: np.ndarray = scipy.ndimage.convolve1d(lufs, window / window.sum(), mode="nearest")
    return smooth - loudness.integrated_lufs


def _swells(level: Float64[np.ndarray, " frames"], clock: Frames) -> Iterator[Swell]:
    heard = np.maximum(level, _SILENCE_LU)
    turns = _turning_points(heard)
    for begin, end in pairwise(turns):
        if abs(heard[end] - heard[begin]) < _LEAST_CHANGE_LU:
            continue
        first, last = _moving_part(heard, begin, end)
        change, lasting_s = float(heard[last] - heard[first]), (last - first) / clock.rate_hz
        if _is_swell(change, lasting_s):
            start_s = clock.first_s + first / clock.rate_hz
            yield Swell(Span(start_s, start_s + lasting_s), change)


def _turning_points(level: Float64[np.ndarray, " frames"]) -> list[int]:
    """Lows and highs in turn, each left behind by `_RETURN_LU` before it counts; then the last."""
    turns: list[int] = []
    trend, extreme = 1, 0
    for now, value in enumerate(level):
        if trend * (value - level[extreme]) > 0:
            extreme = now
        elif trend * (level[extreme] - value) >= _RETURN_LU:
            turns.append(extreme)
            trend, extreme = -trend, now
    turns.append(extreme)
    return [int(level[: turns[0] + 1].argmin()), *turns]


def _moving_part(level: Float64[np.ndarray, " frames"], begin: int, end: int) -> tuple[int, int]:
    """The leg from `begin` to `end` without its flat ends: from 10 to 90 % of the way."""
    leg = level[begin : end + 1]
    way = (leg - leg[0]) / (leg[-1] - leg[0])
    last = int(np.argmax(way >= 1 - _FLAT_SHARE))
    first = int(np.flatnonzero(way[: last + 1] <= _FLAT_SHARE)[-1])
    return begin + first, begin + last


def _is_swell(change_lu: float, lasting_s: float) -> bool:
    enough_lu = max(_LEAST_CHANGE_LU, _LEAST_SLOPE_LU_PER_S * lasting_s)
    return lasting_s >= _LEAST_SWELL_S and abs(change_lu) >= enough_lu
