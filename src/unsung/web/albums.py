"""The library: the albums that are known here, kept in the folder of one's own settings."""

import json
import re
import sqlite3
import threading
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from attrs import frozen
from platformdirs import user_config_path

from unsung.library.clean import cleaned
from unsung.model.errors import LibraryError, UnsungError
from unsung.store import Index, project_folder
from unsung.store.files import write_whole

State = Literal["heard", "waiting", "unreadable"]
_MOST_ALBUMS = 1_000
_LONGEST_SLUG = 60
_UNREADABLE = (
    *(UnsungError, OSError, sqlite3.Error, ValueError, KeyError, TypeError, AttributeError),
)


@frozen
class Entry:
    """An album that is known: its name in addresses, where it lies, and its project folder."""

    slug: str
    place: Path
    home: Path


@frozen
class Shelved:
    """An album as the library shows it.

    `heard` of its `tracks` were heard; what is not known of an album that waits is 0 or empty.
    `duration_s` is that of its recordings. Where it is unreadable, `reason` says why in one line.
    """

    slug: str
    title: str
    place: str
    state: State
    reason: str = ""
    tracks: int = 0
    heard: int = 0
    duration_s: float = 0.0
    motifs: int = 0
    composer: str = ""


def albums_path() -> Path:
    """Where the list of known albums is kept for this person."""
    return user_config_path("unsung", appauthor=False) / "albums.json"


class KnownAlbums:
    """The list of known albums in one small file; several threads may ask."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()

    def entries(self) -> tuple[Entry, ...]:
        """All of them, as they were added."""
        try:
            plain = json.loads(self._path.read_bytes())
            return tuple(
                Entry(_checked(one["slug"]), Path(one["place"]), Path(one["home"]))
                for one in plain["albums"]
            )
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryError(
                f"{self._path} is damaged; delete it, and choose the albums' folders again"
            ) from error

    def entry(self, slug: str) -> Entry | None:
        """The album of this name."""
        return next((one for one in self.entries() if one.slug == slug), None)

    def add(self, place: Path, project: Path | None = None) -> Entry:
        """Remember the album at `place`; one that is known stays what it is."""
        place = place.resolve()
        if not place.exists():
            raise LibraryError(f"{place} is not there; choose a folder of music")
        home = (project or project_folder(place)).resolve()
        if home == place:
            place = _music_of(home)
        with self._lock:
            known = self.entries()
            for one in known:
                if one.place == place and one.home == home:
                    return one
            if len(known) >= _MOST_ALBUMS:
                raise LibraryError(f"the library holds {_MOST_ALBUMS} albums; take some out first")
            new = Entry(_free(_slug(_title(place, home)), known), place, home)
            self._keep((*known, new))
        return new

    def forget(self, slug: str) -> None:
        """Take an album out of the list; nothing else of it is touched."""
        with self._lock:
            self._keep(tuple(one for one in self.entries() if one.slug != slug))

    def _keep(self, entries: tuple[Entry, ...]) -> None:
        plain = [
            {"slug": one.slug, "place": str(one.place), "home": str(one.home)} for one in entries
        ]
        write_whole(self._path, json.dumps({"albums": plain}, indent=1).encode())


def shelved(one: Entry) -> Shelved:
    """What the library shows of an album, without bringing back what was heard."""
    name, place = _name(one.place), str(one.place)
    if not one.place.exists() and not (one.home / "unsung.db").exists():
        return Shelved(one.slug, name, place, "unreadable", "its folder is not there any more")
    if not (one.home / "unsung.db").exists():
        return Shelved(one.slug, name, place, "waiting")
    try:
        stat = (one.home / "unsung.db").stat()
        return _remembered(one, (stat.st_mtime_ns, stat.st_size))
    except _UNREADABLE as error:
        return Shelved(one.slug, name, place, "unreadable", str(error).splitlines()[0])


@lru_cache(maxsize=_MOST_ALBUMS)
def _remembered(one: Entry, _stamp: tuple[int, int]) -> Shelved:
    """As the project folder tells; asked again only where it has changed."""
    with Index(one.home / "unsung.db") as index:
        album, heard = index.word("album") or {}, index.heard()
        motifs = index.word("motifs") or ()
    sources = [kept.source for kept in heard if isinstance(kept.source, dict)]
    return Shelved(
        slug=one.slug,
        title=cleaned(album.get("title", "")) or _name(one.place),
        place=str(one.place),
        state="heard" if heard else "waiting",
        tracks=len(album.get("tracks", ())),
        heard=len(heard),
        duration_s=sum(float(source["duration_s"]) for source in sources),
        motifs=len(motifs),
        composer=_composer(album.get("tracks", ())),
    )


def _composer(tracks: list[Any]) -> str:
    """Who composed most of the tracks, as their tags say."""
    names = Counter(
        person["name"]
        for track in tracks
        for person in track.get("people", ())
        if person["role"] == "composer"
    )
    return cleaned(names.most_common(1)[0][0]) if names else ""


def _music_of(home: Path) -> Path:
    """Where the music lies of which a project folder remembers."""
    with Index(home / "unsung.db") as index:
        return Path(str(index.word("place") or home))


def _title(place: Path, home: Path) -> str:
    return shelved(Entry("a", place, home)).title


def _name(place: Path) -> str:
    return cleaned(place.name) or "album"


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-") or "album"


def _free(slug: str, known: tuple[Entry, ...]) -> str:
    taken = {one.slug for one in known}
    number = 1
    while (name := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return name


def _checked(slug: Any) -> str:
    if not isinstance(slug, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise ValueError(slug)
    return slug
