"""Music in the film that no placement explains, second by second.

How likely there is music is told for every second by itself; but music comes and goes in
stretches, so a chain of two states, music and none, weighs each second with its neighbours
(forward and backward; Rabiner, Proc. IEEE 77, 1989). What stays in between is undecided.

Where music of the album is placed nothing is asked, nor close beside it: an edge that is told half
a second too early, an echo, or what taking the music away left behind is no other music.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Bool, Float64

from unsung.model.film import Placement
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch

GUARD_S = 2.0
"""How far beside a placement sound still counts as its own."""
_LEAST_S, _LEAST_UNDECIDED_S = 5.0, 5.0
_MUSIC, _NONE = 0.8, 0.2
_LASTS_S = 20.0
_TRUSTED = 0.5
"""Seconds beside each other are heard by the same ear in the same moment: half of what each says
is news."""
_SUREST = 0.999


def unplaced(chance: Feature, placements: Sequence[Placement]) -> Unplaced:
    """Music with no source; `chance` has one row, 0..1, once a second."""
    likely = music_likely(chance.values[0].astype(float))
    free = _free(placements, chance)
    music = free & (likely >= _MUSIC)
    unclear = free & ~music & (likely > _NONE)
    stretches = [
        UnplacedStretch(span, float(likely[inside].mean()))
        for span, inside in _stretches(music, chance, _LEAST_S)
    ]
    undecided = [span for span, _ in _stretches(unclear, chance, _LEAST_UNDECIDED_S)]
    return Unplaced(tuple(stretches), tuple(undecided))


def music_likely(chance: Float64[np.ndarray, " seconds"]) -> Float64[np.ndarray, " seconds"]:
    """How likely there is music, 0..1, each second weighed with its neighbours."""
    sure = np.clip(chance, 1 - _SUREST, _SUREST)
    evidence = np.stack([(1 - sure) ** _TRUSTED, sure**_TRUSTED], axis=1)
    change = 1 / _LASTS_S
    steps = np.array([[1 - change, change], [change, 1 - change]])
    forward, backward = _carried(evidence, steps), _carried(evidence[::-1], steps)[::-1]
    both = forward * backward / evidence
    likely: np.ndarray = both[:, 1] / both.sum(axis=1)
    return likely


def _carried(
    evidence: Float64[np.ndarray, "seconds states"], steps: Float64[np.ndarray, "states states"]
) -> Float64[np.ndarray, "seconds states"]:
    """What is likely at each second by all up to it; each row sums to 1."""
    told = np.empty_like(evidence)
    state = np.full(2, 0.5)
    for second, here in enumerate(evidence):
        state = (state @ steps) * here
        state /= state.sum()
        told[second] = state
    return told


def _free(placements: Sequence[Placement], chance: Feature) -> Bool[np.ndarray, " seconds"]:
    """The seconds that lie clear of all placements."""
    free = np.ones(chance.values.shape[1], bool)
    for one in placements:
        low, high = one.film_span.start_s - GUARD_S, one.film_span.end_s + GUARD_S
        free[max(0, int(np.floor(low))) : max(0, int(np.ceil(high)))] = False
    return free


def _stretches(
    on: Bool[np.ndarray, " seconds"], chance: Feature, least_s: float
) -> Iterator[tuple[Span, slice]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(int), [0]])))
    half_s = 0.5 / chance.frames.rate_hz
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        start_s, end_s = (chance.frames.first_s + at / chance.frames.rate_hz for at in (first, end))
        span = Span(max(0.0, start_s - half_s), end_s - half_s)
        if span.duration_s >= least_s:
            yield span, slice(first, end)
