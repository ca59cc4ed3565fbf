"""How loud the music lies in the mix. Once aligned, the album is a known signal in the film.

A gain is fitted to the cells of the spectrum, each weighted by how little else sounds there
(iteratively re-weighted least squares; Holland and Welsch, Comm. Statist. A6, 1977), so a voice
24 dB louder costs tenths of a decibel at most. Where three standard deviations reach down to
nothing there is no answer.

Codecs keep the power of a tone, but not its phase, so least squares tell too little where film and
album were coded at low bit rates (attenuation by errors in both variables). Where enough cells
have hardly anything but the music, as film and album agree there, their powers tell the gain.
"""

from collections.abc import Sequence

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Complex64, Float32

from unsung.film.cells import BINS, WINDOW, blocks, cells, known_cells
from unsung.film.lines import Line
from unsung.film.timeline import Timeline
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.time import Span

_ROUNDS = 6
_WIDE, _NEAR = 7, 3
_LEAST_SIGMAS = 3.0
_OVERLAP = 1.5
"""Windows overlap by half, so the cells hold fewer independent values than they are."""
_SILENT = 1e-10
_AROUND = (5, 7)
_CLEAR, _LEAST_CLEAR = 0.03, 0.005
"""What else a clear cell has at most, as a part of its power, and how many must be clear."""
_FARTHEST_DB = 60.0
_SPOT_FRAMES, _LEAST_TRIED = 8, 8
_SPOT_BINS = (np.geomspace(BINS[0], BINS[-1] + 1, 9)[:-1] - BINS[0]).astype(int)


@frozen
class Level:
    """The music in the film: its level relative to the album, and to the rest; or undecided.

    `present` is how much of the track's sound is there, 0..1, of what could be heard if it were:
    hardly less than 1, unless the film shares a sample with the album and not the music.
    """

    level_db: float | Undecided = UNDECIDED
    above_rest_db: float | Undecided = UNDECIDED
    present: float | Undecided = UNDECIDED


@frozen
class Fit:
    """What one block tells of one line: gain, its deviation, power of the music and of the rest.

    Of the `tried` spots of half a second and half an octave or so, where the music would be heard,
    it is in those `present`.
    """

    gain: float
    deviation: float
    music: float
    rest: float
    present: int = 0
    tried: int = 0

    @property
    def tells(self) -> bool:
        """Whether the gain stands out from the noise."""
        return self.gain > _LEAST_SIGMAS * self.deviation


def level(
    film: Float32[np.ndarray, " samples"],
    place: Timeline,
    line: Line,
    others: Sequence[Line],
    span: Span,
) -> Level:
    """The line's level over `span` of the film, while `others` sound as well.

    The median of blocks of three seconds; undecided if fewer than half of them tell.
    """
    if line.sameness != "same recording":
        return Level()
    fits = block_fits(film, place, (line, *others), span)
    told = [fit for fit in fits if fit.tells]
    tried = sum(fit.tried for fit in fits)
    present = sum(fit.present for fit in fits) / tried if tried >= _LEAST_TRIED else UNDECIDED
    if not told or 2 * len(told) < len(fits):
        return Level(present=present)
    gain = float(np.median([fit.gain for fit in told]))
    music, rest = sum(fit.music for fit in told), sum(fit.rest for fit in told)
    apart_db = 10 * np.log10((music + _SILENT) / (rest + _SILENT))
    above_db = float(np.clip(apart_db, -_FARTHEST_DB, _FARTHEST_DB))
    return Level(20 * float(np.log10(gain)), above_db, present)


def block_fits(
    film: Float32[np.ndarray, " samples"], place: Timeline, lines: Sequence[Line], span: Span
) -> tuple[Fit, ...]:
    """What blocks spread over `span` tell of the first line, fitted together with the others."""
    return tuple(_fit(film, place, lines, start, end) for start, end in blocks(span))


def _fit(
    film: Float32[np.ndarray, " samples"],
    place: Timeline,
    lines: Sequence[Line],
    start: int,
    end: int,
) -> Fit:
    heard = film[start:end]
    if len(heard) < WINDOW:
        return Fit(0.0, 1.0, 0.0, 0.0)
    known = [known_cells(place, line, start, len(heard)) for line in lines]
    if not known[0].any():
        return Fit(0.0, 1.0, 0.0, 0.0)
    return _robust_fit(cells(heard), np.stack([part for part in known if part.any()]))


def others_around(
    power: Float32[np.ndarray, "frames bins"],
) -> Float32[np.ndarray, "frames bins"]:
    """The mean power of the cells around each, without itself and its neighbours.

    A cell that chose its own weight would favour gains at which it happens to vanish.
    """
    wide = scipy.ndimage.uniform_filter(power, _WIDE) * np.float32(_WIDE**2)
    near = scipy.ndimage.uniform_filter(power, _NEAR) * np.float32(_NEAR**2)
    around: np.ndarray = np.maximum(wide - near, 0) / np.float32(_WIDE**2 - _NEAR**2)
    return around


def _robust_fit(
    heard: Complex64[np.ndarray, "frames bins"], known: Complex64[np.ndarray, "lines frames bins"]
) -> Fit:
    """The gains that explain the cells best, where little else sounds; of the first line."""
    columns = known.reshape(len(known), -1)
    values = heard.ravel()
    floor = np.float32(1e-6 * (np.abs(columns[0]) ** 2).mean() + _SILENT)
    rest, inverse = values, np.eye(len(known))
    gains = np.zeros(len(known))
    for _ in range(_ROUNDS):
        power = (np.abs(rest) ** 2).reshape(heard.shape)
        weight = 1 / (others_around(power).ravel() + floor)
        weighted = np.conj(columns) * weight
        inverse = np.linalg.pinv((weighted @ columns.T).real.astype(float))
        gains = inverse @ (weighted @ values).real.astype(float)
        rest = values - gains.astype(np.float32) @ columns
    deviation = _OVERLAP * float(np.sqrt(max(inverse[0, 0], 0.0) / 2))
    gain = float(gains[0])
    left = (rest + np.float32(gain) * columns[0]).reshape(heard.shape)
    present, tried = _spots(left, known[0], weight.reshape(heard.shape), gain)
    if gain > _LEAST_SIGMAS * deviation:
        gain = _clear_gain(left, known[0], gain)
    music = gain**2 * float((np.abs(columns[0]) ** 2).sum())
    return Fit(gain, deviation, music, float((np.abs(rest) ** 2).sum()), present, tried)


def _spots(
    heard: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
    weight: Float32[np.ndarray, "frames bins"],
    gain: float,
) -> tuple[int, int]:
    """Spots with at least half the gain, and spots where a quarter of it would be told."""
    shared, certainty = (
        np.add.reduceat(np.add.reduceat(told, _SPOT_BINS, axis=1), frames, axis=0)
        for frames in [np.arange(0, len(heard), _SPOT_FRAMES)]
        for told in (weight * (np.conj(music) * heard).real, weight * np.abs(music) ** 2)
    )
    deviation = _OVERLAP / np.sqrt(2 * np.maximum(certainty, _SILENT))
    tried = deviation < gain / 4
    return int((tried & (shared > gain / 2 * certainty)).sum()), int(tried.sum())


def _clear_gain(
    heard: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
    gain: float,
) -> float:
    """The gain where film and album agree almost wholly; else the one that is known."""
    film, album = np.abs(heard) ** 2, np.abs(music) ** 2
    shared, heard_around, known_around = (
        scipy.ndimage.uniform_filter(power, _AROUND)
        for power in ((heard * np.conj(music)).real, film, album)
    )
    agreed = np.maximum(shared, 0) ** 2 / (heard_around * known_around + np.float32(_SILENT) ** 2)
    clear = agreed > 1 - _CLEAR
    if clear.mean() < _LEAST_CLEAR:
        return gain
    floor = np.float32(1e-6 * album.mean() + _SILENT)
    weight = 1 / (np.maximum(1 - agreed, 0) * known_around + floor)
    powers = [float((weight[clear] * power[clear]).sum()) for power in (film, album)]
    return float(np.sqrt(powers[0] / powers[1]))
