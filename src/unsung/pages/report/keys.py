"""Where the music of the album is at home: the time spent in each key."""

from collections import defaultdict
from collections.abc import Iterable

from unsung.model.hearing import Hearing
from unsung.model.outcomes import Outcome, Undecided
from unsung.model.pitch import Key


def key_shares(hearings: Iterable[Hearing]) -> list[tuple[Key | Undecided, float]]:
    """Each key with its share of all the time (0..1), the longest first; last, undecided."""
    lengths_s: defaultdict[Key | Undecided, float] = defaultdict(float)
    for hearing in hearings:
        for one in hearing.key.spans:
            lengths_s[one.key] += one.span.duration_s
    whole_s = sum(lengths_s.values())
    shares = [(key, length_s / whole_s) for key, length_s in lengths_s.items()]
    return sorted(shares, key=lambda pair: (isinstance(pair[0], Outcome), -pair[1]))
