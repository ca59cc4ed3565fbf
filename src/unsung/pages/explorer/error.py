"""What stands where a page should be."""

from unsung.pages.explorer.frame import STATIC_FILES, rendered, versioned
from unsung.pages.explorer.urls import ServedUrls

_HEADINGS = {
    403: "This is not allowed",
    404: "Nothing lies here",
    413: "That is too much at once",
    429: "A little too fast",
    500: "Something broke",
}


def error_page(status: int, words: str) -> str:
    """A heading for the status, the one line that tells what was wrong, and a way back."""
    urls = ServedUrls("")
    return rendered(
        "error.html.jinja",
        {
            "title": _HEADINGS.get(status, "That did not work"),
            "status": status,
            "words": words,
            "home": urls.library(),
            "statics": {name: versioned(urls.static(name), name) for name in STATIC_FILES},
        },
    )
