"""Sentences with their facts filled in: numbers as prose writes them, titles set off, all escaped.

What comes from files and tags is escaped for Markdown, so that a title is never read as a link.
"""

import re

from unsung.model.article import Sentence
from unsung.model.finding import Fact, Finding, Quantity, Title, names_in
from unsung.pages.report.wording import clock, number

NUMBER_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
"""Counts that prose spells out; larger ones are written in digits."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~^!&])")
_SPACE = re.compile(r"[^\S\u00a0]+")
_BLOCK = re.compile(r"^(\s*(?:\d+(?=[.)](?:\s|$))|(?=[-+=])))(.)")
"""What makes a list, a heading or a rule of a line that begins with it."""
_SHORT_UNITS = {"%", "LU", "LUFS", "bpm", "Hz", "s", "dB", "dBTP", "cents"}


def written(sentence: Sentence) -> str:
    """The sentence as it is read, with a capital at its beginning."""
    return filled(sentence.words, {name: fact_words(one) for name, one in sentence.facts.items()})


def claim_words(finding: Finding) -> str:
    """The finding's claim as it is read."""
    return written(Sentence(finding.claim, finding.facts, (finding.slug,)))


def filled(words: str, facts: dict[str, str]) -> str:
    """The words with every name in braces replaced."""
    for name in names_in(words):
        words = words.replace("{" + name + "}", facts[name])
    return capital(words)


def capital(words: str) -> str:
    """Upper case for the first letter, past marks of emphasis and quotation."""
    first = re.search(r"[^\W_]", words)
    if first is None or (first.start() and not re.fullmatch(r"[*“‘\"'(]+", words[: first.start()])):
        return words
    if words[: first.start()].startswith("*"):
        return words  # a title begins as its tag does
    return words[: first.start()] + first.group().upper() + words[first.end() :]


def fact_words(fact: Fact) -> str:
    """The fact as prose writes it: `eleven`, `17`, `−9.8 LUFS`, `43 %`, `1:03`, `*Sad*`."""
    if isinstance(fact, Title):
        return f"*{escaped(fact.text.strip() or 'untitled')}*"
    if isinstance(fact, Quantity):
        return quantity_words(fact)
    return escaped(fact.strip())


def quantity_words(one: Quantity) -> str:
    """A count as a word up to twelve; a measure with its unit, which stays on its line."""
    if not one.unit and one.digits == 0 and 0 <= one.value <= 12 and one.value == int(one.value):
        return NUMBER_WORDS[int(one.value)]
    return measure_words(one)


def measure_words(one: Quantity) -> str:
    """In digits, with its unit: `11`, `−9.8 LUFS`, `43 %`, `1:03`."""
    if one.unit == "clock":
        return clock(one.value)
    said = number(one.value, one.digits)
    return f"{said}\u00a0{_unit(one)}" if one.unit else said


def _unit(one: Quantity) -> str:
    """`1 semitone`, `2 semitones`; the units of measurement have no plural."""
    if one.unit in _SHORT_UNITS or abs(round(one.value, one.digits)) != 1:
        return one.unit
    return one.unit.removesuffix("s") if " " not in one.unit else one.unit


def escaped(text: str) -> str:
    """Text from outside as Markdown shows it letter by letter, on one line, even at its start."""
    line = _MARKDOWN.sub(r"\\\1", _SPACE.sub(" ", text))
    return _BLOCK.sub(r"\1\\\2", line)
