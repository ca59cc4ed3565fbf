"""The explorer: an album to wander, page by page, in a browser.

Each page is a pure function of a frozen context. Pages stand on their own: they are read, linked,
printed and, where there is sound, played without a script. The script (`static/explorer.js`, built
from `frontend/`) adds time: one player for all pages, a map that zooms, loops, comparisons, marks
and comments. The same pages are served by `unsung serve` and lie in the folder that
`unsung publish` writes; the two differ in their `Urls` and in what may be written.
"""

from unsung.pages.explorer.album import album_page
from unsung.pages.explorer.article import article_page, waiting_page
from unsung.pages.explorer.context import AlbumCard, ExplorerContext, LibraryContext
from unsung.pages.explorer.error import error_page
from unsung.pages.explorer.film import film_page
from unsung.pages.explorer.findings import findings_page, gems_page
from unsung.pages.explorer.folder import folder
from unsung.pages.explorer.frame import STATIC_FILES, static_file
from unsung.pages.explorer.library import library_page
from unsung.pages.explorer.motif import motif_page
from unsung.pages.explorer.search import Hit, hits, search_page
from unsung.pages.explorer.track import track_page
from unsung.pages.explorer.urls import FolderUrls, ServedUrls, Urls
from unsung.pages.explorer.waveform import Waveform, waveform

__all__ = [
    "STATIC_FILES",
    "AlbumCard",
    "ExplorerContext",
    "FolderUrls",
    "Hit",
    "LibraryContext",
    "ServedUrls",
    "Urls",
    "Waveform",
    "album_page",
    "article_page",
    "error_page",
    "film_page",
    "findings_page",
    "folder",
    "gems_page",
    "hits",
    "library_page",
    "motif_page",
    "search_page",
    "static_file",
    "track_page",
    "waiting_page",
    "waveform",
]
