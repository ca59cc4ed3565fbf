"""Which line the film follows when: several may explain the same second, few do so truly.

Sequenced music repeats bars sample for sample, so the same second of film fits several places of
the album. The film is taken to stay on a line unless the evidence pays for a jump (as alass pays
for splits of subtitles). A second path through what the first leaves unexplained finds cues that
sound at the same time.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import no_type_check

import numba
import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.film.lines import Line

JUMP = 15.0
"""What a change of line costs, in units of reward; so pure luck begins no line in hours."""
_SILENCE_COSTS = 0.25
_MOST, _LEAST = 6.0, -3.0
_CONTEXT_BLOCKS = 20
_LEAST_SIGMAS = {"same recording": 7.0, "same music, other take": 12.0}
_BENEATH_SIGMAS = 15.0
_NEVER = -1e12

Unexplained = Callable[[Line, Line, int, int], Float64[np.ndarray, " blocks"]]
"""Evidence for the first line from block to block that the second, which sounds, leaves open."""


@frozen
class Stretch:
    """A line that the film follows from `first_block` up to `end_block`.

    `layer` 0 explains the film best; what lies beneath explains what that leaves open. `sigmas`
    is the evidence of the whole, as far as no layer above has it, in standard deviations.
    """

    line: Line
    first_block: int
    end_block: int
    sigmas: float
    layer: int = 0


def followed(
    lines: Sequence[Line], unexplained: Unexplained, least_blocks: int, layers: int = 1
) -> tuple[Stretch, ...]:
    """The stretches of lines that the film follows, in film order.

    With `layers`, as many may sound at a time; those beneath the first are still to be proved.
    """
    alone = [stretch for line in lines for stretch in _alone(line)]
    chosen = [one for group in _meeting(alone) for one in _together(group, unexplained, layers)]
    proved = [one for one in chosen if _is_proved(one, least_blocks)]
    return tuple(sorted(proved, key=lambda one: (one.first_block, one.end_block)))


def _is_proved(one: Stretch, least_blocks: int) -> bool:
    long_enough = one.end_block - one.first_block >= least_blocks
    least = _BENEATH_SIGMAS if one.layer else _LEAST_SIGMAS[one.line.sameness]
    return long_enough and one.sigmas >= least


def _alone(line: Line) -> list[Stretch]:
    """The stretches that a line would be followed for if there were no other."""
    path = best_path(_rewards(line.evidence)[np.newaxis], JUMP)
    return [
        Stretch(
            line, first + line.first_block, end + line.first_block, sigmas(line.evidence[first:end])
        )
        for row, first, end in _runs(path)
        if row == 0
    ]


def sigmas(evidence: Float64[np.ndarray, " blocks"]) -> float:
    """Evidence of single blocks as that of the whole, in standard deviations."""
    return float(evidence.sum() / np.sqrt(max(1, len(evidence))))


def _rewards(
    evidence: Float64[np.ndarray, "*lines blocks"],
) -> Float64[np.ndarray, "*lines blocks"]:
    rewards = np.clip(evidence, _LEAST, _MOST) - _SILENCE_COSTS
    return np.where(evidence > _NEVER, rewards, _NEVER)


def _runs(path: Int64[np.ndarray, " blocks"]) -> list[tuple[int, int, int]]:
    """Value, first and end of each stretch of equal values."""
    bounds = np.concatenate(([0], np.flatnonzero(np.diff(path)) + 1, [len(path)]))
    return [
        (int(path[first]), int(first), int(end)) for first, end in pairwise(bounds) if first < end
    ]


def _meeting(alone: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches in groups that share no moment of the film with each other."""
    groups: list[list[Stretch]] = []
    end = -1
    for one in sorted(alone, key=lambda one: one.first_block):
        if one.first_block >= end:
            groups.append([])
        groups[-1].append(one)
        end = max(end, one.end_block)
    return groups


def _together(group: Sequence[Stretch], unexplained: Unexplained, layers: int) -> list[Stretch]:
    first = max(0, min(one.first_block for one in group) - _CONTEXT_BLOCKS)
    end = max(one.end_block for one in group) + _CONTEXT_BLOCKS
    lines = _distinct(group)
    evidence = np.stack([_within(line, first, end) for line in lines])
    chosen: list[Stretch] = []
    for layer in range(layers):
        path = best_path(_rewards(evidence), JUMP)
        fresh = [(row, a, b) for row, a, b in _runs(path) if row >= 0]
        if not fresh:
            break
        for row, a, b in fresh:
            here = sigmas(evidence[row, a:b])
            chosen.append(Stretch(lines[row], first + a, first + b, here, layer))
        _explain_away(evidence, lines, fresh, first, unexplained)
    return chosen


def _distinct(group: Sequence[Stretch]) -> list[Line]:
    return list({id(one.line): one.line for one in group}.values())


def _within(line: Line, first: int, end: int) -> Float64[np.ndarray, " blocks"]:
    """A line's evidence on the blocks of its group; where the track has ended, none at all."""
    evidence = np.full(end - first, _NEVER)
    low, high = max(first, line.first_block), min(end, line.end_block)
    evidence[low - first : high - first] = line.during(low, high)
    return evidence


def _explain_away(
    evidence: Float64[np.ndarray, "lines blocks"],
    lines: Sequence[Line],
    chosen: Sequence[tuple[int, int, int]],
    first: int,
    unexplained: Unexplained,
) -> None:
    """Leave each line only the evidence that the chosen stretches do not account for."""
    for row, a, b in chosen:
        for other, line in enumerate(lines):
            low, high = max(first + a, line.first_block), min(first + b, line.end_block)
            if other == row:
                evidence[row, a:b] = _NEVER
            elif low < high:
                rest = unexplained(line, lines[row], low, high)
                here = evidence[other, low - first : high - first]
                np.minimum(here, rest, out=here)


def best_path(
    rewards: Float64[np.ndarray, "lines blocks"], jump: float
) -> Int64[np.ndarray, " blocks"]:
    """The row to follow at each block, or -1 for none, so that rewards less jumps are highest."""
    path: np.ndarray = _viterbi(rewards, jump)
    return path


@no_type_check
@numba.njit(cache=True, nogil=True)
def _viterbi(
    rewards: Float64[np.ndarray, "lines blocks"], jump: float
) -> Int64[np.ndarray, " blocks"]:
    lines, blocks = rewards.shape
    came = np.empty((lines + 1, blocks), np.int16)
    score = np.full(lines + 1, _NEVER)
    score[lines] = 0.0
    for block in range(blocks):
        best = np.argmax(score)
        highest = score[best]
        for row in range(lines):
            came[row, block] = row
            if highest - jump > score[row]:
                score[row], came[row, block] = highest - jump, best
            score[row] += rewards[row, block]
        score[lines], came[lines, block] = highest, best
    path = np.empty(blocks, np.int64)
    row = np.argmax(score)
    for block in range(blocks - 1, -1, -1):
        path[block] = row if row < lines else -1
        row = came[row, block]
    return path
