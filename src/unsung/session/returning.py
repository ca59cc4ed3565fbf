"""What comes back in an album, kept beside what was heard; and what people say of it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
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
from unsung.model.harmony import Chords
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Testimony
from unsung.model.time import Span
from unsung.motifs.labels import Place, place_of, relabelled
from unsung.session.filming import film_case
from unsung.session.person import person
from unsung.session.reasons import Reason, because
from unsung.session.tasks import album_chords, soundtrack
from unsung.store import Index, Known, Memory, Project, Unanswered, known
from unsung.store.files import write_whole

_ALBUM = "the album"


@attrs.frozen
class Album:
    """An album as it was heard: all of it, and its chords alone, which are soon brought back."""

    heard: Known[tuple[Heard, ...]]
    chords: Known[dict[str, Chords]]


@attrs.frozen
class Labels:
    """The labels that were given, each with the places of its motif."""

    given: dict[str, tuple[Place, ...]]

    def on(self, found: tuple[Motif, ...]) -> tuple[Motif, ...]:
        """The motifs found, known by the labels they had before."""
        return relabelled(found, self.given)


@attrs.frozen
class Returned:
    """What comes back in an album, as it was found and as people say."""

    found: tuple[Motif, ...]
    as_said: tuple[Motif, ...]


Returning = Callable[[Album, Testimony, Labels, Memory], Returned]


def keep_motifs(
    project: Project, index: Index, returning: Returning, on_stage: Callable[[str], None]
) -> None:
    """Seek what comes back, unless that is known, and remember it."""
    memory = Memory(project.folder, on_stage=on_stage)
    said, before = said_of(project), _labels(index)
    returned = returning(_album(project, index, memory), said, before, memory)
    with index.at_once():
        index.keep_word("motifs", memory.plain(returned.as_said))
        index.keep_word("labels", _after(before, returned))
        index.keep_word("said", known(said).digest)
        for asked in memory.asked:
            index.keep_asked(_ALBUM, asked)


def motif_reasons(project: Project, index: Index, returning: Returning) -> Iterator[Reason]:
    """The stages that would be asked again of what comes back in the album as a whole."""
    memory = Memory(project.folder, only_recall=True)
    with suppress(Unanswered):
        returning(_album(project, index, memory), said_of(project), _labels(index), memory)
    for asked in memory.unanswered:
        yield Reason(_ALBUM, asked.stage, because(index.last_asked(_ALBUM, asked.stage), asked))


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
    keep_said(project, {"motif": motif, **place, "holds": holds})


def keep_name(project: Project, motif: str, name: str, meaning: str, source: str) -> None:
    """Write down what a person calls a motif."""
    if meaning and not source:
        raise SettingsError("a meaning needs its source: who says so, and where; give --source")
    said = {"motif": motif, "name": name, "meaning": meaning, "source": source}
    keep_said(project, said)


def take_back(project: Project) -> dict[str, Any]:
    """Take back what was said last; what that was."""
    path = testimony_path(project.folder)
    last = last_said(path)
    if last is None:
        raise SettingsError("nothing was said of these motifs that could be taken back")
    keep_said(project, taken_back(last))
    return last


def keep_said(project: Project, line: dict[str, Any]) -> None:
    """Write down a line of `motifs.jsonl`, with who says so and when."""
    path = testimony_path(project.folder)
    said = {**line, "by": person(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    write_whole(path, with_said(path, said))


def labels_given(project: Project) -> frozenset[str]:
    """All labels that a motif of this album was ever known by."""
    with Index(project.index_path) as index:
        return frozenset(index.word("labels") or {})


def _album(project: Project, index: Index, memory: Memory) -> Album:
    """The album, known by what was heard in each file, brought back only where it is needed."""
    digest = _digest(index, memory)
    return Album(
        Known(digest, lambda: soundtrack(project, index).heard),
        Known(digest + " chords", lambda: album_chords(project, index)),
    )


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


def _after(before: Labels, returned: Returned) -> dict[str, list[tuple[str, float, float]]]:
    """All labels ever given; those of today with the places that were found, or else heard.

    What was parted has none: its places are the motif's that they were found in.
    """
    now = {one.label: _places(one) for one in (*returned.as_said, *returned.found)}
    return {
        label: [(file, span.start_s, span.end_s) for file, span in places]
        for label, places in {**before.given, **now}.items()
    }


def _places(motif: Motif) -> tuple[Place, ...]:
    return () if motif.parted_from else tuple(map(place_of, motif.occurrences))
