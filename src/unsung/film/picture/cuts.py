"""Where one shot ends and the next begins.

A cut is a frame that differs from the last far more than its neighbours do from theirs, so a pan
or a running crowd makes none (the adaptive detector of PySceneDetect works alike). A film that goes
black and comes back has a cut there too. Slow dissolves are not found.
"""

from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float64

from unsung.model.picture import Pictures, Shots
from unsung.model.time import Span

_AROUND = 2
_LIMITS = ((0.045, 3.0, 0.004), (0.015, 20.0, 0.0005))
"""Least change, how many times that of its neighbours, and what these have at least: for pictures
that move, and for those that hardly do."""
_INTO_MOTION, _CREST = (0.1, 3.0, 0.004), 1.2
"""The same against the calmer side alone, where the change also towers over the busier side."""
_SHORTEST_S = 0.25
_BLACK, _LIT = 0.09, 0.14
_NEAR_S = 0.6


def shots(pictures: Pictures) -> Shots:
    """The shots from the first frame to the end of the last; none for a film without pictures."""
    times_s = pictures.times_s
    if not len(times_s):
        return Shots(())
    end_s = float(times_s[-1]) + pictures.rate.frame_s
    sharp = times_s[_strongest(_sharp(pictures), pictures)]
    dark = [at_s for at_s in _black_s(pictures) if not (np.abs(sharp - at_s) < _NEAR_S).any()]
    inner = np.sort(np.concatenate([sharp, dark]))
    edges = [max(0.0, float(times_s[0])), *(float(at_s) for at_s in inner), end_s]
    return Shots(tuple(Span(a, b) for a, b in pairwise(edges) if a < b))


def _sharp(pictures: Pictures) -> Bool[np.ndarray, " frames"]:
    """Frames that differ much, and much more than those around them or on one side."""
    change = pictures.change.astype(np.float64)
    padded = np.pad(change, _AROUND, mode="edge")
    window = np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1)
    around = (window.sum(axis=1) - change) / (2 * _AROUND)
    sharp: np.ndarray = np.zeros(len(change), bool)
    for least, ratio, quiet in _LIMITS:
        sharp |= (change >= least) & (change >= ratio * (around + quiet))
    sides = np.stack([window[:, :_AROUND], window[:, _AROUND + 1 :]])
    least, ratio, quiet = _INTO_MOTION
    calmer, busiest = sides.mean(axis=2).min(axis=0), sides.max(axis=(0, 2))
    sharp |= (change >= least) & (change >= ratio * (calmer + quiet)) & (change >= _CREST * busiest)
    sharp[0] = False
    return sharp


def _strongest(sharp: Bool[np.ndarray, " frames"], pictures: Pictures) -> np.ndarray:
    """Of cuts closer than a quarter of a second, the greatest change; a flash is none."""
    kept: list[int] = []
    for at in np.flatnonzero(sharp):
        if kept and pictures.times_s[at] - pictures.times_s[kept[-1]] < _SHORTEST_S:
            if pictures.change[at] > pictures.change[kept[-1]]:
                kept[-1] = int(at)
        else:
            kept.append(int(at))
    return np.array(kept, np.int64)


def _black_s(pictures: Pictures) -> Float64[np.ndarray, " blacks"]:
    """The middle of every stretch of black between two lit ones."""
    black = pictures.brightness < _BLACK
    edges = np.flatnonzero(np.diff(np.concatenate([[0], black.astype(int), [0]])))
    middles = [
        float(pictures.times_s[first] + pictures.times_s[end - 1]) / 2
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        if _lit(pictures, first - 1, end)
    ]
    return np.array(middles, np.float64)


def _lit(pictures: Pictures, before: int, after: int) -> bool:
    """Whether the picture is truly lit within a second before and after."""
    if before < 0 or after >= len(pictures.times_s):
        return False
    near = round(float(pictures.rate.frames_a_second))
    sides = (
        pictures.brightness[max(0, before - near) : before + 1],
        pictures.brightness[after : after + near],
    )
    return all(side.max() > _LIT for side in sides)
