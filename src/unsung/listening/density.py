"""How busy the music is: notes beginning a second."""

import numpy as np
from jaxtyping import Float64

from unsung.listening.roll import seconds
from unsung.model.notes import Notes
from unsung.model.sound import Feature

_HALF_WIDTH_S = 2.5
_LEAST_HEARD_S = 0.5


def density(notes: Notes, duration_s: float) -> Feature:
    """Note beginnings a second, one value a second at mid-second; 0 in silence.

    A triangle five seconds wide weighs what begins around each second. At the ends of the track
    only the part of the triangle that lies inside it counts: what was not there is not a rest.
    """
    clock, count = seconds(duration_s)
    centres_s = clock.times_s(count)
    begun = np.zeros(count)
    for offset in range(-3, 4):
        column = notes.onset_s.astype(np.int64) + offset
        inside = (column >= 0) & (column < count)
        distance_s = np.abs(notes.onset_s[inside] - centres_s[column[inside]])
        weights = np.maximum(0.0, 1 - distance_s / _HALF_WIDTH_S)
        begun += np.bincount(column[inside], weights, minlength=count)
    heard_s = _area_until(duration_s - centres_s) - _area_until(-centres_s)
    return Feature((begun / np.maximum(heard_s, _LEAST_HEARD_S))[None], clock)


def _area_until(at_s: Float64[np.ndarray, " seconds"]) -> Float64[np.ndarray, " seconds"]:
    """The area of the triangle up to `at_s` from its centre; `_HALF_WIDTH_S` for all of it."""
    x = np.clip(at_s / _HALF_WIDTH_S, -1, 1)
    area: np.ndarray = _HALF_WIDTH_S * np.where(x < 0, (1 + x) ** 2, 2 - (1 - x) ** 2) / 2
    return area
