"""What the server needs of the pages: functions from a context to HTML, and their files.

The pages themselves are made elsewhere and handed in, so that the server knows nothing of them.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from attrs import field, frozen

from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.model.story import Story
from unsung.web.albums import Shelved


class Outlined(NamedTuple):
    """How far a track swings to either side, -127..127, in columns of equal length."""

    low: list[int]
    high: list[int]


@frozen
class Given:
    """What the context of an album's pages is made from.

    `positions` are those of the tracks that have sound, by file; `can_write` is always true where
    pages are served. `outlines` of tracks, by file, are for pages that can ask no server for them.
    """

    soundtrack: Soundtrack
    findings: tuple[Finding, ...]
    album_slug: str
    positions: Mapping[str, int]
    write_token: str = field(repr=False)
    version: str
    article_html: str | None = None
    outlines: Mapping[str, Outlined] = field(factory=dict)
    story: Story | None = None


@frozen
class GivenShelf:
    """What the library page is made from; `listening` is the slug of the album being heard now."""

    albums: tuple[Shelved, ...]
    listening: str
    write_token: str = field(repr=False)
    version: str


class Hit(NamedTuple):
    """Something that a search found: its kind, its words, its address."""

    kind: str
    words: str
    address: str


def _nothing_found(_soundtrack: Soundtrack, _home: Path) -> tuple[Finding, ...]:
    return ()


class Tell(Protocol):
    """Gives what was told of the work; with `only_recall` only if it was read before."""

    def __call__(
        self, soundtrack: Soundtrack, home: Path, *, only_recall: bool = False
    ) -> Story | None:
        """The story, if there is one."""
        ...


def nothing_told(soundtrack: Soundtrack, home: Path, *, only_recall: bool = False) -> Story | None:
    """Nothing: nobody told anything."""
    del soundtrack, home, only_recall
    return None


def _no_hits(_context: Any, _query: str) -> Iterable[Hit]:
    return ()


@frozen
class Pages:
    """The pages of the explorer: `context` makes what the others take; each gives HTML.

    `hits` searches what the machine knows, `find` answers the questions that make findings (of
    what was heard, and the project folder), `tell` gives what was told of the work, and `folder`
    makes the files of an album that is published, by name, with the formats of its `article`.
    """

    context: Callable[[Given], Any]
    library: Callable[[GivenShelf], str]
    album: Callable[[Any], str]
    track: Callable[[Any, int], str]
    motif: Callable[[Any, str, int], str]
    gems: Callable[[Any], str]
    findings: Callable[[Any], str]
    article: Callable[[Any], str]
    film: Callable[[Any], str]
    search: Callable[[Any, str], str]
    error: Callable[[int, str], str]
    folder: Callable[..., Mapping[str, bytes]]
    static: Mapping[str, bytes] = field(factory=dict)
    hits: Callable[[Any, str], Iterable[Hit]] = _no_hits
    find: Callable[[Soundtrack, Path], tuple[Finding, ...]] = _nothing_found
    tell: Tell = nothing_told
