"""The lag of a line to a hundredth of a sample, so that even high tones of film and album add up.

At 4 kHz a lag that is wrong by a twentieth of a millisecond hides a third of the music. The phases
of all cells together tell it (as in `whitened`, now at the full rate), and whether it grows: a
film that runs a millionth faster than believed is late by that after a quarter of a minute.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from attrs import evolve
from jaxtyping import Complex128, Float32, Float64

from unsung.film.cells import BINS, WINDOW, blocks, cells, known_cells
from unsung.film.choosing import Stretch
from unsung.film.lines import BLOCK_S, Line
from unsung.film.timeline import Timeline
from unsung.film.whitened import vertex
from unsung.model.film import Speed
from unsung.model.time import Span

_STEP, _FARTHEST = 0.05, 300
"""Delays are looked up at multiples of a twentieth of a sample, as far as 15 samples."""
_DELAYS, _GROWTHS = np.arange(-8, 8.01, 0.25), np.arange(-6, 6.01, 0.5)
_FINER_DELAYS, _FINER_GROWTHS = np.arange(-0.3, 0.301, _STEP), np.arange(-0.5, 0.501, _STEP)
_STEADY = np.zeros(1)
_LEAST_SIGMAS = 3.0
_SILENT = 1e-9


def sharpened(
    film: Float32[np.ndarray, " samples"], place: Timeline, stretches: Sequence[Stretch]
) -> tuple[Stretch, ...]:
    """The stretches, the lag of each line moved, by a millisecond at most, to where phases agree.

    Stretches of one line stay on one line; its longest tells.
    """
    longest: dict[int, Stretch] = {}
    for one in sorted(stretches, key=lambda one: one.end_block - one.first_block):
        longest[id(one.line)] = one
    exact = {key: _exact(film, place, one) for key, one in longest.items()}
    return tuple(evolve(one, line=exact[id(one.line)]) for one in stretches)


def _exact(film: Float32[np.ndarray, " samples"], place: Timeline, one: Stretch) -> Line:
    """The line of a stretch, late by the delay that its phases tell, or running away from it."""
    span = Span(one.first_block * BLOCK_S, one.end_block * BLOCK_S)
    shared = np.stack([
        _shared_phases(film, place, one.line, start, end) for start, end in blocks(span)
    ])  # fmt: skip
    at = np.array([(start + end) / 2 for start, end in blocks(span)])
    middle, reach = at.mean(), max(np.ptp(at) / 2, 1.0)
    delay, growth = _delay_and_growth(shared, (at - middle) / reach)
    ratio = one.line.speed.tempo_ratio
    slope = float(ratio * growth / reach)
    moved = float(one.line.lag + delay * ratio - slope * middle)
    return evolve(one.line, lag=moved, speed=Speed(ratio + slope))


def _shared_phases(
    film: Float32[np.ndarray, " samples"], place: Timeline, line: Line, start: int, end: int
) -> Complex128[np.ndarray, " bins"]:
    """How alike the phases of each tone are; where nothing is, chance makes ±1."""
    heard = cells(film[start:end])
    known = known_cells(place, line, start, len(film[start:end]))
    product = np.conj(known) * heard
    product /= np.abs(product) + np.float32(_SILENT)
    shared: np.ndarray = product.sum(axis=0, dtype=complex) / np.sqrt(max(1, len(heard)) / 2)
    return shared


def _delay_and_growth(
    shared: Complex128[np.ndarray, "blocks bins"], at: Float64[np.ndarray, " blocks"]
) -> tuple[float, float]:
    """The delay in samples where `at` is 0, and by how much it is greater where `at` is 1."""
    agreed = (shared @ _turns().T).real
    _, delay, _ = _highest(agreed, at, _DELAYS, _STEADY)
    steady = _highest(agreed, at, delay + _FINER_DELAYS, _STEADY)
    _, delay, growth = _highest(agreed, at, _DELAYS, _GROWTHS)
    growing = _highest(agreed, at, delay + _FINER_DELAYS, growth + _FINER_GROWTHS)
    chance = _LEAST_SIGMAS * np.sqrt(shared.size)
    _, delay, growth = growing if growing[0] > steady[0] + chance else steady
    return _crest(agreed, at, delay, growth), growth


@cache
def _turns() -> Complex128[np.ndarray, "delays bins"]:
    delays = np.arange(-_FARTHEST, _FARTHEST + 1) * _STEP
    turns: np.ndarray = np.exp(-2j * np.pi * np.outer(delays, BINS) / WINDOW)
    return turns


def _highest(
    agreed: Float64[np.ndarray, "blocks looked_up"],
    at: Float64[np.ndarray, " blocks"],
    delays: Float64[np.ndarray, " delays"],
    growths: Float64[np.ndarray, " growths"],
) -> tuple[float, float, float]:
    """How far phases agree at best, and the delay and growth at which they do."""
    summed = _summed(agreed, at, delays, growths)
    growth, delay = np.unravel_index(int(np.argmax(summed)), summed.shape)
    return float(summed[growth, delay]), float(delays[delay]), float(growths[growth])


def _summed(
    agreed: Float64[np.ndarray, "blocks looked_up"],
    at: Float64[np.ndarray, " blocks"],
    delays: Float64[np.ndarray, " delays"],
    growths: Float64[np.ndarray, " growths"],
) -> Float64[np.ndarray, "growths delays"]:
    """How far phases agree over all blocks."""
    wanted = delays[np.newaxis, :, np.newaxis] + growths[:, np.newaxis, np.newaxis] * at
    index = np.rint(wanted / _STEP).astype(np.int64) + _FARTHEST
    found: np.ndarray = agreed[np.arange(len(at)), index].sum(axis=2)
    return found


def _crest(
    agreed: Float64[np.ndarray, "blocks looked_up"],
    at: Float64[np.ndarray, " blocks"],
    delay: float,
    growth: float,
) -> float:
    """The delay between those looked up at which phases agree most."""
    near = delay + np.array([-_STEP, 0.0, _STEP])
    return delay + vertex(_summed(agreed, at, near, np.array([growth]))[0], 1) * _STEP
