"""One listening of an album: which tracks wait, what came of each, what is remembered.

The person's process owns the index; workers only add content-addressed answers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import attrs
import cattrs
from attrs import frozen

from unsung import library
from unsung.engine import GaveUp
from unsung.model.album import Album, Recording, Track, Unheard
from unsung.model.errors import StoreError, UnsungError
from unsung.model.harmony import Chords
from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.outcomes import NotHeard
from unsung.model.score import Score
from unsung.model.settings import Settings
from unsung.session.playback import Source, source_digest
from unsung.session.watch import Watch, telling
from unsung.store import Asked, Index, Kept, Known, Memory, Project

Answers = dict[str, Known[Any]]
Hear = Callable[["Task", Memory], tuple[Source, Answers]]

NOT_IN_A_SCORE = NotHeard("a score has no sound")


@frozen
class Task:
    """One track to be heard, and where.

    `stamp` is what its bytes look like, `source` what its sound is already known to be.
    """

    place: Path
    track: Track
    project: Path
    settings: Settings
    stamp: str
    source: Source | None


@frozen
class Listened:
    """What came of a task: the sound, the key of each answer, and the questions put."""

    source: Source
    answers: dict[str, str]
    asked: tuple[Asked, ...]


def tasks(
    shelf: library.Shelf, project: Project, index: Index, settings: Settings
) -> tuple[Task, ...]:
    """A task for every track on the shelf, with what is already known of its sound."""
    place, folder = shelf.place.resolve(), project.folder.resolve()
    return tuple(
        Task(place, track, folder, settings, stamp, _known_source(index, track, stamp))
        for track in shelf.album.tracks
        for stamp in [library.stamp(shelf.place, track)]
    )


def recalled(task: Task, hear: Hear) -> tuple[Listened | None, Memory]:
    """What the memory has of the task, if it has all of it; and the memory, to be questioned."""
    memory = Memory(task.project, only_recall=True)
    if task.source is None:
        return None, memory
    source, answers = hear(task, memory)
    return None if memory.unanswered else _listened(source, answers, memory), memory


def listened(task: Task, hear: Hear) -> Listened | Unheard:
    """The track of `task` heard, saying on the way which stage it is at."""
    with telling(task.project, task.track) as tell:
        tell("reading")
        memory = Memory(task.project, on_stage=tell)
        try:
            source, answers = hear(task, memory)
        except UnsungError as error:
            return Unheard(task.track.file, str(error))
        return _listened(source, answers, memory)


def waiting(
    index: Index, shelf: library.Shelf, every: tuple[Task, ...], hear: Hear
) -> tuple[Task, ...]:
    """The tasks that need work; what is recalled of the others is put in the album's order."""
    done = {task: recalled(task, hear)[0] for task in every}
    with index.at_once():
        index.keep_word("album", cattrs.unstructure(shelf.album))
        index.keep_word("place", str(shelf.place.resolve()))
        index.keep_word("unheard", cattrs.unstructure(shelf.unheard))
        index.forget_heard()
        for task, outcome in done.items():
            if outcome:
                _keep_heard(index, task, outcome)
    return tuple(task for task, outcome in done.items() if outcome is None)


def keep(index: Index, task: Task, outcome: Listened | Unheard | GaveUp, watch: Watch) -> None:
    """Remember what came of a task, and tell who watches."""
    if isinstance(outcome, GaveUp):
        outcome = Unheard(task.track.file, outcome.reason)
    with index.at_once():
        index.keep_word("heard_on", datetime.now(UTC).date().isoformat())
        if isinstance(outcome, Listened):
            _keep_heard(index, task, outcome)
        else:
            missed = [*(index.word("unheard") or ()), cattrs.unstructure(outcome)]
            index.keep_word("unheard", missed)
    if isinstance(outcome, Listened):
        watch.finishes(task.track.file)
    else:
        watch.misses(outcome)


def soundtrack(project: Project, index: Index) -> Soundtrack:
    """All that the project remembers, in album order; one clear line where part of it is gone."""
    with _telling_what_is_gone(project):
        return _remembered(Memory(project.folder), index)


def album_chords(project: Project, index: Index) -> dict[str, Chords]:
    """The chords of every track, by its file, in album order; without all else that was heard."""
    memory = Memory(project.folder)
    with _telling_what_is_gone(project):
        return {kept.file: memory.recall(kept.answers["chords"], Chords) for kept in index.heard()}


@contextmanager
def _telling_what_is_gone(project: Project) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"part of what was heard is missing or damaged in {project.folder}; delete its folder"
            " `arrays` and run `unsung listen` again"
        ) from error


def _remembered(memory: Memory, index: Index) -> Soundtrack:
    album = memory.noun(index.word("album"), Album)
    tracks = {track.file: track for track in album.tracks}
    return Soundtrack(
        album,
        tuple(Heard(tracks[kept.file], _hearing(memory, kept)) for kept in index.heard()),
        memory.noun(index.word("unheard"), tuple[Unheard, ...]),
    )


def _hearing(memory: Memory, kept: Kept) -> Hearing:
    """What was heard in one file, each part from its own answer."""
    parts: dict[str, Any] = {
        name: memory.recall(kept.answers[name], kind) if name in kept.answers else NOT_IN_A_SCORE
        for name, kind in get_type_hints(Hearing).items()
        if name not in ("source", "duration_s")
    }
    if isinstance(kept.source, dict):
        recording = Recording(**kept.source)
        return Hearing(recording, recording.duration_s, **parts)
    score = memory.recall(kept.answers["score"], Score)
    return Hearing(score, score.duration_s, **parts)


def _keep_heard(index: Index, task: Task, outcome: Listened) -> None:
    source = outcome.source
    plain = attrs.asdict(source) if isinstance(source, Recording) else source
    index.keep_source(task.track.file, task.stamp, plain)
    index.keep_heard(task.track.position, Kept(task.track.file, plain, outcome.answers))
    for asked in outcome.asked:
        index.keep_asked(source_digest(source), asked)


def _known_source(index: Index, track: Track, stamp: str) -> Source | None:
    plain = index.source(track.file, stamp)
    return Recording(**plain) if isinstance(plain, dict) else plain


def _listened(source: Source, answers: Answers, memory: Memory) -> Listened:
    keys = {name: answer.key for name, answer in answers.items()}
    return Listened(source, keys, tuple(memory.asked))
