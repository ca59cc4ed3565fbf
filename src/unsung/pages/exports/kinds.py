"""What can be exported: a name, its columns, and where the values come from."""

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat

from attrs import frozen

from unsung.model.hearing import Heard
from unsung.model.outcomes import NotHeard
from unsung.pages.exports.columns import Cell, Column, Values
from unsung.pages.exports.material import Material

Block = tuple[Values, ...]
"""Rows of one table, held as one sequence of equal length for each column."""

POSITION = Column("position", "whole number", "Place of the track in album order.", range="1..")
TRACK = Column("track", "text", "Title of the track; titles may repeat, positions do not.")


@frozen
class Table:
    """Columns, and for each of them its cells from the first row to the last."""

    columns: tuple[Column, ...]
    cells: tuple[list[Cell], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The heading."""
        return tuple(column.name for column in self.columns)

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells, a row at a time."""
        return zip(*self.cells, strict=True)


@frozen
class ExportKind:
    """One thing to export. `answer` names the part of a `Hearing` that it writes down."""

    what: str
    meaning: str
    columns: tuple[Column, ...]
    blocks: Callable[[Material], Iterable[Block]]
    answer: str = ""

    def table(self, material: Material) -> Table:
        """The table of the whole album; no rows where nothing was heard."""
        cells: tuple[list[Cell], ...] = tuple([] for _ in self.columns)
        for block in self.blocks(material):
            for column, below, values in zip(self.columns, cells, block, strict=True):
                below.extend(column.cells(values))
        return Table(self.columns, cells)

    def absence(self, heard: Heard) -> str:
        """Why this track has no answer; empty where it has one."""
        answer = getattr(heard.hearing, self.answer, None)
        return answer.reason if isinstance(answer, NotHeard) else ""


def by_track(
    what: str,
    meaning: str,
    columns: tuple[Column, ...],
    block: Callable[[Heard], Block],
    answer: str = "",
) -> ExportKind:
    """A table over all tracks, each row led by the track's position and title."""

    def blocks(material: Material) -> Iterator[Block]:
        for heard in material.soundtrack.heard:
            values = block(heard)
            count = len(values[0])
            position, title = heard.track.position, heard.track.title
            yield [*repeat(position, count)], [*repeat(title, count)], *values

    return ExportKind(what, meaning, (POSITION, TRACK, *columns), blocks, answer)
