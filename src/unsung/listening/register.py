"""How high the music lies: its lowest and highest notes, and its centre, along time."""

import numpy as np
import scipy
from jaxtyping import Bool, Float32

from unsung.listening.roll import PITCHES, seconds, sounding_time
from unsung.model.hearing import Register
from unsung.model.notes import Notes
from unsung.model.sound import Feature

_FOUR_SECONDS = (0.5, 1.0, 1.0, 1.0, 0.5)
_LOW, _HIGH = 0.1, 0.9
_MIDDLE_C = 60.0


def register(notes: Notes, duration_s: float) -> Register:
    """Low, centre and high in MIDI pitch, once a second over four seconds.

    A tenth of what sounds lies below low and a tenth above high; the centre is the mean. A note
    counts as long as it lasts and as surely as it was heard. Where nothing sounds the last known
    values are held (before the first note: the first; in silence: middle C).
    """
    clock, count = seconds(duration_s)
    time_s = scipy.ndimage.convolve1d(
        sounding_time(notes, count), _FOUR_SECONDS, axis=1, mode="constant"
    )
    sounding = time_s.sum(axis=0) > 0
    rows = np.stack([_quantile(time_s, _LOW), _centre(time_s), _quantile(time_s, _HIGH)])
    return Register(Feature(_held(rows, sounding), clock), Feature(sounding[None], clock))


def _quantile(
    time_s: Float32[np.ndarray, "pitches seconds"], share: float
) -> Float32[np.ndarray, " seconds"]:
    """The lowest pitch at or below which `share` of the sound lies."""
    up_to = np.cumsum(time_s, axis=0)
    reached: np.ndarray = np.argmax(up_to >= share * up_to[-1], axis=0)
    return reached.astype(np.float32)


def _centre(time_s: Float32[np.ndarray, "pitches seconds"]) -> Float32[np.ndarray, " seconds"]:
    total = time_s.sum(axis=0)
    centre: np.ndarray = np.arange(PITCHES, dtype=np.float32) @ time_s / np.where(total, total, 1)
    return centre


def _held(
    rows: Float32[np.ndarray, "rows seconds"], sounding: Bool[np.ndarray, " seconds"]
) -> Float32[np.ndarray, "rows seconds"]:
    if not sounding.any():
        return np.full_like(rows, _MIDDLE_C)
    known = np.maximum.accumulate(np.where(sounding, np.arange(sounding.size), -1))
    held: np.ndarray = rows[:, np.where(known < 0, np.argmax(sounding), known)]
    return held
