"""Claims, numbers and outcomes as a reader meets them, the same in every format."""

import re
from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from unsung.model.finding import Fact, Quantity, Title, Verdict
from unsung.model.time import Span
from unsung.pages.report.wording import number

_NAME = re.compile(r"\{(\w+)\}")
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

VERDICTS: Mapping[Verdict, str] = {
    "supported": "Supported",
    "undecided": "Undecided: the evidence does not settle it",
    "contradicted": "Contradicted: the evidence speaks against it",
}


@frozen
class Words:
    """A part of a sentence: plain words, a title, or a number that came from a fact."""

    kind: Literal["plain", "title", "quantity"]
    text: str


def filled(sentence: str, facts: Mapping[str, Fact]) -> tuple[Words, ...]:
    """The sentence with its facts in place of their names, in parts."""
    parts = _NAME.split(sentence)
    named = (said(facts[part]) if at % 2 else Words("plain", part) for at, part in enumerate(parts))
    return tuple(words for words in named if words.text)


def plain(parts: tuple[Words, ...]) -> str:
    """The sentence as plain text, titles in quotation marks."""
    return "".join(f"“{one.text}”" if one.kind == "title" else one.text for one in parts)


def said(fact: Fact) -> Words:
    """A fact in words: a number with its unit, a title, or the word that it is."""
    if isinstance(fact, Quantity):
        return Words("quantity", quantity(fact))
    return Words("title", fact.text) if isinstance(fact, Title) else Words("plain", fact)


def quantity(fact: Quantity) -> str:
    """Its value and unit: `1:03`, `63%`, `4.2 LU`."""
    return _in_unit(fact.value, fact)


def interval(fact: Quantity) -> str:
    """The ends of its interval, such as `3.1 to 5.3 LU`; empty where none is known."""
    if fact.low == fact.high:
        return ""
    low = clock(fact.low) if fact.unit == "clock" else number(fact.low, fact.digits)
    return f"{low} to {_in_unit(fact.high, fact)}"


def _in_unit(value: float, fact: Quantity) -> str:
    if fact.unit == "clock":
        return clock(value)
    shown = number(value, fact.digits)
    return f"{shown}%" if fact.unit == "%" else f"{shown} {fact.unit}".strip()


def clock(time_s: float) -> str:
    """Minutes and seconds: `0:00`, `3:24`, `1:02:03`."""
    hours, rest = divmod(round(time_s), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def stretch(span: Span) -> str:
    """From when until when: `1:03–1:18`."""
    return f"{clock(span.start_s)}–{clock(span.end_s)}"


def chance_in_words(chance: float) -> str:
    """How often luck alone shows as much; nothing is said of trials that were not made."""
    if chance == 0:
        return "none of the trials"
    if chance < 0.001:
        return "fewer than 1 in 1,000 trials"
    return f"{float(f'{100 * chance:.2g}'):g}% of trials"


def printable(text: str) -> str:
    """What a page can hold of a text.

    Control characters, halves of characters and the marks that turn the direction of all that
    follows are replaced.
    """
    return _UNPRINTABLE.sub("\ufffd", text)
