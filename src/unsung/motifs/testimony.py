"""What people said of motifs, laid over what was found: their word stands above the machine's.

It is heeded in the order in which it was said. A place that was confirmed belongs to its motif, and
is sought like the prototype: what is found from it, and not yet known, joins the motif. A place
that was rejected is left out, and stays out unless it is confirmed later. A motif that nobody found
but a person is added. Names and meanings are a person's alone.
"""

from collections.abc import Mapping, Sequence

from attrs import evolve

from unsung.model.harmony import Chords
from unsung.model.motif import (
    Joining,
    Motif,
    Naming,
    Occurrence,
    Parting,
    Passage,
    Said,
    Statement,
    Testimony,
    is_label,
    motif_called,
)
from unsung.motifs.answering import as_prototype
from unsung.motifs.beneath import with_harmony
from unsung.motifs.membership import (
    free_label,
    holder,
    is_among,
    only,
    replaced,
    with_places,
)
from unsung.motifs.regrouping import Search, joined, parted

_SURE_ENOUGH = 0.9
"""What is found from a person's statement joins the motif from this confidence on."""


def as_said(
    found: tuple[Motif, ...], testimony: Testimony, search: Search, chords: Mapping[str, Chords]
) -> tuple[Motif, ...]:
    """The motifs found, as people have named, confirmed, rejected, joined, parted and added them.

    `chords` are those of every track, by its file, in the order of the album.
    """
    order = {file: k for k, file in enumerate(chords)}

    def as_the_album_goes(one: Occurrence) -> tuple[int, float]:
        return order[one.track_file], one.span.start_s

    heeded = (
        evolve(one, occurrences=tuple(sorted(one.occurrences, key=as_the_album_goes)))
        for one in witnessed(found, testimony, search)
    )
    return with_harmony(tuple(heeded), chords)


def witnessed(found: tuple[Motif, ...], testimony: Testimony, search: Search) -> tuple[Motif, ...]:
    """The same, wherever the places lie on the album and whatever sounds beneath them."""
    motifs = found
    for k, said in enumerate(testimony.said):
        motifs = _heeded(motifs, said, testimony.said[:k], search)
    return motifs


def _heeded(
    motifs: tuple[Motif, ...], said: Said, before: Sequence[Said], search: Search
) -> tuple[Motif, ...]:
    match said:
        case Statement(holds=True):
            return _confirmed(motifs, said, before, search)
        case Statement():
            return _rejected(motifs, said)
        case Naming():
            return _named(motifs, said)
        case Joining():
            return joined(motifs, said, lambda motif: _rejected_of(motif, before))
        case Parting():
            return parted(motifs, said, search)


def _confirmed(
    motifs: tuple[Motif, ...], said: Statement, before: Sequence[Said], search: Search
) -> tuple[Motif, ...]:
    """The motif that is meant, or a new one, with the place and what is surely like it."""
    place = _place(said)
    own, likely = search(place)[:1], search(place)[1:]
    motif = _meant(motifs, said)
    if not own:
        return motifs
    if motif is None:
        return (*motifs, _new(said, own[0], likely, motifs))
    left_out = _rejected_of(motif, before)
    sure = (one for one in _sure(likely) if not is_among(one, left_out))
    return replaced(motifs, motif, _called(with_places(motif, (*own, *sure)), said.motif_name))


def _meant(motifs: tuple[Motif, ...], said: Statement) -> Motif | None:
    """The motif known by the name that was said, else the one that has the place."""
    return motif_called(motifs, said.motif_name) or holder(motifs, said.motif_name, [_place(said)])


def _new(
    said: Statement, own: Occurrence, likely: Sequence[Occurrence], motifs: Sequence[Motif]
) -> Motif:
    """A motif that only people heard; its first statement is the prototype."""
    prototype = as_prototype(own)
    taken = {name for motif in motifs for name in motif.names}
    free = is_label(said.motif_name) and said.motif_name not in taken
    alone = Motif(said.motif_name if free else free_label(taken), prototype, (prototype,))
    return _called(with_places(alone, _sure(likely)), said.motif_name)


def _sure(likely: Sequence[Occurrence]) -> list[Occurrence]:
    return [one for one in likely if one.confidence >= _SURE_ENOUGH]


def _called(motif: Motif, name: str) -> Motif:
    """The motif under the name by which people confirmed it, if they call it more than a letter."""
    if not name or is_label(name) or name in motif.names:
        return motif
    if motif.name:
        return evolve(motif, also_known_as=(*motif.also_known_as, name))
    return evolve(motif, name=name)


def _rejected(motifs: tuple[Motif, ...], said: Statement) -> tuple[Motif, ...]:
    """The motif without the place; gone if that was all of it."""
    motif = motif_called(motifs, said.motif_name)
    if motif is None:
        return motifs
    left = only(motif, [one for one in motif.occurrences if not is_among(one, [_place(said)])])
    return replaced(motifs, motif, *([left] if left else []))


def _rejected_of(motif: Motif, before: Sequence[Said]) -> list[Passage]:
    """Where people said that the motif is not."""
    said = (one for one in before if isinstance(one, Statement) and not one.holds)
    return [_place(one) for one in said if one.motif_name in motif.names]


def _named(motifs: tuple[Motif, ...], said: Naming) -> tuple[Motif, ...]:
    """The motif under its new name; what it was joined by lends its name only to the nameless."""
    motif = motif_called(motifs, said.motif_name)
    if motif is None:
        return motifs
    is_itself = said.motif_name in (motif.label, motif.name)
    also = motif.also_known_as if is_itself else (*motif.also_known_as, said.name)
    named = evolve(motif, also_known_as=tuple(dict.fromkeys(also)))
    if is_itself or not motif.name:
        named = evolve(
            named, name=said.name, meaning=said.meaning, meaning_source=said.meaning_source
        )
    return replaced(motifs, motif, named)


def _place(said: Statement) -> Passage:
    return Passage(said.track_file, said.span)
