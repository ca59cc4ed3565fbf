"""The explorer as a static folder: files written for any web host.

A folder that was published before is written again; anything else that is not empty is left alone.
"""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from unsung.model.errors import StoreError
from unsung.store.files import write_whole

LIST_NAME = ".unsung-published.json"
"""What was written here, so that it, and nothing else, may be written over and cleared away."""


def keep_published(out: Path, files: Mapping[str, bytes]) -> Path:
    """Write `files`, by their path inside `out`; what an earlier publishing left over goes."""
    _check_names(files)
    before = _published_before(out)
    for name in sorted(before - set(files)):
        (out / name).unlink(missing_ok=True)
    write_whole(out / LIST_NAME, json.dumps(sorted(before | set(files)), indent=0).encode())
    for name, content in files.items():
        write_whole(out / name, content)
    write_whole(out / LIST_NAME, json.dumps(sorted(files), indent=0).encode())
    return out


def _check_names(files: Mapping[str, bytes]) -> None:
    for name in files:
        if not _stays_inside(name):
            raise ValueError(f"{name!r} would be written outside the folder")


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not (
        name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name
    )


def _published_before(out: Path) -> set[str]:
    """The names written there before; refuses a folder that holds anything of somebody else."""
    try:
        if not out.exists() or not any(out.iterdir()):
            return set()
        names = json.loads((out / LIST_NAME).read_bytes())
    except NotADirectoryError as error:
        raise StoreError(f"{out} is a file; name a folder") from error
    except OSError as error:
        raise StoreError(
            f"{out} holds something that `unsung publish` did not write; name a new folder"
        ) from error
    except ValueError as error:
        raise StoreError(f"{out / LIST_NAME} is damaged; name a new folder") from error
    return {name for name in names if isinstance(name, str) and _stays_inside(name)}
