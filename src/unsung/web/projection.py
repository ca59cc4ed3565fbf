"""The copy of a film that is being made, one at a time: begun, told of, stopped.

Whatever is whole when it stops is used the next time.
"""

import subprocess
import tempfile
import threading
from collections.abc import Sequence
from typing import IO

from attrs import frozen

from unsung.library.film_copy import Copying
from unsung.model.errors import LibraryError, UnsungError
from unsung.web.answers import Refusal

_ENDS_WITHIN_S = 5.0


@frozen
class Made:
    """How a copy stands: `making` now or not, 0..1 of it there, and what went wrong, if it did."""

    making: bool
    share: float
    wrong: str = ""


class Projection:
    """Makes copies of films; many requests ask at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._copying: Copying | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._is_stopped = False
        self._wrong: dict[str, str] = {}

    def start(self, copying: Copying) -> None:
        """Begin, or go on, to make a copy; older copies in its folder make room."""
        with self._lock:
            if self._is_making:
                if self._copying == copying:
                    return
                raise Refusal(409, "a copy of another film is being made; wait, or stop it")
            self._copying, self._is_stopped = copying, False
            self._wrong.pop(copying.name, None)
            self._thread = threading.Thread(target=self._make, args=(copying,), daemon=True)
            self._thread.start()

    def stop(self, copying: Copying) -> None:
        """End the making of a copy now."""
        if self._copying == copying:
            self.close()

    def close(self) -> None:
        """End whatever is being made."""
        with self._lock:
            self._is_stopped, thread = True, self._thread
            if self._process:
                self._process.kill()
        if thread:
            thread.join(_ENDS_WITHIN_S)

    def made(self, copying: Copying) -> Made:
        """How a copy stands."""
        making = self._is_making and self._copying == copying
        return Made(making, copying.share, self._wrong.get(copying.name, ""))

    @property
    def _is_making(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _make(self, copying: Copying) -> None:
        try:
            copying.make(self._run)
        except UnsungError as error:
            self._wrong[copying.name] = str(error)

    def _run(self, words: Sequence[str]) -> bool:
        """Run a command to its end, unless all is stopped."""
        with tempfile.TemporaryFile() as complaints:
            with self._lock:
                if self._is_stopped:
                    return False
                self._process = subprocess.Popen(  # noqa: S603 - a list, never a shell
                    words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints
                )
            code = self._process.wait()
            with self._lock:
                self._process = None
            if code and not self._is_stopped:
                raise LibraryError(f"the film could not be copied: {_last_line(complaints)}")
        return not self._is_stopped


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read(10_000).decode("utf-8", "replace").strip().splitlines()
    return lines[-1].rpartition(": ")[2][:120] if lines else "no reason given"
