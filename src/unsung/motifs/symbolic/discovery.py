"""The motifs of an album of scores: few, distinct, each with all its tellings.

The shapes that return are ranked by how much they are like what musicians mark as motifs; the best
is taken, told again wherever it comes back exactly or varied, and its notes are spoken for. Then
the next best whose notes are still free.
"""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.motifs.lines import Lines
from unsung.motifs.symbolic.coincidence import Luck, own_bits
from unsung.motifs.symbolic.distinction import Candidates, candidates, log_odds
from unsung.motifs.symbolic.shapes import Shapes, shapes
from unsung.motifs.symbolic.telling import Telling, stretch, tellings, tellings_in_part

MOST_MOTIFS = 14
LEAST_BITS = 8.0
"""By how much a line must stand above coincidence: some hundreds are considered in an album."""
_SPOKEN_FOR = 0.8
_ENOUGH_TO_JUDGE = 40
_TRIES = 4000


@frozen(eq=False)
class Retold:
    """A line that comes back, the log odds that it is a motif, and its tellings, best first."""

    line: Lines
    log_odds: float
    places: tuple[Telling, ...]


def retold_lines(
    led: Lines, most: int = MOST_MOTIFS, luck: Luck | None = None
) -> tuple[Retold, ...]:
    """The lines that come back and would be called motifs, the likeliest first.

    Given what luck does, only lines that stand well above it are considered.
    """
    if len(led) < 3:
        return ()
    counted = shapes(led)
    found = candidates(led, counted)
    return tuple(_chosen(led, counted, found, most, luck))


def _chosen(
    led: Lines, counted: dict[int, Shapes], found: Candidates, most: int, luck: Luck | None
) -> Iterator[Retold]:
    odds = log_odds(found)
    taken = np.zeros(len(led) + 1, bool)
    given = 0
    for best in np.argsort(-odds, kind="stable")[:_TRIES]:
        first, notes = int(found.first[best]), int(found.notes[best])
        members = np.flatnonzero(counted[notes].shape == found.shape[best])
        if _share_taken(taken, members, notes) > _SPOKEN_FOR:
            continue
        if luck and own_bits(led.notes(first, first + notes - 1), luck) < LEAST_BITS:
            continue
        line = stretch(led, first, first + notes - 1)
        places = tellings(line, led) if luck is None else tellings_in_part(line, led)
        for place in places:
            taken[place.first : place.last + 1] = True
        if len(places) > 1:
            yield Retold(line, float(odds[best]), places)
            given += 1
        if given == most:
            return


def _share_taken(
    taken: Bool[np.ndarray, " notes"], members: Int64[np.ndarray, " members"], notes: int
) -> Float64[np.ndarray, ""]:
    some = members[:_ENOUGH_TO_JUDGE]
    share: Float64[np.ndarray, ""] = taken[some[:, None] + np.arange(notes)].mean()
    return share
