"""Occurrences written beneath their prototype: those that have most to show, note under note."""

from attrs import frozen

from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.pages.notation import (
    Passage,
    Picture,
    Stave,
    beside,
    occurrence_key,
    picture,
    readable_notes,
)
from unsung.pages.report.places import Places, sounds_in, spoken, title

MOST_OF_ALL, MOST_OF_ONE, FEWEST_OF_ONE = 60, 12, 2
"""How many are engraved on a page, and of one motif: engraving is what takes time and room."""
_SCALE = 0.95
_ONLY_ANOTHER_DRESS = {"key", "tempo", "register", "instrument", "harmony"}


@frozen
class Above:
    """The prototype as it is written above: how the page names it, its notes, its passage."""

    name: str
    motif: Motif
    notes: Notes
    passage: Passage


def beneath(above: Above, places: Places, most: int) -> dict[int, Picture]:
    """By its place among the occurrences, each that is drawn under the prototype."""
    told = most_telling(above.motif, most) if above.passage.chords else []
    return {k: _beside(f"{above.name}-{k}", above, k, places) for k in told}


def most_of_one(motifs: int) -> int:
    """How many occurrences of each are drawn on a page of that many motifs."""
    return max(FEWEST_OF_ONE, min(MOST_OF_ONE, MOST_OF_ALL // max(1, motifs)))


def most_telling(motif: Motif, most: int) -> list[int]:
    """Those that changed most and each in its own way, in the order of the album."""
    changed = [k for k, one in enumerate(motif.occurrences) if is_changed(motif, one)]
    by_change = sorted(changed, key=lambda k: _telling(motif.occurrences[k]), reverse=True)
    ways = [motif.occurrences[k].changes for k in by_change]
    is_first = [way not in ways[:place] for place, way in enumerate(ways)]
    first = [k for k, new in zip(by_change, is_first, strict=True) if new]
    again = [k for k, new in zip(by_change, is_first, strict=True) if not new]
    return sorted([*first, *again][:most])


def is_changed(motif: Motif, one: Occurrence) -> bool:
    """Whether there is something to see note by note."""
    return bool(one.changes) and len(one.notes) > 0 and not motif.is_prototype(one)


def _telling(one: Occurrence) -> tuple[int, int, float]:
    """Changes of its notes first, then of its dress; the surer, the better."""
    return len(set(one.changes) - _ONLY_ANOTHER_DRESS), len(one.changes), one.confidence


def _beside(name: str, above: Above, number: int, places: Places) -> Picture:
    motif, one = above.motif, above.motif.occurrences[number]
    hearing = places.hearing(one)
    notes, key = readable_notes(hearing, one, above.notes), occurrence_key(hearing, one.span)
    upper, lower = beside(above.passage, notes, one.pairs, one.tempo_ratio, key)
    staves = [
        Stave(f"{name}-p", upper, sounds_in(motif.prototype, places)),
        Stave(f"{name}-o", lower, sounds_in(one, places)),
    ]
    label = f"{title(motif)} above; below, as it is here: {spoken(lower)}"
    return picture(label, staves, _SCALE)
