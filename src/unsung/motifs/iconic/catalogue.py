"""The famous melodies that come with Unsung, and melodies in ABC as incipits.

`catalogue.abc` was typed in for Unsung; each entry says where its notes are from and why they are
free. Only melodies of authors who died in 1955 or before, or who are unknown, are in it.
"""

from functools import cache
from importlib.resources import files
from typing import get_args

from unsung.model.iconic import Incipit, IncipitKind
from unsung.motifs.iconic.abc import AbcTune, abc_tunes

TABLE = "catalogue.abc"


@cache
def shipped_incipits() -> tuple[Incipit, ...]:
    """The catalogue that comes with Unsung."""
    text = (files("unsung.motifs.iconic") / TABLE).read_text(encoding="utf-8")
    return tuple(incipit(tune) for tune in abc_tunes(text))


def folk_incipits() -> tuple[Incipit, ...]:
    """The folk melodies and chants among them: what has no single author."""
    return tuple(one for one in shipped_incipits() if one.kind in {"folk", "plainchant"})


def incipit(tune: AbcTune) -> Incipit:
    """A tune as an incipit; a kind that Unsung does not know makes it the user's own."""
    said = tune.said
    kind: IncipitKind = "own"
    for known in get_args(IncipitKind):
        if said.get("G") == known:
            kind = known
    verified = said.get("Z", "")
    return Incipit(
        name=tune.title or f"tune {said.get('X', '')}".strip(),
        notes=tune.notes,
        kind=kind,
        by=said.get("C", ""),
        dated=said.get("H", ""),
        tradition=said.get("O", ""),
        source=said.get("S", ""),
        free_because=said.get("N", ""),
        verified_against="" if verified == "none" else verified,
        key=said.get("K", ""),
        metre=said.get("M", ""),
    )
