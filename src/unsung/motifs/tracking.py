"""Every place of an album where a line of notes is sung, in any key, tempo or mode.

Sought in two passes: over the whole album at half the clock and in five tempi, for where the line
may end; then closely, around each such place, for its exact notes and tempo.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import scipy
from attrs import field, frozen
from jaxtyping import Float32, Int64

from unsung.model.sound import int64, same_array
from unsung.model.time import Span
from unsung.motifs.evidence import CLOCK, COARSER, Evidence
from unsung.motifs.query import Query, in_the_other_mode
from unsung.motifs.singing import reached, sung_closely
from unsung.motifs.witnesses import PITCH_CLASSES

TEMPO_RATIOS = (0.5, 0.71, 1.0, 1.41, 2.0)
_CLOSER_RATIOS = (0.84, 1.0, 1.19)
"""Around each tempo of the first pass, those of the second."""
SHORTEST, LONGEST = 0.5, 2.0
"""A note may last half to twice what the tempo asks."""
_CHOICES, _CLOSER_CHOICES = 6, 12
_BENT = 0.3
"""The price of a duration an octave off."""
_PRICES = np.array((1.0, 0.3), np.float32)
"""Of a note passed over, of a note beyond a fragment."""
_PRICE_OF_TEMPO = 1.0
_PRICE_OF_MODE = 1.0
_MOST = 120
_BLOCK = 2048
_NEAR = 4
"""By how many instants the second pass may end earlier or later than the first."""


@frozen
class Sung:
    """A place where a line is sung: how well, between which instants, and how it was altered.

    `notes` are the first and last instant of each note of the line, (-1, -1) where it is not sung.
    """

    score: float
    start: int
    end: int
    shift_semitones: int
    tempo_ratio: float
    other_mode: bool
    notes: Int64[np.ndarray, "notes bounds"] = field(converter=int64, eq=same_array)


class Endings(NamedTuple):
    """Where a line may end, the likeliest first: how well, when, in which variant and tempo."""

    score: Float32[np.ndarray, " ends"]
    instant: Int64[np.ndarray, " ends"]
    variant: Int64[np.ndarray, " ends"]
    tempo: Int64[np.ndarray, " ends"]


def singings(asked: Query, heard: Evidence, most: int = _MOST) -> tuple[Sung, ...]:
    """The places where `asked` is sung best, the best first; none overlaps another by much."""
    lines = variants(asked)
    ends = endings(asked, heard, most)
    first = len(_CLOSER_RATIOS) * ends.tempo
    columns = np.stack([ends.instant, ends.variant, first, first + len(_CLOSER_RATIOS)], axis=1)
    ratios = tuple(tempo * closer for tempo in TEMPO_RATIOS for closer in _CLOSER_RATIOS)
    lasts, bent = durations(asked, ratios, 1, _CLOSER_CHOICES)
    score, speed, notes = sung_closely(
        heard.summed, columns, lines, lasts, bent, weight(asked), _PRICES,
        _handicap(len(lines), ratios), _NEAR,
    )  # fmt: skip
    order = np.argsort(-score, kind="stable")
    return _apart(_sung(score[k], ends.variant[k], ratios[speed[k]], notes[k]) for k in order)


def blocks(heard: Evidence) -> int:
    """In how many stretches an album is heard."""
    return -(-int(heard.coarse.shape[1]) // _BLOCK)


def endings(asked: Query, heard: Evidence, most: int, part: tuple[int, int] = (0, 1)) -> Endings:
    """Where the line likeliest ends, at the most so many places.

    With `part` (k, n) only every nth stretch of the album is heard, from the kth on.
    """
    lines = variants(asked)
    lasts, bent = durations(asked, TEMPO_RATIOS, COARSER, _CHOICES)
    around = 1 + int(lasts.max(axis=2).sum(axis=1).max(initial=0))
    score, how = reached(
        heard.coarse, _blocks(heard.coarse.shape[1], around, part), lines, lasts, bent,
        weight(asked), _PRICES, _handicap(len(lines), TEMPO_RATIOS),
    )  # fmt: skip
    at = _peaks(score, most, max(1, around // 8))
    tempo, variant = divmod(how[at].astype(np.int64), len(lines))
    return Endings(score[at], at * COARSER, variant, tempo)


def _sung(
    score: float, variant: int, ratio: float, notes: Int64[np.ndarray, "notes bounds"]
) -> Sung:
    sung = notes[notes[:, 0] >= 0]
    other_mode, shift = divmod(int(variant), PITCH_CLASSES)
    start, end = int(sung[:, 0].min()), int(sung[:, 1].max())
    return Sung(float(score), start, end, shift, ratio, bool(other_mode), notes)


def variants(asked: Query) -> Int64[np.ndarray, "variants notes"]:
    """The pitch classes of the line at all twelve transpositions, then in the other mode."""
    both = [asked, in_the_other_mode(asked)]
    if (both[0].pitch == both[1].pitch).all():
        both = both[:1]
    return np.array([(line.pitch + k) % 12 for line in both for k in range(PITCH_CLASSES)])


def durations(
    asked: Query, ratios: tuple[float, ...], coarser: int, most: int
) -> tuple[Int64[np.ndarray, "tempi notes choices"], Float32[np.ndarray, "tempi notes choices"]]:
    """How long each note may last at each tempo, at most so many choices, and what each costs."""
    rate_hz = CLOCK.rate_hz / coarser
    expected = np.maximum(np.outer(1 / np.array(ratios), asked.lasts_s * rate_hz), 1 / coarser)
    least = np.maximum(1.0, np.floor(expected * SHORTEST))
    widest = np.maximum(least, np.ceil(expected * LONGEST)) / least
    lasts = np.round(least[..., None] * widest[..., None] ** np.linspace(0, 1, most))
    again = np.diff(lasts, axis=2, prepend=0) == 0
    bent = _BENT * np.abs(np.log2(lasts / expected[..., None]))
    order = np.argsort(again, axis=2, kind="stable")
    lasts, bent = (np.take_along_axis(x, order, axis=2) for x in (np.where(again, 0, lasts), bent))
    return lasts.astype(np.int64), bent.astype(np.float32)


def weight(asked: Query) -> Float32[np.ndarray, " notes"]:
    """Longer and surer notes count for more, by the root of both; one on average."""
    root = np.sqrt(asked.lasts_s * np.maximum(asked.surely, 0.05))
    level: np.ndarray = (root / root.mean()).astype(np.float32)
    return level


def _handicap(lines: int, ratios: tuple[float, ...]) -> Float32[np.ndarray, "variants tempi"]:
    tempo = _PRICE_OF_TEMPO * np.abs(np.log2(ratios))
    mode = _PRICE_OF_MODE * (np.arange(lines) >= PITCH_CLASSES)
    both: np.ndarray = (tempo[None, :] + mode[:, None]).astype(np.float32)
    return both


def _blocks(
    instants: int, around: int, part: tuple[int, int]
) -> Int64[np.ndarray, "blocks bounds"]:
    """First instant, first whose answer counts, and end of stretches that overlap by a line."""
    first, step = part
    kept = np.arange(0, instants, _BLOCK)
    opens, closes = np.maximum(kept - around, 0), np.minimum(kept + _BLOCK, instants)
    return np.stack([opens, kept, closes], axis=1).astype(np.int64)[first::step].copy()


def _peaks(score: np.ndarray, most: int, reach: int) -> Int64[np.ndarray, " peaks"]:
    """Where the score is highest within `reach` on either side, the highest first."""
    if not score.any():
        return np.zeros(0, np.int64)
    highest = scipy.ndimage.maximum_filter1d(score, 2 * reach + 1)
    peaks = np.flatnonzero((score >= highest) & (score > 0))
    order: np.ndarray = peaks[np.argsort(-score[peaks], kind="stable")[:most]]
    return order


def _apart(found: Iterable[Sung]) -> tuple[Sung, ...]:
    kept: list[Sung] = []
    for one in found:
        if all(_shared(one, other) < 0.3 for other in kept):
            kept.append(one)
    return tuple(kept)


def _shared(one: Sung, other: Sung) -> float:
    """The share of the shorter of two places that lies in the other."""
    together = min(one.end, other.end) - max(one.start, other.start)
    return together / max(1, min(one.end - one.start, other.end - other.start))


def overlap(one: Span, other: Span) -> float:
    """Intersection over union, 0..1."""
    shared = one.overlap_s(other)
    return shared / (one.duration_s + other.duration_s - shared)
