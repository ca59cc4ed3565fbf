"""Which stretches of a track belong together, and where one gives way to the next.

A boundary is where the music just before and the music just after each agree with themselves but
not with one another: the checkerboard-kernel novelty of Foote, "Automatic audio segmentation
using a measure of audio novelty" (ICME 2000), section 3, for each aspect of the music (harmony,
timbre, loudness...) on a clock of half seconds.

Foote slides a kernel along the diagonal of a self-similarity matrix. With inner products as
similarity and his kernel (a Gaussian taper g times a sign s on each axis) the sum separates:
Σab g(a) s(a) g(b) s(b) <x[i+a], x[i+b]> = |Σa g(a) s(a) x[i+a]|². So his novelty is exactly the
squared length of the features filtered by a signed Gaussian, and no matrix is ever made: time and
room grow with the length of the track, not with its square.

Where we depart: rows are measured in units of their own scatter from bar to bar, and the novelty
is put on a scale of strength 0..1, the share of the spread around it that a boundary explains.
That makes 0.2 the same demand on a wild track and on a calm one. On tracks whose two-second grains
were shuffled (no sections, the same sounds), 0.2 is passed about once in ten minutes.

Sections get letters in the order they come: two share a letter when a boundary between them would
be weaker than the least that counts (average-link grouping of their means).
"""

import math
from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Float32, Float64

from unsung.model.hearing import Section, Sections
from unsung.model.settings import SectionSettings
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

_RATE_HZ = 2.0
_ROUNDING = 1e-6
_GRAIN_FRAMES = 4
"""Two seconds, about a bar or a chord: what changes as fast belongs to one texture."""

_LEAST_SCATTER = 0.05
"""A scatter under this share of an aspect's own size counts as this: 1.2 LU at -23 LUFS."""

_OUTLYING = 3.0
_SIDE = 2.0
"""How far the kernel looks to either side, in shortest sections."""


def sections(
    aspects: tuple[Feature, ...], duration_s: float, settings: SectionSettings
) -> Sections:
    """The sections of a track, from its beginning to `duration_s`, without gaps.

    Novelty runs twice a second; each value, 0..1, is the strength a boundary would have there.
    Steady music and silence are one section, A; what lasts no time has none.
    """
    heard = _on_one_clock(aspects, duration_s)
    novelty = _novelty(heard, round(_SIDE * settings.least_section_s * _RATE_HZ))
    begins = _begins(novelty, settings)
    letters = _letters(heard, begins, settings.least_boundary_strength)
    strengths = [1.0, *(float(novelty[begin]) for begin in begins[1:])]
    edges_s = [*(begin / _RATE_HZ for begin in begins), duration_s]
    spans = [Span(*edges) for edges in pairwise(edges_s) if duration_s > 0]
    return Sections(
        tuple(map(Section, spans, letters, strengths)),
        Feature(novelty[np.newaxis], Frames(_RATE_HZ)),
    )


def _on_one_clock(
    aspects: tuple[Feature, ...], duration_s: float
) -> list[Float64[np.ndarray, "_bins frames"]]:
    """Each aspect on the clock of half seconds, scaled; where there is none, nothing that moves."""
    count = max(1, math.ceil(duration_s * _RATE_HZ - _ROUNDING))
    edges_s = np.arange(count + 1) / _RATE_HZ
    heard = [_scaled(_means_between(edges_s, aspect)) for aspect in aspects if aspect.values.size]
    return heard or [np.zeros((1, count))]


def _means_between(
    edges_s: Float64[np.ndarray, " edges"], aspect: Feature
) -> Float64[np.ndarray, "bins frames"]:
    """The mean of each row from edge to edge; outside the aspect its first or last column holds.

    A column stands for the time around its instant, so any clock, faster or slower, will do.
    """
    instants = np.arange(aspect.values.shape[1] + 1) - 0.5
    times_s = aspect.frames.first_s + instants / aspect.frames.rate_hz
    times_s = np.concatenate([[times_s[0] - edges_s[-1]], times_s, [times_s[-1] + edges_s[-1]]])
    return np.array([_integral(edges_s, times_s, row) for row in aspect.values]) * _RATE_HZ


def _integral(
    edges_s: Float64[np.ndarray, " edges"],
    times_s: Float64[np.ndarray, " times"],
    row: Float32[np.ndarray, " columns"],
) -> Float64[np.ndarray, " frames"]:
    held = np.concatenate([row[:1], row, row[-1:]]).astype(np.float64)
    up_to = np.concatenate([[0.0], np.cumsum(held * np.diff(times_s))])
    return np.diff(np.interp(edges_s, times_s, up_to))


def _scaled(values: Float64[np.ndarray, "bins frames"]) -> Float64[np.ndarray, "bins frames"]:
    """Rows in units of their scatter from one grain of music to the next, around their means.

    Outliers (a second of silence at -70 LUFS) are drawn in to three mean deviations first.
    Divided by the root of the number of rows, so that unit scatter is of length 1.
    """
    middle = np.median(values, axis=1, keepdims=True)
    reach = _OUTLYING * np.abs(values - middle).mean(axis=1, keepdims=True)
    values = np.clip(values, middle - reach, middle + reach)
    steps = values[:, _GRAIN_FRAMES:] - values[:, :-_GRAIN_FRAMES]
    variance = np.square(steps).sum(axis=1, keepdims=True) / max(2 * steps.shape[1], 1)
    least = _LEAST_SCATTER**2 * np.square(values).mean() + np.finfo(np.float32).tiny
    centred = values - values.mean(axis=1, keepdims=True)
    scaled: np.ndarray = centred / np.sqrt(np.maximum(variance, least) * len(values))
    return scaled


def _novelty(
    aspects: list[Float64[np.ndarray, "_bins frames"]], side_frames: int
) -> Float64[np.ndarray, " frames"]:
    """The strength of a boundary at the beginning of each frame."""
    taper = np.exp(-2 * ((np.arange(side_frames) + 0.5) / side_frames) ** 2)
    kernel = np.concatenate([-taper[::-1], taper]) / taper.sum()
    changes = (
        scipy.ndimage.correlate1d(aspect, kernel, axis=1, mode="nearest") for aspect in aspects
    )
    return _strength([np.square(change).sum(axis=0) for change in changes])


def _strength(squared_distances: list[np.ndarray]) -> np.ndarray:
    """0..1 from squared distances between two textures, one array an aspect.

    Two textures d apart add (d/2)² to the scatter 1 within each: the share this explains of all
    spread, averaged over the aspects.
    """
    between = np.array(squared_distances) / 4
    strength: np.ndarray = (between / (1 + between)).mean(axis=0)
    return strength


def _begins(novelty: Float64[np.ndarray, " frames"], settings: SectionSettings) -> list[int]:
    """The frames where sections begin: 0, then the peaks of novelty that are strong enough.

    No section is shorter than the least; of boundaries too near one another the stronger stays.
    """
    least = round(settings.least_section_s * _RATE_HZ)
    if len(novelty) < 2 * least:
        return [0]
    inside = novelty[least - 1 : len(novelty) - least + 2]
    peaks, _ = scipy.signal.find_peaks(
        inside, height=settings.least_boundary_strength, distance=least
    )
    return [0, *(int(peak) + least - 1 for peak in peaks)]


def _letters(
    aspects: list[Float64[np.ndarray, "_bins frames"]], begins: list[int], least_strength: float
) -> list[str]:
    """A for the first section; each new kind of section takes the next letter."""
    if len(begins) == 1:
        return ["A"]
    lengths = np.diff([*begins, aspects[0].shape[1]])
    means = [np.add.reduceat(aspect, begins, axis=1) / lengths for aspect in aspects]
    strengths = _strength([scipy.spatial.distance.pdist(mean.T, "sqeuclidean") for mean in means])
    kinds = scipy.cluster.hierarchy.fcluster(
        scipy.cluster.hierarchy.linkage(strengths, "average"), least_strength, "distance"
    ).tolist()
    order = list(dict.fromkeys(kinds))
    return [_letter(order.index(kind)) for kind in kinds]


def _letter(index: int) -> str:
    """A to Z, then AA, AB..."""
    before, last = divmod(index, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
