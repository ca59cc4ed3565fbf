"""Where music starts and stops, against cuts and changes of scene.

Luck is the same edges put elsewhere: all moved together by one time, around the film, a thousand
times. Edges are known to a few tenths of a second, so half a second counts as together.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64

from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.picture import MusicEdge, MusicEdges
from unsung.model.time import Span

_TOGETHER_S = 0.5
_SHIFTS = 1000
_LEAST_EDGES = 5


def music_edges(
    music: Sequence[Span], cuts_s: Sequence[float], scenes_s: Sequence[float], film_s: float
) -> MusicEdges:
    """Starts and stops of `music` in film order; stretches that touch or overlap are one.

    `scenes_s` are when scenes change, `film_s` how long the film is. Undecided with fewer than
    five edges, or without cuts (or scenes) to hold them against.
    """
    joined = _joined(music)
    at_s = [
        (edge, starts)
        for span in joined
        for edge, starts in ((span.start_s, True), (span.end_s, False))
    ]
    edges = tuple(
        MusicEdge(edge, starts, _after_s(edge, cuts_s), _after_s(edge, scenes_s))
        for edge, starts in at_s
    )
    times_s = np.array([edge for edge, _ in at_s])
    on_cuts, on_scenes = (_shares(times_s, np.sort(marks), film_s) for marks in (cuts_s, scenes_s))
    return MusicEdges(edges, *on_cuts, *on_scenes)


def _joined(music: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(music):
        if joined and span.start_s <= joined[-1].end_s + _TOGETHER_S:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, span.end_s))
        else:
            joined.append(span)
    return joined


def _after_s(edge_s: float, marks_s: Sequence[float]) -> float | Undecided:
    """How much later than the nearest mark."""
    return edge_s - min(marks_s, key=lambda mark: abs(mark - edge_s)) if marks_s else UNDECIDED


def _shares(
    edges_s: Float64[np.ndarray, " edges"], marks_s: Float64[np.ndarray, " marks"], film_s: float
) -> tuple[float | Undecided, float | Undecided]:
    if len(edges_s) < _LEAST_EDGES or not len(marks_s) or film_s <= 0:
        return UNDECIDED, UNDECIDED
    shifts_s = np.arange(_SHIFTS + 1)[:, None] / (_SHIFTS + 1) * film_s
    moved = (edges_s + shifts_s) % film_s
    bounds = np.concatenate([[-np.inf], marks_s, [np.inf]])
    right = np.searchsorted(bounds, moved)
    apart = np.minimum(np.abs(bounds[right] - moved), np.abs(moved - bounds[right - 1]))
    shares = (apart <= _TOGETHER_S).mean(axis=1)
    chance = (1 + (shares[1:] >= shares[0]).sum()) / (1 + _SHIFTS)
    return float(shares[0]), float(chance)
