"""Occurrences as a terminal shows them: a line each, in the order in which they are given."""

import unicodedata
from collections.abc import Sequence

from unsung.model.hearing import Soundtrack
from unsung.model.motif import Occurrence
from unsung.pages.report.motif_words import interval
from unsung.pages.report.wording import clock, number

_HEADINGS = ("#", "track", "time", "key", "tempo", "changes", "confidence")
_TO_THE_RIGHT = {0, 4, 6}
_LONGEST_TITLE = 32
_IN_OTHER_COLUMNS = {"key", "tempo"}
_NOTHING = "Nothing else in this album is so like it that luck would not explain it as well."


def occurrence_table(occurrences: Sequence[Occurrence], soundtrack: Soundtrack) -> str:
    """A table of plain text, as wide as it must be; a sentence where there is no occurrence.

    The key is told as an interval, the tempo as a ratio: 2.00 is twice as fast.
    """
    if not occurrences:
        return _NOTHING + "\n"
    rows = [_cells(k, one, soundtrack) for k, one in enumerate(occurrences, start=1)]
    widths = [max(map(_width, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    return "".join(_line(row, widths) for row in (_HEADINGS, *rows))


def _cells(rank: int, one: Occurrence, soundtrack: Soundtrack) -> tuple[str, ...]:
    track = soundtrack[one.track_file].track
    changes = [change for change in one.changes if change not in _IN_OTHER_COLUMNS]
    return (
        str(rank),
        f"{track.position:02d} {_short(track.title.strip() or track.file)}",
        f"{clock(one.span.start_s)}–{clock(one.span.end_s)}",
        interval(one.transposition_semitones),
        number(one.tempo_ratio, 2),
        ", ".join(changes) or "–",
        number(one.confidence, 2),
    )


def _short(title: str) -> str:
    """On one line, and cut where it is too long; what would move the cursor is left out."""
    plain = "".join(c if c.isprintable() else " " for c in title)
    while _width(plain) > _LONGEST_TITLE:
        plain = plain.removesuffix("…")[:-1] + "…"
    return plain


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        _padding(cell, width) + cell if k in _TO_THE_RIGHT else cell + _padding(cell, width)
        for k, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip() + "\n"


def _padding(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _width(text: str) -> int:
    """How many columns of a terminal it fills: two for a Chinese sign, none for an accent."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )
