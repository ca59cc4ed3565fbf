"""One listening at a time, in a process of its own: started, watched, stopped from the page.

It may be stopped, or die, at any instant: what was heard is kept, and the next one goes on there.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from typing import IO, Any

from unsung.web.albums import Entry
from unsung.web.answers import Refusal

Event = dict[str, Any]

_GLANCE_S = 0.2
_HEARTBEAT_S = 15.0
_ENDS_WITHIN_S = 10.0
_MOST_WATCHERS = 32
_LAST = ("finished", "stopped", "error")


class Listening:
    """The listening that is under way, or the last one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._slug = ""
        self._events: list[Event] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False
        self._watchers = 0
        self._is_closed = False

    @property
    def slug(self) -> str:
        """The album being listened to; empty where none is."""
        with self._lock:
            return self._slug if self._is_running else ""

    def start(self, entry: Entry) -> None:
        """Begin to listen to an album."""
        with self._lock:
            if self._is_running:
                raise Refusal(409, "an album is being listened to; wait for it to end, or stop it")
            self._slug, self._events, self._is_stopped = entry.slug, [], False
            complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process ends
            self._process = _process(entry, complaints)
            threading.Thread(
                target=self._follow, args=(self._process, complaints), daemon=True
            ).start()

    def stop(self, slug: str) -> None:
        """End the listening of an album now; what was heard is kept."""
        with self._lock:
            if not self._is_running or self._slug != slug:
                raise Refusal(409, "this album is not being listened to")
            self._is_stopped = True
            _end(self._process)

    def close(self) -> None:
        """End whatever is under way, because the server ends."""
        with self._lock:
            self._is_closed = self._is_stopped = True
            _end(self._process)

    async def told(self, slug: str, after: int) -> AsyncIterator[str]:
        """What happens to an album's listening, as Server-Sent Events after the one numbered so."""
        if self._watchers >= _MOST_WATCHERS:
            raise Refusal(503, "too many pages watch the listening; close some")
        return self._tell(slug, after)

    async def _tell(self, slug: str, after: int) -> AsyncIterator[str]:
        self._watchers += 1
        try:
            quiet_s = time.monotonic()
            while not self._is_closed:
                news, ended = self._news(slug, after)
                for number, event in news:
                    after = number
                    yield f"id: {number}\ndata: {json.dumps(event)}\n\n"
                if ended:
                    return
                if news:
                    quiet_s = time.monotonic()
                elif time.monotonic() - quiet_s > _HEARTBEAT_S:
                    quiet_s = time.monotonic()
                    yield ": still listening\n\n"
                await asyncio.sleep(_GLANCE_S)
        finally:
            self._watchers -= 1

    def _news(self, slug: str, after: int) -> tuple[list[tuple[int, Event]], bool]:
        with self._lock:
            if self._slug != slug:
                return [(0, {"idle": True})], True
            after = after if after <= len(self._events) else 0
            news = list(enumerate(self._events[after:], start=after + 1))
            return news, bool(self._events) and any(key in self._events[-1] for key in _LAST)

    @property
    def _is_running(self) -> bool:
        ended = bool(self._events) and any(key in self._events[-1] for key in _LAST)
        return self._process is not None and not ended

    def _follow(self, process: "subprocess.Popen[bytes]", complaints: IO[bytes]) -> None:
        """Take down what the process says, and how it ends."""
        for line in process.stdout or ():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if not any(key in event for key in _LAST):
                self._note(event)
        code = process.wait()
        said = _last_words(process, complaints)
        self._note(self._last_word(code, said))

    def _last_word(self, code: int, said: list[str]) -> Event:
        if self._is_stopped:
            return {"stopped": True}
        if code == 0:
            return {"finished": True}
        return {
            "error": said[-1][:500] if said else "the listening ended unexpectedly; start again"
        }

    def _note(self, event: Event) -> None:
        with self._lock:
            self._events.append(event)


def _last_words(process: "subprocess.Popen[bytes]", complaints: IO[bytes]) -> list[str]:
    """What the process complained of; all that it left open is closed."""
    with complaints:
        complaints.seek(0)
        said = complaints.read().decode("utf-8", "replace").strip().splitlines()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    return said


def _process(entry: Entry, complaints: IO[bytes]) -> "subprocess.Popen[bytes]":
    """It ends when its standard input does: when it is told to, or when the server is gone."""
    asked = [sys.executable, "-m", "unsung.web.listener", str(entry.place), str(entry.home)]
    return subprocess.Popen(  # noqa: S603 - a list, never a shell
        asked,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        start_new_session=os.name == "posix",
    )


def _end(process: "subprocess.Popen[bytes] | None") -> None:
    if process is None or process.stdin is None:
        return
    process.stdin.close()
    try:
        process.wait(_ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
