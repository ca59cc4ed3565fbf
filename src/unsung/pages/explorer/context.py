"""What the pages are made from; nothing else is looked up."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.model.story import Story
from unsung.pages.explorer.urls import Urls
from unsung.pages.explorer.waveform import Waveform

CardState = Literal["heard", "waiting", "listening", "unreadable"]
"""Of an album on the shelf: listened to; not yet; just now; or nothing of it can be read."""


@frozen
class ExplorerContext:
    """Everything that the pages of one album show."""

    soundtrack: Soundtrack
    """The album, what was heard in it, its motifs, and what people said of them."""

    urls: Urls
    """Where pages, sound and style lie, as seen from a page."""

    version: str
    """The version of Unsung, such as `0.1.0`; shown in the colophon."""

    findings: tuple[Finding, ...] = ()
    """The answers to all questions; the pages of gems and findings show them as they are."""

    story: Story | None = None
    """What happens in the work and which music goes with it, if somebody told."""

    article_html: str | None = None
    """The address of the article as HTML, if there is one."""

    article_files: Mapping[str, str] = field(factory=dict)
    """For a published folder: where each format of the article lies that was made for it."""

    waveforms: Mapping[str, Waveform] = field(factory=dict)
    """Of tracks, by file, where no server is asked for them: they stand in the pages."""

    album_slug: str = ""
    """By what name the server knows the album; empty in a published folder."""

    can_write: bool = False
    """Whether readers may name, confirm, reject and comment: never in a published folder."""

    write_token: str = field(default="", repr=False)
    """What a write must carry in `X-Unsung-Token`; empty where nothing can be written."""

    def __attrs_post_init__(self) -> None:
        if self.can_write and not self.urls.api():
            raise ValueError("what can be written needs an address that takes it")

    @property
    def has_film(self) -> bool:
        """Whether there is a film to tell of."""
        film = self.soundtrack.film
        return film is not None and film.duration_s > 0


@frozen
class AlbumCard:
    """An album on the shelf of the library."""

    slug: str
    title: str
    folder: str
    """Where its music lies, as the reader would type it."""
    address: str
    """Its first page; empty until something was heard."""
    state: CardState = "waiting"
    tracks: int = 0
    duration_s: float = field(default=0.0, converter=float)
    motifs: int = 0
    composer: str = ""
    reason: str = ""
    """Why it cannot be read, in one line."""


@frozen
class LibraryContext:
    """Everything that the library page shows."""

    albums: tuple[AlbumCard, ...]
    version: str
    write_token: str = field(default="", repr=False)
    can_write: bool = True
    home: str = ""
    """The reader's own folder, to begin the path that is asked for."""
