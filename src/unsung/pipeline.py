"""The order: what follows what, read from top to bottom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from unsung import engine, library, session
from unsung.library.settings_file import settings_beside
from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif, Occurrence, Passage, Testimony
from unsung.model.notes import Notes
from unsung.model.settings import Settings
from unsung.motifs.commonness import commonness_digest
from unsung.motifs.soundtrack import passage_of, returns_of, sought_in, what_returns
from unsung.motifs.testimony import as_said
from unsung.one_film import beside
from unsung.one_track import heard
from unsung.session import (
    Album,
    FilmWish,
    Labels,
    NobodyWatches,
    Reason,
    Watch,
)
from unsung.store import Index, Known, Memory, Project, project_folder

if TYPE_CHECKING:
    from unsung.model.finding import Finding
    from unsung.model.recognition import Case
    from unsung.session import writing
    from unsung.session.recognising import Wishes

T = TypeVar("T")


def returning(
    album: Album, said: Known[Testimony], labels: Known[Labels], memory: Memory
) -> Known[tuple[Motif, ...]]:
    """What comes back in the album: as it is found, then as people say."""
    sought = memory.derive(sought_in, album)
    found = memory.ask(what_returns, sought, uses=commonness_digest())
    known_as = memory.derive(Labels.on, labels, found)
    return memory.ask(as_said, known_as, said, sought) if said.value != Testimony() else known_as


def listen(
    place: str | Path,
    *,
    project: str | Path | None = None,
    settings: Settings | None = None,
    jobs: int | None = None,
    on: str | None = None,
    film: FilmWish | None = None,
    watch: Watch | None = None,
) -> Soundtrack:
    """Hear every track in `place` (a folder, an archive or a file) and remember it.

    What was heard before is not heard again. `jobs` processes of this machine work at a time
    (all cores unless told otherwise), or the Dask cluster whose scheduler is at `on`. Then the
    album is sought in `film`, or in the film that was named before.
    """
    place, watch = Path(place), watch or NobodyWatches()
    shelf = library.shelf(place)
    wanted = settings or settings_beside(place)
    home = Project.made_at(home_of(place, project))
    with home.alone(), Index(home.index_path) as index:
        tasks = session.tasks(shelf, home, index, wanted)
        waiting = session.waiting(index, shelf, tasks, heard)
        watch.begins(shelf.album.tracks, tuple(task.track for task in waiting))
        crew = engine.workers(jobs, on, shared_folder=home.folder)
        work = partial(session.listened, hear=heard)
        with session.watched(home.folder, watch):
            for task, outcome in engine.outcomes(crew, work, waiting):
                session.keep(index, task, outcome, watch)
        session.keep_motifs(home, index, returning, watch.compares)
        soundtrack = partial(session.with_motifs, home, index)
        session.keep_film(home, index, soundtrack, film, beside, watch)
        return soundtrack()


def home_of(place: str | Path, project: str | Path | None = None) -> Path:
    """The project folder of an album, or `project` itself."""
    return Path(project) if project else project_folder(Path(place))


def remembered(home: str | Path) -> Soundtrack:
    """What the project (or the album it belongs to) remembers, without listening again."""
    found = Project.found_at(project_folder(Path(home)))
    with Index(found.index_path) as index:
        return session.with_motifs(found, index)


def why(place: str | Path, *, project: str | Path | None = None) -> tuple[Reason, ...]:
    """What `listen` would do again, stage by stage, and the reason for each."""
    place = Path(place)
    shelf, wanted = library.shelf(place), settings_beside(place)
    home = Project.found_at(home_of(place, project))
    with Index(home.index_path) as index:
        tasks = session.tasks(shelf, home, index, wanted)
        return tuple(reason for task in tasks for reason in session.reasons(index, task, heard))


def find(soundtrack: Soundtrack, asked: Passage | Notes) -> tuple[Occurrence, ...]:
    """Every place of an album that was heard where a passage of it, or a line, comes back."""
    sought = sought_in(soundtrack.heard)
    line = asked if isinstance(asked, Notes) else passage_of(sought, asked.track_file, asked.span)
    return returns_of(line, sought)


def say(home: str | Path, said: Callable[[Project], T]) -> T:
    """Write down what a person says of the motifs, and let it count from now on."""
    found = Project.found_at(project_folder(Path(home)))
    with found.alone(), Index(found.index_path) as index:
        answer = said(found)
        session.keep_motifs(found, index, returning, lambda _stage: None)
    keep_report(found.folder)
    return answer


def keep_report(home: str | Path) -> Path:
    """Write the report of what a project remembers, if it has changed; where it lies."""
    found = Project.found_at(Path(home))
    with Index(found.index_path) as index:
        return session.keep_report(found, index, partial(session.with_motifs, found, index))


def recognise(
    place: str | Path, *, project: str | Path | None = None, wishes: "Wishes | None" = None
) -> "tuple[Case, Path]":
    """What the world gave an album that was heard, against what it shows; and where the page is."""
    from unsung.session import recognising  # noqa: PLC0415  (slow to import, wanted by few)

    place, wished = Path(place), wishes or recognising.Wishes()
    home = Project.found_at(home_of(place, project))
    with home.alone(), Index(home.index_path) as index:
        found = recognising.recognised(session.with_motifs(home, index), place, home, wished)
        page = recognising.keep_case(home, index, found, place)
    keep_report(home.folder)
    return found, page


def article(
    place: str | Path, *, project: str | Path | None = None, wishes: "writing.Wishes | None" = None
) -> "writing.Written":
    """What can be said of an album that was heard: its author's words if there are any, or ours."""
    from unsung.pages.article.composing import Material, article  # noqa: PLC0415  (wanted by few)
    from unsung.pages.article.illustrating import figures  # noqa: PLC0415
    from unsung.session import writing  # noqa: PLC0415

    place, wished = Path(place), wishes or writing.Wishes()
    home = Project.found_at(home_of(place, project))
    with home.alone(), Index(home.index_path) as index:
        soundtrack = session.with_motifs(home, index)
        findings = writing.found(soundtrack, home, index, wished)
        material = Material(soundtrack, findings, figures(soundtrack, findings))
        return writing.written(article(material), material, place, home, index, wished)


def findings(soundtrack: Soundtrack, home: Path) -> "tuple[Finding, ...]":
    """What all questions find in an album that was heard."""
    from unsung.session import writing  # noqa: PLC0415

    project = Project.found_at(home)
    with Index(project.index_path) as index:
        return writing.found(soundtrack, project, index, writing.Wishes())


def article_page(place: Path, home: Path) -> str:
    """The article as a page that needs nothing but itself."""
    from unsung.pages.article.formats import as_html  # noqa: PLC0415

    found = article(place, project=home)
    return as_html(found.manuscript, found.context)


def keep_own_article(
    place: str | Path, found: "writing.Written", *, project: str | Path | None = None
) -> Path:
    """Write an article down for its author, unless there is one already; where it lies."""
    from unsung.session import writing  # noqa: PLC0415

    return writing.keep_own(Project.found_at(home_of(place, project)), found.manuscript)
