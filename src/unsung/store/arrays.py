"""Arrays by the digest of what they hold: equal arrays are kept once."""

import hashlib
import io
from pathlib import Path

import numpy as np

from unsung.store.files import write_whole


class Arrays:
    """A folder of `.npy` files, each named by the SHA-256 of its bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, array: np.ndarray) -> str:
        """Write the array unless it is there; its digest."""
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        content = buffer.getvalue()
        digest = hashlib.sha256(content).hexdigest()
        if not self.has(digest):
            write_whole(self._path(digest), content)
        return digest

    def array(self, digest: str) -> np.ndarray:
        """The array kept under `digest`; `OSError` or `ValueError` where it is gone or damaged."""
        array: np.ndarray = np.load(self._path(digest), allow_pickle=False)
        return array

    def has(self, digest: str) -> bool:
        """Whether an array is kept under `digest`."""
        return self._path(digest).exists()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest[2:]}.npy"
