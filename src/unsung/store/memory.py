"""The memory answers a question it has seen.

A question is a stage and what it is asked about; its key is the digest of the stage's name, the
version of its code, the networks it uses and the digests of its arguments. The answer lies under
that key: JSON for the noun, one `.npy` an array, nothing pickled. Arguments are known by what
they hold, so a stage that gives the same answer as before spares all that follows from it.

Only content-addressed files are written here, so several machines may share one folder.
"""

import hashlib
import inspect
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from attrs import field, frozen

from unsung.store.arrays import Arrays
from unsung.store.code import code_digest, module_of
from unsung.store.codec import Codec
from unsung.store.files import write_whole

T = TypeVar("T")

UNANSWERED = "unanswered:"
"""Begins the digest of what only a stage not yet asked could tell; the stage's name follows."""


class Unanswered(RuntimeError):  # noqa: N818 - nothing went wrong
    """An answer was to be read that the memory lacks, and may not work out."""


@frozen
class Known(Generic[T]):
    """A value known by its digest, and brought only when it is needed.

    `key` is where an answer lies in the memory; empty for what is not kept there.
    """

    digest: str
    _bring: Callable[[], T] = field(repr=False, eq=False)
    key: str = ""
    _brought: list[T] = field(factory=list, repr=False, eq=False, init=False)

    @property
    def value(self) -> T:
        """The value itself."""
        if not self._brought:
            self._brought.append(self._bring())
        return self._brought[0]


@frozen
class Asked:
    """A question that was put to the memory: enough to say later why it would be put again."""

    stage: str
    key: str
    code: str
    arguments: dict[str, str]
    spent_s: float = 0.0


def known(value: T) -> Known[T]:
    """A plain value (a setting, a number, a digest) as an argument."""
    return Known(_digest(repr(value)), lambda: value)


class Memory:
    """Answers kept in one folder.

    With `only_recall` nothing is worked out: questions without an answer are listed in
    `unanswered`. `on_stage` hears the name of each stage just before it is worked out.
    """

    def __init__(
        self,
        folder: Path,
        *,
        only_recall: bool = False,
        on_stage: Callable[[str], None] = lambda _stage: None,
    ) -> None:
        self._answers = folder / "answers"
        self._arrays = Arrays(folder / "arrays")
        self._codec = Codec(self._arrays.keep, self._arrays.array)
        self._only_recall = only_recall
        self._on_stage = on_stage
        self.asked: list[Asked] = []
        self.unanswered: list[Asked] = []

    def ask(self, stage: Callable[..., T], *arguments: Known[Any], uses: str = "") -> Known[T]:
        """What `stage` says of `arguments`: recalled if it was asked before, else worked out."""
        asked = _question(stage, arguments, uses)
        digest = self._recalled_digest(asked.key)
        if digest is None and self._only_recall:
            self.unanswered.append(asked)
            return Known(UNANSWERED + asked.stage, _never_brought, asked.key)
        if digest is None:
            digest, asked = self._worked_out(stage, arguments, asked)
        self.asked.append(asked)
        return Known(digest, lambda: self._answer(stage, arguments, asked), asked.key)

    def derive(self, stage: Callable[..., T], *arguments: Known[Any], uses: str = "") -> Known[T]:
        """Like `ask`, for what is too big to keep: worked out when, and only if, it is needed."""
        asked = _question(stage, arguments, uses)

        def worked_out() -> T:
            self._on_stage(asked.stage)
            return stage(*(argument.value for argument in arguments))

        return Known(asked.key, worked_out)

    def recall(self, key: str, kind: Any) -> Any:
        """The answer kept under `key`; `OSError`, `KeyError` or `ValueError` where it is gone."""
        return self._codec.noun(json.loads(self._path(key).read_bytes())["answer"], kind)

    def digest(self, key: str) -> str:
        """What the answer kept under `key` is known by; empty where it is gone."""
        return self._recalled_digest(key) or ""

    def plain(self, noun: Any) -> Any:
        """A noun as JSON has it; its arrays are kept."""
        return self._codec.plain(noun)

    def noun(self, plain: Any, kind: Any) -> Any:
        """The noun that `plain` was made from."""
        return self._codec.noun(plain, kind)

    def _recalled_digest(self, key: str) -> str | None:
        """What the kept answer is known by; None where it, or an array of it, is gone."""
        try:
            kept = json.loads(self._path(key).read_bytes())
            whole = all(self._arrays.has(array) for array in kept["arrays"])
            return str(kept["digest"]) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _worked_out(
        self, stage: Callable[..., T], arguments: tuple[Known[Any], ...], asked: Asked
    ) -> tuple[str, Asked]:
        values = [argument.value for argument in arguments]
        self._on_stage(asked.stage)
        began_s = time.process_time()
        answer = self._codec.plain(stage(*values))
        spent_s = time.process_time() - began_s
        digest = _digest(json.dumps(answer, sort_keys=True))
        arrays = sorted(set(_arrays_in(answer)))
        content = {"stage": asked.stage, "digest": digest, "arrays": arrays, "answer": answer}
        write_whole(self._path(asked.key), json.dumps(content).encode())
        return digest, Asked(asked.stage, asked.key, asked.code, asked.arguments, spent_s)

    def _answer(
        self, stage: Callable[..., T], arguments: tuple[Known[Any], ...], asked: Asked
    ) -> T:
        """The answer from its file; where that is damaged, the stage is asked once more."""
        kind = inspect.signature(stage).return_annotation
        try:
            return cast("T", self.recall(asked.key, kind))
        except (OSError, ValueError, KeyError, TypeError):
            self._worked_out(stage, arguments, asked)
            return cast("T", self.recall(asked.key, kind))

    def _path(self, key: str) -> Path:
        return self._answers / key[:2] / f"{key[2:]}.json"


def _question(stage: Callable[..., Any], arguments: tuple[Known[Any], ...], uses: str) -> Asked:
    module = module_of(stage)
    name = f"{module.rpartition('.')[2]}.{stage.__name__}"
    code = code_digest(module) + (f"+{uses[:16]}" if uses else "")
    names = list(inspect.signature(stage).parameters)
    digests = {name: argument.digest for name, argument in zip(names, arguments, strict=True)}
    key = _digest(json.dumps([name, code, digests], sort_keys=True))
    return Asked(name, key, code, digests)


def _arrays_in(plain: Any) -> Iterator[str]:
    """The digest of every array that a plain value points to."""
    if isinstance(plain, dict) and set(plain) == {"array"}:
        yield plain["array"]
    elif isinstance(plain, dict | list | tuple):
        for part in plain.values() if isinstance(plain, dict) else plain:
            yield from _arrays_in(part)


def _never_brought() -> Any:
    raise Unanswered("a question without an answer was read; ask it first")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
