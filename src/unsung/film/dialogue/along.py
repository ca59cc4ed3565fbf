"""Loudness along the film: of all that sounds, of the album's music, and of the rest."""

import numpy as np
from jaxtyping import Bool

from unsung.film.dialogue.balance import offset_lu
from unsung.film.dialogue.bands import FRAMES_A_SECOND
from unsung.film.dialogue.loudnesses import short_term_lufs
from unsung.model.balance import Part, Parts
from unsung.model.film_case import FilmLevels
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Loudness
from unsung.model.sound import Feature
from unsung.model.time import Frames

_EVERY = 5
"""Of ten values a second one in five is kept: each stands for three seconds."""


def levels_along(parts: Parts, film: Loudness) -> FilmLevels:
    """The three curves, two values a second.

    Music and rest are measured in one channel and carried over to the film's own loudness, as for
    the balance of each line.
    """
    above_lu = offset_lu(parts, film)
    measured = parts.measured.values[0] > 0
    clear = measured | (parts.placed.values[0] <= 0)
    whole = film.short_term
    clock = Frames(whole.frames.rate_hz / _EVERY, whole.frames.first_s)
    return FilmLevels(
        Feature(whole.values[:, ::_EVERY], clock),
        _curve(parts.music, above_lu, measured),
        _curve(parts.rest, above_lu, clear),
    )


def _curve(part: Part, above_lu: float, told: Bool[np.ndarray, " frames"]) -> Feature:
    level_lufs = short_term_lufs(part)
    sounds = told & (level_lufs > LOUDNESS_FLOOR_LUFS)
    carried = np.where(
        sounds, np.maximum(level_lufs + above_lu, LOUDNESS_FLOOR_LUFS), LOUDNESS_FLOOR_LUFS
    )
    return Feature(carried[None, ::_EVERY], Frames(FRAMES_A_SECOND / _EVERY))
