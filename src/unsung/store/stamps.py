"""What files look like from outside: enough to tell that one of them was changed."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_COMPILED = "__pycache__"


def stamps(places: Sequence[Path]) -> list[tuple[str, int, int]]:
    """Name, size and time of change of every file at or beneath these places, in order."""
    return [stamp for place in places for stamp in sorted(_stamps(place))]


def _stamps(place: Path) -> Iterator[tuple[str, int, int]]:
    if place.is_file():
        yield _stamp(place.name, place.stat())
    for folder, inner, files in os.walk(place):
        inner[:] = [name for name in inner if name != _COMPILED]
        for name in files:
            path = os.path.join(folder, name)  # noqa: PTH118 (thousands of them, at every start)
            if os.path.isfile(path):  # noqa: PTH113
                yield _stamp(os.path.relpath(path, place), os.stat(path))  # noqa: PTH116


def _stamp(name: str, found: os.stat_result) -> tuple[str, int, int]:
    return name, found.st_size, found.st_mtime_ns
