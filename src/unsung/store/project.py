"""Where the memory of an album lies: one folder beside the music."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from unsung.model.errors import StoreError
from unsung.store.files import remove_drafts

try:
    import fcntl
except ImportError:  # a system without it loses only the warning about two runs at once
    fcntl = None  # type: ignore[assignment]

INDEX_NAME = "unsung.db"


def project_folder(place: Path) -> Path:
    """The project of an album folder, an archive, a single file, or of the project itself."""
    if (place / INDEX_NAME).exists():
        return place
    return place / "unsung" if place.is_dir() else place.with_suffix(".unsung")


@frozen
class Project:
    """One project folder and the places in it."""

    folder: Path

    @classmethod
    def made_at(cls, folder: Path) -> "Project":
        """The project at `folder`, which is made if it is not there."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n")
        except OSError as error:
            raise StoreError(
                f"{folder} could not be made ({error.strerror}); choose a folder you may write to"
                " with --project"
            ) from error
        return cls(folder)

    @classmethod
    def found_at(cls, folder: Path) -> "Project":
        """The project at `folder`, which must be there."""
        if not (folder / INDEX_NAME).exists():
            raise StoreError(f"{folder} holds no project yet; run `unsung listen` first")
        return cls(folder)

    @property
    def index_path(self) -> Path:
        """The SQLite index."""
        return self.folder / INDEX_NAME

    @property
    def report_path(self) -> Path:
        """The page that `unsung listen` ends with."""
        return self.folder / "report.html"

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the project for one run; a second run is told so."""
        with (self.folder / "lock").open("w") as lock:
            if fcntl:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError as error:
                    raise StoreError(
                        f"{self.folder} is in use by another run of unsung; wait for it to end"
                    ) from error
            remove_drafts(self.folder)
            yield
