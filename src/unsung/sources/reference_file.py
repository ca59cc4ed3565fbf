"""A reference set as a CSV file: one work a line, one column an indicator, empty where unknown.

The first line begins with `# ` and says in JSON what the set is, where it comes from, on what terms
and whether it is synthetic. Columns of merit begin with `heard `.
"""

import csv
import io
import json
import math
from collections.abc import Mapping
from typing import Any

from unsung.model.errors import SourceError
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.model.world import INDICATORS

_PLAIN = ("identifier", "title", "medium", "year", "language", "composers", "directors")
_HEARD = "heard "
_BETWEEN = " | "


def reference_text(reference: ReferenceSet) -> str:
    """The file of a reference set."""
    numbers = sorted({name for work in reference.works for name in work.numbers})
    heard = sorted({name for work in reference.works for name in work.merit_parts})
    text = io.StringIO()
    about = {
        "name": reference.name,
        "source": reference.source,
        "licence": reference.licence,
        "built_at": reference.built_at,
        "synthetic": reference.synthetic,
    }
    text.write(f"# {json.dumps(about, ensure_ascii=False)}\n")
    lines = csv.writer(text)
    lines.writerow([*_PLAIN, *numbers, *(_HEARD + name for name in heard)])
    for work in reference.works:
        lines.writerow(
            [*_plain(work), *_cells(work.numbers, numbers), *_cells(work.merit_parts, heard)]
        )
    return text.getvalue()


def reference_in(content: bytes, name: str) -> ReferenceSet:
    """The reference set that a file holds."""
    try:
        first, _, table = content.decode("utf-8-sig").partition("\n")
        about = json.loads(first.removeprefix("# "))
        lines = csv.DictReader(io.StringIO(table, newline=""), strict=True)
        _check(lines.fieldnames or ())
        works = tuple(_work(cells) for cells in lines)
        return ReferenceSet(
            name=str(about["name"]),
            works=works,
            source=str(about["source"]),
            licence=str(about["licence"]),
            built_at=str(about["built_at"]),
            synthetic=bool(about["synthetic"]),
        )
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise SourceError(
            f"{name} is not a reference set as `unsung reference` writes it: {error}"
        ) from error


def _plain(work: ReferenceWork) -> list[Any]:
    year = "" if work.year is None else work.year
    makers = (_BETWEEN.join(work.composers), _BETWEEN.join(work.directors))
    return [work.identifier, work.title, work.medium, year, work.language, *makers]


def _cells(numbers: Mapping[str, float], names: list[str]) -> list[str]:
    return [f"{numbers[name]:.6g}" if name in numbers else "" for name in names]


def _check(names: Any) -> None:
    missing = sorted(set(_PLAIN) - set(names))
    if missing:
        raise ValueError(f"the column {missing[0]!r} is missing")
    for name in set(names) - set(_PLAIN):
        if name not in INDICATORS and not str(name).startswith(_HEARD):
            raise ValueError(f"unknown column {name!r}")


def _work(cells: dict[str, str]) -> ReferenceWork:
    return ReferenceWork(
        identifier=cells["identifier"],
        title=cells["title"],
        medium=cells["medium"],
        year=int(cells["year"]) if cells["year"] else None,
        language=cells["language"],
        numbers=_numbers(cells, INDICATORS),
        merit_parts={
            name.removeprefix(_HEARD): value
            for name, value in _numbers(
                cells, [n for n in cells if str(n).startswith(_HEARD)]
            ).items()
        },
        composers=tuple(filter(None, cells["composers"].split(_BETWEEN))),
        directors=tuple(filter(None, cells["directors"].split(_BETWEEN))),
    )


def _numbers(cells: Mapping[str, str], names: Any) -> dict[str, float]:
    found = {name: float(cells[name]) for name in names if cells.get(name)}
    if not all(math.isfinite(value) for value in found.values()):
        raise ValueError("a number is not finite")
    return found
