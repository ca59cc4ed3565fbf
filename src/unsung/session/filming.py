"""One film beside the album: which file it is, what was told of it, what is remembered.

The film is known by the digest of its bytes, worked out once and again only when the file looks
otherwise. Paths stay in the project; nothing of the film is copied.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import cattrs
from attrs import frozen

from unsung.library.story import story_from
from unsung.model.album import Unheard
from unsung.model.errors import SettingsError, UnsungError
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.model.notes import Notes
from unsung.model.story import Line, Story
from unsung.session.screening import Discs, Screening
from unsung.session.watch import Watch
from unsung.store import Index, Known, Memory, Project, known

_WISH, _CASE = "film", "film case"


@frozen
class FilmWish:
    """The film that a person named, with its texts, and which of its sound streams to take."""

    film: Path
    subtitles: Path | None = None
    screenplay: Path | None = None
    number: int = 0


@frozen
class Reel:
    """All that is read beside one film."""

    film: Screening
    discs: Discs
    story: Story
    notes: Known[dict[str, Notes]]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that have a time, in film order."""
        every = (*self.story.lines, *(line for scene in self.story.scenes for line in scene.lines))
        timed = [(one.span, one) for one in every if one.span is not None]
        return tuple(line for _, line in sorted(timed, key=lambda pair: pair[0]))


Beside = Callable[[Reel, Memory], FilmCase]


def keep_film(
    project: Project,
    index: Index,
    heard: Callable[[], Soundtrack],
    wish: FilmWish | None,
    beside: Beside,
    watch: Watch,
) -> None:
    """Find the album in the film that is wished for, or was; what cannot be read is one line."""
    wanted = wish or _remembered(index)
    if wanted is None:
        return
    try:
        _keep(project, index, heard(), wanted, beside, watch)
    except UnsungError as error:
        missed = Unheard(wanted.film.name, str(error).removeprefix(f"{wanted.film.name}: "))
        index.keep_word("unheard", [*(index.word("unheard") or ()), cattrs.unstructure(missed)])


def film_case(project: Project, index: Index) -> FilmCase | None:
    """What was told of the film; None where none was named, or it was told by an older way."""
    plain = index.word(_CASE)
    try:
        found: FilmCase | None = plain and Memory(project.folder).noun(plain, FilmCase)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found


def _keep(
    project: Project,
    index: Index,
    heard: Soundtrack,
    wanted: FilmWish,
    beside: Beside,
    watch: Watch,
) -> None:
    memory = Memory(project.folder, on_stage=watch.compares)
    digest, stamp = _digest(index, wanted.film, watch)
    texts = [path for path in (wanted.screenplay, wanted.subtitles) if path]
    story = story_from(texts, heard.album) if texts else Story("")
    discs = Discs(Path(str(index.word("place"))), heard.heard)
    film = Screening(wanted.film, digest, wanted.number)
    case = beside(Reel(film, discs, story, _notes(index, heard)), memory)
    with index.at_once():
        index.keep_word(_WISH, {**_plain(wanted), "stamp": stamp, "digest": digest})
        index.keep_word(_CASE, memory.plain(case))


def _remembered(index: Index) -> FilmWish | None:
    plain = index.word(_WISH)
    if not plain:
        return None
    subtitles, screenplay = (
        Path(plain[name]) if plain[name] else None for name in ("subtitles", "screenplay")
    )
    return FilmWish(Path(plain["film"]), subtitles, screenplay, int(plain["number"]))


def _plain(wanted: FilmWish) -> dict[str, Any]:
    """With whole paths, for a run from elsewhere."""
    named = attrs.asdict(wanted).items()
    return {name: str(one.resolve()) if isinstance(one, Path) else one for name, one in named}


def _digest(index: Index, film: Path, watch: Watch) -> tuple[str, list[int]]:
    """The digest of the film's bytes; those of a file that looks as it did are not read again."""
    try:
        found = film.stat()
        stamp = [found.st_size, found.st_mtime_ns]
        before = index.word(_WISH) or {}
        if (before.get("film"), before.get("stamp")) == (str(film.resolve()), stamp):
            return str(before["digest"]), stamp
        watch.compares("filming.digest")
        with film.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), stamp
    except OSError as error:
        raise SettingsError(
            f"{film} cannot be read ({error.strerror}); say where the film is with --film"
        ) from error


def _notes(index: Index, heard: Soundtrack) -> Known[dict[str, Notes]]:
    """The notes of every track, by file."""
    rows = [(one.file, one.answers.get("notes", one.source)) for one in index.heard()]
    return Known(known(rows).digest, lambda: {o.track.file: o.hearing.notes for o in heard.heard})
