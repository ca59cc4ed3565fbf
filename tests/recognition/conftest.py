"""Shared by the tests of recognition: rows, works, albums."""

import sys
from pathlib import Path

import pytest

from unsung.recognition.gaps import ground
from unsung.recognition.planted import Nature, planted_world

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parent.parent / "pages"))


@pytest.fixture(scope="session")
def planted():
    """A small planted world."""
    return planted_world(7, Nature(works=260))


@pytest.fixture(scope="session")
def on(planted):
    """Its works as ground for gaps."""
    return ground(planted.reference)
