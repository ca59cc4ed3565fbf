"""The story that somebody told of an album's work: read once, and remembered without its words."""

from pathlib import Path

from attrs import evolve

from unsung.library.story import story_from
from unsung.model.album import Album
from unsung.model.hearing import Soundtrack
from unsung.model.story import Story
from unsung.store import Index, Known, Memory, Project, code_digest, known
from unsung.store.stamps import stamps


def outline(places: tuple[Path, ...], album: Album) -> Story:
    """Who is where, and with which music; nothing of what is said."""
    told = story_from(places, album)
    return evolve(told, scenes=tuple(evolve(one, lines=()) for one in told.scenes), lines=())


def story_told(
    soundtrack: Soundtrack, project: Project, index: Index, *, only_recall: bool = False
) -> Story | None:
    """The outline of the story in the files that were named; None where none were, or are gone.

    With `only_recall` also where it was not read yet, which takes seconds.
    """
    places = tuple(Path(one) for one in index.word("story") or ())
    if not places or not all(path.exists() for path in places):
        return None
    files = Known(known(stamps(places)).digest, lambda: places)
    reader = code_digest("unsung.library.story.door")
    memory = Memory(project.folder, only_recall=only_recall)
    found = memory.ask(outline, files, known(soundtrack.album), uses=reader)
    return None if memory.unanswered else found.value
