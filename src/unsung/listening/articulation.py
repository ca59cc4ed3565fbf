"""Articulation: whether a line is bound or short.

The share of the time between two beginnings that sounds, as in studies of piano touch (Bresin and
Battel, "Articulation Strategies in Expressive Piano Performance", JNMR 29(3), 2000, section 2,
whose key detached ratio is one less this share). A longer wait than two seconds is a rest between
phrases and tells nothing of touch. From sound the room's own decay counts as sounding: what is
short in a large hall may measure as bound.
"""

import numpy as np
from jaxtyping import Bool, Float64

from unsung.listening.roll import seconds
from unsung.model.notes import Notes
from unsung.model.outcomes import SILENT, UNDECIDED, Silent, Undecided
from unsung.model.sound import Feature
from unsung.model.texture import Articulation, Touch

_LONGEST_WAIT_S = 2.0
_HALF_WIDTH_S = 4
_FEWEST_NOTES = 6
_LEGATO, _STACCATO = 0.88, 0.55


def articulation(line: Notes, duration_s: float) -> Articulation:
    """How a line is articulated, once a second over eight; silent without notes.

    Fewer than six notes in a row are undecided.
    """
    clock, count = seconds(duration_s)
    at_s, shares = _shares(line)
    values, known = _medians(at_s, shares, count)
    rows = _held(values, known)[None], known[None]
    return Articulation(Feature(rows[0], clock), Feature(rows[1], clock), _overall(line, shares))


def _shares(line: Notes) -> tuple[Float64[np.ndarray, " steps"], Float64[np.ndarray, " steps"]]:
    """When each note begins that another soon follows, and the share of the wait it sounds."""
    wait_s = np.diff(line.onset_s)
    soon = (wait_s > 0) & (wait_s <= _LONGEST_WAIT_S)
    shares = np.minimum(line.duration_s[:-1][soon] / wait_s[soon], 1.0)
    return line.onset_s[:-1][soon], shares


def _medians(
    at_s: Float64[np.ndarray, " steps"], shares: Float64[np.ndarray, " steps"], count: int
) -> tuple[Float64[np.ndarray, " seconds"], Bool[np.ndarray, " seconds"]]:
    middle = np.arange(count) + 0.5
    first = np.searchsorted(at_s, middle - _HALF_WIDTH_S)
    last = np.searchsorted(at_s, middle + _HALF_WIDTH_S)
    within = [shares[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    known = np.array([one.size > 0 for one in within])
    return np.array([float(np.median(one)) if one.size else 0.0 for one in within]), known


def _held(
    values: Float64[np.ndarray, " seconds"], known: Bool[np.ndarray, " seconds"]
) -> Float64[np.ndarray, " seconds"]:
    if not known.any():
        return values
    last = np.maximum.accumulate(np.where(known, np.arange(known.size), -1))
    held: np.ndarray = values[np.where(last < 0, np.argmax(known), last)]
    return held


def _overall(line: Notes, shares: Float64[np.ndarray, " steps"]) -> Touch | Silent | Undecided:
    if not len(line):
        return SILENT
    if shares.size < _FEWEST_NOTES - 1:
        return UNDECIDED
    typical = float(np.median(shares))
    if typical >= _LEGATO:
        return "legato"
    return "staccato" if typical < _STACCATO else "detached"
