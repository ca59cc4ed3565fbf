"""The motifs of an album, found without being told what to look for.

The leading lines are laid beside each other: where two stretches resemble each other, a motif may
be stated. The stretch with the most support is taken as a query and tracked through the whole
album, with its own measure of luck; what is found with confidence is a family. Its notes are then
spoken for, and the next best stretch is taken, until nothing more comes back surely.
"""

from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen
from jaxtyping import Bool, Float64, Int64

from unsung.motifs.alignment import echoes
from unsung.motifs.chance import confidences, luck
from unsung.motifs.evidence import Evidence
from unsung.motifs.lines import Lines
from unsung.motifs.query import Query, query
from unsung.motifs.seeds import seeds
from unsung.motifs.tracking import Sung, singings

LEAST_CONFIDENCE = 0.6
_LEAST_STRENGTH = 8.0
"""By how many factors e a family must outdo luck, the place it was taken from not counted: many
lines are tried, so what would be sure of one that is asked for is not sure of one that is found."""
_FASTEST_S = 0.2
"""How long the notes of a motif last at least, on average: faster ones are not heard apart here."""
_PRICES = np.array((0.8, 0.9, 0.25, 0.3))
_LEAST_RESEMBLANCE = 3.0
_FEWEST_NOTES, _MOST_NOTES = 5, 24
_FEWEST_PITCH_CLASSES = 4
_ECHO = 0.7
"""What comes back is sung at least this well the second time."""
_RETOLD = 0.5
_POSSIBLE = 0.6
_FEWEST_TRIES, _TRIES_PER_INSTANT = 40, 0.001
"""How many lines are tried: at least so many, and one for each 80 seconds of music."""
_FEWEST_OCCURRENCES = 2


@frozen(eq=False)
class Family:
    """A line that comes back: as it is sought, its places best first, and how sure each is.

    `strength` is how far its places together stand above the best that luck can do;
    `possible` are those places and the less sure.
    """

    asked: Query
    places: tuple[Sung, ...]
    confidences: tuple[float, ...]
    strength: float
    possible: tuple[Sung, ...] = ()


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
    """The families of an album, the strongest first; those that share most places are one."""
    found = sorted(_families(led, heard), key=lambda family: -family.strength)
    distinct: list[Family] = []
    for family in found:
        kin = next((k for k, other in enumerate(distinct) if _retold(family, other)), None)
        if kin is None:
            distinct.append(family)
        else:
            distinct[kin] = _united(distinct[kin], family)
    return tuple(sorted(distinct, key=lambda family: -family.strength))


def _retold(family: Family, other: Family) -> bool:
    """Whether half the places of the smaller family are places of the other."""
    shared = sum(any(_together(one, another) for another in other.places) for one in family.places)
    return shared >= _RETOLD * min(len(family.places), len(other.places))


def _united(stronger: Family, weaker: Family) -> Family:
    """The stronger family, and those of its possible places that the weaker one is sure of."""
    known = list(stronger.places)
    more = [
        (place, sure)
        for place in stronger.possible
        for other, sure in zip(weaker.places, weaker.confidences, strict=True)
        if _together(place, other) and not any(_together(place, one) for one in known)
    ]
    return evolve(
        stronger,
        places=stronger.places + tuple(place for place, _ in more),
        confidences=stronger.confidences + tuple(sure for _, sure in more),
        strength=stronger.strength + weaker.strength / 2,
    )


def _together(one: Sung, other: Sung) -> bool:
    """Whether two places share a third of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > min(one.end - one.start, other.end - other.start) / 3


def _families(led: Lines, heard: Evidence) -> Iterator[Family]:
    left = _stretches(led)
    start, end = _instants(led, heard)
    taken = np.zeros(len(led), bool)
    for _ in range(max(_FEWEST_TRIES, round(_TRIES_PER_INSTANT * heard.summed.shape[1]))):
        if not len(left):
            return
        best = int(_support(left).argmax())
        first, last = int(left.first[best]), int(left.last[best])
        asked = query(led.notes(first, last))
        family = _family(asked, heard) if _has_a_face(asked) else None
        if family and len(family.places) >= _FEWEST_OCCURRENCES:
            yield family
        taken[first : last + 1] = True
        for place in family.places if family else ():
            taken |= (start < place.end) & (end > place.start)
        left = left.where(_free(left, taken))


def _stretches(led: Lines) -> _Stretches:
    """Both sides of every echo of five to two dozen notes."""
    rows = echoes(
        led.pitch, led.onset_s, led.surely, led.line, seeds(led), _PRICES, _LEAST_RESEMBLANCE
    )
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


def _has_a_face(asked: Query) -> bool:
    """Whether a line moves enough to be known again: no drone, no to and fro, no flutter."""
    if len(asked) < _FEWEST_NOTES or asked.lasts_s.mean() < _FASTEST_S:
        return False
    return len(set(asked.pitch % 12)) >= _FEWEST_PITCH_CLASSES


def _family(asked: Query, heard: Evidence) -> Family:
    places = singings(asked, heard)
    if len(places) < 2 or places[1].score < _ECHO * places[0].score:
        return Family(asked, (), (), 0.0)
    by_luck = luck(asked, heard, places)
    sure = confidences(places, by_luck)
    kept = places[: int((sure >= LEAST_CONFIDENCE).sum())]
    scores = np.array([place.score for place in kept], float)
    strength = np.maximum(-by_luck.log_expected(scores), 0)
    if strength[1:].sum() < _LEAST_STRENGTH:
        return Family(asked, (), (), 0.0)
    sure_of = tuple(float(c) for c in sure[: len(kept)])
    possible = places[: int((sure >= _POSSIBLE).sum())]
    return Family(asked, kept, sure_of, float(strength.sum()), possible)


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
