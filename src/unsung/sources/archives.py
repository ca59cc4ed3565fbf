"""Dumps as they are downloaded: tar archives, read from front to back and never held whole.

MusicBrainz packs its dumps with bzip2 or xz, ListenBrainz with zstd, xz or not at all. A member is
written to a working folder, read, and deleted before the next one.
"""

import lzma
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

import zstandard

from unsung.model.errors import SourceError

_BLOCK_BYTES = 1 << 20
_BROKEN = (tarfile.TarError, EOFError, OSError, lzma.LZMAError, zlib.error, zstandard.ZstdError)


def members(
    archive: Path, is_wanted: Callable[[str], bool], folder: Path
) -> Iterator[tuple[str, Path]]:
    """The wanted members in the order of the archive: name, and a file that lasts until the next.

    An archive that is cut short or is none is told in one line.
    """
    with _opened(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if is_wanted(member.name) else None
            if content is not None:
                path = folder / Path(member.name).name
                with path.open("wb") as file:
                    shutil.copyfileobj(content, file, _BLOCK_BYTES)
                yield member.name, path
                path.unlink()


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """The archive as a stream; what is wrong with it is an error of the source."""
    with ExitStack() as opened:
        try:
            file: IO[bytes] = opened.enter_context(archive.open("rb"))
            if archive.name.endswith(".zst"):
                unpacked = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
                file = cast("IO[bytes]", opened.enter_context(unpacked))
            yield opened.enter_context(tarfile.open(fileobj=file, mode="r|*"))
        except _BROKEN as error:
            raise SourceError(
                f"{archive} is no whole tar archive ({error}); download it again"
            ) from error
