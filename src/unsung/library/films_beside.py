"""Films that lie among the music of an album, taken for tracks or overlooked."""

from collections.abc import Iterator
from pathlib import Path

from unsung.library.film_streams import probed_streams
from unsung.library.found import walked
from unsung.library.kinds import suffix_of
from unsung.model.errors import LibraryError

_SUFFIXES = {
    *("mp4", "m4v", "webm", "mkv", "avi", "mov", "wmv"),
    *("ogv", "ts", "m2ts", "mts", "mpg", "mpeg"),
}
_MOST = 3


def films_at(place: Path) -> tuple[str, ...]:
    """The first few files in a folder that hold a moving picture, by their path inside it."""
    return tuple(name for name, _ in zip(_films(place), range(_MOST), strict=False))


def has_picture(path: Path) -> bool:
    """Whether there is a moving picture in a file; the picture of a sleeve is none."""
    try:
        return bool(probed_streams(path, "V", "stream=codec_name"))
    except LibraryError:
        return False


def _films(place: Path) -> Iterator[str]:
    for path in walked(place) if place.is_dir() else ():
        if suffix_of(path.name) in _SUFFIXES and has_picture(path):
            yield path.relative_to(place).as_posix()
