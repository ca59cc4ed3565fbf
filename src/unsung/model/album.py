"""The work, its album, the album's tracks, and who made them."""

from typing import Literal

from attrs import field, frozen

SourceKind = Literal["recording", "score"]


@frozen
class Person:
    """A name and what that person did, as the tags or a source say."""

    name: str
    role: str


@frozen
class Work:
    """The film, series or game."""

    title: str
    kind: str = ""
    year: int | None = None


@frozen
class Track:
    """One item of an album.

    `file` is its path inside the album folder with `/` between parts; a member of an archive
    follows `!`: `music.pk3!music/menu.ogg`. Tags that are missing are empty or None: unknown is
    not zero. `position` counts from 1 in album order.
    """

    position: int
    file: str
    kind: SourceKind
    title: str
    disc: int | None = None
    number: int | None = None
    album_title: str = ""
    people: tuple[Person, ...] = ()
    year: int | None = None
    genre: str = ""
    comment: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


@frozen
class Album:
    """A release: its tracks in album order."""

    title: str
    tracks: tuple[Track, ...]
    work: Work | None = None

    def __attrs_post_init__(self) -> None:
        files = [track.file for track in self.tracks]
        if len(set(files)) != len(files):
            raise ValueError("an album lists each file once")


@frozen
class Recording:
    """The sound of a file, known by the digest of its samples, whatever name or tags it bears."""

    digest: str
    sample_rate_hz: int
    channels: int
    duration_s: float = field()

    @duration_s.validator
    def _lasts(self, _attribute: object, value: float) -> None:
        if value <= 0:
            raise ValueError("a recording needs at least one sample")


@frozen
class Unheard:
    """A file that could not be heard, and why, in one line."""

    file: str
    reason: str
