"""Whether hits of the music fall on cuts more often than chance.

Music that is shifted along itself keeps its rhythm and loses only its bond with the picture. The
hits of each cue go round in a circle of the cue's length, by a thousand shifts evenly spread, in
all cues at once; what the shifted cues score is what luck scores.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Float64

from unsung.model.outcomes import UNDECIDED
from unsung.model.picture import Hit, HitsOnCuts, OnCut
from unsung.model.time import Span

_SHIFTS = 1000
_TOLERANCE_FRAMES = 2
_LEAST_CUTS = 5
_CLEAR_CHANCE = 0.05
_PLACES = 0.5 / (_SHIFTS + 1)


def hits_on_cuts(
    hits: Sequence[Hit], cuts_s: Sequence[float], cues: Sequence[Span], frame_s: float
) -> HitsOnCuts:
    """Hits within two frames of a cut, against luck; `cues` are where music sounds in the film.

    Undecided with fewer than five cuts under music, or without hits. Cuts closer than the
    tolerance to a cue's beginning do not count: music that starts with a cut is another question.
    """
    tolerance_s = (_TOLERANCE_FRAMES + 0.5) * frame_s
    pairs = [_inside(hits, cuts_s, cue, tolerance_s) for cue in cues]
    cuts = sum(len(seen) for seen, _ in pairs)
    scored = [
        _scores(seen, at_s, cue, tolerance_s) for (seen, at_s), cue in zip(pairs, cues, strict=True)
    ]
    scores = np.sum(scored, axis=0) if scored else np.zeros(_SHIFTS + 1)
    together, luck = int(scores[0]), scores[1:]
    if cuts < _LEAST_CUTS or not any(len(at_s) for _, at_s in pairs):
        return HitsOnCuts(cuts, together, UNDECIDED, UNDECIDED, tolerance_s)
    chance = float((1 + (luck >= together).sum()) / (1 + _SHIFTS))
    clear = tuple(_clear(hits, pairs, tolerance_s)) if chance <= _CLEAR_CHANCE else ()
    return HitsOnCuts(cuts, together, float(luck.mean()), chance, tolerance_s, clear)


def _inside(
    hits: Sequence[Hit], cuts_s: Sequence[float], cue: Span, tolerance_s: float
) -> tuple[Float64[np.ndarray, " cuts"], Float64[np.ndarray, " hits"]]:
    """Cuts and hits of one cue, in seconds of the film."""
    seen = np.array([at for at in cuts_s if cue.start_s + tolerance_s < at < cue.end_s])
    heard = np.array([hit.film_s for hit in hits if cue.start_s <= hit.film_s < cue.end_s])
    return seen, np.sort(heard)


def _scores(
    seen: Float64[np.ndarray, " cuts"],
    at_s: Float64[np.ndarray, " hits"],
    cue: Span,
    tolerance_s: float,
) -> Float64[np.ndarray, " shifts"]:
    """How many cuts have a hit: as it is, then shifted."""
    scores = np.zeros(_SHIFTS + 1)
    if not len(seen) or not len(at_s):
        return scores
    shifts_s = (np.arange(1, _SHIFTS + 1) - _PLACES) / (_SHIFTS + 1) * cue.duration_s
    for k, shift_s in enumerate(np.append(0.0, shifts_s)):
        moved = np.sort((at_s - cue.start_s + shift_s) % cue.duration_s) + cue.start_s
        scores[k] = (_nearest_s(seen, moved) <= tolerance_s).sum()
    return scores


def _nearest_s(
    seen: Float64[np.ndarray, " cuts"], at_s: Float64[np.ndarray, " hits"]
) -> Float64[np.ndarray, " cuts"]:
    """How far the nearest hit is from every cut."""
    right = np.clip(np.searchsorted(at_s, seen), 0, len(at_s) - 1)
    left = np.maximum(right - 1, 0)
    nearest: np.ndarray = np.minimum(np.abs(at_s[right] - seen), np.abs(at_s[left] - seen))
    return nearest


def _clear(
    hits: Sequence[Hit],
    pairs: Sequence[tuple[Float64[np.ndarray, " cuts"], Float64[np.ndarray, " hits"]]],
    tolerance_s: float,
) -> Iterator[OnCut]:
    """Cuts with a strong hit (the upper half of all), in film order."""
    middle = float(np.median([hit.strength for hit in hits]))
    strong = [hit for hit in hits if hit.strength >= middle]
    for cut_s in sorted(float(at) for seen, _ in pairs for at in seen):
        nearest = min(strong, key=lambda hit: abs(hit.film_s - cut_s))
        if abs(nearest.film_s - cut_s) <= tolerance_s:
            yield OnCut(cut_s, nearest, nearest.film_s - cut_s)
