"""Cues that sound at the same time: which of them are real, and which only share a sample.

Music made with a sample library repeats single sounds to the sample, so a stretch beneath another
may resemble it note by note. The film tells: fitted together, what is not there gets no gain.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import evolve
from jaxtyping import Float32

from unsung.film.choosing import Stretch
from unsung.film.level import block_fits
from unsung.film.lines import BLOCK_S, Line
from unsung.film.timeline import Timeline
from unsung.model.time import Span

_SHARE = 0.7
_QUIETEST = 0.1
_MOST_LINES = 4
_JOINED_BLOCKS = 60


def standing(
    film: Float32[np.ndarray, " samples"], place: Timeline, chosen: Sequence[Stretch]
) -> tuple[Stretch, ...]:
    """The stretches that stand when fitted with all that sounds meanwhile; parts are joined."""
    real = [one for one in chosen if one.layer == 0]
    for one in sorted(chosen, key=lambda one: (one.layer, -one.sigmas)):
        if one.layer > 0 and _has_gain(film, place, one, meanwhile(one, real)):
            real.append(one)
    return _joined(real)


def meanwhile(one: Stretch, others: Iterable[Stretch]) -> tuple[Line, ...]:
    """The other lines that sound during a stretch."""
    return tuple(
        {
            _name(other.line): other.line
            for other in others
            if other.first_block < one.end_block
            and one.first_block < other.end_block
            and _name(other.line) != _name(one.line)
        }.values()
    )


def _has_gain(
    film: Float32[np.ndarray, " samples"],
    place: Timeline,
    one: Stretch,
    others: Sequence[Line],
) -> bool:
    span = Span(one.first_block * BLOCK_S, one.end_block * BLOCK_S)
    fits = block_fits(film, place, (one.line, *others[:_MOST_LINES]), span)
    told = [fit.tells and fit.gain > _QUIETEST for fit in fits]
    return bool(np.mean(told) >= _SHARE)


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches of the same line that touch, or nearly, as one."""
    done: list[Stretch] = []
    for one in sorted(stretches, key=lambda one: (_name(one.line), one.first_block)):
        last = done[-1] if done else None
        if (
            last is not None
            and _name(last.line) == _name(one.line)
            and one.first_block - last.end_block <= _JOINED_BLOCKS
        ):
            end = max(last.end_block, one.end_block)
            most = max(last.sigmas, one.sigmas)
            done[-1] = evolve(last, end_block=end, sigmas=most, layer=min(last.layer, one.layer))
        else:
            done.append(one)
    return tuple(sorted(done, key=lambda one: (one.first_block, one.end_block)))


def _name(line: Line) -> tuple[int, float, float]:
    return line.track, line.speed.tempo_ratio, line.lag
