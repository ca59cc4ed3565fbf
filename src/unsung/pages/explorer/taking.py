"""What a reader can take along: exports, as links to the server that makes them."""

from urllib.parse import quote

from attrs import frozen

from unsung.pages.explorer.urls import Urls
from unsung.pages.exports import EVERYTHING, EXPORTS

_TABLE_FORMS = ("csv", "json")
_OF_A_TRACK = (
    ("Audacity labels", "audacity", ("motifs", "sections", "key", "chords", "melody")),
    ("Sonic Visualiser layers", "svl", ("motifs", "sections", "key", "chords", "melody")),
    ("MIDI", "midi", ("notes", "melody")),
    ("JAMS", "jams", (EVERYTHING,)),
)


@frozen
class Download:
    """A link and the word on it."""

    word: str
    address: str


@frozen
class Offer:
    """One thing, or one form, and its downloads."""

    name: str
    meaning: str
    downloads: tuple[Download, ...]


def album_offers(urls: Urls) -> tuple[Offer, ...]:
    """Every table of the album; none where no server makes them."""
    if not urls.api():
        return ()
    return tuple(
        Offer(kind.what.replace("-", " "), kind.meaning, _tables(urls, kind.what))
        for kind in EXPORTS
    )


def track_offers(urls: Urls, position: int) -> tuple[Offer, ...]:
    """What other programs read of one track."""
    if not urls.api():
        return ()
    return tuple(
        Offer(name, "", tuple(_of_a_track(urls, what, form, position) for what in whats))
        for name, form, whats in _OF_A_TRACK
    )


def _tables(urls: Urls, what: str) -> tuple[Download, ...]:
    return tuple(
        Download(form.upper(), urls.api(f"export/{quote(what)}.{form}")) for form in _TABLE_FORMS
    )


def _of_a_track(urls: Urls, what: str, form: str, position: int) -> Download:
    return Download(what, urls.api(f"export/{quote(what)}.{form}?track={position}"))
