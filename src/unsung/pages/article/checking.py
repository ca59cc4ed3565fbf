"""No unsupported word: a text read sentence by sentence against the findings that it names.

What is read is Markdown as authors keep it. A mark stands for its sentence and for those before it
in the paragraph that have none of their own. A sentence may hold only numbers that its findings
carry; one that no mark stands for may hold no number at all. Words of rank ("the most",
"never") need a finding that says what it was compared with, words of cause one that reports a cause
and who says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from unsung.model.finding import Fact, Finding, Quantity, Title
from unsung.pages.article.wording import NUMBER_WORDS, fact_words

_MARK = re.compile(r"\[\^([\w-]+)\]")
_NUMBER = re.compile(r"(?<![\w♯♭])[−-]?\d+(?:[.,:]\d+)*")
_TITLE = re.compile(r"(?<!\*)\*(?!\*)(?:\\.|[^*\\\n])+\*(?!\*)|“[^“”\n]*”|`[^`\n]*`")
_END = re.compile(r"(?<=[.!?…”])((?:\[\^[\w-]+\])*)\s+(?=[\"“*(A-Z0-9À-Þ])")
_FIGURE = re.compile(r"!\[.*\]\(\S*\)\s*")
_WORD = re.compile(r"[a-z’']+")
_SPELLED = {word: float(at) for at, word in enumerate(NUMBER_WORDS) if at > 1} | {
    "twice": 2.0,
    "thrice": 3.0,
}
_RANKS = {"most", "best", "greatest", "finest", "unique", "unparalleled", "never", "always"} | {
    "strongest", "longest", "loudest", "softest", "fastest", "slowest", "highest", "lowest",
    "rarest", "darkest", "brightest", "widest", "sharpest", "quietest", "least", "furthest",
}  # fmt: skip
_CAUSES = re.compile(
    r"\b(because|due to|led to|leads to|caused|causes|thanks to|owing to|as a result|therefore)\b",
    re.IGNORECASE,
)
CAUSE = "cause"
"""The fact that a finding carries if it reports a cause: who says so."""


@frozen
class Said:
    """A sentence of a text: the line it stands on, its words, and the findings it names.

    `signs` are those of the line, from and to.
    """

    line: int
    words: str
    names: tuple[str, ...]
    signs: tuple[int, int]


@frozen
class Unsupported:
    """What a sentence says that its findings do not; `signs` of the line are the sentence."""

    line: int
    because: str
    signs: tuple[int, int] = (0, 0)


def unsupported(text: str, findings: Mapping[str, Finding]) -> tuple[Unsupported, ...]:
    """Everything in the text that rests on nothing, in its order."""
    return tuple(
        Unsupported(one.line, why, one.signs)
        for one in sentences(text)
        for why in _faults(one, findings)
    )


def sentences(text: str) -> Iterator[Said]:
    """The sentences of the paragraphs; headings and captions of figures are none."""
    for line, row in enumerate(text.splitlines(), 1):
        if row.startswith("#") or _FIGURE.fullmatch(row) or not row.strip():
            continue
        yield from reversed(list(_paragraph(line, row)))


def _paragraph(line: int, row: str) -> Iterator[Said]:
    """Its sentences from the last to the first, for marks stand for what comes before them."""
    cuts = [0, *(one.end() for one in _END.finditer(row)), len(row)]
    names: tuple[str, ...] = ()
    for start, end in reversed(list(pairwise(cuts))):
        words = row[start:end].strip()
        names = tuple(_MARK.findall(words)) or names
        if words:
            yield Said(line, _MARK.sub("", words), names, (start, end))


def _faults(one: Said, findings: Mapping[str, Finding]) -> Iterator[str]:
    for name in one.names:
        if name not in findings:
            yield f"no finding is called {name!r}"
    named = [findings[name] for name in one.names if name in findings]
    yield from _numbers(one, named)
    if _ranks(one) and not any(finding.compared_with for finding in named):
        yield f"{_ranks(one)!r} is a rank, and no finding says among what"
    cause = _CAUSES.search(_TITLE.sub("", one.words))
    if cause and not any(CAUSE in finding.facts for finding in named):
        yield f"{cause.group()!r} tells a cause, and no finding says who says so"


def _numbers(one: Said, named: Sequence[Finding]) -> Iterator[str]:
    """Numbers that no finding of the sentence carries."""
    facts = (fact for finding in named for fact in (*finding.facts.values(), *_instants(finding)))
    carried = {shown for fact in facts for shown in _shown(fact)}
    bare = _TITLE.sub("", one.words)
    for said in (*_NUMBER.findall(bare), *_spelled(bare)):
        if said.rstrip(".,:") not in carried:
            yield _missing(said, named)


def _instants(finding: Finding) -> Iterator[Fact]:
    """Where its places begin and end."""
    for place in finding.places:
        yield Quantity(place.span.start_s, "clock")
        yield Quantity(place.span.end_s, "clock")


def _missing(said: str, named: Sequence[Finding]) -> str:
    if not named:
        return f"{said} stands in a sentence that names no finding"
    now = "; ".join(
        f"{name} is {fact_words(fact)}"
        for finding in named
        for name, fact in finding.facts.items()
        if isinstance(fact, Quantity)
    )
    return f"{said} is in no finding that the sentence names ({now or 'they hold no number'})"


def _shown(fact: Fact) -> set[str]:
    """Every way in which a fact's numbers may be written."""
    if isinstance(fact, Quantity):
        words = fact_words(fact)
        ends = (fact_words(Quantity(end, fact.unit, fact.digits)) for end in (fact.low, fact.high))
        whole = {str(int(fact.value))} if fact.value == int(fact.value) else set()
        return whole | {n for said in (words, *ends) for n in _NUMBER.findall(said)}
    said = fact.text if isinstance(fact, Title) else fact
    return {*_NUMBER.findall(said), *_spelled(said)}


def _spelled(words: str) -> Iterator[str]:
    """The numbers written as words, in digits."""
    told = (word for word in _WORD.findall(words.lower()) if word in _SPELLED)
    return (str(int(_SPELLED[word])) for word in told)


def _ranks(one: Said) -> str:
    """The first word of rank, outside titles and quotations."""
    words = _WORD.findall(_TITLE.sub("", one.words).lower())
    return next((word for word in words if word in _RANKS), "")
