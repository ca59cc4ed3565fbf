"""One listening of an album, from the shelf to what is remembered."""

from unsung.session.playback import Playback, Reading, Source
from unsung.session.reasons import Reason, reasons
from unsung.session.report import keep_report
from unsung.session.tasks import Answers, Task, keep, listened, soundtrack, tasks, waiting
from unsung.session.watch import NobodyWatches, Watch, watched

__all__ = [
    "Answers",
    "NobodyWatches",
    "Playback",
    "Reading",
    "Reason",
    "Source",
    "Task",
    "Watch",
    "keep",
    "keep_report",
    "listened",
    "reasons",
    "soundtrack",
    "tasks",
    "waiting",
    "watched",
]
