"""Files of an album: on disk, or inside an archive.

A file is named by its path inside the album folder; a member of an archive follows `!`, as in
`music.pk3!music/menu.ogg`. Members are never written to disk under their own name, so a name that
leads outside the archive leads nowhere.
"""

import contextlib
import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from unsung.model.errors import LibraryError

MOST_MEMBERS = 20_000
_IN_MEMORY_BYTES = 64 * 2**20
_LARGEST_MEMBER_BYTES = 4 * 2**30
_PLAUSIBLE_RATIO = 100  # silence packs better than this, music never does
_PLAUSIBLE_BYTES = 256 * 2**20
_UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


@contextlib.contextmanager
def opened_file(place: Path, file: str) -> Iterator[BinaryIO]:
    """The bytes of `file` of the album at `place`, seekable."""
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(_opened(*located(place, file)))
        except _UNREADABLE as error:
            raise LibraryError(f"{file}: {_why(error)}") from error
        yield stream


@contextlib.contextmanager
def opened_beginning(place: Path, file: str) -> Iterator[BinaryIO]:
    """`file`, of a packed member only the first MiB: enough for headers, and soon unpacked."""
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(_opened(*located(place, file), most_bytes=2**20))
        except _UNREADABLE as error:
            raise LibraryError(f"{file}: {_why(error)}") from error
        yield stream


@contextlib.contextmanager
def file_on_disk(place: Path, file: str) -> Iterator[Path]:
    """A path where `file` can be read by another program; members are copied out for as long."""
    path, member = located(place, file)
    if not member:
        yield path
        return
    suffix = PurePosixPath(member).suffix
    with (
        opened_file(place, file) as stream,
        tempfile.NamedTemporaryFile(prefix="unsung-", suffix=suffix) as copy,
    ):
        shutil.copyfileobj(stream, copy, 2**20)
        copy.flush()
        yield Path(copy.name)


def located(place: Path, file: str) -> tuple[Path, str]:
    """Where `file` lies on disk: its path, or its archive's path and the member's name."""
    folder = place if place.is_dir() else place.parent
    path = folder / file
    if path.is_file() or "!" not in file:
        return path, ""
    for archive, member in _readings(file):
        if (folder / archive).is_file():
            return folder / archive, member
    return path, ""


def byte_stamp(place: Path, file: str) -> str:
    """The cheap identity of a file's bytes; reads none of them."""
    path, member = located(place, file)
    try:
        stat = path.stat()
        if not member:
            return f"file {stat.st_size} {stat.st_mtime_ns}"
        size, crc = _sums(path, stat.st_size, stat.st_mtime_ns)[member]
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise LibraryError(f"{file}: {_why(error)}") from error
    return f"member {size} {crc:08x}"


def members(archive_path: Path) -> dict[str, zipfile.ZipInfo]:
    """The members of an archive that are files, by name; refuses what only a bomb unpacks to."""
    with zipfile.ZipFile(archive_path) as archive:
        found = {one.filename: one for one in archive.infolist() if not one.is_dir()}
    unpacked = sum(one.file_size for one in found.values())
    if len(found) > MOST_MEMBERS:
        raise LibraryError(f"it holds {len(found)} files; unpack the music among them")
    if unpacked > _PLAUSIBLE_BYTES + _PLAUSIBLE_RATIO * archive_path.stat().st_size:
        raise LibraryError("it would unpack to far more than music can; unpack it yourself")
    return found


def _readings(file: str) -> Iterator[tuple[str, str]]:
    """Each way to read `!` as the end of an archive's name."""
    parts = file.split("!")
    for count in range(1, len(parts)):
        yield "!".join(parts[:count]), "!".join(parts[count:])


@lru_cache(maxsize=8)
def _sums(path: Path, _size: int, _mtime_ns: int) -> dict[str, tuple[int, int]]:
    with zipfile.ZipFile(path) as archive:
        return {one.filename: (one.file_size, one.CRC) for one in archive.infolist()}


@contextlib.contextmanager
def _opened(path: Path, name: str, most_bytes: int | None = None) -> Iterator[BinaryIO]:
    if not name:
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive, archive.open(_sound_member(archive, name)) as packed:
        member = archive.getinfo(name)
        if member.compress_type == zipfile.ZIP_STORED:
            with io.BufferedReader(_Window(path, member)) as window:
                yield window
            return
        if most_bytes is not None:
            yield io.BytesIO(packed.read(most_bytes))
            return
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as unpacked:
            shutil.copyfileobj(packed, unpacked, 2**20)
            unpacked.seek(0)
            yield cast("BinaryIO", unpacked)


def _sound_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise FileNotFoundError from error
    packed = max(member.compress_size, 1)
    bomb = member.file_size > max(_PLAUSIBLE_BYTES, _PLAUSIBLE_RATIO * packed)
    if bomb or member.file_size > _LARGEST_MEMBER_BYTES:
        raise zipfile.BadZipFile(f"unpacks to {member.file_size / 2**30:.1f} GB; unpack it first")
    return member


class _Window(io.RawIOBase):
    """A stored member read in place: seeking costs nothing and nothing is copied."""

    def __init__(self, path: Path, member: zipfile.ZipInfo) -> None:
        self._file = path.open("rb")
        self._file.seek(member.header_offset + 26)
        name_bytes, extra_bytes = struct.unpack("<HH", self._file.read(4))
        self._start = member.header_offset + 30 + name_bytes + extra_bytes
        self._size, self._at = member.file_size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = (0, self._at, self._size)[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._start + self._at)
        count = min(len(target), max(0, self._size - self._at))
        got = self._file.readinto(target[:count])
        self._at += got
        return got

    def close(self) -> None:
        self._file.close()
        super().close()


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | KeyError):
        return "it is not there any more; run `unsung listen` again"
    if isinstance(error, RuntimeError) and not isinstance(error, NotImplementedError):
        return "it is encrypted; unpack the archive first"
    if isinstance(error, NotImplementedError):
        return "it is packed in a way unknown here; unpack the archive first"
    if isinstance(error, OSError) and error.strerror:
        return f"it could not be read ({error.strerror}); check the disk and its permissions"
    return f"the archive is damaged ({error}); fetch it again"
