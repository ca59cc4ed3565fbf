"""The order: what follows what, read from top to bottom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from unsung import engine, library, session
from unsung.library.settings_file import settings_beside
from unsung.model.hearing import Soundtrack
from unsung.model.motif import Occurrence, Passage, Testimony
from unsung.model.notes import Notes
from unsung.model.settings import Settings
from unsung.motifs.commonness import commonness_digest
from unsung.motifs.soundtrack import passage_of, returns_of, sought_in, what_returns
from unsung.motifs.stated import stated
from unsung.motifs.testimony import as_said
from unsung.one_film import beside
from unsung.one_track import heard
from unsung.session import (
    Album,
    FilmWish,
    Labels,
    NobodyWatches,
    Reason,
    Returned,
    Watch,
)
from unsung.store import Index, Memory, Project, known, project_folder

if TYPE_CHECKING:
    from unsung.model.finding import Finding
    from unsung.model.recognition import Case
    from unsung.model.story import Story
    from unsung.session import own_words, writing
    from unsung.session.recognising import Wishes

T = TypeVar("T")


def returning(album: Album, said: Testimony, labels: Labels, memory: Memory) -> Returned:
    """What comes back in the album: as it is found, then as people say."""
    sought = memory.derive(sought_in, album.heard)
    found = memory.ask(what_returns, sought, uses=commonness_digest())
    known_as = labels.on(found.value)

    def stated_at(passage: Passage) -> tuple[Occurrence, ...]:
        return memory.ask(stated, known(passage), sought).value

    if not said.said:
        return Returned(known_as, known_as)
    return Returned(known_as, as_said(known_as, said, stated_at, album.chords.value))


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
    shelf = library.shelf(place, film=session.film_path(home_of(place, project), film))
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


def album_folder(home: str | Path) -> Path:
    """The folder in which the album of a project lies, by which its tracks' files are named."""
    found = Project.found_at(project_folder(Path(home)))
    with Index(found.index_path) as index:
        place = Path(str(index.word("place")))
    return place.parent if place.is_file() else place


def why(place: str | Path, *, project: str | Path | None = None) -> tuple[Reason, ...]:
    """What `listen` would do again, stage by stage, and the reason for each."""
    place = Path(place)
    home = Project.found_at(home_of(place, project))
    shelf = library.shelf(place, film=session.film_path(home.folder, None))
    wanted = settings_beside(place)
    with Index(home.index_path) as index:
        tasks = session.tasks(shelf, home, index, wanted)
        again = [reason for task in tasks for reason in session.reasons(index, task, heard)]
        again += session.motif_reasons(home, index, returning)
        known_so_far = partial(session.with_motifs, home, index)
        return (*again, *session.film_reasons(home, index, known_so_far, beside))


def find(soundtrack: Soundtrack, asked: Passage | Notes) -> tuple[Occurrence, ...]:
    """Every place of an album that was heard where a passage of it, or a line, comes back."""
    sought = sought_in(soundtrack.heard)
    line = asked if isinstance(asked, Notes) else passage_of(sought, asked.track_file, asked.span)
    return returns_of(line, sought)


def say(home: str | Path, said: Callable[[Project], T]) -> T:
    """Write down what a person says of the motifs, and let it count from now on.

    The report is not written again: that takes a while, and `keep_report` does it.
    """
    found = Project.found_at(project_folder(Path(home)))
    with found.alone(), Index(found.index_path) as index:
        answer = said(found)
        session.keep_motifs(found, index, returning, lambda _stage: None)
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
) -> "own_words.Written":
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


def told(soundtrack: Soundtrack, home: Path, *, only_recall: bool = False) -> "Story | None":
    """What happens in the work, if somebody named files that tell it; without what is said.

    With `only_recall` only if they were read before.
    """
    from unsung.session.told import story_told  # noqa: PLC0415

    project = Project.found_at(home)
    with Index(project.index_path) as index:
        return story_told(soundtrack, project, index, only_recall=only_recall)


def article_ground(
    soundtrack: Soundtrack, findings: "tuple[Finding, ...]", home: Path
) -> "own_words.Ground":
    """What any text of an album's article stands on, our own text drawn with its figures."""
    from unsung.pages.article.composing import Material, article  # noqa: PLC0415
    from unsung.pages.article.illustrating import figures  # noqa: PLC0415
    from unsung.pages.article.manuscript import manuscript  # noqa: PLC0415
    from unsung.session import own_words, writing  # noqa: PLC0415

    ours = manuscript(article(Material(soundtrack, findings, figures(soundtrack, findings))))
    with Index(Project.found_at(home).index_path) as index:
        return own_words.Ground(soundtrack, findings, ours, writing.heard_on(index))


def article_formats(
    soundtrack: Soundtrack, findings: "tuple[Finding, ...]", home: Path
) -> dict[str, bytes]:
    """The article, its author's if there is one, in every format that can be made here."""
    from unsung.session import own_words  # noqa: PLC0415

    ground = article_ground(soundtrack, findings, home)
    said = own_words.as_written(own_words.own_text(Project.found_at(home)), ground)
    return own_words.in_every_format(said)


def keep_own_article(
    place: str | Path, found: "own_words.Written", *, project: str | Path | None = None
) -> Path:
    """Write an article down for its author, unless there is one already; where it lies."""
    from unsung.session import own_words  # noqa: PLC0415

    return own_words.keep_own(Project.found_at(home_of(place, project)), found.manuscript)
