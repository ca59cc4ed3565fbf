"""Where a cue comes in and goes out, within a tenth of a second."""

from collections.abc import Iterable

import numpy as np
from attrs import evolve
from jaxtyping import Float64

from unsung.film.choosing import Stretch
from unsung.film.lines import BLOCK_S
from unsung.film.peaks import RATE_HZ
from unsung.film.timeline import Timeline
from unsung.model.time import Span

_SEARCHED_BLOCKS = 60
_INSIDE_BLOCKS = 120
_HEARD_BLOCKS = (100, 50, 30)
_TOUCHING_BLOCKS = 3
_WEAKEST, _STRONGEST = 0.3, 5.0
_LEAST, _MOST = -3.0, 6.0
_NEAR_S = 0.15
_FAR_S = 3.0
_QUIET = 1e-2
"""Of the power of what was heard: 20 dB less, and an edge drowns in the film."""


def free_edges(one: Stretch, others: Iterable[Stretch]) -> tuple[bool, bool]:
    """Whether start and end stand free; where the film jumps to another line they do not."""
    starts = any(abs(other.end_block - one.first_block) <= _TOUCHING_BLOCKS for other in others)
    ends = any(abs(other.first_block - one.end_block) <= _TOUCHING_BLOCKS for other in others)
    return not starts, not ends


def of_its_track(one: Stretch, others: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches of the same track; into another track a cue may well reach."""
    return tuple(other for other in others if other.line.track == one.line.track)


def refined(one: Stretch, free: tuple[bool, bool]) -> Stretch:
    """The stretch with free edges where the evidence, as strong as it is near there, sets in."""
    first = _first_block(one) if free[0] else one.first_block
    end = _end_block(one) if free[1] else one.end_block
    return evolve(one, first_block=first, end_block=end) if first < end else one


def _first_block(one: Stretch) -> int:
    low = max(one.line.first_block, one.first_block - _SEARCHED_BLOCKS)
    high = min(one.end_block, one.first_block + _INSIDE_BLOCKS)
    return low + _onset(one.line.during(low, high), one.first_block - low)


def _end_block(one: Stretch) -> int:
    low = max(one.first_block, one.end_block - _INSIDE_BLOCKS)
    high = min(one.line.end_block, one.end_block + _SEARCHED_BLOCKS)
    backwards = one.line.during(low, high)[::-1]
    return high - _onset(backwards, high - one.end_block)


def _onset(evidence: Float64[np.ndarray, " blocks"], near: int) -> int:
    """Where unit noise most likely turns into evidence as strong as it is soon after `near`.

    How strong is judged over 10 s at first, then ever nearer to the edge.
    """
    clipped = np.clip(evidence, _LEAST, _MOST)
    for length in _HEARD_BLOCKS:
        heard = clipped[near : near + length]
        strength = float(np.clip(heard.mean() if len(heard) else 0, _WEAKEST, _STRONGEST))
        gained = np.concatenate(([0.0], np.cumsum(clipped - strength / 2)))
        near = int(np.argmin(gained))
    return near


def film_span(one: Stretch, place: Timeline) -> Span:
    """From when to when the stretch sounds; a track heard from its beginning begins there.

    Where less than 0.15 s, or up to 3 s that lie 20 dB lower, are left to the track's own edge, the
    track's own edge it is.
    """
    begin_s, end_s = (_film_s(one, float(sample)) for sample in _bounds(one, place))
    start_s, stop_s = one.first_block * BLOCK_S, one.end_block * BLOCK_S
    if _is_unheard(one, place, begin_s, start_s):
        start_s = max(0.0, begin_s)
    if _is_unheard(one, place, stop_s, end_s):
        stop_s = max(end_s, start_s + BLOCK_S)
    return Span(start_s, stop_s)


def track_span(one: Stretch, film: Span, place: Timeline) -> Span:
    """Which part of the track that is, in seconds of the track."""
    first, end = _bounds(one, place)
    start = (_album_sample(one, film.start_s) - first) / RATE_HZ
    stop = (_album_sample(one, film.end_s) - first) / RATE_HZ
    start_s = max(0.0, start)
    return Span(start_s, max(start_s + BLOCK_S, min(stop, (end - first) / RATE_HZ)))


def _bounds(one: Stretch, place: Timeline) -> tuple[int, int]:
    first = place.start[one.line.track]
    return first, first + place.length[one.line.track]


def _film_s(one: Stretch, album_sample: float) -> float:
    return (album_sample - one.line.lag) / RATE_HZ / one.line.speed.tempo_ratio


def _album_sample(one: Stretch, film_s: float) -> float:
    return film_s * RATE_HZ * one.line.speed.tempo_ratio + one.line.lag


def _is_unheard(one: Stretch, place: Timeline, start_s: float, end_s: float) -> bool:
    """Whether the album is too quiet between two moments of the film to be heard there."""
    if abs(end_s - start_s) < _NEAR_S:
        return True
    if not 0 < end_s - start_s < _FAR_S:
        return False
    between = _power(one, place, start_s, end_s)
    return between < _QUIET * _power(one, place, *_heard_s(one))


def _heard_s(one: Stretch) -> tuple[float, float]:
    return one.first_block * BLOCK_S, one.end_block * BLOCK_S


def _power(one: Stretch, place: Timeline, start_s: float, end_s: float) -> float:
    """Mean power of the album between two moments of the film."""
    low, high = _bounds(one, place)
    first, end = (round(_album_sample(one, at_s)) for at_s in (start_s, end_s))
    part = place.samples[max(first, low) : max(min(end, high), low)]
    return float((part**2).mean()) if len(part) else 0.0
