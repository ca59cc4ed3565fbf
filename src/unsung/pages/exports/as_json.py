"""Tables as JSON that explains itself: columns with meanings and units, then the rows.

`null` means no answer; outcomes such as `silent` are words; nothing is NaN. `not_heard` says why
a track lacks an answer, `unheard` which files could not be heard at all.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from attrs import asdict

from unsung import __version__
from unsung.model.hearing import Soundtrack
from unsung.pages.exports.columns import Column, encodable
from unsung.pages.exports.kinds import ExportKind, Table
from unsung.pages.exports.material import Material

Json = dict[str, object]


def rows_json(kind: ExportKind, material: Material) -> str:
    """One table as objects, one a line."""
    table = kind.table(material)
    head = _head(material.soundtrack, (kind,)) | {"columns": columns_json(kind.columns)}
    return _object([*_members(head), ("rows", _lines(_rows(table)))])


def tables_json(kinds: Sequence[ExportKind], material: Material) -> str:
    """All tables, each as one list a column: short, and one call makes a data frame of each."""
    columns = {kind.what: columns_json(kind.columns) for kind in kinds}
    head = _head(material.soundtrack, kinds) | {"columns": columns}
    tables = ",\n".join(
        f"{_dumped(kind.what)}: {_object(_columns(kind.table(material)))}" for kind in kinds
    )
    return _object([*_members(head), ("tables", f"{{\n{tables}\n}}")])


def columns_json(columns: Iterable[Column]) -> list[Json]:
    """The dictionary's entries for these columns, without what does not apply."""
    return [
        {name: value for name, value in asdict(column).items() if value not in ("", ())}
        for column in columns
    ]


def _head(soundtrack: Soundtrack, kinds: Sequence[ExportKind]) -> Json:
    return {
        "unsung": __version__,
        "album": encodable(soundtrack.album.title),
        "unheard": [
            {"file": encodable(one.file), "reason": one.reason} for one in soundtrack.unheard
        ],
        "not_heard": list(_absences(soundtrack, kinds)),
    }


def _absences(soundtrack: Soundtrack, kinds: Sequence[ExportKind]) -> Iterator[Json]:
    for heard in soundtrack.heard:
        for kind in kinds:
            if reason := kind.absence(heard):
                track = encodable(heard.track.title)
                position = heard.track.position
                yield {"position": position, "track": track, "what": kind.what, "reason": reason}


def _rows(table: Table) -> Iterator[Json]:
    names = table.names
    return (dict(zip(names, row, strict=True)) for row in table.rows)


def _columns(table: Table) -> list[tuple[str, str]]:
    cells = zip(table.names, table.cells, strict=True)
    return [(name, _dumped(values)) for name, values in cells]


def _members(json_object: Json) -> list[tuple[str, str]]:
    return [(name, _dumped(value)) for name, value in json_object.items()]


def _lines(values: Iterable[object]) -> str:
    return "[\n" + ",\n".join(_dumped(value) for value in values) + "\n]"


def _object(members: Iterable[tuple[str, str]]) -> str:
    return "{\n" + ",\n".join(f"{_dumped(name)}: {text}" for name, text in members) + "\n}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
