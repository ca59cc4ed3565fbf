"""What people said of motifs, laid over what was found: their word stands above the machine's.

A place that was confirmed belongs to its motif, and is sought like the prototype: what is found
from it, and not yet known, joins the motif. A place that was rejected is left out. A motif that
nobody found but a person is added. Names and meanings are a person's alone.
"""

from collections.abc import Callable, Iterator

from attrs import evolve

from unsung.model.motif import Motif, Naming, Occurrence, Statement, Testimony
from unsung.model.notes import Notes
from unsung.motifs.answering import as_prototype, told_from
from unsung.motifs.beneath import with_harmony
from unsung.motifs.labels import label, place_of, same_place
from unsung.motifs.soundtrack import Sought, passage_of, returns_of

Search = Callable[[Statement], tuple[Occurrence, ...]]

_SURE_ENOUGH = 0.9
"""What is found from a person's statement joins the motif from this confidence on."""


def as_said(found: tuple[Motif, ...], testimony: Testimony, album: Sought) -> tuple[Motif, ...]:
    """The motifs found, as people have named, confirmed, rejected and added to them."""

    def search(statement: Statement) -> tuple[Occurrence, ...]:
        asked = passage_of(album, statement.track_file, statement.span)
        return _stated(statement, asked, returns_of(asked, album))

    return with_harmony(witnessed(found, testimony, search), album.tracks)


def witnessed(found: tuple[Motif, ...], testimony: Testimony, search: Search) -> tuple[Motif, ...]:
    """The same, given how to search from a statement (its own place comes first)."""
    motifs = list(found)
    for name, said in _by_motif(testimony.statements).items():
        confirmed = [one for one in said if one.holds]
        at = _meant(motifs, name, confirmed, testimony.namings)
        if at is not None:
            found_so = [place for one in confirmed for place in search(one)]
            motifs[at] = _called(_joined(motifs[at], found_so), name)
        elif confirmed:
            motifs.append(_new(name, confirmed, search, motifs))
            at = len(motifs) - 1
        if at is not None:
            left = _without(motifs[at], [one for one in said if not one.holds])
            motifs[at : at + 1] = [left] if left else []
    return tuple(_named(motif, testimony.namings) for motif in motifs)


def _by_motif(statements: tuple[Statement, ...]) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for one in statements:
        groups.setdefault(one.motif_name, []).append(one)
    return groups


def _meant(
    motifs: list[Motif], name: str, confirmed: list[Statement], namings: tuple[Naming, ...]
) -> int | None:
    """Which motif people mean: the one known by this name, else the one with most of the places."""
    known = {naming.name: naming.motif_name for naming in namings}
    for k, motif in enumerate(motifs):
        if motif.label in (name, known.get(name)):
            return k
    votes = [_confirmed_in(motif, confirmed) for motif in motifs]
    best = max(range(len(votes)), key=lambda k: votes[k], default=None)
    return best if best is not None and votes[best] else None


def _confirmed_in(motif: Motif, confirmed: list[Statement]) -> int:
    return sum(
        any(same_place(place_of(one), (said.track_file, said.span)) for one in motif.occurrences)
        for said in confirmed
    )


def _joined(motif: Motif, places: list[Occurrence]) -> Motif:
    """The motif with those of `places` that are sure enough and not yet its own."""
    own = list(motif.occurrences)
    for place in places:
        known = any(same_place(place_of(place), place_of(one)) for one in own)
        if not known and place.confidence >= _SURE_ENOUGH:
            own.append(told_from(motif.prototype, place))
    return evolve(motif, occurrences=_in_order(own, motif))


def _in_order(own: list[Occurrence], motif: Motif) -> tuple[Occurrence, ...]:
    """Known tracks in the order they had, then new ones by name."""
    order = list(dict.fromkeys(one.track_file for one in motif.occurrences))
    place = {file: k for k, file in enumerate(order)}
    last = len(order)
    return tuple(
        sorted(own, key=lambda one: (place.get(one.track_file, last), one.track_file, one.span))
    )


def _new(name: str, confirmed: list[Statement], search: Search, motifs: list[Motif]) -> Motif:
    """A motif that only people heard; its first statement is the prototype."""
    first = search(confirmed[0])
    prototype = as_prototype(first[0])
    taken = {motif.label for motif in motifs}
    free = name if _is_label(name) and name not in taken else _first_free(taken)
    alone = Motif(free, prototype, (prototype,), prominence=0.0)
    more = [place for one in confirmed[1:] for place in search(one)]
    return _called(_joined(alone, [*first[1:], *more]), name)


def _called(motif: Motif, name: str) -> Motif:
    """The motif under the name by which people confirmed it, unless that is a mere letter."""
    return motif if _is_label(name) or not name else evolve(motif, name=name)


def _first_free(taken: set[str]) -> str:
    return next(label(k) for k in range(len(taken) + 1) if label(k) not in taken)


def _is_label(name: str) -> bool:
    return name.isascii() and name.isalpha() and name.isupper() and len(name) <= 2


def _without(motif: Motif, rejected: list[Statement]) -> Motif | None:
    """The motif without what people rejected; the best that is left stands for it."""
    left = tuple(_not_rejected(motif, rejected))
    if not left:
        return None
    stands = motif.prototype
    if not any(place_of(stands) == place_of(one) for one in left):
        stands = as_prototype(max(left, key=lambda one: one.confidence))
        left = tuple(told_from(stands, one) for one in left)
    return evolve(motif, prototype=stands, occurrences=left)


def _not_rejected(motif: Motif, rejected: list[Statement]) -> Iterator[Occurrence]:
    for one in motif.occurrences:
        if not any(same_place(place_of(one), (no.track_file, no.span)) for no in rejected):
            yield one


def _named(motif: Motif, namings: tuple[Naming, ...]) -> Motif:
    for said in namings:
        if said.motif_name in (motif.label, motif.name):
            motif = evolve(
                motif, name=said.name, meaning=said.meaning, meaning_source=said.meaning_source
            )
    return motif


def _stated(
    statement: Statement, asked: Notes, places: tuple[Occurrence, ...]
) -> tuple[Occurrence, ...]:
    """The statement's own place, as certain as the person is, then the others."""
    own = as_prototype(
        Occurrence(statement.track_file, statement.span, confidence=1.0, notes=asked)
    )
    others = (one for one in places if not same_place(place_of(one), place_of(own)))
    return (own, *others)
