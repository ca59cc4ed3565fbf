"""Whether a line is told again, or only something like it by coincidence.

Each step of a line costs bits in the language of melody and of this very album: what everybody
plays, or an accompaniment plays all the time, costs little. A place that agrees with the line in
steps of b bits together comes about by luck in one of 2^b places; an album of n notes offers n.
So the evidence for a place is b − log2 n bits, as the scores of sequence searches are judged
(Karlin and Altschul, PNAS 1990).
"""

import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.model.motif import NotePair
from unsung.model.notes import Notes
from unsung.motifs.commonness import Commonness, shipped, step_bits, steps
from unsung.motifs.lines import Lines

Places = Int64[np.ndarray, " pairs"]
Shares = Float64[np.ndarray, " steps"]

_SAME_LENGTH_OCTAVES = 0.3
_ALMOST = 0.5
"""What a step a semitone off is worth of one that agrees."""


@frozen(eq=False)
class Luck:
    """What steps cost in an album, and how many places it offers."""

    common: Commonness
    offered_bits: float


def luck_in(led: Lines) -> Luck:
    """The album's own steps counted with those of other music, each as much as the other."""
    known = shipped()
    intervals, ratios = np.zeros_like(known.intervals), np.zeros_like(known.ratios)
    for line in np.unique(led.line):
        own = np.flatnonzero(led.line == line)
        for rows, table in zip(
            steps(led.notes(int(own[0]), int(own[-1]))), (intervals, ratios), strict=True
        ):
            np.add.at(table, (rows[:-1], rows[1:]), 1)
    both = Commonness(
        _balanced(known.intervals, intervals), _balanced(known.ratios, ratios),
        known.quantiles_bits,
    )  # fmt: skip
    return Luck(both, float(np.log2(max(len(led), 2))))


def own_bits(line: Notes, luck: Luck) -> float:
    """By how many bits an exact return of the line would stand above coincidence."""
    return float(step_bits(line, luck.common).sum() - luck.offered_bits)


def evidence_bits(
    line: Notes, found: Notes, pairs: tuple[NotePair, ...], tempo_ratio: float, luck: Luck
) -> float:
    """By how many bits a place stands above coincidence; below 0 it does not."""
    if len(line) < 3 or len(pairs) < 2:
        return -luck.offered_bits
    ours, theirs = np.array(pairs).T
    passed = np.maximum(np.diff(ours), np.diff(theirs)) - 1
    share = np.vstack(
        [_in_pitch(line, found, ours, theirs), _in_time(line, found, ours, theirs, tempo_ratio)]
    )
    cost = step_bits(line, luck.common)[:, ours[:-1]]
    return float((cost * share * _ALMOST**passed).sum() - luck.offered_bits)


def _in_pitch(line: Notes, found: Notes, ours: Places, theirs: Places) -> Shares:
    """1 where the intervals agree, less where they nearly do."""
    asked = np.diff(np.round(line.midi_pitch[ours]))
    told = np.diff(np.round(found.midi_pitch[theirs]))
    off = np.abs(asked - told)
    share: Shares = np.where(off == 0, 1.0, np.where((off == 1) | (off == 12), _ALMOST, 0.0))
    return share


def _in_time(line: Notes, found: Notes, ours: Places, theirs: Places, tempo_ratio: float) -> Shares:
    """1 where the steps last as long, the tempo allowed for."""
    lasts_s = np.maximum(np.diff(line.onset_s[ours]), 1e-3)
    theirs_s = np.maximum(np.diff(found.onset_s[theirs]), 1e-3) * tempo_ratio
    share: Shares = (np.abs(np.log2(theirs_s / lasts_s)) < _SAME_LENGTH_OCTAVES).astype(float)
    return share


def _balanced(
    known: Float64[np.ndarray, "before after"], own: Float64[np.ndarray, "before after"]
) -> Float64[np.ndarray, "before after"]:
    """The table of other music, made as heavy as the album's own, and added to it."""
    both: np.ndarray = own + known * max(own.sum(), 1.0) / known.sum()
    return both
