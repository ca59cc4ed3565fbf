"""The explorer's door: a small server for one's own machine.

explorer(Guard(), KnownAlbums(path), pages) is the application: a value built from a list of routes.
"""

from unsung.web.albums import KnownAlbums, albums_path, shelved
from unsung.web.app import explorer
from unsung.web.guard import Guard
from unsung.web.kept import KeptPages, kept_pages_path
from unsung.web.pages import Pages

__all__ = [
    "Guard",
    "KeptPages",
    "KnownAlbums",
    "Pages",
    "albums_path",
    "explorer",
    "kept_pages_path",
    "shelved",
]
