"""Where a cue whose level is known sets in and stops, even beneath a voice.

With level and moment known, each cell of the spectrum says for itself how much of the music is in
it, weighed by how little else sounds there (as in `level`). Where the music is too soft to tell,
cells say nothing either way. A fade is told from its louder part: among ramps of many lengths the
likeliest says when it left nothing.
"""

import numpy as np
from attrs import evolve, frozen
from jaxtyping import Float32, Float64

from unsung.film.cells import HOP, WINDOW, cells, known_cells
from unsung.film.choosing import Stretch
from unsung.film.level import others_around
from unsung.film.lines import BLOCK_S, Line
from unsung.film.peaks import RATE_HZ
from unsung.film.timeline import Timeline

_OUTSIDE_S, _INSIDE_S = 8.0, 8.0
_FADED = 0.3
"""The part of its level at which music counts as heard, before it is asked whether it fades."""
_LEAST, _MOST = -8.0, 8.0
_FADES_S = (0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)
_CURVES = (0.5, 1.0, 2.0, 3.0)
_NOTHING = 0.01
"""A fade begins where it leaves 40 dB less than it reaches."""
_SOFTEST, _LOUDEST = 0.5, 1.5
_LEAST_GAIN = 6.0
"""How much likelier, as a logarithm, a fade must be than an edge."""
_FRAME_S = HOP / RATE_HZ
_SILENT = 1e-9

Samples = Float32[np.ndarray, " samples"]


@frozen
class _Told:
    """What each frame tells of the gain a: its logarithm of likelihood is 2 a shared - a² sure."""

    shared: Float64[np.ndarray, " frames"]
    sure: Float64[np.ndarray, " frames"]

    def backwards(self) -> "_Told":
        """The same from the end."""
        return _Told(self.shared[::-1], self.sure[::-1])


def audible(
    film: Samples, place: Timeline, one: Stretch, gain: float, free: tuple[bool, bool]
) -> Stretch:
    """The stretch with those of its two edges that are `free` moved to where it can be heard."""
    first, end = one.first_block, one.end_block
    inside = min(round(_INSIDE_S / BLOCK_S), max(1, (end - first) // 2))
    outside = round(_OUTSIDE_S / BLOCK_S)
    if free[0]:
        low = max(one.line.first_block, first - outside)
        told = _told(film, place, one.line, gain, low, one.first_block + inside)
        first = low + round(_onset_s(told, gain) / BLOCK_S)
    if free[1]:
        high = min(one.line.end_block, end + outside)
        told = _told(film, place, one.line, gain, one.end_block - inside, high)
        end = high - round(_onset_s(told.backwards(), gain) / BLOCK_S)
    return evolve(one, first_block=first, end_block=end) if first < end else one


def _told(film: Samples, place: Timeline, line: Line, gain: float, first: int, end: int) -> _Told:
    """Frame by frame from block `first` to `end`; the first is centred where that block begins."""
    start = round(first * BLOCK_S * RATE_HZ) - WINDOW // 2
    part = _between(film, start, round(end * BLOCK_S * RATE_HZ) + WINDOW // 2)
    mixed, music = cells(part), known_cells(place, line, start, len(part))
    without = np.abs(mixed) ** 2
    rest = np.abs(mixed - np.float32(gain) * music) ** 2
    noise = np.minimum(others_around(without), others_around(rest)) + np.float32(_SILENT)
    shared = ((mixed * np.conj(music)).real / noise).sum(axis=1, dtype=float)
    return _Told(shared, (np.abs(music) ** 2 / noise).sum(axis=1, dtype=float))


def _between(film: Samples, start: int, end: int) -> Float32[np.ndarray, " taken"]:
    """These samples of the film; beyond either end it is silent."""
    inside = film[max(0, start) : max(0, end)]
    before = max(0, -start)
    padded: np.ndarray = np.pad(inside, (before, max(0, end - start - before - len(inside))))
    return padded


def _onset_s(told: _Told, gain: float) -> float:
    """When the music sets in, counted from the first frame."""
    if not len(told.sure):
        return 0.0
    faded = gain * _FADED
    heard = np.clip(2 * faded * told.shared - faded**2 * told.sure, _LEAST, _MOST)
    edge = int(np.argmin(np.concatenate(([0.0], np.cumsum(heard)[:-1]))))
    return max(0.0, (min(edge, _faded_from(told, gain)) - 0.5) * _FRAME_S)


def _faded_from(told: _Told, gain: float) -> float:
    """The frame at which the likeliest fade leaves nothing; the end if none is likely."""
    sudden = _likelihood(told, gain, np.ones(len(told.sure))).max()
    fades = [
        (float(likely.max()), int(np.argmax(likely)) + frames * _NOTHING ** (1 / curve))
        for frames in np.array(_FADES_S) / _FRAME_S
        for curve in _CURVES
        for likely in [_likelihood(told, gain, _fade(frames, curve, len(told.sure)))]
    ]
    likelihood, start = max(fades)
    return float(start) if likelihood > sudden + _LEAST_GAIN else float(len(told.sure))


def _fade(frames: float, curve: float, length: int) -> Float64[np.ndarray, " frames"]:
    """A gain that grows from 0 to 1 in so many frames, and stays there."""
    grown: np.ndarray = np.minimum(np.arange(length) / frames, 1) ** curve
    return grown


def _likelihood(
    told: _Told, gain: float, shape: Float64[np.ndarray, " frames"]
) -> Float64[np.ndarray, " frames"]:
    """How likely the music is to follow a shape from each frame on, as a logarithm.

    It may reach half of its level to one and a half times as much.
    """
    frames = len(shape)
    shared = np.correlate(np.pad(told.shared, (0, frames - 1)), shape, "valid")
    sure = np.correlate(np.pad(told.sure, (0, frames - 1)), shape**2, "valid") + _SILENT
    level = np.clip(shared / sure, _SOFTEST * gain, _LOUDEST * gain)
    likely: np.ndarray = 2 * level * shared - level**2 * sure
    return likely
