"""Which film a person named beside the album, and whether its file is still what it was.

The path stays in the project folder. A file is known to be unchanged by its size and the time of
its last change: who has only the project folder cannot make another file pass for the film.
"""

from pathlib import Path
from typing import Any, Literal

import attrs
from attrs import frozen

from unsung.store import Index
from unsung.store.project import INDEX_NAME

FilmState = Literal["as it was", "gone", "changed"]

_WISH = "film"


@frozen
class FilmWish:
    """The film that a person named, with its texts, and which of its sound streams to take.

    `number` counts the sound streams from 0; without it the language decides, and without that
    the mark that the file itself sets.
    """

    film: Path
    subtitles: Path | None = None
    screenplay: Path | None = None
    number: int | None = None
    language: str = ""


@frozen
class NamedFilm:
    """The film of a project as it was heard: the file, its sound stream, its digest and looks."""

    path: Path
    number: int
    digest: str
    stamp: tuple[int, int]

    @property
    def state(self) -> FilmState:
        """Whether the file is there, and looks as it did."""
        now = looks(self.path)
        if now is None:
            return "gone"
        return "as it was" if now == self.stamp else "changed"


def looks(film: Path) -> tuple[int, int] | None:
    """The size of a file and when it was last changed; None where there is none."""
    try:
        found = film.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if film.is_file() else None


def remembered_wish(index: Index) -> FilmWish | None:
    """What a person asked for last."""
    plain = index.word(_WISH)
    if not plain:
        return None
    subtitles, screenplay = (
        Path(plain[name]) if plain[name] else None for name in ("subtitles", "screenplay")
    )
    film, language = Path(plain["film"]), str(plain.get("language", ""))
    return FilmWish(film, subtitles, screenplay, int(plain["number"]), language)


def named_film(index: Index) -> NamedFilm | None:
    """The film that was heard last."""
    plain = index.word(_WISH)
    if not plain:
        return None
    size, changed_ns = plain["stamp"]
    return NamedFilm(Path(plain["film"]), plain["number"], plain["digest"], (size, changed_ns))


def keep_named(index: Index, wish: FilmWish, film: NamedFilm) -> None:
    """Remember both, with whole paths, for a run from elsewhere."""
    plain: dict[str, Any] = {
        name: str(one.resolve()) if isinstance(one, Path) else one
        for name, one in attrs.asdict(wish).items()
    }
    known = {"number": film.number, "digest": film.digest, "stamp": list(film.stamp)}
    index.keep_word(_WISH, plain | known)


def film_path(home: Path, wish: FilmWish | None) -> Path | None:
    """Where the film lies that is wished for, or that the project at `home` remembers."""
    if wish is not None:
        return wish.film
    if not (home / INDEX_NAME).exists():
        return None
    with Index(home / INDEX_NAME) as index:
        before = remembered_wish(index)
    return before.film if before else None
