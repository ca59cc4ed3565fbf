"""Lines proved by peaks alone: the music stretched in time, or the same music in another mix."""

import numpy as np
from attrs import evolve
from jaxtyping import Bool, Int64

from unsung.film.diagonals import Diagonal
from unsung.film.histogram import film_frame, film_pitch
from unsung.film.lines import BLOCK_S, Line, offset_samples, possible_blocks, smooth
from unsung.film.peaks import BINS, FRAME_RATE_HZ, HOP, RATE_HZ, WINDOW, Peaks
from unsung.film.timeline import Timeline

_DECOY_FRAMES = (-41, -31, -23, -17, 17, 23, 31, 41)

Keys = Int64[np.ndarray, " keys"]


def peak_keys(album: Peaks) -> Keys:
    """The album's peaks as sorted numbers, to look one up by frame and pitch."""
    return np.sort(_key(album.frame, np.rint(album.pitch).astype(np.int64)))


def peak_line(film: Peaks, album: Keys, found: Diagonal, track: int, place: Timeline) -> Line:
    """The line of a diagonal; its evidence are peaks of the film that meet one of the album."""
    lag = offset_samples(found, found.speed.tempo_ratio)
    film_s = (film.frames * HOP + WINDOW) / RATE_HZ
    first, end = possible_blocks(place, track, found.speed, lag, film_s)
    empty = Line(track, found.speed, lag, "same music, other take", first, np.zeros(end - first))
    return with_peaks(empty, film, album)


def with_peaks(line: Line, film: Peaks, album: Keys) -> Line:
    """The line, with these peaks of the film as its evidence."""
    blocks = len(line.evidence)
    inside = between_blocks(film, line.first_block, line.end_block)
    part = Peaks(film.frame[inside], film.pitch[inside], film.frames)
    block = np.clip(_block(part) - line.first_block, 0, blocks - 1)
    chance = np.mean([meeting(line, part, album, step) for step in _DECOY_FRAMES], axis=0)
    met = np.bincount(block, meeting(line, part, album), blocks)
    expected = smooth(np.bincount(block, chance, blocks))
    return evolve(line, evidence=(met - expected) / np.sqrt(expected + 1))


def meeting(line: Line, film: Peaks, album: Keys, step: int = 0) -> Bool[np.ndarray, " peaks"]:
    """Which peaks of the film meet one of the album on the line, within a frame."""
    frame = film_frame(film, line.speed) + round(line.lag / HOP) + step
    pitch = film_pitch(film, line.speed)
    met = np.zeros(len(frame), bool)
    for near in (-1, 0, 1) if len(album) else ():
        wanted = _key(frame + near, pitch)
        met |= album[np.minimum(np.searchsorted(album, wanted), len(album) - 1)] == wanted
    return met


def without(film: Peaks, taken: Bool[np.ndarray, " peaks"]) -> Peaks:
    """The peaks that are not taken."""
    return Peaks(film.frame[~taken], film.pitch[~taken], film.frames)


def between_blocks(film: Peaks, first: int, end: int) -> slice:
    """The peaks that lie in these blocks."""
    edges_s = np.array((first, max(first, end))) * BLOCK_S
    low, high = np.searchsorted(
        film.frame, np.ceil(edges_s * FRAME_RATE_HZ - WINDOW / 2 / HOP - 1e-6)
    )
    return slice(int(low), int(high))


def _block(film: Peaks) -> Int64[np.ndarray, " peaks"]:
    seconds = (film.frame + WINDOW / 2 / HOP) / FRAME_RATE_HZ
    return np.floor(seconds / BLOCK_S + 1e-9).astype(np.int64)


def _key(
    frame: Int64[np.ndarray, " peaks"], pitch: Int64[np.ndarray, " peaks"]
) -> Int64[np.ndarray, " peaks"]:
    key: np.ndarray = frame.astype(np.int64) * BINS + pitch
    return key
