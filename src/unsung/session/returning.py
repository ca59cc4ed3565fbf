"""What comes back in an album, kept beside what was heard; and what people say of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs

from unsung.library.testimony_file import (
    last_said,
    taken_back,
    testimony,
    testimony_path,
    with_said,
)
from unsung.model.errors import SettingsError
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Testimony
from unsung.model.time import Span
from unsung.motifs.labels import Place, place_of, relabelled
from unsung.session.filming import film_case
from unsung.session.person import person
from unsung.session.tasks import soundtrack
from unsung.store import Index, Known, Memory, Project, known
from unsung.store.files import write_whole

Album = Known[tuple[Heard, ...]]
Returning = Callable[[Album, Known[Testimony], "Known[Labels]", Memory], Known[tuple[Motif, ...]]]


@attrs.frozen
class Labels:
    """The labels that were given, each with the places of its motif."""

    given: dict[str, tuple[Place, ...]]

    def on(self, found: tuple[Motif, ...]) -> tuple[Motif, ...]:
        """The motifs found, known by the labels they had before."""
        return relabelled(found, self.given)


def keep_motifs(
    project: Project, index: Index, returning: Returning, on_stage: Callable[[str], None]
) -> None:
    """Seek what comes back, unless that is known, and remember it."""
    memory = Memory(project.folder, on_stage=on_stage)
    said, before = said_of(project), _labels(index)
    album = Known(_digest(index, memory), lambda: soundtrack(project, index).heard)
    found = returning(album, known(said), known(before), memory).value
    with index.at_once():
        index.keep_word("motifs", memory.plain(found))
        index.keep_word("labels", _after(before, found))
        index.keep_word("said", known(said).digest)


def with_motifs(project: Project, index: Index) -> Soundtrack:
    """All that the project remembers, what comes back in it, and where it sounds in the film."""
    heard = soundtrack(project, index)
    memory = Memory(project.folder)
    found = memory.noun(index.word("motifs") or [], tuple[Motif, ...])
    film = film_case(project, index)
    return attrs.evolve(heard, motifs=found, testimony=said_of(project), film=film)


def said_of(project: Project) -> Testimony:
    """What people said of the album's motifs."""
    return testimony(testimony_path(project.folder))


def keep_statement(project: Project, motif: str, file: str, span: Span, *, holds: bool) -> None:
    """Write down that a person confirms, or rejects, a place."""
    place = {"track": file, "start_s": span.start_s, "end_s": span.end_s}
    _keep(project, {"motif": motif, **place, "holds": holds})


def keep_name(project: Project, motif: str, name: str, meaning: str, source: str) -> None:
    """Write down what a person calls a motif."""
    if meaning and not source:
        raise SettingsError("a meaning needs its source: who says so, and where; give --source")
    said = {"motif": motif, "name": name, "meaning": meaning, "source": source}
    _keep(project, said)


def take_back(project: Project) -> dict[str, Any]:
    """Take back what was said last; what that was."""
    path = testimony_path(project.folder)
    last = last_said(path)
    if last is None:
        raise SettingsError("nothing was said of these motifs that could be taken back")
    _keep(project, taken_back(last))
    return last


def _keep(project: Project, line: dict[str, Any]) -> None:
    path = testimony_path(project.folder)
    said = {**line, "by": person(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    write_whole(path, with_said(path, said))


def _digest(index: Index, memory: Memory) -> str:
    """What the album is known by: the files in their order, and what was heard in each."""
    rows = [
        [kept.file, kept.source, {name: memory.digest(key) for name, key in kept.answers.items()}]
        for kept in index.heard()
    ]
    return known(rows).digest


def _labels(index: Index) -> Labels:
    given = index.word("labels") or {}
    return Labels(
        {label: tuple((file, Span(a, b)) for file, a, b in rows) for label, rows in given.items()}
    )


def _after(before: Labels, found: tuple[Motif, ...]) -> dict[str, list[tuple[str, float, float]]]:
    """All labels ever given; those of today with today's places."""
    now = {one.label: tuple(map(place_of, one.occurrences)) for one in found}
    return {
        label: [(file, span.start_s, span.end_s) for file, span in places]
        for label, places in {**before.given, **now}.items()
    }
