"""`article.history.jsonl`: every text that ever stood in `article.md`, beside it.

One line for each version, in the order in which they came: how many signs at the beginning (`head`)
and at the end (`tail`) are those of the version before, and what stands between them (`put`). So a
version that changes a word costs a line, and none need ever be thrown away. The digest tells a line
that does not fit those before it.
"""

import contextlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from attrs import frozen

from unsung.library.article_file import text_digest
from unsung.library.growing_file import add_lines, alone
from unsung.model.errors import LibraryError

HISTORY_NAME = "article.history.jsonl"
MOST_BYTES = 64 * 2**20
_DIGEST_SIGNS = 16


@frozen
class Version:
    """A text that stood in the file: its number from 1 on, and since when.

    It is `found` where another program, an editor perhaps, had written it. `added` and `removed`
    count the signs that changed since the version before.
    """

    number: int
    text: str
    at: datetime
    found: bool = False
    added: int = 0
    removed: int = 0


class History:
    """The history while one program holds it."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._file = file
        self._last: Version | None = None
        for self._last in _read(path, file.read(MOST_BYTES + 1)):
            pass

    @property
    def last(self) -> str | None:
        """The text of the last version; None where there is none."""
        return self._last.text if self._last else None

    def add(self, text: str, at: datetime, *, found: bool = False) -> None:
        """A version more; nothing where it is the last one's text again."""
        if text == self.last:
            return
        add_lines(self._file, json.dumps(_line(self.last or "", text, at, found)) + "\n")
        self._last = Version(self._last.number + 1 if self._last else 1, text, at, found)


@contextlib.contextmanager
def history(article: Path) -> Iterator[History]:
    """The history of the article at a path, held until it is let go."""
    path = article.with_name(HISTORY_NAME)
    try:
        with alone(path) as file:
            yield History(path, file)
    except OSError as error:
        raise LibraryError(
            f"{path} could not be written ({error.strerror}); free some space, or allow writing"
        ) from error


def versions(article: Path) -> Iterator[Version]:
    """All of them, the oldest first; none where there is no history."""
    path = article.with_name(HISTORY_NAME)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError(f"{path} could not be read ({error.strerror})") from error
    yield from _read(path, content)


def _line(before: str, now: str, at: datetime, found: bool) -> dict[str, Any]:
    head = _alike(before, now)
    tail = _alike(before[head:][::-1], now[head:][::-1])
    return {
        "at": at.isoformat(timespec="seconds"),
        **({"found": True} if found else {}),
        "head": head,
        "tail": tail,
        "put": now[head : len(now) - tail],
        "digest": text_digest(now)[:_DIGEST_SIGNS],
    }


def _alike(one: str, other: str) -> int:
    """How many signs two texts share from the beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _read(path: Path, content: bytes) -> Iterator[Version]:
    """Each line applied to the text before it; an end cut short by a crash is passed over."""
    if len(content) > MOST_BYTES:
        raise LibraryError(f"{path} is larger than {MOST_BYTES // 2**20} MB; move it away")
    text = ""
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), start=1):
        try:
            version = _version(number, json.loads(line), text)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise LibraryError(
                f"{path}, line {number} does not fit those before it ({error}); move the file away,"
                " and a new one is begun"
            ) from error
        text = version.text
        yield version


def _version(number: int, line: dict[str, Any], before: str) -> Version:
    head, tail = int(line["head"]), int(line["tail"])
    if not 0 <= head <= head + tail <= len(before):
        raise ValueError("it keeps more than there was")
    put = str(line["put"])
    text = before[:head] + put + before[len(before) - tail :]
    if text_digest(text)[:_DIGEST_SIGNS] != line["digest"]:
        raise ValueError("its digest is another")
    at = datetime.fromisoformat(line["at"])
    removed = len(before) - head - tail
    return Version(number, text, at, bool(line.get("found")), len(put), removed)
