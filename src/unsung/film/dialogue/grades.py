"""How music sits beside all else, passage by passage.

The words are those of OpenBMAT (Meléndez-Catalán, Molina, Gómez, TISMIR 2(1), 2019), whose
listeners judged by ear. The limits in LU are ours, as is "inaudible": no third of an octave in
which the music comes within 10 dB of the rest.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Int64

from unsung.film.dialogue.bands import FRAMES_A_SECOND
from unsung.film.dialogue.loudnesses import short_term_lufs
from unsung.model.balance import GRADES, Graded, Parts
from unsung.model.outcomes import UNDECIDED
from unsung.model.time import Span

LIMITS_LU = (15.0, 3.0, -3.0, -15.0)
"""From only music to foreground, similar, background, low background."""
_AUDIBLE = 10 ** (-10 / 10)
_UNKNOWN, _NONE = len(GRADES), len(GRADES) + 1
_LEAST_FRAMES = 10
_ALONE_S = 5.0
_SOUNDS_LUFS = -69.0


def passages(parts: Parts) -> tuple[Graded, ...]:
    """The grade of every passage with music of the album; undecided where it is not measurable.

    By short-term loudness (3 s), each second as most of its tenths say. A rest of the track, while
    nothing of it sounds, is no passage.
    """
    return tuple(
        Graded(span, UNDECIDED if code == _UNKNOWN else GRADES[code])
        for span, code in _runs(_by_second(_codes(parts)))
        if code != _NONE
    )


def alone(graded: tuple[Graded, ...], speaks: Bool[np.ndarray, " frames"]) -> tuple[Span, ...]:
    """Passages of five seconds or more in which there is only music, and nobody speaks."""
    free = np.zeros(len(speaks), np.int64)
    for one in graded:
        if one.grade == "only music":
            free[_frames(one.span)] = 1
    free[speaks] = 0
    return tuple(span for span, code in _runs(free) if code and span.duration_s >= _ALONE_S)


def _codes(parts: Parts) -> Int64[np.ndarray, " frames"]:
    music, rest = short_term_lufs(parts.music), short_term_lufs(parts.rest)
    codes: np.ndarray = np.searchsorted(-np.array(LIMITS_LU), rest - music, side="right")
    codes[~_audible(parts)] = GRADES.index("inaudible")
    codes[music < _SOUNDS_LUFS] = _NONE
    codes[parts.measured.values[0] == 0] = _UNKNOWN
    codes[parts.placed.values[0] == 0] = _NONE
    return codes


def _audible(parts: Parts) -> Bool[np.ndarray, " frames"]:
    above: np.ndarray = parts.music.bands.values > _AUDIBLE * parts.rest.bands.values
    audible: np.ndarray = np.any(above, axis=0)
    return audible


def _by_second(codes: Int64[np.ndarray, " frames"]) -> Int64[np.ndarray, " frames"]:
    """Each second as most of its tenths say."""
    held = codes.copy()
    for first in range(0, len(codes), _LEAST_FRAMES):
        held[first : first + _LEAST_FRAMES] = np.bincount(
            codes[first : first + _LEAST_FRAMES]
        ).argmax()
    return held


def _runs(codes: Int64[np.ndarray, " frames"]) -> Iterator[tuple[Span, int]]:
    edges = np.flatnonzero(np.diff(codes)) + 1
    for first, end in zip(np.append(0, edges), np.append(edges, len(codes)), strict=True):
        if first < end:
            yield Span(first / FRAMES_A_SECOND, end / FRAMES_A_SECOND), int(codes[first])


def _frames(span: Span) -> slice:
    return slice(round(span.start_s * FRAMES_A_SECOND), round(span.end_s * FRAMES_A_SECOND))
