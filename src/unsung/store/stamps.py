"""What files look like from outside: enough to tell that one of them was changed."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_COMPILED = "__pycache__"


def stamps(places: Sequence[Path]) -> list[tuple[str, int, int]]:
    """Name, size and time of change of every file at or beneath these places, in order."""
    return [stamp for place in places for stamp in sorted(_stamps(place))]


def _stamps(place: Path) -> Iterator[tuple[str, int, int]]:
    if place.is_dir():
        yield from _beneath(os.fspath(place), "")
    elif place.is_file():
        yield _stamp(place.name, place.stat())


def _beneath(folder: str, inside: str) -> Iterator[tuple[str, int, int]]:
    """By `scandir`, for there may be thousands of them, at every start."""
    with os.scandir(folder) as found:
        for one in found:
            if one.is_file():
                yield _stamp(inside + one.name, one.stat())
            elif one.is_dir(follow_symlinks=False) and one.name != _COMPILED:
                yield from _beneath(one.path, f"{inside}{one.name}/")


def _stamp(name: str, found: os.stat_result) -> tuple[str, int, int]:
    return name, found.st_size, found.st_mtime_ns
