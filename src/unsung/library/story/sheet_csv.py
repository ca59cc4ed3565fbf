"""A cue sheet of our own as CSV: which music, in which scene, with whom, for what.

`docs/story.md` describes it. An error names the line, and nothing of the file is used.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from unsung.library.story.cue import Cue, occasion_of, scene_name, step_of, told
from unsung.model.errors import LibraryError
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span

COLUMNS = (
    "track", "start_s", "end_s", "film_start_s", "film_end_s", "scene", "strand", "step", "place",
    "characters", "ideas", "occasion", "source",
)  # fmt: skip
_ABOUT = re.compile(r"#\s*(title|coverage)\s*:\s*(.*)", re.IGNORECASE)
_NOBODY = "-"


def is_csv_sheet(text: str) -> bool:
    """Whether the first line that is no remark names the column `scene`."""
    first = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    return "scene" in [cell.strip().casefold() for cell in first.split(",")]


def csv_story(text: str, name: str) -> Story:
    """The story that a CSV cue sheet tells; remarks before its columns give title and coverage."""
    lines = text.splitlines(keepends=True)
    remarks = sum(1 for _ in _remarks(lines))
    about = dict(found.groups() for line in lines[:remarks] if (found := _ABOUT.match(line)))
    said = {key.casefold(): value.strip() for key, value in about.items()}
    cues = list(_csv_cues("".join(lines[remarks:]), remarks, name))
    return told(cues, said.get("title", ""), said.get("coverage", ""), name)


def _remarks(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() and not line.startswith("#"):
            return
        yield line


def _csv_cues(text: str, remarks: int, name: str) -> Iterator[Cue]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [column.strip().casefold() for column in reader.fieldnames or ()]
        _check_columns(columns, name)
        reader.fieldnames = columns
        for cells in reader:
            yield _placed(cells, name, remarks + reader.line_num)
    except csv.Error as error:
        line = remarks + reader.line_num
        raise LibraryError(f"{name}, line {line} cannot be read as CSV: {error}") from error


def _check_columns(columns: Sequence[str], name: str) -> None:
    unknown = sorted(set(columns) - set(COLUMNS))
    if unknown:
        raise LibraryError(f"{name}: unknown column {unknown[0]!r}; there are {','.join(COLUMNS)}")
    if len(set(columns)) != len(columns):
        raise LibraryError(f"{name} names a column twice; name each once")


def _placed(cells: dict[str, Any], name: str, line: int) -> Cue:
    try:
        if None in cells:
            raise ValueError("it has more cells than there are columns")
        said = {key: (value or "").strip() for key, value in cells.items()}
        return _csv_cue(said, f"{name}, line {line}")
    except ValueError as error:
        raise LibraryError(f"{name}, line {line}: {error}") from error


def _csv_cue(said: dict[str, str], where: str) -> Cue:
    there, ideas = _people(said.get("characters", "")), _listed(said.get("ideas", ""))
    film = _csv_span(said.get("film_start_s", ""), said.get("film_end_s", ""))
    track = said.get("track", "")
    scene = Scene(
        name=scene_name(said.get("scene", "")),
        strand=said.get("strand", ""),
        step=_csv_step(said.get("step", "")),
        place=said.get("place", ""),
        characters=there,
        ideas=ideas,
        film_span=None if track else film,
    )
    if not track:
        return Cue(scene)
    use = MusicUse(
        named=track,
        scene=scene.name,
        occasion=occasion_of(said.get("occasion", "") or "scene"),
        span=_csv_span(said.get("start_s", ""), said.get("end_s", "")),
        film_span=film,
        characters=there,
        ideas=ideas,
        source=said.get("source", "") or where,
    )
    return Cue(scene, use)


def _people(text: str) -> tuple[str, ...] | None:
    """Who is there: nothing written is unknown, a dash is nobody."""
    if not text:
        return None
    return () if text == _NOBODY else _listed(text)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in text.split(";") if (one := part.strip())))


def _csv_span(start: str, end: str) -> Span | None:
    if not start and not end:
        return None
    if not (start and end):
        raise ValueError("a stretch needs both its start and its end, in seconds")
    return Span(_seconds(start), _seconds(end))


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number of seconds") from None


def _csv_step(text: str) -> int | None:
    if text and not text.isdecimal():
        raise ValueError(f"step is a whole number, not {text!r}")
    return step_of(int(text)) if text else None
