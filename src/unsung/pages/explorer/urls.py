"""Where everything lies: the addresses of pages, sound and style, from a server or from a folder.

Times in addresses are media fragments (`#t=41.2`), so that each moment of an album has a link.
"""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote, urlencode

from attrs import field, frozen


@frozen
class Taken:
    """An export that a reader may take: what, in which form, of which track or motif alone."""

    what: str
    form: str
    track: int = 0
    motif: str = ""


class Urls(Protocol):
    """Addresses as a page writes them; empty where there is nothing at the other end."""

    def library(self) -> str:
        """The list of albums."""
        ...

    def album(self) -> str:
        """The album's first page."""
        ...

    def track(self, position: int, at_s: float | None = None) -> str:
        """A track, or a moment of it."""
        ...

    def motif(self, label: str, occurrence: int | None = None) -> str:
        """A motif, or one of its occurrences, counted from 1 in story order."""
        ...

    def gems(self) -> str:
        """The gems."""
        ...

    def findings(self, slug: str | None = None) -> str:
        """All findings, or one of them."""
        ...

    def article(self) -> str:
        """The page about the article."""
        ...

    def film(self) -> str:
        """The film, if one is known."""
        ...

    def search(self, query: str = "") -> str:
        """The search, or what it answers."""
        ...

    def static(self, name: str) -> str:
        """A file of `static/`."""
        ...

    def audio(self, track_file: str) -> str:
        """The sound of a track as a browser can play it and seek in it exactly."""
        ...

    def excerpt(self, track_file: str) -> str:
        """Where exact cuts of that sound are made, `from` and `to` being added in seconds."""
        ...

    def peaks(self, position: int) -> str:
        """The lowest and highest samples of a track, for its waveform."""
        ...

    def prints(self) -> str:
        """How each track sounds, by which a reader's own copy is known."""
        ...

    def api(self, name: str = "") -> str:
        """What takes what people write."""
        ...

    def export(self, taken: Taken) -> str:
        """An export to keep."""
        ...


@frozen
class ServedUrls:
    """Addresses under `unsung serve`. `positions` are those of the tracks that have sound."""

    album_slug: str
    positions: Mapping[str, int] = field(factory=dict)

    def library(self) -> str:
        """The root of the server."""
        return "/"

    def album(self) -> str:
        """`/a/the-skerry/`."""
        return f"/a/{quote(self.album_slug)}/"

    def track(self, position: int, at_s: float | None = None) -> str:
        """`/a/the-skerry/track/3#t=41.2`."""
        return f"{self.album()}track/{position}{_moment(at_s)}"

    def motif(self, label: str, occurrence: int | None = None) -> str:
        """`/a/the-skerry/motif/A/3`."""
        which = f"/{occurrence}" if occurrence else ""
        return f"{self.album()}motif/{quote(label, safe='')}{which}"

    def gems(self) -> str:
        """`/a/the-skerry/gems`."""
        return f"{self.album()}gems"

    def findings(self, slug: str | None = None) -> str:
        """`/a/the-skerry/findings#finding-gap`."""
        return f"{self.album()}findings{_anchor(slug)}"

    def article(self) -> str:
        """`/a/the-skerry/article`."""
        return f"{self.album()}article"

    def film(self) -> str:
        """`/a/the-skerry/film`."""
        return f"{self.album()}film"

    def search(self, query: str = "") -> str:
        """`/a/the-skerry/search?q=harp`."""
        return f"{self.album()}search" + (f"?{urlencode({'q': query})}" if query else "")

    def static(self, name: str) -> str:
        """`/static/explorer.js`."""
        return f"/static/{quote(name)}"

    def audio(self, track_file: str) -> str:
        """`/a/the-skerry/audio/3`."""
        position = self.positions.get(track_file)
        return f"{self.album()}audio/{position}" if position else ""

    def excerpt(self, track_file: str) -> str:
        """`/a/the-skerry/audio/3/excerpt`."""
        sound = self.audio(track_file)
        return f"{sound}/excerpt" if sound else ""

    def peaks(self, position: int) -> str:
        """`/a/the-skerry/api/tracks/3/peaks`."""
        is_heard = position in self.positions.values()
        return self.api(f"tracks/{position}/peaks") if is_heard else ""

    def prints(self) -> str:
        """Nobody attaches anything where there is a server."""
        return ""

    def api(self, name: str = "") -> str:
        """`/a/the-skerry/api/find`."""
        return f"{self.album()}api/{name}"

    def export(self, taken: Taken) -> str:
        """`/a/the-skerry/api/export/motifs.m3u8?motif=A`."""
        only = {"track": taken.track, "motif": taken.motif}
        query = urlencode({name: value for name, value in only.items() if value})
        address = self.api(f"export/{quote(taken.what)}.{taken.form}")
        return f"{address}?{query}" if query else address


@frozen
class FolderUrls:
    """Addresses in a published folder, where nothing can be written; `sounds` by track file.

    `exports` are the files that lie there for readers to take.
    """

    sounds: Mapping[str, str] = field(factory=dict)
    exports: Mapping[Taken, str] = field(factory=dict)

    def library(self) -> str:
        """A published album stands alone."""
        return ""

    def album(self) -> str:
        """`index.html`."""
        return "index.html"

    def track(self, position: int, at_s: float | None = None) -> str:
        """`track-3.html#t=41.2`."""
        return f"track-{position}.html{_moment(at_s)}"

    def motif(self, label: str, occurrence: int | None = None) -> str:
        """`motif-A.html#occurrence-3`."""
        which = f"#occurrence-{occurrence}" if occurrence else ""
        return f"motif-{quote(label, safe='')}.html{which}"

    def gems(self) -> str:
        """`gems.html`."""
        return "gems.html"

    def findings(self, slug: str | None = None) -> str:
        """`findings.html#finding-gap`."""
        return f"findings.html{_anchor(slug)}"

    def article(self) -> str:
        """`article.html`."""
        return "article.html"

    def film(self) -> str:
        """`film.html`."""
        return "film.html"

    def search(self, query: str = "") -> str:
        """`search.html#q=harp`: the script answers, there is no server to ask."""
        return "search.html" + (f"#{urlencode({'q': query})}" if query else "")

    def static(self, name: str) -> str:
        """`static/explorer.js`."""
        return f"static/{quote(name)}"

    def audio(self, track_file: str) -> str:
        """Where its sound was published, if it was."""
        return self.sounds.get(track_file, "")

    def excerpt(self, track_file: str) -> str:
        """Nobody cuts sound in a folder: `track_file` is decoded in the browser instead."""
        del track_file
        return ""

    def peaks(self, position: int) -> str:
        """The waveform of `position` stands in its page, which may be read from disk."""
        del position
        return ""

    def prints(self) -> str:
        """`static/prints.js`."""
        return "static/prints.js"

    def api(self, name: str = "") -> str:
        """Nothing takes writing here, `name` or not."""
        del name
        return ""

    def export(self, taken: Taken) -> str:
        """`take/m3u8/motifs/motif%20A.m3u8`, if it was published."""
        return quote(self.exports.get(taken, ""))


def _moment(at_s: float | None) -> str:
    return "" if at_s is None else f"#t={at_s:.1f}"


def _anchor(slug: str | None) -> str:
    return f"#finding-{slug}" if slug else ""
