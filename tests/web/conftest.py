"""One small album, served for all tests that change nothing in it; a fresh one for the others."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import made_albums
from made_albums import NAMES as FILES


def _made(folder):
    for file in FILES:
        made_albums.written(folder / file, made_albums.chirp())
    return made_albums.album_at(folder, FILES)


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A visitor of an album that nobody changes."""
    folder = tmp_path_factory.mktemp("shared")
    with made_albums.served(folder / "albums.json", _made(folder / "The Skerry Light")) as visitor:
        yield visitor


@pytest.fixture
def fresh(tmp_path):
    """A visitor of an album of their own."""
    with made_albums.served(tmp_path / "albums.json", _made(tmp_path / "album")) as visitor:
        visitor.folder = tmp_path / "album"
        yield visitor
