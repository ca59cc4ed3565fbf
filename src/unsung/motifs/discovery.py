"""The motifs of an album, found without being told what to look for.

The leading lines are laid beside each other: where two stretches resemble each other, a motif may
be stated. The stretch with the most support is taken as a query and tracked through the whole
album, with its own measure of luck; what is found with confidence is a family. Its notes are then
spoken for, and the next best stretch is taken, until nothing more comes back surely.
"""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.motifs.alignment import resemblances
from unsung.motifs.chance import chance_scores, confidences
from unsung.motifs.evidence import Evidence
from unsung.motifs.lines import Lines
from unsung.motifs.query import Query, query
from unsung.motifs.tracking import Sung, singings

LEAST_CONFIDENCE = 0.5
_PRICES = np.array((0.8, 0.9, 0.25, 0.3))
_LEAST_RESEMBLANCE = 2.0
_MOST_RESEMBLANCES = 50_000
_FEWEST_NOTES, _MOST_NOTES = 5, 24
_TRIES = 40
_FEWEST_OCCURRENCES = 2


@frozen(eq=False)
class Family:
    """A line that comes back: as it is sought, its places best first, and how sure each is."""

    asked: Query
    places: tuple[Sung, ...]
    confidences: tuple[float, ...]


@frozen(eq=False)
class _Stretches:
    """Stretches of notes that resemble another: first and last note, and how much they do."""

    first: Int64[np.ndarray, " stretches"]
    last: Int64[np.ndarray, " stretches"]
    score: Float64[np.ndarray, " stretches"]

    def __len__(self) -> int:
        return len(self.score)

    def where(self, chosen: Bool[np.ndarray, " stretches"]) -> "_Stretches":
        return _Stretches(self.first[chosen], self.last[chosen], self.score[chosen])


def families(led: Lines, heard: Evidence) -> tuple[Family, ...]:
    """The families of an album, in the order in which they were found."""
    return tuple(_families(led, heard))


def _families(led: Lines, heard: Evidence) -> Iterator[Family]:
    left = _stretches(led)
    start, end = _instants(led, heard)
    taken = np.zeros(len(led), bool)
    for _ in range(_TRIES):
        if not len(left):
            return
        best = int(_support(left).argmax())
        first, last = int(left.first[best]), int(left.last[best])
        family = _family(query(led.notes(first, last)), heard)
        if len(family.places) >= _FEWEST_OCCURRENCES:
            yield family
        taken[first : last + 1] = True
        for place in family.places:
            taken |= (start < place.end) & (end > place.start)
        left = left.where(_free(left, taken))


def _stretches(led: Lines) -> _Stretches:
    """Both sides of every resemblance between five to two dozen notes."""
    rows = resemblances(
        led.pitch, led.onset_s, led.surely, led.line, _PRICES, _LEAST_RESEMBLANCE,
        _MOST_RESEMBLANCES,
    )  # fmt: skip
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    score = np.concatenate([rows[:, 0], rows[:, 0]])
    first = np.concatenate([rows[:, 1], rows[:, 3]]).astype(np.int64)
    last = np.concatenate([rows[:, 2], rows[:, 4]]).astype(np.int64)
    count = last - first + 1
    both = _Stretches(first, last, score)
    return both.where((count >= _FEWEST_NOTES) & (count <= _MOST_NOTES))


def _support(left: _Stretches) -> Float64[np.ndarray, " stretches"]:
    """For each stretch, the resemblances of all stretches that are nearly the same."""
    first, last = left.first[:2000], left.last[:2000]
    together = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    spanned = np.maximum(last[:, None], last) - np.minimum(first[:, None], first) + 1
    support: np.ndarray = np.where(together >= 0.5 * spanned, left.score[:2000], 0).sum(axis=1)
    return support


def _family(asked: Query, heard: Evidence) -> Family:
    places = singings(asked, heard)
    sure = confidences(places, chance_scores(asked, heard))
    kept = int((sure >= LEAST_CONFIDENCE).sum())
    return Family(asked, places[:kept], tuple(float(c) for c in sure[:kept]))


def _instants(
    led: Lines, heard: Evidence
) -> tuple[Int64[np.ndarray, " notes"], Int64[np.ndarray, " notes"]]:
    both = [
        (heard.instant(k, a), heard.instant(k, b))
        for k, a, b in zip(led.line, led.onset_s, led.end_s, strict=True)
    ]
    start, end = np.array(both, np.int64).reshape(-1, 2).T
    return start, end


def _free(left: _Stretches, taken: Bool[np.ndarray, " notes"]) -> Bool[np.ndarray, " stretches"]:
    """Stretches of which less than a third is spoken for."""
    before = np.concatenate(([0], np.cumsum(taken)))
    claimed = before[left.last + 1] - before[left.first]
    free: np.ndarray = claimed < (left.last - left.first + 1) / 3
    return free
