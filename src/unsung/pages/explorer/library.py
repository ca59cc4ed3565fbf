"""The library: all albums that are known here, and a place to add one."""

from unsung.pages.explorer.context import LibraryContext
from unsung.pages.explorer.frame import STATIC_FILES, rendered, versioned
from unsung.pages.explorer.urls import ServedUrls


def library_page(context: LibraryContext) -> str:
    """The shelf; where it is empty, how it fills."""
    urls = ServedUrls("")
    return rendered(
        "library.html.jinja",
        {
            "title": "Library",
            "context": context,
            "settings": {
                "library": urls.library(),
                "albums": "/api/albums",
                "token": context.write_token,
                "canWrite": context.can_write,
                "tracks": [],
                "motifs": [],
                "api": "",
                "canAttach": False,
                "album": "",
            },
            "statics": {name: versioned(urls.static(name), name) for name in STATIC_FILES},
            "version": context.version,
        },
    )
