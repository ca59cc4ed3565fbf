"""Arrays come back as they were kept, however they lay in memory; damage is told."""

from pathlib import Path

import numpy as np
import pytest

from unsung.store.arrays import Arrays

KEPT = [
    np.arange(12, dtype=np.float32).reshape(3, 4),
    np.asfortranarray(np.arange(12, dtype=np.float64).reshape(3, 4)),
    np.array(3.5),
    np.zeros((0, 7), np.int16),
    np.array([True, False]),
    np.arange(5, dtype=">i4"),
    np.array(["a", "bc"]),
    np.arange(24, dtype=np.uint8).reshape(2, 3, 4),
]


@pytest.mark.parametrize("array", KEPT, ids=lambda one: f"{one.dtype} {one.shape}")
def test_an_array_comes_back_as_it_was_kept(tmp_path: Path, array: np.ndarray):
    arrays = Arrays(tmp_path)
    back = arrays.array(arrays.keep(array))
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert np.array_equal(back, array)


@pytest.mark.parametrize("left", [0, 5, 60, 130])
def test_a_cut_file_is_damaged(tmp_path: Path, left: int):
    arrays = Arrays(tmp_path)
    digest = arrays.keep(KEPT[0])
    (path,) = tmp_path.rglob("*.npy")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises((ValueError, OSError)):
        arrays.array(digest)


def test_an_array_that_is_gone_is_told(tmp_path: Path):
    with pytest.raises(OSError, match="No such file"):
        Arrays(tmp_path).array("0" * 64)
