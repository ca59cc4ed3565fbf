"""What lies on the shelf: every recording and score beneath a folder or in an archive."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import field, frozen

from unsung.library.files import located, members, opened_beginning
from unsung.library.headers import fault
from unsung.library.kinds import (
    HEAD_BYTES,
    MUSIC_SUFFIXES,
    TAGLESS_SUFFIXES,
    kind_of,
    suffix_of,
)
from unsung.library.tags import Tags, tags
from unsung.model.album import SourceKind
from unsung.model.errors import LibraryError

MOST_FILES = 20_000
DEEPEST_FOLDER = 32


@frozen
class Found:
    """A recording or score, its tags, and what is wrong with it, if anything is."""

    file: str
    kind: SourceKind
    tags: Tags = field(factory=Tags)
    fault: str = ""


def music_at(place: Path) -> Iterator[Found]:
    """Every recording and score at `place`; other files are passed over in silence."""
    folder = place if place.is_dir() else place.parent
    for count, path in enumerate(walked(place) if place.is_dir() else [place]):
        if count == MOST_FILES:
            raise LibraryError(
                f"{place} holds more than {MOST_FILES} files; choose one album's folder in it"
            )
        if path.is_file():
            yield from _music_of(place, path.relative_to(folder).as_posix())


def walked(folder: Path) -> Iterator[Path]:
    """The files beneath `folder`; a folder that a link leads back to is entered once."""
    entered: set[tuple[int, int]] = set()
    for at, folders, names in os.walk(folder, followlinks=True):
        here, stat = Path(at), Path(at).stat()
        deep = len(here.relative_to(folder).parts) >= DEEPEST_FOLDER
        if deep or (stat.st_dev, stat.st_ino) in entered:
            folders.clear()
            continue
        entered.add((stat.st_dev, stat.st_ino))
        folders[:] = sorted(name for name in folders if _may_hold_music(here / name))
        yield from (here / name for name in sorted(names) if not _is_hidden(name))


def _may_hold_music(folder: Path) -> bool:
    project = folder.suffix == ".unsung" or (folder / "unsung.db").exists()
    return not (project or _is_hidden(folder.name))


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in {"__MACOSX", "unsung.toml"}


def _music_of(place: Path, file: str) -> Iterator[Found]:
    """The recording or score that `file` is, or those in the archive that it is."""
    try:
        file.encode()
        with opened_beginning(place, file) as beginning:
            kind = kind_of(file, beginning.read(HEAD_BYTES))
            if kind == "archive":
                yield from _music_in_archive(place, file)
            elif kind != "other":
                beginning.seek(0)
                yield _found(place, file, kind, beginning)
    except UnicodeEncodeError:
        yield from _unreadable(file, "its name is not valid text; rename it")
    except LibraryError as error:
        yield from _unreadable(file, str(error).removeprefix(f"{file}: "))


def _found(place: Path, file: str, kind: SourceKind, beginning: BinaryIO) -> Found:
    reason = fault(place, file, kind, beginning)
    if reason or kind == "score" or suffix_of(file) in TAGLESS_SUFFIXES:
        return Found(file, kind, fault=reason)
    beginning.seek(0)
    return Found(file, kind, tags(beginning))


def _unreadable(file: str, reason: str) -> Iterator[Found]:
    """A file that should be music by its name but cannot be read."""
    kind = kind_of(file, b"")
    if kind != "other":
        yield Found(file, "score" if kind == "score" else "recording", fault=reason)


def _music_in_archive(place: Path, file: str) -> Iterator[Found]:
    try:
        names = sorted(members(located(place, file)[0]))
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise LibraryError("the archive is damaged; fetch it again") from error
    for name in names:
        if suffix_of(name) in MUSIC_SUFFIXES and _stays_inside(name):
            yield from _music_of(place, f"{file}!{name}")


def _stays_inside(name: str) -> bool:
    """Whether a member's name leads to music: not out of the archive, not into hiding."""
    parts = name.replace("\\", "/").split("/")
    return not any(not part or _is_hidden(part) or ":" in part for part in parts)
