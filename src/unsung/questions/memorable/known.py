"""The lines of an album, the melodies they are compared with, and which of these each is near.

Every known melody is asked about once: folk tunes, and the user's that name a tradition, by the
question of culture; all others by the question of memorable themes.
"""

from attrs import frozen

from unsung.model.dossier import Dossier
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.iconic import Incipit, Likeness
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.iconic.catalogue import shipped_incipits
from unsung.motifs.iconic.likeness import known, likenesses

FEWEST_NOTES = 5


@frozen(eq=False)
class Line:
    """A motif's prototype, or (`motif_name` empty) what leads in a track."""

    heard: Heard
    notes: Notes
    motif_name: str = ""


@frozen(eq=False)
class Near:
    """A line and a known melody near it."""

    line: Line
    likeness: Likeness

    @property
    def span(self) -> Span:
        """From the first note that answers to the end of the last."""
        first, last = (self.likeness.pairs[at][1] for at in (0, -1))
        ends_s = float(self.line.notes.end_s[first : last + 1].max())
        return Span(float(self.line.notes.onset_s[first]), ends_s)


@frozen(eq=False)
class Search:
    """How many lines were compared, and all that came near: undecided, alike, or quoted."""

    lines: int
    near: tuple[Near, ...]


def famous(dossier: Dossier) -> tuple[Incipit, ...]:
    """The famous melodies that are no folk tunes, and the user's that name no tradition."""
    return tuple(one for one in _all(dossier) if not _is_folk(one))


def folk(dossier: Dossier) -> tuple[Incipit, ...]:
    """The folk tunes, and the user's melodies that name a tradition."""
    return tuple(one for one in _all(dossier) if _is_folk(one))


def kinships(soundtrack: Soundtrack, melodies: tuple[Incipit, ...]) -> Search:
    """What of these melodies any motif, or what leads in any track, comes near to.

    The chances take into account that so many lines were asked about.
    """
    lines = _lines(soundtrack)
    catalogue = known(melodies)
    near = (
        Near(line, one)
        for line in lines
        for one in likenesses(line.notes, catalogue, asked=len(lines))
        if one.kinship != "none" and len(one.pairs) > 1
    )
    return Search(len(lines), tuple(near))


def _all(dossier: Dossier) -> tuple[Incipit, ...]:
    return (*shipped_incipits(), *dossier.melodies)


def _is_folk(one: Incipit) -> bool:
    return one.kind == "folk" or (one.kind == "own" and bool(one.tradition))


def _lines(soundtrack: Soundtrack) -> tuple[Line, ...]:
    by_file = {one.track.file: one for one in soundtrack.heard}
    motifs = [
        Line(
            by_file[one.prototype.track_file], one.prototype.notes, one.name or f"motif {one.label}"
        )
        for one in soundtrack.motifs
        if one.prototype.track_file in by_file
    ]
    leading = [Line(one, one.hearing.melody) for one in soundtrack.heard]
    return tuple(one for one in (*motifs, *leading) if len(one.notes) >= FEWEST_NOTES)
