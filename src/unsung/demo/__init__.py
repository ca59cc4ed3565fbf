"""The demo: a small score composed for Unsung, its short film, and the truth about both.

*The Keeper of Skerry*: ten cues, four motifs, a film of five minutes. `tools/demo/build.py` makes
it all from notes in code; `tools/demo/skerry/truth.py` says what every field of the truth means.
Nothing in here listens; a listener can be held against it.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

_SHIPPED = files("unsung.demo")


def soundtrack_files() -> tuple[Traversable, ...]:
    """The ten recordings, in album order."""
    return _with_suffix("soundtrack", ".opus")


def film_files() -> tuple[Traversable, ...]:
    """The film, its subtitles and its screenplay."""
    return _with_suffix("film", ".webm", ".srt", ".fountain")


def scores() -> tuple[Traversable, ...]:
    """The cues as MIDI, in album order: what was written, before anybody played it."""
    return _with_suffix("scores", ".mid")


def truth() -> dict[str, Any]:
    """Every motif, statement, placement and line, as composed."""
    known: dict[str, Any] = json.loads((_SHIPPED / "truth.json").read_text(encoding="utf-8"))
    return known


def write_demo(folder: Path) -> Path:
    """Write the album to `folder/soundtrack` and the film to `folder/film`; return the album.

    Files that are there already, byte for byte, are left alone.
    """
    album = folder / "soundtrack"
    _write(soundtrack_files(), album)
    _write(film_files(), folder / "film")
    _write((_SHIPPED / "soundtrack" / "LICENSE.txt",), folder)
    return album


def _with_suffix(folder: str, *suffixes: str) -> tuple[Traversable, ...]:
    found = (file for file in _files_in(folder) if file.name.endswith(suffixes))
    return tuple(sorted(found, key=lambda file: file.name))


def _files_in(folder: str) -> Iterator[Traversable]:
    return (_SHIPPED / folder).iterdir()


def _write(shipped: tuple[Traversable, ...], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in shipped:
        content, target = file.read_bytes(), folder / file.name
        if not target.is_file() or target.read_bytes() != content:
            target.write_bytes(content)
