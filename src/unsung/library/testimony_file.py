"""`motifs.jsonl`: what people say of an album's motifs, beside the music.

One line for each thing said, in the order it was said; nothing is ever changed or taken out, so the
file is its own history. The last word on a place, or on a motif's name, holds; a line whose
`holds` or `name` is null takes back what was said before.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from unsung.model.errors import LibraryError
from unsung.model.motif import Naming, Statement, Testimony
from unsung.model.time import Span

TESTIMONY_NAME = "motifs.jsonl"
BESIDE_THE_MUSIC = "unsung"
"""The name of a project folder that lies in its album."""
_PLACE = {"motif", "track", "start_s", "end_s", "holds", "by", "at"}
_NAME = {"motif", "name", "meaning", "source", "by", "at"}

Line = dict[str, Any]


def testimony_path(home: Path) -> Path:
    """Where it lies: beside the music, or in a project folder that does not lie there."""
    return (home.parent if home.name == BESIDE_THE_MUSIC else home) / TESTIMONY_NAME


def testimony(path: Path) -> Testimony:
    """All that is said in the file and holds; nothing where there is no file."""
    statements: dict[tuple[Any, ...], Statement | None] = {}
    namings: dict[str, Naming | None] = {}
    for number, line in _lines(path):
        try:
            if "name" in line:
                namings[_text(line, "motif")] = _naming(line)
            else:
                said = _statement(line)
                statements[_of(said)] = None if line["holds"] is None else said
        except (KeyError, TypeError, ValueError) as error:
            raise LibraryError(f"{path}, line {number}: {_reason(error)}") from error
    return Testimony(
        tuple(one for one in statements.values() if one),
        tuple(one for one in namings.values() if one),
    )


def with_said(path: Path, line: Line) -> bytes:
    """What the file holds once `line` is added; an end cut short by a crash is left out."""
    said = [*(known for _, known in _lines(path)), line]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said).encode()


def last_said(path: Path) -> Line | None:
    """The last line that takes nothing back and was not taken back."""
    left: dict[tuple[Any, ...], Line] = {}
    for _, line in _lines(path):
        key = ("name", line["motif"]) if "name" in line else _of(_statement(line))
        left.pop(key, None)
        if line.get("holds", line.get("name")) is not None:
            left[key] = line
    return next(reversed(left.values()), None)


def taken_back(line: Line) -> Line:
    """The line that takes `line` back."""
    return {**line, ("name" if "name" in line else "holds"): None}


def _lines(path: Path) -> Iterator[tuple[int, Line]]:
    """Each line with its number; a last line cut short by a crash is passed over."""
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path} could not be read: {error}") from error
    whole = content.splitlines()
    for number, text in enumerate(whole, start=1):
        try:
            line = json.loads(text)
        except ValueError as error:
            if number == len(whole) and not content.endswith("\n"):
                return
            raise LibraryError(f"{path}, line {number} is not valid JSON: {error}") from error
        if not isinstance(line, dict) or not (set(line) <= _PLACE or set(line) <= _NAME):
            raise LibraryError(f"{path}, line {number} is neither a statement nor a name")
        yield number, line


def _statement(line: Line) -> Statement:
    span = Span(float(line["start_s"]), float(line["end_s"]))
    holds = line["holds"]
    if holds not in (True, False, None):
        raise ValueError(f"holds is true, false or null, not {holds!r}")
    return Statement(
        _text(line, "track"), span, _text(line, "by"), _text(line, "motif"), holds is True
    )


def _naming(line: Line) -> Naming | None:
    if line["name"] is None:
        return None
    more = (line.get(key, "") for key in ("meaning", "source"))
    return Naming(_text(line, "motif"), _text(line, "name"), _text(line, "by"), *map(str, more))


def _of(said: Statement) -> tuple[Any, ...]:
    """What a statement is about: a later one about the same takes its place."""
    return said.track_file, said.span, said.motif_name


def _text(line: Line, key: str) -> str:
    value = line[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is a text, not {value!r}")
    return value.strip()


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
