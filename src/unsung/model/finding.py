"""Findings: what can be said of a soundtrack, each with what it rests on.

A finding answers a question with a claim. Its numbers and words are `facts`, by name, and the claim
is a sentence with their names in braces, so that no number reaches a page that no finding carries.
It names places to play or rows to read, what it was compared with, and the method's source.
"""

import re
from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from unsung.model.time import Span
from unsung.model.world import Row

Verdict = Literal["supported", "undecided", "contradicted"]
"""The outcome of a question: it is so, it cannot be told, it is not so."""

_NAMES = re.compile(r"\{(\w+)\}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@frozen
class Quantity:
    """A number with its unit, and how many digits after the point are worth showing.

    The unit `clock` is for instants of a track in seconds, shown as `1:03`; `%` for shares 0..100.
    `low` and `high` are the ends of its interval where one is known; equal to `value` otherwise.
    """

    value: float = field(converter=float)
    unit: str = ""
    digits: int = 0
    low: float = field(converter=float)
    high: float = field(converter=float)

    @low.default
    def _low(self) -> float:
        return self.value

    @high.default
    def _high(self) -> float:
        return self.value

    def __attrs_post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            bounds = f"{self.low} {self.value} {self.high}"
            raise ValueError(f"a quantity lies in its interval: {bounds}")


@frozen
class Title:
    """The title of a track, an album or a work; `track_file` where it is a track's."""

    text: str
    track_file: str = ""


Fact = Quantity | Title | str
"""A number, a title, or a word: a key, an instrument, a person."""


@frozen
class HeardPlace:
    """Somewhere to press play, and what to listen for there."""

    track_file: str
    span: Span
    listen_for: str = ""


@frozen
class ReadPlace:
    """Somewhere to read: the file or source, where in it, and what is said there."""

    source: str
    where: str
    says: str


@frozen
class Citation:
    """Whose method or fact it is: a short name, and the full reference with its section."""

    name: str
    reference: str


def _is_slug(_instance: object, _attribute: object, value: str) -> None:
    if not _SLUG.fullmatch(value):
        raise ValueError(f"a slug is made of a-z, 0-9 and single hyphens, not {value!r}")


@frozen
class Finding:
    """A claim and all that it rests on.

    `slug` names it among all findings of a soundtrack and stays the same when it is found again;
    `question` is the slug of what was asked, `kind` what sort of claim it is ("motif returns").
    `claim` is a plain sentence with the names of `facts` in braces. `chance` 0..1 is how often
    luck alone shows as much, where that was measured. `weight` 0..1 orders findings of a question:
    how large, sure and telling it is. `against` says what speaks against it, as plainly.
    """

    slug: str = field(validator=_is_slug)
    question: str = field(validator=_is_slug)
    kind: str
    claim: str
    facts: Mapping[str, Fact]
    verdict: Verdict
    method: str
    compared_with: str = ""
    chance: float | None = None
    weight: float = field(default=0.5, converter=float)
    places: tuple[HeardPlace, ...] = ()
    rows: tuple[Row, ...] = ()
    readings: tuple[ReadPlace, ...] = ()
    cites: tuple[Citation, ...] = ()
    against: str = ""

    def __attrs_post_init__(self) -> None:
        missing = set(names_in(self.claim)) - set(self.facts)
        if missing:
            raise ValueError(f"{self.slug}: the claim names what is no fact: {sorted(missing)}")
        if self.verdict == "supported" and not (self.places or self.rows or self.readings):
            raise ValueError(f"{self.slug}: a supported finding names where to hear or read it")
        if not 0 <= self.weight <= 1 or not (self.chance is None or 0 <= self.chance <= 1):
            raise ValueError(f"{self.slug}: weight and chance lie in 0..1")


def names_in(sentence: str) -> tuple[str, ...]:
    """The names in braces, in order."""
    return tuple(_NAMES.findall(sentence))
