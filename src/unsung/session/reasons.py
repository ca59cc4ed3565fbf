"""Why a stage would be asked again: state as data, for `unsung why`."""

from collections.abc import Iterator

from attrs import frozen

from unsung.session.playback import source_digest
from unsung.session.tasks import Hear, Task, recalled
from unsung.store import UNANSWERED, Asked, Index


@frozen
class Reason:
    """One stage that would run again for one file, and why."""

    file: str
    stage: str
    because: str


def reasons(index: Index, task: Task, hear: Hear) -> Iterator[Reason]:
    """Every stage the task would have to go through, in the order it would."""
    if task.source is None:
        yield Reason(task.track.file, "reading", "the file is new, or has changed on disk")
        return
    _listened, memory = recalled(task, hear)
    for asked in memory.unanswered:
        said = because(index.last_asked(source_digest(task.source), asked.stage), asked)
        yield Reason(task.track.file, asked.stage, said)


def because(before: Asked | None, now: Asked) -> str:
    """What is different from the last time the question was put."""
    if before is None:
        return "it was never asked about this sound"
    if before.key == now.key:
        return "its answer is no longer in the project folder"
    changes = list(_changes(before, now))
    return "; ".join(changes) or "it is asked in another way"


def _changes(before: Asked, now: Asked) -> Iterator[str]:
    if before.code.partition("+")[0] != now.code.partition("+")[0]:
        yield "its code has changed"
    if before.code.partition("+")[2] != now.code.partition("+")[2]:
        yield "its network has changed"
    for name, digest in now.arguments.items():
        if digest.startswith(UNANSWERED):
            yield f"it follows from {digest.removeprefix(UNANSWERED)}"
        elif before.arguments.get(name) != digest:
            yield f"its {name} changed" if name == "settings" else f"its {name} is another"
