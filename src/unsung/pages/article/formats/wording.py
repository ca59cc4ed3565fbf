"""Claims, numbers and outcomes as evidence cards tell them, in every format: always in digits."""

import re
from collections.abc import Mapping
from typing import Literal

from attrs import evolve, frozen

from unsung.model.finding import Fact, Quantity, Title, Verdict
from unsung.model.time import Span
from unsung.pages.article.wording import capital, measure_words
from unsung.pages.report.wording import clock

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
    named = [said(facts[part]) if at % 2 else Words("plain", part) for at, part in enumerate(parts)]
    return _begun([words for words in named if words.text])


def plain(parts: tuple[Words, ...]) -> str:
    """The sentence as plain text, titles in quotation marks."""
    return "".join(f"“{one.text}”" if one.kind == "title" else one.text for one in parts)


def said(fact: Fact) -> Words:
    """A fact in words: a number with its unit, a title, or the word that it is."""
    if isinstance(fact, Quantity):
        return Words("quantity", measure_words(fact))
    if isinstance(fact, Title):
        return Words("title", fact.text.strip() or "untitled")
    return Words("plain", fact)


def _begun(parts: list[Words]) -> tuple[Words, ...]:
    """With a capital at the beginning, unless that is a title: it begins as its tag does."""
    if not parts or parts[0].kind == "title":
        return tuple(parts)
    return (evolve(parts[0], text=capital(parts[0].text)), *parts[1:])


def interval(fact: Quantity) -> str:
    """The ends of its interval, such as `3.1 to 5.3 LU`; empty where none is known."""
    if fact.low == fact.high:
        return ""
    low = Quantity(fact.low, fact.unit if fact.unit == "clock" else "", fact.digits)
    high = Quantity(fact.high, fact.unit, fact.digits)
    return f"{measure_words(low)} to {measure_words(high)}"


def stretch(span: Span) -> str:
    """From when until when: `1:03–1:18`."""
    return f"{clock(span.start_s)}–{clock(span.end_s)}"


def chance_in_words(chance: float) -> str:
    """How often luck alone shows as much; nothing is said of trials that were not made."""
    if chance == 0:
        return "none of the trials"
    if chance < 0.001:
        return "fewer than 1 in 1,000 trials"
    return f"{float(f'{100 * chance:.2g}'):g}\u00a0% of trials"


def printable(text: str) -> str:
    """What a page can hold of a text.

    Control characters, halves of characters and the marks that turn the direction of all that
    follows are replaced.
    """
    return _UNPRINTABLE.sub("\ufffd", text)
