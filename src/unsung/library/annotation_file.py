"""`annotations.jsonl`: what people wrote about an album, beside the music.

One line for each version of an annotation, in the order in which they came; lines are only ever
added, so the file is its own history. Two people's files are merged by putting their lines
together. A line says what was written (`annotation`, W3C JSON-LD), whether it came from another's
file (`imported`), and which earlier version it takes back (`undoes`).
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from unsung.library.growing_file import add_lines, alone
from unsung.library.testimony_file import BESIDE_THE_MUSIC
from unsung.library.web_annotation import annotation_of, later, w3c_of
from unsung.model.annotation import Annotation, newest
from unsung.model.errors import LibraryError

ANNOTATIONS_NAME = "annotations.jsonl"
MOST_BYTES = 64 * 2**20


@frozen
class Entry:
    """One line: a version, and how it came to be written."""

    annotation: Annotation
    is_imported: bool = False
    undoes: str = ""


def annotations_path(home: Path) -> Path:
    """Where it lies: beside the music, or in a project folder that does not lie there."""
    return (home.parent if home.name == BESIDE_THE_MUSIC else home) / ANNOTATIONS_NAME


def entries(path: Path) -> tuple[Entry, ...]:
    """All lines in their order; none where there is no file. An end cut short is passed over."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LibraryError(f"{path} could not be read ({error.strerror})") from error
    if len(content) > MOST_BYTES:
        raise LibraryError(f"{path} is larger than {MOST_BYTES // 2**20} MB; it is no comment file")
    whole = content[: content.rfind(b"\n") + 1]
    return tuple(_entry(path, at, line) for at, line in _numbered(whole))


def keep_entries(path: Path, new: Iterable[Entry]) -> None:
    """Add lines at the end of the file, all of them or, where the program dies, none that count."""
    lines = "".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in new)
    try:
        with alone(path) as file:
            add_lines(file, lines)
    except OSError as error:
        raise LibraryError(
            f"{path} could not be written ({error.strerror}); free some space, or allow writing"
        ) from error


def missing(known: Iterable[Entry], others: Iterable[Annotation]) -> tuple[Entry, ...]:
    """The lines to add so that what `others` wrote is known too; none where all of it is."""
    held = newest(one.annotation for one in known)
    both = newest([*held.values(), *others])
    return tuple(Entry(one, is_imported=True) for id_, one in both.items() if held.get(id_) != one)


def undone(known: Iterable[Entry], now: datetime) -> Entry | None:
    """The line that takes back what was written here last; None where nothing is left to undo."""
    every, left = tuple(known), list[int]()
    for at, one in enumerate(every):
        if one.undoes and left:
            left.pop()
        elif not one.is_imported:
            left.append(at)
    if not left:
        return None
    last = every[left[-1]].annotation
    before = newest(one.annotation for one in every[: left[-1]]).get(last.id)
    restored = before or evolve(last, is_removed=True, text="")
    held = newest(one.annotation for one in every)[last.id]
    return Entry(evolve(restored, modified=later(held.modified, now)), undoes=last.modified)


def _numbered(content: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        plain = json.loads(line)
        annotation = annotation_of(plain["annotation"])
        return Entry(annotation, bool(plain.get("imported")), str(plain.get("undoes", "")))
    except (LibraryError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LibraryError(f"{path}, line {number} is no annotation ({error})") from error


def _plain(one: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = {"annotation": w3c_of(one.annotation)}
    if one.is_imported:
        plain["imported"] = True
    return plain | ({"undoes": one.undoes} if one.undoes else {})
