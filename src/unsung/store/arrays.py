"""Arrays by the digest of what they hold: equal arrays are kept once."""

import hashlib
import io
import re
from pathlib import Path

import numpy as np

from unsung.store.files import write_whole

_USUAL = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([<|][biuf]\d)', 'fortran_order': False,"
    rb" 'shape': \(([\d, ]*)\), \} *\n",
    re.DOTALL,
)
"""The head of nearly every file, as NumPy writes it; to parse it as Python takes ten times longer,
and an album has thousands."""


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
        content = self._path(digest).read_bytes()
        usual = _USUAL.match(content)
        if usual is None:
            return _unusual(content)
        shape = [int(size) for size in usual[2].split(b",") if size.strip()]
        row = np.frombuffer(content, np.dtype(usual[1].decode()), offset=usual.end())
        return row.reshape(shape)

    def has(self, digest: str) -> bool:
        """Whether an array is kept under `digest`."""
        return self._path(digest).exists()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest[2:]}.npy"


def _unusual(content: bytes) -> np.ndarray:
    try:
        array: np.ndarray = np.load(io.BytesIO(content), allow_pickle=False)
    except EOFError as error:
        raise ValueError("an array without a byte") from error
    return array
