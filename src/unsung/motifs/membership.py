"""Which places belong to a motif: whose they are, taking some in, leaving some out.

A place is known by where it lies, never by its number: it is the same when an album is heard again
and its bounds have moved a little.
"""

from collections.abc import Iterable, Sequence

from attrs import evolve

from unsung.model.motif import Motif, Occurrence, Passage
from unsung.model.time import Span
from unsung.motifs.answering import as_prototype, told_from
from unsung.motifs.labels import label, place_of, same_place

_HALF = 0.5


def holder(motifs: Sequence[Motif], name: str, places: Sequence[Passage]) -> Motif | None:
    """The motif that has most of these places; of two that have as many, the one called `name`.

    None where none has half of them, or is half made of them.
    """
    held = {k: _held(motif, places) for k, motif in enumerate(motifs)}
    best = max(held, key=lambda k: (held[k], name in motifs[k].names), default=None)
    if best is None:
        return None
    enough = _HALF * min(len(motifs[best].occurrences), len(places))
    return motifs[best] if held[best] >= max(1.0, enough) else None


def with_places(motif: Motif, places: Iterable[Occurrence]) -> Motif:
    """The motif with these places besides, told from its prototype; what it has is not doubled."""
    own = list(motif.occurrences)
    for place in places:
        if not any(same_place(place_of(place), place_of(one)) for one in own):
            own.append(told_from(motif.prototype, place))
    return evolve(motif, occurrences=tuple(own))


def only(motif: Motif, left: Sequence[Occurrence]) -> Motif | None:
    """The motif with no more than these; without its prototype the surest stands for it.

    None where nothing is left.
    """
    if not left:
        return None
    if any(motif.is_prototype(one) for one in left):
        return evolve(motif, occurrences=tuple(left))
    return standing(motif, left)


def standing(motif: Motif, occurrences: Sequence[Occurrence]) -> Motif:
    """The motif made of these, all told from the surest of them: of equals, the first."""
    prototype = as_prototype(max(occurrences, key=lambda one: one.confidence))
    told = tuple(told_from(prototype, one) for one in occurrences)
    return evolve(motif, prototype=prototype, occurrences=told)


def at_places(motif: Motif, places: Iterable[Passage]) -> tuple[Occurrence, ...]:
    """Its occurrences at these places: at each, if any, the one that shares most with it."""
    found = [_nearest(motif, place) for place in places]
    return tuple(one for one in motif.occurrences if any(one is it for it in found))


def is_among(one: Occurrence, places: Iterable[Passage]) -> bool:
    """Whether an occurrence lies at one of these places."""
    return any(same_place(place_of(one), (it.track_file, it.span)) for it in places)


def replaced(motifs: Sequence[Motif], before: Motif, *after: Motif) -> tuple[Motif, ...]:
    """The motifs with others, or none, where one of them was."""
    at = next(k for k, one in enumerate(motifs) if one is before)
    return (*motifs[:at], *after, *motifs[at + 1 :])


def free_label(taken: Iterable[str]) -> str:
    """The first label that nothing goes by."""
    known = set(taken)
    return next(label(k) for k in range(len(known) + 1) if label(k) not in known)


def _nearest(motif: Motif, place: Passage) -> Occurrence | None:
    there = (one for one in motif.occurrences if is_among(one, (place,)))
    return max(there, key=lambda one: _shared(one.span, place.span), default=None)


def _shared(one: Span, other: Span) -> float:
    """The share of what both cover together that each covers."""
    both_s = one.overlap_s(other)
    return both_s / (one.duration_s + other.duration_s - both_s)


def _held(motif: Motif, places: Sequence[Passage]) -> int:
    return sum(any(is_among(one, (place,)) for one in motif.occurrences) for place in places)
