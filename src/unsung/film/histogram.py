"""Which offsets between film and album many spectral peaks agree on, window by window.

Where the album sounds in the film, peaks of the film lie at the same pitch as peaks of the album,
all displaced by one and the same time. Elsewhere displacements spread evenly. No hashing: an album
is small enough to compare every peak with every other of its pitch. The kernel is written in the
plainest way in the tests.
"""

from typing import no_type_check

import numba
import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int32, Int64

from unsung.film.peaks import BINS, HOP, WINDOW, Peaks
from unsung.model.film import Speed

WINDOW_HOPS = 2
HOP_FRAMES = 320
"""5.12 s; a window is two of them."""
KEPT = 6
NEAR = 16
AROUND = 200
"""Offsets closer than `NEAR` frames count as one; `AROUND` frames tell what chance makes there."""
_FLOOR = 5.0


@frozen
class PeakIndex:
    """The album's peaks by pitch: those of bin b are `frame[start[b]:start[b + 1]]`."""

    frame: Int32[np.ndarray, " peaks"]
    start: Int64[np.ndarray, " bounds"]
    frames: int


@frozen
class Agreement:
    """In the film's window of 10 s that begins at hop `hop`, many peaks agree on `offset`.

    `offset` is album frame minus film frame times the tempo ratio; `sigmas` the height above what
    chance makes there.
    """

    hop: int
    offset: float
    sigmas: float


def peak_index(found: Peaks) -> PeakIndex:
    """The peaks of an album, ready to be looked up by pitch."""
    pitch = np.rint(found.pitch).astype(np.int64)
    order = np.argsort(pitch, kind="stable")
    start = np.searchsorted(pitch[order], np.arange(BINS + 1))
    return PeakIndex(found.frame[order].astype(np.int32), start, found.frames)


def film_pitch(film: Peaks, speed: Speed) -> Int64[np.ndarray, " peaks"]:
    """The bin where the album would have each peak of a film that plays at `speed`."""
    ratio = 1.0 if speed.pitch_kept else speed.tempo_ratio
    return np.clip(np.rint(film.pitch / ratio), 0, BINS - 1).astype(np.int64)


def film_frame(film: Peaks, speed: Speed) -> Int64[np.ndarray, " peaks"]:
    """The frame of each peak on the album's clock, counted from where film and album start."""
    middle = WINDOW / 2 / HOP
    moved = speed.tempo_ratio * (film.frame + middle) - middle
    return np.rint(moved).astype(np.int64)


def agreements(
    film: Peaks, album: PeakIndex, speed: Speed, least_sigmas: float, stride: int = 1
) -> tuple[Agreement, ...]:
    """Up to six offsets a window on which peaks agree; every `stride`-th window is looked at."""
    if not len(film.frame) or not len(album.frame):
        return ()
    hops = film.frames // HOP_FRAMES + 1
    edges = np.searchsorted(film.frame, np.arange(hops + 1) * HOP_FRAMES)
    base = np.floor(np.arange(hops + 1) * HOP_FRAMES * speed.tempo_ratio).astype(np.int64)
    reach = int(WINDOW_HOPS * HOP_FRAMES * speed.tempo_ratio) + 2
    frame, pitch = film_frame(film, speed), film_pitch(film, speed)
    offset, sigmas = _strongest(
        frame, pitch, edges, base, album.frame, album.start, album.frames, reach, stride,
        least_sigmas,
    )  # fmt: skip
    hop, rank = np.nonzero(sigmas > 0)
    return tuple(
        Agreement(int(h), float(offset[h, r]), float(sigmas[h, r]))
        for h, r in zip(hop, rank, strict=True)
    )


@no_type_check
@numba.njit(cache=True, nogil=True)
def _strongest(
    film_frame: Int64[np.ndarray, " peaks"],
    film_pitch: Int64[np.ndarray, " peaks"],
    edges: Int64[np.ndarray, " bounds"],
    base: Int64[np.ndarray, " bounds"],
    album_frame: Int32[np.ndarray, " indexed"],
    start: Int64[np.ndarray, " pitches"],
    album_frames: int,
    reach: int,
    stride: int,
    least_sigmas: float,
) -> tuple[Float64[np.ndarray, "hops kept"], Float64[np.ndarray, "hops kept"]]:
    hops = len(edges) - 1
    offsets, sigmas = np.zeros((hops, KEPT)), np.zeros((hops, KEPT))
    counts = np.zeros((2, album_frames + reach + 2), np.int32)
    counted = -1
    for hop in range(0, hops, stride):
        later = min(hop + 1, hops - 1)
        for one in range(max(hop, counted + 1), later + 1):
            counts[one % 2, :] = 0
            _count(
                counts[one % 2], film_frame, film_pitch, edges[one], edges[one + 1],
                base[one] + reach, album_frame, start,
            )  # fmt: skip
            counted = one
        both = counts[hop % 2].copy()
        moved = base[later] - base[hop]
        if later > hop:
            both[: len(both) - moved] += counts[later % 2, moved:]
        _keep_highest(both, offsets[hop], sigmas[hop], least_sigmas)
        for k in range(KEPT):
            offsets[hop, k] -= reach + base[hop]
    return offsets, sigmas


@no_type_check
@numba.njit(cache=True, nogil=True)
def _count(
    counts: Int32[np.ndarray, " offsets"],
    film_frame: Int64[np.ndarray, " peaks"],
    film_pitch: Int64[np.ndarray, " peaks"],
    first: int,
    end: int,
    zero: int,
    album_frame: Int32[np.ndarray, " indexed"],
    start: Int64[np.ndarray, " pitches"],
) -> None:
    """Count every offset between a film's peak and the album's of its pitch; `zero` is none."""
    for peak in range(first, end):
        moved = zero - film_frame[peak]
        pitch = film_pitch[peak]
        for k in range(start[pitch], start[pitch + 1]):
            counts[album_frame[k] + moved] += 1


@no_type_check
@numba.njit(cache=True, nogil=True)
def _keep_highest(
    counts: Int32[np.ndarray, " offsets"],
    offset: Float64[np.ndarray, " kept"],
    sigmas: Float64[np.ndarray, " kept"],
    least_sigmas: float,
) -> None:
    """The highest pairs of neighbouring counts, by how far they exceed the mean around them."""
    size = len(counts)
    total = 0
    for k in range(min(AROUND, size)):
        total += counts[k]
    for k in range(size - 1):
        if k + AROUND < size:
            total += counts[k + AROUND]
        if k - AROUND - 1 >= 0:
            total -= counts[k - AROUND - 1]
        pair = counts[k] + counts[k + 1]
        if pair < least_sigmas * np.sqrt(_FLOOR):
            continue
        mean = 2.0 * total / (2 * AROUND + 1)
        height = (pair - mean) / np.sqrt(mean + _FLOOR)
        if height > least_sigmas:
            _insert(offset, sigmas, k + counts[k + 1] / pair, height)


@no_type_check
@numba.njit(cache=True, nogil=True)
def _insert(
    offset: Float64[np.ndarray, " kept"],
    sigmas: Float64[np.ndarray, " kept"],
    found: float,
    height: float,
) -> None:
    """Take a new offset into the ranking, in place of a lower one nearby or the lowest."""
    for k in range(KEPT):
        if sigmas[k] > 0 and abs(offset[k] - found) < NEAR:
            if height > sigmas[k]:
                offset[k], sigmas[k] = found, height
            return
    lowest = np.argmin(sigmas)
    if height > sigmas[lowest]:
        offset[lowest], sigmas[lowest] = found, height
