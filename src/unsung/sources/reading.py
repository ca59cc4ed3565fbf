"""Facts out of answers: each value with the JSON Pointer (RFC 6901) that finds it again."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from unsung.model.world import Answer, Row, Subject, Unknown, World
from unsung.sources.client import Client, Question
from unsung.sources.service import Service

_LONGEST_TEXT = 300
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@frozen
class Found:
    """A value somewhere in an answer. Going where nothing is gives a value of None."""

    answer: Answer
    value: Any
    pointer: str = ""

    def at(self, *steps: str | int) -> "Found":
        """The value these steps away."""
        found = self
        for step in steps:
            found = Found(
                self.answer, _stepped(found.value, step), f"{found.pointer}/{_token(step)}"
            )
        return found

    def __iter__(self) -> Iterator["Found"]:
        """The values of a list; nothing where it is none."""
        count = len(self.value) if isinstance(self.value, list) else 0
        return (self.at(index) for index in range(count))

    @property
    def text(self) -> str:
        """A text of one line and bounded length; empty where it is none."""
        return one_line(self.value) if isinstance(self.value, str) else ""

    @property
    def uuid(self) -> str:
        """A MusicBrainz identifier; empty where it is none."""
        return self.text if _UUID.fullmatch(self.text) else ""

    @property
    def number(self) -> float | None:
        """A finite number, also where it was sent as text; None where there is none."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        return number if math.isfinite(number) else None

    def row(self, subject: Subject, indicator: str, identifier: str = "") -> Row:
        """The text as a row."""
        return Row(subject, indicator, self.text, self.answer, self.pointer, identifier)

    def count(self, subject: Subject, indicator: str, reason: str = "no number given") -> World:
        """The number as a row; where there is none, or one below 0, an unknown."""
        number = self.number
        if number is None or number < 0:
            return World(unknown=(Unknown(subject, indicator, self.answer.source, reason),))
        return World((Row(subject, indicator, number, self.answer, self.pointer),))


def asked(client: Client, service: Service, question: Question) -> Found | None:
    """What the service says; None where it has nothing (404, 204)."""
    answer, content = client.answer(service, question)
    if answer.status != 200:
        return None
    return Found(answer, json.loads(content))


def one_line(text: str) -> str:
    """The text without what could break a line or turn its direction, at bounded length."""
    return " ".join(_CONTROLS.sub(" ", text).split())[:_LONGEST_TEXT]


def is_uuid(text: str) -> bool:
    """Whether it looks like a MusicBrainz identifier."""
    return bool(_UUID.fullmatch(text))


def _stepped(value: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return value.get(step) if isinstance(value, dict) else None
    return value[step] if isinstance(value, list) and step < len(value) else None


def _token(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
