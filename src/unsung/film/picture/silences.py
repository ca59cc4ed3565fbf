"""Silence used as an effect: the film falls silent after it was not.

Silence is by contrast: a second and a half or more that lies 20 LU under the loudest three seconds
of the ten before, and 15 LU under the film as a whole. The limits are ours. A pause of speech over
soft music of the album is none. Before the film begins to sound and after it ends there is no
contrast, and so no such silence.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import scipy
from jaxtyping import Bool, Float64

from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Loudness
from unsung.model.outcomes import Outcome
from unsung.model.picture import Silence
from unsung.model.time import Span

_DROP_LU = 20.0
_UNDER_FILM_LU = 15.0
_BEFORE_S, _LEAST_S = 10.0, 1.5
_STOPS_S = 1.0


def silences(film: Loudness, music: Sequence[Span]) -> tuple[Silence, ...]:
    """The sudden silences of a film, in order; `music` is where the album sounds in it."""
    momentary = film.momentary
    level = momentary.values[0].astype(np.float64)
    if isinstance(film.integrated_lufs, Outcome) or not len(level):
        return ()
    rate = momentary.frames.rate_hz
    before = _before(
        film.short_term.values[0].astype(np.float64), len(level), round(_BEFORE_S * rate)
    )
    quiet = (level < before - _DROP_LU) & (level < film.integrated_lufs - _UNDER_FILM_LU)
    return tuple(_silences(quiet, before - level, momentary.times_s, rate, music))


def _before(
    short_term: Float64[np.ndarray, " frames"], count: int, reach: int
) -> Float64[np.ndarray, " count"]:
    """The loudest short-term value whose window ended before each moment, within `reach`."""
    lag = 30
    late = np.full(count, LOUDNESS_FLOOR_LUFS)
    used = short_term[: max(0, count - lag)]
    late[lag : lag + len(used)] = used
    origin = reach // 2 - (reach % 2 == 0)
    loudest: np.ndarray = scipy.ndimage.maximum_filter1d(
        late, reach, mode="constant", cval=LOUDNESS_FLOOR_LUFS, origin=origin
    )
    return loudest


def _silences(
    quiet: Bool[np.ndarray, " frames"],
    drop_lu: Float64[np.ndarray, " frames"],
    times_s: Float64[np.ndarray, " frames"],
    rate_hz: float,
    music: Sequence[Span],
) -> Iterator[Silence]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        span = Span(float(times_s[first]), float(times_s[end - 1] + 1 / rate_hz))
        sounding_s = sum(one.overlap_s(span) for one in music)
        free = sounding_s < span.duration_s / 2
        if span.duration_s >= _LEAST_S and end < len(quiet) and free:
            stops = any(abs(one.end_s - span.start_s) <= _STOPS_S for one in music)
            yield Silence(span, float(drop_lu[first:end].max()), stops)
