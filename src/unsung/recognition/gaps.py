"""The gap: how far a work's recognition falls short of what equal exposure brought others.

In percentiles of the reference: 50 is as expected, 100 the widest shortfall. The interval carries
how far the voices disagree and how unsure the expectation is, drawn together.
"""

from collections.abc import Mapping

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64

from unsung.model.recognition import Contribution, DataTooThin, Estimate, Gap
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.recognition.expected import Expectation, expectation
from unsung.recognition.exposure import UNKNOWN, Columns, columns, design
from unsung.recognition.percentiles import percent_of, percentile, percentiles, voice_percentiles
from unsung.recognition.received import LEAST_VOICES, Received, received, score

DRAWS = 400
_TAIL = 5.0


@frozen
class Ground:
    """A reference that gaps can be measured on: fitted once, asked often."""

    reference: ReferenceSet
    given: Received
    chosen: Columns
    rows: Float64[np.ndarray, "works columns"] = field(eq=False)
    expected: Expectation


def ground(reference: ReferenceSet, seed: int = 0) -> Ground | DataTooThin:
    """The reference fitted; or why it cannot be."""
    given = received(reference)
    if isinstance(given, DataTooThin):
        return given
    chosen = columns(given.works)
    rows = design(given.works, chosen)
    return Ground(reference, given, chosen, rows, expectation(rows, given.scores, seed))


def gap(work: ReferenceWork, on: Ground, seed: int = 0) -> Gap | DataTooThin:
    """The gap of a work that is not part of the reference."""
    voices = voice_percentiles(work, on.given.groups)
    if len(voices) < LEAST_VOICES:
        return too_thin(voices)
    if not any(name in work.numbers for name in on.chosen.counts):
        return DataTooThin("data too thin: nothing is known of how far the work itself reached")
    row = design([work], on.chosen)[0]
    expected, low, high = on.expected.of(row), *on.expected.band
    error = float(np.hypot(on.given.error(len(voices)), on.expected.error(row)))
    draws = shortfalls(score(voices) - expected, error, on, np.random.default_rng(seed))
    return Gap(
        percentile=spanned(_shortfall(score(voices) - expected, on), draws),
        expected=Estimate(
            percent_of(expected),
            percent_of(expected + min(low, 0)),
            percent_of(expected + max(high, 0)),
        ),
        received=percent_of(score(voices)),
        contributions=contributions(row, work, on, expected),
        works=len(on.given.works),
    )


def shortfalls(
    residual: float, error: float, on: Ground, dice: np.random.Generator
) -> Float64[np.ndarray, " draws"]:
    """Gap percentiles that the data would also allow."""
    allowed = residual + error * dice.standard_normal(DRAWS)
    draws: np.ndarray = 100.0 - percentiles(allowed, on.expected.ordered)
    return draws


def gap_draws(on: Ground, seed: int = 0) -> Float64[np.ndarray, "works draws"]:
    """For every work of the reference, gap percentiles out of fold that the data would allow."""
    dice = np.random.default_rng(seed)
    errors = [on.given.error(len(voices)) for voices in on.given.voices]
    lines = [on.expected.error(row) for row in on.rows]
    return np.array([
        shortfalls(float(residual), float(np.hypot(error, line)), on, dice)
        for residual, error, line in zip(on.expected.residuals, errors, lines, strict=True)
    ])  # fmt: skip


def too_thin(voices: Mapping[str, float]) -> DataTooThin:
    """Fewer than two sources is no basis."""
    have = f"one source alone ({next(iter(voices))})" if voices else "no source"
    return DataTooThin(f"data too thin: {have} says how many noticed the music; two are needed")


def spanned(value: float, draws: Float64[np.ndarray, " draws"]) -> Estimate:
    """The value with the interval that holds 90 % of the draws."""
    low, high = np.percentile(draws, [_TAIL, 100 - _TAIL])
    return Estimate(value, min(low, value), max(high, value))


def contributions(
    row: Float64[np.ndarray, " columns"], work: ReferenceWork, on: Ground, expected: float
) -> tuple[Contribution, ...]:
    """How far each kind of exposure moves the expectation, the strongest first.

    What a count brings and what its being known or unknown brings are one contribution.
    """
    moves: dict[str, float] = {}
    for name, slope, value in zip(
        on.chosen.names, on.expected.line[1:], row - on.rows.mean(axis=0), strict=True
    ):
        feature = name.removesuffix(UNKNOWN)
        moves[feature] = moves.get(feature, 0.0) + float(slope * value)
    found = [
        Contribution(
            feature,
            percent_of(expected) - percent_of(expected - move),
            known=feature in work.numbers or feature not in on.chosen.counts,
        )
        for feature, move in moves.items()
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.points)))


def _shortfall(residual: float, on: Ground) -> float:
    return 100.0 - percentile(residual, on.expected.ordered)
