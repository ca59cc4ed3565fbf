"""Where in the lines of an album a given line is told again, exactly or not."""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64

from unsung.motifs.lines import Lines
from unsung.motifs.symbolic.retelling import PRICES, retold

LEAST_TOLD = 0.66
LEAST_TOLD_OF_PART = 0.8
_PART, _FEWEST_NOTES = 0.6, 5
TEMPO_RATIOS = (1.0, 0.5, 2.0)
_PRICE_OF_TEMPO = 0.12
MOST_TELLINGS = 300


@frozen
class Telling:
    """One place: its first and last note among the lines, the speed, and how well it is told."""

    first: int
    last: int
    tempo_ratio: float
    score: float


def tellings(asked: Lines, led: Lines, least: float = LEAST_TOLD) -> tuple[Telling, ...]:
    """The places where `asked` is told, best first; none shares a note with a better one."""
    if len(asked) < 2 or len(led) < 2:
        return ()
    found = [_at_ratio(asked, led, ratio, least) for ratio in TEMPO_RATIOS]
    columns = np.concatenate(found)
    ranked = columns[np.lexsort((columns[:, 0], -columns[:, 3]))]
    return _apart(ranked, len(led))


def tellings_in_part(asked: Lines, led: Lines) -> tuple[Telling, ...]:
    """The same, and after them the places where only its first or last part is told."""
    whole = tellings(asked, led)
    part = max(_FEWEST_NOTES, round(_PART * len(asked)))
    if part > len(asked) - 2:
        return whole
    halves = (stretch(asked, 0, part - 1), stretch(asked, len(asked) - part, len(asked) - 1))
    more = [place for half in halves for place in tellings(half, led, LEAST_TOLD_OF_PART)]
    taken = np.zeros(len(led), bool)
    for place in whole:
        taken[place.first : place.last + 1] = True
    return whole + tuple(_free(sorted(more, key=lambda one: -one.score), taken))


def _free(places: list[Telling], taken: Bool[np.ndarray, " notes"]) -> Iterator[Telling]:
    """The places, best first, none of whose notes is taken."""
    for place in places:
        own = slice(place.first, place.last + 1)
        if not taken[own].any():
            taken[own] = True
            yield place


def _at_ratio(
    asked: Lines, led: Lines, ratio: float, least: float
) -> Float64[np.ndarray, "places columns"]:
    """First note, last note, ratio and score of every end that scores enough."""
    best, start = retold(
        asked.pitch, asked.onset_s, led.pitch, led.onset_s, led.line, ratio,
        PRICES,
    )  # fmt: skip
    best = best - (_PRICE_OF_TEMPO if ratio != 1 else 0.0)
    ends = np.flatnonzero(best >= least)
    return np.stack([start[ends], ends, np.full(len(ends), ratio), best[ends]], axis=1)


def _apart(ranked: Float64[np.ndarray, "places columns"], notes: int) -> tuple[Telling, ...]:
    taken = np.zeros(notes, bool)
    kept: list[Telling] = []
    for first, last, ratio, score in ranked:
        place = slice(int(first), int(last) + 1)
        if not taken[place].any():
            taken[place] = True
            kept.append(Telling(place.start, place.stop - 1, float(ratio), min(1.0, float(score))))
        if len(kept) == MOST_TELLINGS:
            break
    return tuple(kept)


def stretch(led: Lines, first: int, last: int) -> Lines:
    """The notes from `first` to `last`, both included, as lines of their own."""
    chosen = slice(first, last + 1)
    return Lines(
        led.onset_s[chosen], led.end_s[chosen], led.pitch[chosen], led.surely[chosen],
        led.line[chosen],
    )  # fmt: skip
