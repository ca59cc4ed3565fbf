"""How far a listening has come: workers say it in small files, whoever watches is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from unsung.model.album import Track, Unheard
from unsung.store.files import write_whole

PROGRESS_FOLDER = "progress"
_GLANCE_S = 0.2


class Watch(Protocol):
    """Somebody who wants to know how the listening goes; a terminal, a page."""

    def begins(self, every: tuple[Track, ...], waiting: tuple[Track, ...]) -> None:
        """All tracks of the album, and those that have to be heard now."""

    def reaches(self, file: str, stage: str) -> None:
        """A track has come to a stage."""

    def finishes(self, file: str) -> None:
        """A track has been heard."""

    def misses(self, unheard: Unheard) -> None:
        """A file could not be heard."""

    def compares(self, stage: str) -> None:
        """All tracks have been heard; what comes back among them is being sought."""


class NobodyWatches:
    """The listening goes on unseen."""

    def begins(self, every: tuple[Track, ...], waiting: tuple[Track, ...]) -> None:
        """Nothing is shown."""

    def reaches(self, file: str, stage: str) -> None:
        """Nothing is shown."""

    def finishes(self, file: str) -> None:
        """Nothing is shown."""

    def misses(self, unheard: Unheard) -> None:
        """Nothing is shown."""

    def compares(self, stage: str) -> None:
        """Nothing is shown."""


@contextmanager
def telling(project: Path, track: Track) -> Iterator[Callable[[str], None]]:
    """A way to tell, from any process, which stage `track` has come to."""
    progress = project / PROGRESS_FOLDER / f"{track.position}.json"
    try:
        yield lambda stage: write_whole(progress, json.dumps([track.file, stage]).encode())
    finally:
        progress.unlink(missing_ok=True)


@contextmanager
def watched(project: Path, watch: Watch) -> Iterator[None]:
    """Tell `watch`, several times a second, which stages the workers have come to."""
    over, folder = threading.Event(), project / PROGRESS_FOLDER

    def look() -> None:
        seen: dict[str, str] = {}
        while not over.wait(_GLANCE_S):
            for file, stage in _stages(folder):
                if seen.get(file) != stage:
                    seen[file] = stage
                    watch.reaches(file, stage)

    _clear(folder)
    observer = threading.Thread(target=look, daemon=True)
    observer.start()
    try:
        yield
    finally:
        over.set()
        observer.join()


def _stages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.json")):
        try:
            file, stage = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        yield file, stage


def _clear(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.unlink(missing_ok=True)
