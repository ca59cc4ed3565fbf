"""Rhythm from instants: which note values a listener would write, or that none fit.

Each candidate tempo is tried; for each, the places of the notes on a grid of sixteenths and
triplets are those of least cost: how far the steps between notes are off, and how much a reader
must work (after Cemgil, Desain and Kappen, "Rhythm Quantization for Transcription", Computer Music
Journal 24(2), 2000; the search is Viterbi's). Steps, not instants, are compared, so that a
player's freedom does not add up. Where luck would fit as well, the outcome is `UNMEASURED`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Literal

from attrs import frozen

from unsung.pages.notation.grid import (
    PER_QUARTER,
    can_follow,
    is_written,
    place_cost,
    step_cost,
)


class Freedom(Enum):
    """Music that no simple note values fit."""

    UNMEASURED = "unmeasured"

    def __str__(self) -> str:
        return self.value


Unmeasured = Literal[Freedom.UNMEASURED]
UNMEASURED: Unmeasured = Freedom.UNMEASURED

_SLOWEST_BPM, _FASTEST_BPM, _TEMPO_STEP = 44.0, 200.0, 1.035
_COMMON_BPM, _TEMPO_SPREAD = 96.0, 0.5
_HEARD_SPREAD = 0.06
_HEARD_LEVELS = ((1.0, 0.0), (2.0, 2.5), (0.5, 2.5), (1.5, 3.5), (2 / 3, 3.5))
_UNLIKE_HEARD = 4.0
_SHAKE_S, _FOLLOWED_S, _FREEDOM = 0.035, 0.07, 0.03
"""How far off an instant may be; one that was found by following a line is coarser; per second."""
_BEAM = 10
_REACH = 4
_OTHER_THAN_EXPECTED = 0.8
_WORST_COST = 0.7
"""Nats a note beyond which luck fits as well; a third of all lines of random instants cost less."""


@frozen
class Rhythm:
    """Where each onset stands, in twelfths of a quarter; the beat falls on multiples of 12.

    `quarter_s` is how long a quarter lasts, `cost` the nats spent on a note.
    """

    places: tuple[int, ...]
    quarter_s: float
    cost: float


def rhythm(
    onsets_s: Sequence[float], tempo_bpm: float | None = None, *, certain: bool = False
) -> Rhythm | Unmeasured:
    """The rhythm of increasing onsets; `tempo_bpm` is the tempo heard there, if one was.

    If the tempo is `certain` (it is written), no other is tried.
    """
    if len(onsets_s) < 2:
        return Rhythm((0,) * len(onsets_s), 60 / (tempo_bpm or _COMMON_BPM), 0.0)
    tempi = [(tempo_bpm, 0.0)] if certain and tempo_bpm else _tempi(tempo_bpm)
    best, best_total = None, _WORST_COST * len(onsets_s) + max(prior for _, prior in tempi)
    for bpm, prior in sorted(tempi, key=lambda pair: pair[1]):
        found = _at_tempo(onsets_s, 60 / bpm, best_total - prior)
        if found.cost * len(onsets_s) + prior < best_total:
            best, best_total = found, found.cost * len(onsets_s) + prior
    return best if best and best.cost <= _WORST_COST else UNMEASURED


def rhythm_like(
    onsets_s: Sequence[float], expected: Mapping[int, int], quarter_s: float
) -> Rhythm | Unmeasured:
    """The rhythm of onsets some of which are expected at a place, at about that tempo.

    The first that is expected stands where it is expected; the others may have reasons not to.
    """
    first = min(expected, default=0)
    start = expected.get(first, 0)
    found = [
        _both_ways(onsets_s, first, start, expected, quarter_s * 1.05**k) for k in range(-4, 5)
    ]
    best = min(found, key=lambda one: one.cost)
    return best if best.cost <= _WORST_COST else UNMEASURED


def _tempi(heard_bpm: float | None) -> list[tuple[float, float]]:
    """Tempi to try, each with what it costs to believe in it."""
    count = int(math.log(_FASTEST_BPM / _SLOWEST_BPM) / math.log(_TEMPO_STEP)) + 1
    tempi = [_SLOWEST_BPM * _TEMPO_STEP**k for k in range(count)]
    return [(bpm, _tempo_cost(bpm, heard_bpm)) for bpm in tempi]


def _tempo_cost(bpm: float, heard_bpm: float | None) -> float:
    """People write beats around 96 a minute; a tempo that was heard, or a simple part of it."""
    common = 0.5 * (math.log2(bpm / _COMMON_BPM) / _TEMPO_SPREAD) ** 2
    if heard_bpm is None:
        return common
    levels = (
        cost + 0.5 * (math.log2(bpm / (heard_bpm * level)) / _HEARD_SPREAD) ** 2
        for level, cost in _HEARD_LEVELS
    )
    return common + min(_UNLIKE_HEARD, *levels)


def _at_tempo(onsets_s: Sequence[float], quarter_s: float, most: float) -> Rhythm:
    """The best rhythm at this tempo, from any part of a beat; given up when it costs the `most`."""
    begins = [(place_cost(place), (place,)) for place in range(PER_QUARTER) if is_written(place)]
    cost, places = _path(begins, _steps(onsets_s), quarter_s, {}, _SHAKE_S, most)
    return _rhythm(onsets_s, places, cost / len(onsets_s), quarter_s)


def _both_ways(
    onsets_s: Sequence[float], first: int, start: int, expected: Mapping[int, int], quarter_s: float
) -> Rhythm:
    """On from the first onset that is expected somewhere, and back from it."""
    steps = _steps(onsets_s)
    later = {k - first: place for k, place in expected.items() if k > first}
    on_cost, on = _path([(0.0, (start,))], steps[first:], quarter_s, later, _FOLLOWED_S)
    before = steps[:first][::-1]
    back_cost, back = _path([(0.0, (-start,))], before, quarter_s, {}, _FOLLOWED_S)
    places = tuple(-place for place in back[:0:-1]) + on
    return _rhythm(onsets_s, places, (on_cost + back_cost) / len(onsets_s), quarter_s)


def _rhythm(
    onsets_s: Sequence[float], places: tuple[int, ...], cost: float, quarter_s: float
) -> Rhythm:
    """With the tempo that first and last note agree on."""
    spanned = places[-1] - places[0]
    lasts_s = onsets_s[-1] - onsets_s[0]
    return Rhythm(places, PER_QUARTER * lasts_s / spanned if spanned > 0 else quarter_s, cost)


def _steps(onsets_s: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(onsets_s)]


def _path(
    begins: Iterable[tuple[float, tuple[int, ...]]],
    steps_s: Sequence[float],
    quarter_s: float,
    expected: Mapping[int, int],
    shake_s: float,
    most: float = math.inf,
) -> tuple[float, tuple[int, ...]]:
    """The cheapest places for all notes: cost, and where each stands.

    Where the first of them already cost the `most`, only those. What is expected costs nothing to
    read: it has been read above.
    """
    paths = sorted(begins)
    for note, step_s in enumerate(steps_s, start=1):
        best: dict[int, tuple[float, tuple[int, ...]]] = {}
        for cost, places in paths:
            for place, reading in _within_reach(places[-1], step_s, quarter_s):
                total = cost + _off_cost(place - places[-1], step_s, quarter_s, shake_s)
                if place != expected.get(note):
                    total += reading
                    total += _OTHER_THAN_EXPECTED * (note in expected)
                if place not in best or total < best[place][0]:
                    best[place] = (total, (*places, place))
        paths = sorted(best.values())[:_BEAM]
        if paths[0][0] > most:
            break
    return paths[0]


def _within_reach(before: int, step_s: float, quarter_s: float) -> list[tuple[int, float]]:
    """The places around where the step leads, at least the next, and what each costs to read."""
    about = round(PER_QUARTER * step_s / quarter_s)
    return [(before + on, cost) for on, cost in _reach(before % PER_QUARTER, about)]


@cache
def _reach(before: int, about: int) -> tuple[tuple[int, float], ...]:
    """How far on, from a place in its beat, and what each costs: the same in every beat."""
    low, high = max(1, about - _REACH), max(_REACH, about + _REACH)
    steps = range(low, high + 1)
    return tuple(
        (on, step_cost(before, before + on)) for on in steps if can_follow(before, before + on)
    )


def _off_cost(written: int, step_s: float, quarter_s: float, shake_s: float) -> float:
    """What a step is off from how it is written, as a hand shakes and a player takes time."""
    off_s = step_s - written * quarter_s / PER_QUARTER
    return 0.5 * (off_s / math.hypot(shake_s, _FREEDOM * step_s)) ** 2
