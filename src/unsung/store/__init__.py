"""The memory: one project folder with content-addressed answers and an SQLite index."""

from unsung.store.code import code_digest
from unsung.store.index import Index, Kept
from unsung.store.memory import UNANSWERED, Asked, Known, Memory, Unanswered, known
from unsung.store.project import Project, project_folder

__all__ = [
    "UNANSWERED",
    "Asked",
    "Index",
    "Kept",
    "Known",
    "Memory",
    "Project",
    "Unanswered",
    "code_digest",
    "known",
    "project_folder",
]
