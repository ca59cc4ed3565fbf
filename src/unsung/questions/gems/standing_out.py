"""Which tracks stand out beyond what luck gives, length and place on the album taken off.

Long tracks have room for more, and albums put tracks in an order: each part, as a normal score, is
what a line on log position and log length, fitted without the track itself, leaves of it. A track's
merit is the sum of its sides over the root of their number (Stouffer's).

Some track is always the first. So the sides are dealt anew: each is shuffled among the tracks by
itself, which keeps how every side is spread and leaves only luck in their agreement, the question
that Kendall's W asks of judges (Kendall & Babington Smith, Annals of Mathematical Statistics 10,
1939). A track stands out where its merit is beaten by the best of a deal in at most one deal in
twenty (the maximum statistic: Westfall & Young, *Resampling-Based Multiple Testing*, 1993, section
2.3): of albums of nothing but luck, at most one in twenty names any track. Once a track stands out
it is set aside and the others are asked again (their step-down, section 2.8).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import field, frozen
from jaxtyping import Bool, Float64

from unsung.questions.gems.shows import SIDES
from unsung.recognition.merit import Parts
from unsung.recognition.percentiles import normal_scores, percentiles

LEAST_TRACKS = 8
LEAST_SIDES = 4
FAMILY_LEVEL = 0.05
DEALS = 2999
_EQUAL, _LEAST_ROOM = 1e-9, 0.05

Scores = Float64[np.ndarray, "tracks sides"]


@frozen
class Standing:
    """How a track stands: its merit in standard deviations, and how often luck gives as much."""

    merit: float
    chance: float
    stands_out: bool
    part_ranks: Mapping[str, int]
    """The track's rank in each part, 1 the first, once length and place are taken off."""


@frozen
class Controlled:
    """Parts and sides of the tracks that can be judged, as normal scores; NaN where not heard."""

    at: tuple[int, ...]
    parts: Float64[np.ndarray, "tracks parts"] = field(eq=False)
    sides: Scores = field(eq=False)


PARTS = tuple(part for parts in SIDES.values() for part in parts)


def standings(
    shown: Sequence[Parts], positions: Sequence[int], lengths_s: Sequence[float], seed: int = 0
) -> dict[int, Standing]:
    """The standing of each track that can be judged, by index; none on an album too small."""
    known = controlled(shown, positions, lengths_s)
    if len(known.at) < LEAST_TRACKS:
        return {}
    chances, out = beyond_luck(known.sides, np.random.default_rng(seed))
    merits = together(known.sides)
    return {
        index: Standing(
            float(merits[row]), float(chances[row]), bool(out[row]), _ranks(known.parts, row)
        )
        for row, index in enumerate(known.at)
    }


def controlled(
    shown: Sequence[Parts], positions: Sequence[int], lengths_s: Sequence[float]
) -> Controlled:
    """Parts and sides without what length and place bring."""
    able = tuple(at for at, parts in enumerate(shown) if _sides_of(parts) >= LEAST_SIDES)
    if len(able) < LEAST_TRACKS:
        return Controlled((), np.empty((0, len(PARTS))), np.empty((0, len(SIDES))))
    given = np.c_[
        np.log([float(positions[at]) for at in able]), np.log([lengths_s[at] for at in able])
    ]
    columns = [_without(given, [shown[at].get(part) for at in able]) for part in PARTS]
    parts = np.stack(columns, axis=1)
    return Controlled(able, parts, _sides(parts))


def beyond_given(
    given: Float64[np.ndarray, "tracks columns"], scores: Float64[np.ndarray, " tracks"]
) -> Float64[np.ndarray, " tracks"]:
    """What a line on what is given, fitted without the track, leaves of each score.

    A track far from the others in length or place would be left more by any line, in every part
    alike, and parts would seem to agree: so each is divided by how far it is expected to stray.
    """
    columns = np.c_[np.ones(len(given)), given]
    hat = columns @ np.linalg.pinv(columns)
    room = np.maximum(1 - np.diag(hat), _LEAST_ROOM)
    left: np.ndarray = (scores - hat @ scores) / np.sqrt(room)
    return left


def together(sides: Float64[np.ndarray, "*tracks sides"]) -> Float64[np.ndarray, "*tracks"]:
    """Stouffer's sum of the sides that were heard."""
    heard = np.isfinite(sides)
    total: np.ndarray = np.where(heard, sides, 0).sum(axis=-1)
    merits: np.ndarray = total / np.sqrt(np.maximum(heard.sum(axis=-1), 1))
    return merits


def beyond_luck(
    sides: Scores, dice: np.random.Generator
) -> tuple[Float64[np.ndarray, " tracks"], Bool[np.ndarray, " tracks"]]:
    """How often the best of a deal does as well as each track, and whether the track stands out."""
    chances, out = np.zeros(len(sides)), np.zeros(len(sides), bool)
    left, least = np.arange(len(sides)), 0.0
    while len(left):
        merits, now = _against_deals(sides[left], dice)
        chances[left] = np.maximum(now, least)
        first = int(np.argmax(merits))
        if len(left) < LEAST_TRACKS or now[first] > FAMILY_LEVEL:
            break
        out[left[first]], least = True, float(now[first])
        left = np.delete(left, first)
    return chances, out


def _against_deals(
    sides: Scores, dice: np.random.Generator
) -> tuple[Float64[np.ndarray, " tracks"], Float64[np.ndarray, " tracks"]]:
    """Merits among these tracks alone, and how often the best of a deal reaches each."""
    ranked = _ranked(sides)
    merits, best = together(ranked), best_of_deals(ranked, dice)
    reached = (best[None] >= merits[:, None] - _EQUAL).sum(axis=1)
    return merits, (1 + reached) / (1 + len(best))


def best_of_deals(sides: Scores, dice: np.random.Generator) -> Float64[np.ndarray, " deals"]:
    """The best merit in each deal; what was not heard of a track stays unheard."""
    dealt = np.full((DEALS, *sides.shape), np.nan)
    for side in range(sides.shape[1]):
        heard = np.flatnonzero(np.isfinite(sides[:, side]))
        rows = np.tile(sides[heard, side], (DEALS, 1))
        dealt[:, heard, side] = dice.permuted(rows, axis=1)
    best: np.ndarray = together(dealt).max(axis=1)
    return best


def _sides_of(parts: Parts) -> int:
    return sum(any(part in parts for part in side) for side in SIDES.values())


def _without(
    given: Float64[np.ndarray, "tracks 2"], values: Sequence[float | None]
) -> Float64[np.ndarray, " tracks"]:
    """Normal scores of one part without what length and place bring; NaN where it is not heard."""
    at = np.array([row for row, value in enumerate(values) if value is not None], int)
    column = np.full(len(values), np.nan)
    if len(at) >= LEAST_TRACKS:
        scores = _as_scores(np.array([value for value in values if value is not None]))
        column[at] = _as_scores(np.round(beyond_given(given[at], scores), 9))
    return column


def _sides(parts: Float64[np.ndarray, "tracks parts"]) -> Scores:
    """Each side: the mean of its parts, as a normal score again."""
    columns = []
    for side in SIDES.values():
        of_side = parts[:, [PARTS.index(part) for part in side]]
        heard = np.isfinite(of_side)
        count = heard.sum(axis=1)
        mean = np.where(heard, of_side, 0).sum(axis=1) / np.maximum(count, 1)
        columns.append(np.where(count > 0, mean, np.nan))
    return _ranked(np.stack(columns, axis=1))


def _ranked(sides: Scores) -> Scores:
    """Each side as normal scores among the tracks that are here."""
    found = np.full(sides.shape, np.nan)
    for column in range(sides.shape[1]):
        heard = np.isfinite(sides[:, column])
        if heard.sum() >= 2:
            found[heard, column] = _as_scores(sides[heard, column])
    return found


def _as_scores(values: Float64[np.ndarray, " tracks"]) -> Float64[np.ndarray, " tracks"]:
    return normal_scores(percentiles(values, np.sort(values)))


def _ranks(parts: Float64[np.ndarray, "tracks parts"], row: int) -> dict[str, int]:
    return {
        part: 1 + int(np.sum(parts[:, at] > parts[row, at]))
        for at, part in enumerate(PARTS)
        if np.isfinite(parts[row, at])
    }
