"""One film beside the album: what was told of it, what is remembered, what would be asked again.

The film is known by the digest of its bytes, worked out once and again only when the file looks
otherwise. Nothing of it is copied.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import cattrs
from attrs import frozen

from unsung.library.film_streams import meant_stream
from unsung.library.film_subtitles import inner_subtitles, subtitles_text
from unsung.library.story import story_from
from unsung.library.story.subtitles import is_subtitles, subtitles
from unsung.model.album import Unheard
from unsung.model.errors import LibraryError, SettingsError, UnsungError
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.model.notes import Notes
from unsung.model.story import Line, Story
from unsung.session.named_film import (
    FilmWish,
    NamedFilm,
    keep_named,
    looks,
    named_film,
    remembered_wish,
)
from unsung.session.reasons import Reason, because
from unsung.session.screening import Discs, Screening
from unsung.session.watch import Watch
from unsung.store import Index, Known, Memory, Project, Unanswered, known

_CASE = "film case"


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
    wanted = wish or remembered_wish(index)
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


def film_reasons(
    project: Project, index: Index, heard: Callable[[], Soundtrack], beside: Beside
) -> Iterator[Reason]:
    """The stages that would be asked again of the film that is remembered."""
    wanted, film = remembered_wish(index), named_film(index)
    if wanted is None or film is None:
        return
    name = film.path.name
    if film.state != "as it was":
        said = "it is not there any more" if film.state == "gone" else "it has changed on disk"
        yield Reason(name, "filming.recognising_the_film", said)
        return
    memory, cut_off = Memory(project.folder, only_recall=True), False
    try:
        beside(_reel(index, heard(), wanted, film, memory, lambda _stage: None), memory)
    except Unanswered:
        cut_off = True
    except UnsungError as error:
        yield Reason(name, "reading", str(error).removeprefix(f"{name}: "))
    for asked in memory.unanswered:
        yield Reason(name, asked.stage, because(index.last_asked(film.digest, asked.stage), asked))
    if cut_off:
        yield Reason(name, "all after it", f"it follows from {memory.unanswered[-1].stage}")


def _keep(
    project: Project,
    index: Index,
    heard: Soundtrack,
    wanted: FilmWish,
    beside: Beside,
    watch: Watch,
) -> None:
    memory = Memory(project.folder, on_stage=watch.compares)
    film = _film(index, wanted, watch)
    case = beside(_reel(index, heard, wanted, film, memory, watch.compares), memory)
    with index.at_once():
        keep_named(index, wanted, film)
        index.keep_word(_CASE, memory.plain(case))
        for asked in memory.asked:
            index.keep_asked(film.digest, asked)


def _film(index: Index, wanted: FilmWish, watch: Watch) -> NamedFilm:
    """The film as it is now, known by its digest; what looks as it did is not read again."""
    before, stamp = named_film(index), looks(wanted.film)
    try:
        if before and (before.path, before.stamp) == (wanted.film.resolve(), stamp):
            digest = before.digest
        else:
            watch.compares("filming.recognising_the_film")
            with wanted.film.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SettingsError(
            f"{wanted.film} cannot be read ({error.strerror}); say where the film is with --film"
        ) from error
    number = wanted.number
    if number is None:
        number = meant_stream(wanted.film, wanted.language).number
    return NamedFilm(wanted.film, number, digest, stamp or (0, 0))


def _reel(
    index: Index,
    heard: Soundtrack,
    wanted: FilmWish,
    film: NamedFilm,
    memory: Memory,
    on_stage: Callable[[str], None],
) -> Reel:
    story = _story(heard, wanted, film, memory)
    shown = Screening(film.path, film.digest, film.number, on_stage)
    discs = Discs(Path(str(index.word("place"))), heard.heard, on_stage)
    return Reel(shown, discs, story, _notes(index, heard))


def _story(heard: Soundtrack, wanted: FilmWish, film: NamedFilm, memory: Memory) -> Story:
    """What the texts tell that were named; without subtitles, what those inside the film say."""
    texts = [path for path in (wanted.screenplay, wanted.subtitles) if path]
    inside = () if wanted.subtitles else _inside(wanted, film, memory)
    return story_from(texts, heard.album, inside) if texts or inside else Story("")


def _inside(wanted: FilmWish, film: NamedFilm, memory: Memory) -> tuple[Story, ...]:
    found = inner_subtitles(film.path, film.number, wanted.language)
    if found is None:
        return ()
    path = Known(film.digest, lambda: film.path)
    text = memory.ask(subtitles_text, path, known(found.number)).value
    try:
        return (subtitles(text, film.path.name),) if is_subtitles(text) else ()
    except LibraryError:
        return ()


def _notes(index: Index, heard: Soundtrack) -> Known[dict[str, Notes]]:
    """The notes of every track, by file."""
    rows = [(one.file, one.answers.get("notes", one.source)) for one in index.heard()]
    return Known(known(rows).digest, lambda: {o.track.file: o.hearing.notes for o in heard.heard})
