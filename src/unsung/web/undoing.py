"""Undo over all that people write: statements, names and annotations, the last one first."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unsung.library.annotation_file import annotations_path, entries, keep_entries, undone
from unsung.library.testimony_file import last_said, testimony_path
from unsung.library.web_annotation import w3c_of
from unsung.web.answers import Refusal
from unsung.web.opened import OpenAlbum

Json = dict[str, Any]


def taken_back(opened: OpenAlbum) -> Json:
    """Take back what was written last on this machine; what that was."""
    with opened.saying:
        return _taken_back(opened)


def _taken_back(opened: OpenAlbum) -> Json:
    from unsung import session  # noqa: PLC0415  (slow to import)

    home = opened.project.folder
    back = undone(entries(annotations_path(home)), datetime.now(UTC))
    said = last_said(testimony_path(home))
    if back and (said is None or _is_later(back.undoes, said.get("at"), home)):
        keep_entries(annotations_path(home), [back])
        return {"annotation": w3c_of(back.annotation)}
    if said is None:
        raise Refusal(409, "nothing was written that could be taken back")
    line: Json = opened.say(session.take_back)
    told = ("motif", "name", "track", "start_s", "end_s", "joined", "parted")
    return {key: line[key] for key in told if key in line}


def _is_later(annotated: str, said: Any, home: Path) -> bool:
    """Whether the annotation came last; within one second, as the files were changed."""
    ours, theirs = _seconds_of(annotated), _seconds_of(said)
    if ours != theirs:
        return ours > theirs
    changed = (annotations_path(home), testimony_path(home))
    return changed[0].stat().st_mtime_ns >= changed[1].stat().st_mtime_ns


def _seconds_of(written: Any) -> str:
    """An instant to the second, in a form that sorts; what no instant is comes before all."""
    try:
        at = datetime.fromisoformat(written).astimezone(UTC)
    except (TypeError, ValueError):
        return ""
    return at.isoformat(timespec="seconds")
