"""Evidence: what the world answered, as the exact bytes, with address, time, digest and licence.

Under `world/`: `answers/<key>.json` says what was asked and what came, `bytes/<digest>` is what
came. Claims cite these bytes. Bytes that no longer match their digest count as never answered.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from unsung.model.world import Answer
from unsung.store.files import write_whole


class Evidence:
    """The answers kept in one project folder."""

    def __init__(self, folder: Path) -> None:
        self._answers = folder / "world" / "answers"
        self._bytes = folder / "world" / "bytes"

    def kept(self, key: str) -> tuple[Answer, bytes] | None:
        """The answer kept under `key`; None where there is none, or its bytes were damaged."""
        try:
            answer = Answer(**json.loads(self._path(key).read_bytes()))
            content = (self._bytes / answer.digest).read_bytes()
        except (OSError, ValueError, TypeError):
            return None
        return (answer, content) if digest_of(content) == answer.digest else None

    def keep(self, key: str, answer: Answer, content: bytes) -> None:
        """Keep an answer and its bytes: the bytes first, so that no answer points to nothing."""
        self.keep_bytes(content)
        write_whole(self._path(key), json.dumps(attrs.asdict(answer), indent=1).encode())

    def keep_bytes(self, content: bytes) -> None:
        """Keep bytes that were brought, not asked for: an imported file."""
        path = self._bytes / digest_of(content)
        if not path.exists() or digest_of(path.read_bytes()) != path.name:
            write_whole(path, content)

    def answers(self) -> Iterator[Answer]:
        """Every whole answer, in order of key."""
        for path in sorted(self._answers.glob("*.json")):
            if found := self.kept(path.stem):
                yield found[0]

    def forget(self, unwanted: Callable[[Answer], bool]) -> tuple[Answer, ...]:
        """Drop the answers that are unwanted, and the bytes that no other answer needs."""
        dropped = []
        for path in sorted(self._answers.glob("*.json")):
            found = self.kept(path.stem)
            if found and unwanted(found[0]):
                path.unlink()
                dropped.append(found[0])
        needed = {one.digest for one in self.answers()} if dropped else set()
        for one in dropped:
            if one.digest not in needed:
                (self._bytes / one.digest).unlink(missing_ok=True)
        return tuple(dropped)

    def _path(self, key: str) -> Path:
        return self._answers / f"{key}.json"


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
