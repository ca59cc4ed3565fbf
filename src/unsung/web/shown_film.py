"""The film of an album as it can be shown: the person's own file, or a copy made of it.

Only the file that the project names, and only while it looks as it did when it was heard. Where it
lies is told to nobody.
"""

import math
import re
import sqlite3
from functools import lru_cache
from pathlib import Path

from attrs import frozen

from unsung.library.film_copy import COPY_PREFIX, Copying, still
from unsung.library.film_playable import Playable, playable
from unsung.model.errors import UnsungError
from unsung.session.named_film import NamedFilm, named_film
from unsung.store import Index
from unsung.store.files import write_whole
from unsung.web.answers import Refusal
from unsung.web.opened import OpenAlbum
from unsung.web.playing import COPIES_FOLDER

LEAST_STEP_S, MOST_STILLS, STILL_PX = 2, 600, 160
_DIGEST = re.compile(r"[0-9a-f]{16,128}")
_ANEW = "name it anew with unsung listen and --film"
_WHY_NOT = {
    "gone": f"The film is not where it was when it was heard: {_ANEW}.",
    "changed": f"The file of the film has changed since it was heard: {_ANEW}.",
}


@frozen
class ShownFilm:
    """The film that a project names, there to be shown, and where its copy lies or would lie."""

    film: NamedFilm
    playable: Playable
    copying: Copying

    @property
    def file(self) -> tuple[Path, str] | None:
        """What to play, and its media type; None where it takes a copy that is not made."""
        if self.copying.whole.exists():
            return self.copying.whole, self.copying.media_type
        if self.playable.media_type:
            return self.film.path, self.playable.media_type
        return None

    @property
    def step_s(self) -> int:
        """How far apart the stills of its strip are."""
        return max(LEAST_STEP_S, math.ceil(self.playable.duration_s / MOST_STILLS))

    def still(self, number: int) -> bytes:
        """A still of the strip, kept once it was made."""
        if not self.playable.has_picture or number * self.step_s >= self.playable.duration_s:
            raise Refusal(404, "the film shows nothing there")
        kept = self._stills / f"{number}.jpg"
        if not self._stills.exists():
            self.copying.clear_others()
        if not kept.exists():
            whole = self.copying.whole
            source = whole if whole.exists() else self.film.path
            write_whole(kept, still(source, number * self.step_s, STILL_PX))
        return kept.read_bytes()

    @property
    def _stills(self) -> Path:
        return self.copying.home / f"{self.copying.name}.stills"


def shown_film(opened: OpenAlbum) -> ShownFilm:
    """The film of an album; a refusal in words where it cannot be shown."""
    film = _named(opened)
    if film is None:
        raise Refusal(404, f"Where the film lies is not known: {_ANEW}.")
    if film.state != "as it was":
        raise Refusal(404, _WHY_NOT[film.state])
    told = _playable(film)
    name = f"{COPY_PREFIX}{film.digest[:16]}-{film.number}"
    home = opened.entry.home / COPIES_FOLDER
    copying = Copying(film.path, film.number, home, name, told.duration_s, told.has_picture)
    return ShownFilm(film, told, copying)


def _named(opened: OpenAlbum) -> NamedFilm | None:
    """What the project says, with care: one that came with an album may be a forgery."""
    try:
        with Index(opened.project.index_path) as index:
            film = named_film(index)
        is_plain = film is not None and _DIGEST.fullmatch(film.digest) and film.number >= 0
    except (KeyError, TypeError, ValueError, sqlite3.Error):
        return None
    return film if is_plain else None


@lru_cache(maxsize=16)
def _playable(film: NamedFilm) -> Playable:
    try:
        return playable(film.path, film.number)
    except UnsungError as error:
        raise Refusal(404, f"The film cannot be read: {error}") from error
