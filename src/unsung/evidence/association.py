"""Whether things are found together more often than luck brings them together.

Two tables meet in scenes: which item plays in which scene, and who is present there. Luck moves the
scenes' music as a whole, so what plays together stays together, every item keeps its number of
scenes in every strand, and so does everybody present. All pairs are asked at once; the corrected
chance is that of the most remarkable pair of all (Westfall and Young, *Resampling-based multiple
testing*, 1993, single-step maxT), which knows how the pairs hang together.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import numpy as np
from attrs import field, frozen
from jaxtyping import Bool, Float64, Int64

from unsung.evidence.chance import ChanceSettings, rotated_places, shuffled_places

Exchange = Literal["rotated", "shuffled"]
"""What luck may do with the scenes of a strand: turn them as a wheel, or deal them anew."""
_SLACK = 1e-7

Pairs = Float64[np.ndarray, "items characters"]


@frozen(eq=False)
class Association:
    """For each pair, what was seen, what luck expects, and how probable luck makes as much.

    `excess` is in standard deviations of luck; 0 where luck cannot vary it, and then both chances
    are 1.
    """

    observed: Pairs
    expected: Pairs
    excess: Pairs
    chance: Pairs
    corrected: Pairs


@frozen
class AssociationSettings:
    """The dice, and what they may do with the scenes."""

    chance: ChanceSettings = field(factory=ChanceSettings)
    exchange: Exchange = "rotated"


def association(
    played: Bool[np.ndarray, "items scenes"],
    present: Bool[np.ndarray, "scenes characters"],
    strands: Int64[np.ndarray, " scenes"],
    settings: AssociationSettings | None = None,
) -> Association:
    """In how many scenes each item meets each character, against luck.

    Exchangeable is which scene of its strand had which music. `rotated` supposes the scenes in
    story order and keeps neighbours together, for characters stay and playlists go on from scene to
    scene; `shuffled` supposes that a scene says nothing of the next.
    """
    settings = settings or AssociationSettings()
    places = rotated_places if settings.exchange == "rotated" else shuffled_places
    music, people = played.astype(float), present.astype(float)

    def deals() -> Iterator[Pairs]:
        return (music @ people[place] for place in places(strands, settings.chance))

    return against_luck(music @ people, deals)


def shared_association(
    carried: Bool[np.ndarray, "items tracks"],
    by_track: Float64[np.ndarray, "tracks characters"],
    settings: ChanceSettings | None = None,
) -> Association:
    """The company that an item's tracks keep on average, against as many tracks at random.

    `by_track` is each track's excess of company, on a scale that does not depend on how often it is
    used. Exchangeable are the tracks, each with all its scenes: an item in one track of n can do no
    better than a chance of 1 / n, for nothing then tells the item from the track.
    """
    settings = settings or ChanceSettings()
    share = carried / np.maximum(carried.sum(axis=1, keepdims=True), 1)
    one = np.zeros(len(by_track), np.int64)

    def deals() -> Iterator[Pairs]:
        return (share @ by_track[place] for place in shuffled_places(one, settings))

    return against_luck(share @ by_track, deals)


def against_luck(observed: Pairs, deals: Callable[[], Iterable[Pairs]]) -> Association:
    """What was observed, judged by what luck deals; it counts as one of the deals itself.

    The deals are gone through twice, first for their mean and spread, so that they need not all be
    kept.
    """
    expected, spread = _mean_and_spread(observed, deals())
    told = spread > _SLACK * (1 + np.abs(expected))
    scale = np.where(told, spread, np.inf)
    excess = (observed - expected) / scale
    reached, outdone, count = np.ones_like(excess), np.ones_like(excess), 1
    for dealt in deals():
        by_luck = (dealt - expected) / scale
        reached += by_luck >= excess - _SLACK
        outdone += by_luck.max(initial=0.0) >= excess - _SLACK
        count += 1
    corrected = np.where(told, outdone / count, 1.0)
    return Association(observed, expected, excess, reached / count, corrected)


def _mean_and_spread(observed: Pairs, deals: Iterable[Pairs]) -> tuple[Pairs, Pairs]:
    """Mean and standard deviation of each pair, told from what was observed on."""
    count, total, squares = 1, np.zeros_like(observed), np.zeros_like(observed)
    for dealt in deals:
        count += 1
        total += dealt - observed
        squares += (dealt - observed) ** 2
    mean = total / count
    return observed + mean, np.sqrt(np.maximum(squares / count - mean**2, 0.0))
