"""Counts that a person brings in a CSV file: exports, notes, figures read off a page.

One line a number: `subject,indicator,value,source,date,licence`. `subject` is `album`, `work`, or a
track (its title, file or position). An empty value is unknown, never zero. The first line names
the columns, in any order; a line that cannot be read is named, and nothing of the file is used.
"""

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from unsung.model.errors import SourceError
from unsung.model.world import ALBUM, INDICATORS, WORK, Answer, Row, Subject, Unknown, World

COLUMNS = ("subject", "indicator", "value", "source", "date", "licence")
_MOST_BYTES = 16_000_000


def counts(content: bytes, name: str, tracks: Mapping[str, str]) -> World:
    """What a file of counts says; `tracks` are files by title, file and position."""
    if len(content) > _MOST_BYTES:
        raise SourceError(
            f"{name} is larger than {_MOST_BYTES} bytes; leave out what is not counts"
        )
    world, digest = World(), hashlib.sha256(content).hexdigest()
    for line, cells in _lines(content, name):
        try:
            world += _read(cells, line, name, digest, tracks)
        except ValueError as error:
            raise SourceError(f"{name}, line {line}: {error}") from error
    return world


def _lines(content: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise SourceError(
                f"{name} lacks the column {min(missing)!r}; the first line must be"
                f" {','.join(COLUMNS)}"
            )
        for cells in reader:
            yield reader.line_num, {key: (cells[key] or "").strip() for key in COLUMNS}
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{name} cannot be read as UTF-8 CSV: {error}") from error


def _read(
    cells: dict[str, str], line: int, name: str, digest: str, tracks: Mapping[str, str]
) -> World:
    subject, indicator = _subject(cells["subject"], tracks), cells["indicator"]
    if indicator not in INDICATORS:
        raise ValueError(
            f"unknown indicator {indicator!r}; there are {', '.join(sorted(INDICATORS))}"
        )
    if not cells["value"]:
        reason = "the file leaves it empty"
        return World(unknown=(Unknown(subject, indicator, cells["source"] or name, reason),))
    answer = Answer(
        source=cells["source"] or name,
        address=f"file {name}",
        retrieved_at=_instant(cells["date"]),
        digest=digest,
        licence=cells["licence"] or "not stated",
    )
    return World((Row(subject, indicator, _number(cells["value"]), answer, f"line {line}/value"),))


def _subject(said: str, tracks: Mapping[str, str]) -> Subject:
    if said in ("album", "work"):
        return ALBUM if said == "album" else WORK
    if said not in tracks:
        raise ValueError(
            f"no track {said!r}; a subject is album, work, a title, a file or a position"
        )
    return Subject("track", tracks[said])


def _number(said: str) -> float:
    try:
        value = float(said)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"a value is a plain number from 0, such as 1234, not {said!r}")
    return value


def _instant(said: str) -> str:
    try:
        when = date.fromisoformat(said)
    except ValueError:
        raise ValueError(f"a date is written 2026-11-21, not {said!r}") from None
    return datetime(when.year, when.month, when.day, tzinfo=UTC).isoformat(timespec="seconds")
