"""Hits: the strongest onsets of the placed music, in the film's time.

Onset strength is heard in the tracks, where nobody speaks over it, and carried to where the film
plays them. A hit is a peak that no other within 0.4 s tops, among the strongest of its track: 20 a
minute at most, so that a busy piece does not strike everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Float64, Int64

from unsung.model.film import Placement
from unsung.model.picture import Hit
from unsung.model.sound import Feature

_ALONE_S = 0.4
_MOST_A_MINUTE = 20.0
_LEAST_STRENGTH = 0.15


def hits(onset_strength: Mapping[str, Feature], placements: Sequence[Placement]) -> tuple[Hit, ...]:
    """The hits of all placed tracks in film order; `onset_strength` has one row for each track.

    Tracks without a curve give none, nor does silence.
    """
    tracks = {file: _strikes(curve) for file, curve in onset_strength.items()}
    found = (
        hit
        for one in placements
        if one.track_file in tracks
        for hit in _placed(one, *tracks[one.track_file])
    )
    return tuple(sorted(found, key=lambda hit: hit.film_s))


def _strikes(curve: Feature) -> tuple[Float64[np.ndarray, " hits"], Float64[np.ndarray, " hits"]]:
    """When the track strikes, and how strongly against its strongest (0..1)."""
    strength = curve.values[0].astype(np.float64)
    loudest = float(strength.max(initial=0.0))
    if loudest <= 0:
        return np.zeros(0), np.zeros(0)
    peaks = _peaks(strength / loudest, max(1, round(_ALONE_S * curve.frames.rate_hz)))
    most = max(1, int(len(strength) / curve.frames.rate_hz / 60 * _MOST_A_MINUTE))
    kept = np.sort(peaks[np.argsort(-strength[peaks], kind="stable")[:most]])
    return curve.times_s[kept], strength[kept] / loudest


def _peaks(strength: Float64[np.ndarray, " frames"], reach: int) -> Int64[np.ndarray, " peaks"]:
    """Where nothing within `reach` frames is higher; of equals the first."""
    padded = np.pad(strength, reach, constant_values=-1.0)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    first = windows.argmax(axis=1) == reach
    return np.flatnonzero(first & (strength >= _LEAST_STRENGTH))


def _placed(
    one: Placement, at_s: Float64[np.ndarray, " hits"], strength: Float64[np.ndarray, " hits"]
) -> Iterator[Hit]:
    """Those within the stretch that is played, where the film plays them."""
    inside = (at_s >= one.track_span.start_s) & (at_s < one.track_span.end_s)
    film_s = one.film_span.start_s + (at_s - one.track_span.start_s) / one.speed.tempo_ratio
    for at, value in zip(film_s[inside].tolist(), strength[inside].tolist(), strict=True):
        yield Hit(at, value)
