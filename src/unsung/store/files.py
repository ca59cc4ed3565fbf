"""Files that are either whole or not there, however the program dies."""

import os
import tempfile
from pathlib import Path

from unsung.model.errors import StoreError


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: a reader sees the old file or the new, never half."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(draft).chmod(0o644)
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(
            f"{path} could not be written ({error.strerror}); free some space, or choose another"
            " project folder with --project"
        ) from error


def remove_drafts(folder: Path) -> None:
    """Clear away what a killed run had begun to write."""
    for draft in folder.rglob(".draft-*"):
        draft.unlink(missing_ok=True)
