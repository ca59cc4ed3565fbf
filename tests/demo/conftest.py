"""The shipped demo, decoded once; and the composer's modules, which live outside the package."""

import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

from unsung.demo import soundtrack_files, truth

sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "demo"))


@pytest.fixture(scope="session")
def known() -> dict[str, Any]:
    return truth()


@pytest.fixture(scope="session")
def recording() -> Any:
    """The mono sound of a recording, by its file name, and its sample rate."""
    shipped = {file.name: file for file in soundtrack_files()}

    @cache
    def decoded(name: str) -> tuple[np.ndarray, int]:
        samples, rate_hz = sf.read(BytesIO(shipped[name].read_bytes()), always_2d=True)
        return samples.mean(axis=1), rate_hz

    return decoded
