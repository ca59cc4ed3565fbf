"""What stood in the article before: every version, and how it differs from what stands now."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from attrs import evolve, frozen
from starlette.requests import Request
from starlette.responses import Response

from unsung.library.article_file import article_path
from unsung.library.article_history import Version
from unsung.library.article_history import versions as kept
from unsung.session.own_words import own_text
from unsung.web.answers import Refusal, answer
from unsung.web.asked import Json
from unsung.web.desk import album

_MOST_LISTED = 1_000
_MOST_COMPARED_LINES = 3_000
_PAUSE_S = 120
_MUCH_SIGNS = 100


@frozen
class _Row:
    """A version without its text, which may be long."""

    version: Version
    words: int


def listed(request: Request) -> Response:
    """Every version of the text, the newest first; a thousand at most."""
    path = article_path(album(request).project.folder)
    rows = [_row(one) for one in kept(path)]
    following = [*(row.version for row in rows[1:]), None]
    plain = [_plain(row, after) for row, after in zip(rows, following, strict=True)]
    return answer({"versions": plain[: -_MOST_LISTED - 1 : -1]})


def one(request: Request) -> Response:
    """One version, and how it differs from the text that stands."""
    project, number = album(request).project, request.path_params["number"]
    every = kept(article_path(project.folder))
    version = next((version for version in every if version.number == number), None)
    if version is None:
        raise Refusal(404, f"the article has no version {number}")
    differs = changes(own_text(project) or "", version.text)
    return answer(_plain(_row(version), None) | {"text": version.text, "changes": differs})


def changes(before: str, now: str) -> list[dict[str, Any]]:
    """The lines that went and those that came, stretch by stretch; none of texts beyond reason."""
    old, new = before.splitlines(), now.splitlines()
    too_long = len(old) + len(new) > _MOST_COMPARED_LINES
    return [] if too_long else list(_stretches(old, new))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[dict[str, Any]]:
    compared = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in compared.get_opcodes():
        if kind != "equal":
            went, came = old[old_from:old_to], new[new_from:new_to]
            yield {"line": new_from + 1, "went": went, "came": came}


def _row(one: Version) -> _Row:
    return _Row(evolve(one, text=""), len(one.text.split()))


def _plain(row: _Row, after: Version | None) -> Json:
    version = row.version
    return {
        "number": version.number,
        "at": version.at.isoformat(timespec="seconds"),
        "words": row.words,
        "added": version.added,
        "removed": version.removed,
        "found": version.found,
        "rests": after is None or _rests(version, after),
    }


def _rests(one: Version, after: Version) -> bool:
    """Whether a version is worth a glance: writing paused after it, or much of it went next."""
    paused_s = (after.at - one.at).total_seconds()
    return one.found or after.found or paused_s >= _PAUSE_S or after.removed >= _MUCH_SIGNS
