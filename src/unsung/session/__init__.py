"""One listening of an album, from the shelf to what is remembered."""

from unsung.session.filming import Reel, film_reasons, keep_film
from unsung.session.named_film import FilmWish, film_path
from unsung.session.playback import Playback, Reading, Source
from unsung.session.reasons import Reason, reasons
from unsung.session.regrouping import keep_joining, keep_parting
from unsung.session.report import keep_report
from unsung.session.returning import (
    Album,
    Labels,
    Returned,
    keep_motifs,
    keep_name,
    keep_statement,
    motif_reasons,
    take_back,
    with_motifs,
)
from unsung.session.tasks import Answers, Task, keep, listened, tasks, waiting
from unsung.session.watch import NobodyWatches, Watch, watched

__all__ = [
    "Album",
    "Answers",
    "FilmWish",
    "Labels",
    "NobodyWatches",
    "Playback",
    "Reading",
    "Reason",
    "Reel",
    "Returned",
    "Source",
    "Task",
    "Watch",
    "film_path",
    "film_reasons",
    "keep",
    "keep_film",
    "keep_joining",
    "keep_motifs",
    "keep_name",
    "keep_parting",
    "keep_report",
    "keep_statement",
    "listened",
    "motif_reasons",
    "reasons",
    "take_back",
    "tasks",
    "waiting",
    "watched",
    "with_motifs",
]
