"""What people write about the music: comments at a time, questions, tags, answers to one another.

W3C Web Annotations (Recommendation of 2017) that never change: an edit is a new version, taking
one away is a version that says so. Of all versions under one id the last modified holds, so two
people's files are merged by putting them together, in any order and as often as one likes.
"""

import math
import re
from collections.abc import Iterable
from typing import Literal, get_args

from attrs import field, frozen

Motivation = Literal[
    "commenting", "describing", "questioning", "tagging", "bookmarking", "highlighting", "replying"
]
MOTIVATIONS: tuple[Motivation, ...] = get_args(Motivation)

MOST_TEXT = 10_000
MOST_NAME = 200
_ID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_LATEST_S = 1e6


def _is_id(_instance: object, _attribute: object, value: str) -> None:
    if not _ID.fullmatch(value):
        raise ValueError(f"an annotation's id is urn:uuid:…, not {value[:60]!r}")


def _is_instant(_instance: object, _attribute: object, value: str) -> None:
    if not _INSTANT.fullmatch(value):
        raise ValueError(f"an instant is written 2026-01-31T12:00:00.000Z, not {value[:40]!r}")


def _to_milliseconds(value: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(time_s), 3) for time_s in value)


def _are_times(_instance: object, _attribute: object, value: tuple[float, ...]) -> None:
    inside = all(math.isfinite(time_s) and 0 <= time_s <= _LATEST_S for time_s in value)
    if not (len(value) <= 2 and inside and (len(value) < 2 or value[0] < value[1])):
        raise ValueError(f"times are none, one, or a start before an end, not {value}")


def _is_motivation(_instance: object, _attribute: object, value: str) -> None:
    if value not in MOTIVATIONS:
        raise ValueError(f"a motivation is one of {', '.join(MOTIVATIONS)}, not {value[:40]!r}")


def _at_most(length: int, value: str, what: str) -> None:
    if len(value) > length:
        raise ValueError(f"{what} has at most {length} signs, not {len(value)}")


@frozen
class Target:
    """What is written about: a stretch, a moment or the whole of a track, or another annotation.

    `source` names the track by the digest of its sound, or the annotation that is answered by its
    id; `title` helps to find the track where the sound is another copy. `times_s` is empty for the
    whole, one time for a moment, two for a stretch; to the millisecond.
    """

    source: str
    title: str = ""
    times_s: tuple[float, ...] = field(default=(), converter=_to_milliseconds, validator=_are_times)

    def __attrs_post_init__(self) -> None:
        _at_most(MOST_NAME, self.source, "a target's source")
        _at_most(MOST_NAME, self.title, "a title")


@frozen
class Annotation:
    """One version of what a person wrote, as plain text; `is_removed` where it was taken away.

    `id` is `urn:uuid:…`; `created` and `modified` are instants of UTC to the millisecond, written
    so that they sort as text.
    """

    id: str = field(validator=_is_id)
    target: Target
    text: str
    creator: str
    created: str = field(validator=_is_instant)
    modified: str = field(validator=_is_instant)
    motivation: Motivation = field(default="commenting", validator=_is_motivation)
    is_removed: bool = False

    def __attrs_post_init__(self) -> None:
        _at_most(MOST_TEXT, self.text, "a text")
        _at_most(MOST_NAME, self.creator, "a name")


def newest(versions: Iterable[Annotation]) -> dict[str, Annotation]:
    """The version that holds under each id, those taken away included.

    Where two were modified in the same instant, removal wins, then the text that sorts last: the
    same choice for everybody, whatever the order.
    """
    held: dict[str, Annotation] = {}
    for one in versions:
        known = held.get(one.id)
        if known is None or _rank(one) > _rank(known):
            held[one.id] = one
    return held


def standing(versions: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """What is written and was not taken away, in the order in which it was begun."""
    left = (one for one in newest(versions).values() if not one.is_removed)
    return tuple(sorted(left, key=lambda one: (one.created, one.id)))


def _rank(one: Annotation) -> tuple[str, bool, str, str]:
    return one.modified, one.is_removed, one.text, repr(one)
