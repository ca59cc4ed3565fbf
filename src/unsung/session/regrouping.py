"""What people say of whole motifs, written down: that two are one, that some places are another."""

from collections.abc import Iterable, Sequence
from typing import Any

from unsung.library.testimony_file import place_row
from unsung.model.errors import SettingsError
from unsung.model.motif import Motif, Occurrence, Passage
from unsung.motifs.membership import free_label
from unsung.session.returning import keep_said, labels_given, said_of
from unsung.store import Project


def keep_joining(project: Project, stands: Motif, joins: Motif) -> None:
    """Write down that two motifs are one; label and prototype of the first stand."""
    if stands.label == joins.label:
        raise SettingsError(f"{joins.label} and {stands.label} are one motif already; name another")
    places = {"places": _rows(stands.occurrences), "joined_places": _rows(joins.occurrences)}
    keep_said(project, {"motif": stands.label, "joined": joins.label, **places, "holds": True})


def keep_parting(
    project: Project,
    motif: Motif,
    chosen: Sequence[Occurrence],
    known: Iterable[Motif],
    name: str = "",
) -> str:
    """Write down that these places of a motif are one of their own; the label that it gets.

    `known` are the motifs of the album: no label of theirs is given again.
    """
    every = len(motif.occurrences)
    if not chosen:
        raise SettingsError(f"no place of {motif.label} was chosen; it has 1 to {every}")
    if len(chosen) >= every:
        raise SettingsError(
            f"that is every place of {motif.label}; leave at least one of the {every}"
        )
    label = _new_label(project, known)
    said = {"motif": motif.label, "parted": label, "places": _rows(chosen), "called": name}
    keep_said(project, {**said, "holds": True})
    return label


def _rows(places: Iterable[Occurrence]) -> list[list[Any]]:
    return [place_row(Passage(one.track_file, one.span)) for one in places]


def _new_label(project: Project, known: Iterable[Motif]) -> str:
    """One that no motif of this album was ever known by."""
    said = {one.label for one in said_of(project).partings}
    return free_label({*labels_given(project), *said, *(name for it in known for name in it.names)})
