"""`motifs.jsonl`: what people say of an album's motifs, beside the music.

One line for each thing said, in the order it was said; nothing is ever changed or taken out, so the
file is its own history, and the files of two people are put together by putting one after the
other. The last word on a place, or on a motif's name, holds; a line whose `holds` or `name` is null
takes back what was said before.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from unsung.model.errors import LibraryError
from unsung.model.motif import Joining, Naming, Parting, Passage, Said, Statement, Testimony
from unsung.model.time import Span

TESTIMONY_NAME = "motifs.jsonl"
BESIDE_THE_MUSIC = "unsung"
"""The name of a project folder that lies in its album."""
_ALWAYS = {"motif", "by", "at"}
_PLACE = _ALWAYS | {"track", "start_s", "end_s", "holds"}
_NAME = _ALWAYS | {"name", "meaning", "source"}
_JOINED = _ALWAYS | {"joined", "places", "joined_places", "holds"}
_PARTED = _ALWAYS | {"parted", "places", "called", "holds"}
_KINDS = (_PLACE, _NAME, _JOINED, _PARTED)
_WORDS_ON_IT = {"holds", "name", "meaning", "source", "called", "by", "at"}
"""What a line says; all else in it is what it says it of."""

Line = dict[str, Any]


def testimony_path(home: Path) -> Path:
    """Where it lies: beside the music, or in a project folder that does not lie there."""
    return (home.parent if home.name == BESIDE_THE_MUSIC else home) / TESTIMONY_NAME


def testimony(path: Path) -> Testimony:
    """All that is said in the file and holds; nothing where there is no file."""
    return Testimony(tuple(said for said, _ in _holding(path)))


def with_said(path: Path, line: Line) -> bytes:
    """What the file holds once `line` is added; an end cut short by a crash is left out."""
    said = [*(known for _, known in _lines(path)), line]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said).encode()


def last_said(path: Path) -> Line | None:
    """The last line that takes nothing back and was not taken back."""
    return next((line for _, line in reversed(_holding(path))), None)


def taken_back(line: Line) -> Line:
    """The line that takes `line` back."""
    return {**line, ("name" if "name" in line else "holds"): None}


def place_row(place: Passage) -> list[Any]:
    """A place among others of a line: file, start and end."""
    return [place.track_file, place.span.start_s, place.span.end_s]


def _holding(path: Path) -> list[tuple[Said, Line]]:
    """What holds, in the order of the last word on each thing."""
    left: dict[tuple[Any, ...], tuple[Said, Line]] = {}
    for number, line in _lines(path):
        try:
            said = _said(line)
            left.pop(_of(line), None)
            if said is not None:
                left[_of(line)] = said, line
        except (KeyError, TypeError, ValueError) as error:
            raise LibraryError(f"{path}, line {number}: {_reason(error)}") from error
    return list(left.values())


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
        if not isinstance(line, dict) or not any(set(line) <= kind for kind in _KINDS):
            raise LibraryError(
                f"{path}, line {number} is no statement, name, joining or parting of motifs"
            )
        yield number, line


def _said(line: Line) -> Said | None:
    """What a line says; None where it takes that back."""
    if "name" in line:
        return _naming(line)
    holds = line["holds"]
    if holds not in (True, False, None):
        raise ValueError(f"holds is true, false or null, not {holds!r}")
    said = _read(line)
    if holds is False and not isinstance(said, Statement):
        raise ValueError("holds is true or null where motifs are joined or parted")
    return said if holds is not None else None


def _read(line: Line) -> Statement | Joining | Parting:
    if "joined" in line:
        return _joining(line)
    return _parting(line) if "parted" in line else _statement(line)


def _statement(line: Line) -> Statement:
    span = Span(float(line["start_s"]), float(line["end_s"]))
    by, motif = _text(line, "by"), _text(line, "motif")
    return Statement(_text(line, "track"), span, by, motif, line["holds"] is True)


def _naming(line: Line) -> Naming | None:
    if line["name"] is None:
        return None
    more = (line.get(key, "") for key in ("meaning", "source"))
    return Naming(_text(line, "motif"), _text(line, "name"), _text(line, "by"), *map(str, more))


def _joining(line: Line) -> Joining:
    motif, other, by = (_text(line, key) for key in ("motif", "joined", "by"))
    return Joining(motif, other, by, _places(line, "places"), _places(line, "joined_places"))


def _parting(line: Line) -> Parting:
    motif, label, by = (_text(line, key) for key in ("motif", "parted", "by"))
    return Parting(motif, label, by, _places(line, "places"), str(line.get("called", "")).strip())


def _places(line: Line, key: str) -> tuple[Passage, ...]:
    """Places as rows of file, start and end."""
    rows = line[key]
    if not isinstance(rows, list) or any(len(row) != 3 for row in rows):
        raise ValueError(f"{key} are a list of [track, start_s, end_s]")
    return tuple(
        Passage(_text({key: file}, key), Span(float(start_s), float(end_s)))
        for file, start_s, end_s in rows
    )


def _of(line: Line) -> tuple[Any, ...]:
    """What a line is about: a later one about the same takes its place."""
    kind = "name" if "name" in line else "holds"
    return (kind, *((key, _fixed(line[key])) for key in sorted(set(line) - _WORDS_ON_IT)))


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


def _text(line: Line, key: str) -> str:
    value = line[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is a text, not {value!r}")
    return value.strip()


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
