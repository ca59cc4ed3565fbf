"""Motifs that people say are one, and places that they say are a motif of their own.

What they mean is known by the places they saw, so it holds when the album is heard again: whatever
the motifs are labelled then, and also where the machine has come to say the same by itself.
"""

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve

from unsung.model.motif import Joining, Motif, Occurrence, Parting, Passage
from unsung.motifs.commonness import surprise_bits
from unsung.motifs.membership import (
    at_places,
    free_label,
    holder,
    is_among,
    only,
    replaced,
    standing,
    with_places,
)

Search = Callable[[Passage], tuple[Occurrence, ...]]
"""A passage, as certain as the person who marked it; then where it comes back. None elsewhere."""


def joined(
    motifs: tuple[Motif, ...], said: Joining, rejected: Callable[[Motif], list[Passage]]
) -> tuple[Motif, ...]:
    """The motifs, the second of the two part of the first; `rejected`: places said not to be its.

    Label and prototype of the first stand, and its name, if it has one. What the other was called
    leads to it from now on.
    """
    stands = holder(motifs, said.motif_name, said.places)
    joins = holder(motifs, said.other_name, said.other_places)
    if stands is None or joins is None or stands is joins:
        return _known_as_one(motifs, stands or joins, said)
    left_out = rejected(stands)
    kept = [one for one in joins.occurrences if not is_among(one, left_out)]
    whole = _carried_over(with_places(stands, kept), joins)
    return by_prominence(replaced(replaced(motifs, joins), stands, whole))


def parted(motifs: tuple[Motif, ...], said: Parting, search: Search) -> tuple[Motif, ...]:
    """The motifs, these places a motif of their own; what is not found by itself is as it is said.

    The surest of the places stands for it. Its prominence is the share that its places have.
    """
    whole = holder(motifs, said.motif_name, said.places)
    own = at_places(whole, said.places) if whole else ()
    missed = [place for place in said.places if not any(is_among(one, (place,)) for one in own)]
    chosen = [*own, *(one for place in missed for one in search(place)[:1])]
    if not chosen:
        return motifs
    rest = only(whole, _others(whole, own)) if whole else None
    left = replaced(motifs, whole, *([rest] if rest else [])) if whole else motifs
    alone = standing(_drawn_from(whole, rest, chosen), chosen)
    return by_prominence((*left, _called(alone, said, left, rest)))


def by_prominence(motifs: Iterable[Motif]) -> tuple[Motif, ...]:
    """The most prominent first; of equals, in the order they had."""
    return tuple(sorted(motifs, key=lambda one: -one.prominence))


def _others(motif: Motif, own: Sequence[Occurrence]) -> list[Occurrence]:
    return [one for one in motif.occurrences if not any(one is it for it in own)]


def _known_as_one(motifs: tuple[Motif, ...], one: Motif | None, said: Joining) -> tuple[Motif, ...]:
    """Nothing is left to join: the one that is there goes by both labels."""
    if one is None:
        return motifs
    others = {other.label for other in motifs}
    names = [name for name in (said.motif_name, said.other_name) if name not in others]
    return replaced(motifs, one, _also_known_as(one, names))


def _carried_over(whole: Motif, joins: Motif) -> Motif:
    """Name and meaning of what joins, where what stands has none; as other names otherwise."""
    known = _also_known_as(whole, (joins.label, joins.name, *joins.also_known_as))
    meant = whole if whole.meaning else joins
    return evolve(
        known,
        name=whole.name or joins.name,
        meaning=meant.meaning,
        meaning_source=meant.meaning_source,
        prominence=max(whole.prominence, joins.prominence),
    )


def _also_known_as(motif: Motif, names: Iterable[str]) -> Motif:
    every = dict.fromkeys((*motif.also_known_as, *names))
    return evolve(
        motif, also_known_as=tuple(name for name in every if name and name != motif.label)
    )


def _drawn_from(whole: Motif | None, rest: Motif | None, chosen: Sequence[Occurrence]) -> Motif:
    """What the places were part of; where nothing of it is left, they are all of it."""
    if whole is None:
        return Motif("", chosen[0], tuple(chosen))
    if rest is None:
        return whole
    share = len(chosen) / (len(chosen) + len(rest.occurrences))
    return Motif("", chosen[0], tuple(chosen), prominence=whole.prominence * share)


def _called(alone: Motif, said: Parting, others: Sequence[Motif], rest: Motif | None) -> Motif:
    """The label that was said, unless another motif goes by it."""
    taken = {name for one in others for name in one.names}
    return evolve(
        alone,
        label=free_label(taken) if said.label in taken else said.label,
        name=said.name or alone.name,
        surprise_bits=surprise_bits(alone.prototype.notes),
        parted_from=rest.label if rest else said.motif_name,
    )
