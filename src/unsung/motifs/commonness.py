"""How common a line of notes is in other music.

A step of a melody is told by its interval and by how its length stands to the step before; how
often each follows each was counted in some 2,000 folk melodies of other collections
(`tools/rebuild_commonness.py`). What a line costs in that language, in bits a note, is its surprise
(Pearce and Wiggins, "Expectation in melody", Music Perception 2006, at its shortest context;
unseen steps by Witten and Bell, IEEE Trans. Inf. Theory 1991, method C). Scales, arpeggios and
repeated notes cost little.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64, Int64

from unsung.model.notes import Notes
from unsung.model.sound import float64, same_array

TABLE = "commonness.json"
WIDEST_SEMITONES = 12
HALVES = 4
"""Lengths from a quarter of the one before to four times it, told apart by half octaves."""


@frozen
class Commonness:
    """How often each interval follows each, and each ratio of lengths each; and what lines cost.

    `quantiles_bits` are the 0, 5, … 100 % of the bits an interval that phrases of it cost.
    """

    intervals: Float64[np.ndarray, "before after"] = field(converter=float64, eq=same_array)
    ratios: Float64[np.ndarray, "before after"] = field(converter=float64, eq=same_array)
    quantiles_bits: Float64[np.ndarray, " quantiles"] = field(converter=float64, eq=same_array)


def surprise_bits(line: Notes) -> float:
    """Bits an interval of the line under what is common; 0 for fewer than three notes.

    Of intervals alone: the rhythm of what is heard in sound is never as exact as on a page, so by
    it every heard melody would be a rare one.
    """
    return line_bits(line, shipped())


def line_bits(line: Notes, common: Commonness) -> float:
    """The same under a table of one's own."""
    if len(line) < 3:
        return 0.0
    return float(step_bits(line, common)[0].mean())


def step_bits(line: Notes, common: Commonness) -> Float64[np.ndarray, "kinds steps"]:
    """What each step costs by its interval, and by its length (0 for the first)."""
    intervals, ratios = steps(line)
    cost = np.zeros((2, len(intervals)))
    cost[0] = _bits(intervals, common.intervals)
    cost[1, 1:] = _bits(ratios, common.ratios)
    return cost


def share_more_common(bits: float) -> float:
    """The share (0..1) of the corpus's phrases that are commoner than a line of so many bits."""
    quantiles = shipped().quantiles_bits
    return float(np.interp(bits, quantiles, np.linspace(0, 1, len(quantiles))))


def steps(line: Notes) -> tuple[Int64[np.ndarray, " steps"], Int64[np.ndarray, " ratios"]]:
    """Intervals and ratios of length, as rows of the tables."""
    pitch = np.round(line.midi_pitch).astype(np.int64)
    intervals = np.clip(np.diff(pitch), -WIDEST_SEMITONES, WIDEST_SEMITONES) + WIDEST_SEMITONES
    lasts_s = np.maximum(np.diff(line.onset_s), 1e-3)
    halves = np.round(2 * np.diff(np.log2(lasts_s)))
    return intervals, (np.clip(halves, -HALVES, HALVES) + HALVES).astype(np.int64)


@cache
def shipped() -> Commonness:
    """The table that comes with Unsung."""
    table = json.loads(_content())
    return Commonness(table["intervals"], table["ratios"], table["quantiles_bits"])


@cache
def commonness_digest() -> str:
    """What the shipped table is known by."""
    return hashlib.sha256(_content()).hexdigest()


def _content() -> bytes:
    return (files("unsung.motifs") / TABLE).read_bytes()


def _bits(
    rows: Int64[np.ndarray, " steps"], counts: Float64[np.ndarray, "before after"]
) -> Float64[np.ndarray, " steps"]:
    """What each step costs given the one before; the first, given none."""
    if not rows.size:
        return np.zeros(0)
    alone = _given(counts.sum(axis=0), np.full(len(counts), 1 / len(counts)))
    after = np.stack([_given(row, alone) for row in counts])
    chances = np.append(alone[rows[0]], after[rows[:-1], rows[1:]])
    bits: np.ndarray = -np.log2(chances)
    return bits


def _given(
    counts: Float64[np.ndarray, " after"], otherwise: Float64[np.ndarray, " after"]
) -> Float64[np.ndarray, " after"]:
    """Chances from counts; as much is left for what was never seen as there were kinds seen."""
    kinds = np.count_nonzero(counts)
    chances: np.ndarray = (counts + kinds * otherwise) / max(counts.sum() + kinds, 1)
    return chances if kinds else otherwise
