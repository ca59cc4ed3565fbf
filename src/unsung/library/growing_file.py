"""Files that only ever grow, a line at a time, by one program at a time.

What a program had begun to write when it died is no line, and is cleared away by the next.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # a system without it loses only the care for two programs at once
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def alone(path: Path) -> Iterator[IO[bytes]]:
    """The file, made if it is not there, open to be added to by one program at a time."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+b") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def add_lines(file: IO[bytes], lines: str) -> None:
    """Put whole lines at the end of a file that is held `alone`; they are on disk afterwards."""
    file.truncate(_whole_bytes(file))
    file.seek(0, os.SEEK_END)
    file.write(lines.encode())
    file.flush()
    os.fsync(file.fileno())


def _whole_bytes(file: IO[bytes]) -> int:
    """How many bytes of the file are whole lines."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - 65_536)
        file.seek(start)
        at = file.read(end - start).rfind(b"\n")
        if at >= 0:
            return start + at + 1
        end = start
    return 0
