"""The letters by which motifs are known: they stay with a motif when an album is heard again."""

import string
from collections.abc import Iterator

from attrs import evolve

from unsung.model.motif import Motif, Occurrence
from unsung.model.time import Span

Place = tuple[str, Span]
_SAME = 0.5


def label(k: int) -> str:
    """A, B, … Z, then AA, AB and so on."""
    letters = string.ascii_uppercase
    return letters[k] if k < 26 else label(k // 26 - 1) + letters[k % 26]


def relabelled(found: tuple[Motif, ...], before: dict[str, tuple[Place, ...]]) -> tuple[Motif, ...]:
    """The motifs under the labels they had `before`, where half of their places are still shared.

    A label that was given once is not given to another motif, not even when its own is gone. Who
    shares most is served first.
    """
    taken = dict(_claims(found, before))
    free = iter(_unused(set(before)))
    return tuple(
        evolve(motif, label=taken[k] if k in taken else next(free)) for k, motif in enumerate(found)
    )


def same_place(one: Place, other: Place) -> bool:
    """Whether two places share half of the shorter one."""
    if one[0] != other[0]:
        return False
    shorter = min(one[1].duration_s, other[1].duration_s)
    return one[1].overlap_s(other[1]) >= _SAME * shorter


def place_of(one: Occurrence) -> Place:
    """Where an occurrence lies."""
    return one.track_file, one.span


def _claims(
    found: tuple[Motif, ...], before: dict[str, tuple[Place, ...]]
) -> Iterator[tuple[int, str]]:
    """Which motif is which of those before; each is at most one."""
    shares = sorted(
        (-_shared(motif, places), k, known)
        for k, motif in enumerate(found)
        for known, places in before.items()
    )
    motifs, labels = set[int](), set[str]()
    for share, k, known in shares:
        if -share >= _SAME and k not in motifs and known not in labels:
            motifs.add(k)
            labels.add(known)
            yield k, known


def _shared(motif: Motif, places: tuple[Place, ...]) -> float:
    """The share of places that both have, of those the smaller has."""
    both = sum(
        any(same_place(place_of(one), place) for place in places) for one in motif.occurrences
    )
    return both / max(1, min(len(motif.occurrences), len(places)))


def _unused(known: set[str]) -> Iterator[str]:
    k = 0
    while True:
        if label(k) not in known:
            yield label(k)
        k += 1
