"""What a rephrased sentence must keep to be taken: every fact in its place and nothing added.

Facts are locked behind placeholders (`⟦f1⟧`), so a rephrasing never sees a value and cannot change
one. A proposal is taken whole or not at all; none is mended.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve

from unsung.model.article import Article, Figure, Paragraph, Sentence
from unsung.model.finding import names_in
from unsung.pages.article.wording import NUMBER_WORDS

_PLACEHOLDER = re.compile(r"⟦f(\d+)⟧")
_WORD = re.compile(r"[A-Za-zÀ-ÿ’'-]+")
_SHORTEST, _LONGEST = 0.6, 1.6
_FORBIDDEN = re.compile(r"[\d\[\]{}<>`*_|#\\\n]|https?:")
_SENTENCE_END = re.compile(r"[.!?…]\s+[A-ZÀ-Þ“‘]")

_LOCKED = frozenset(
    (
        *("more", "less", "fewer", "higher", "lower", "faster", "slower", "louder", "softer"),
        *("brighter", "darker", "longer", "shorter", "wider", "narrower", "earlier", "later"),
        *("up", "down", "above", "below", "before", "after", "first", "last", "only", "all"),
        *("rises", "falls", "rise", "fall", "gains", "loses", "major", "minor", "never", "always"),
        *("not", "no", "none", "nothing", "neither", "nor", "without", "hardly", "barely"),
        *("perhaps", "may", "might", "could", "seems", "seem", "likely", "undecided", "about"),
        *("most", "least", "best", "greatest", "unique", "strongest", "longest", "loudest"),
        *("softest", "fastest", "slowest", "highest", "lowest", "widest", "quietest", "half"),
        *("twice", "double", "because", "due", "therefore", "thanks", "caused", "causes"),
        *("occurrence", "occurrences", "statement", "statements", "leitmotif", "motif", "theme"),
    )
) | frozenset(NUMBER_WORDS)
"""Words of direction, hedge, rank, cause or count: a proposal has them as often as we."""


def masked(sentence: Sentence) -> str:
    """The sentence with a numbered placeholder for each fact."""
    words = sentence.words
    for at, name in enumerate(names_in(words), 1):
        words = words.replace("{" + name + "}", f"⟦f{at}⟧", 1)
    return words


def taken(sentence: Sentence, proposal: str) -> Sentence:
    """The sentence in the proposal's words if they keep all that it says, else as it was."""
    proposal = " ".join(proposal.split())
    names = names_in(sentence.words)
    if not _keeps(masked(sentence), proposal):
        return sentence
    words = _PLACEHOLDER.sub(lambda found: "{" + names[int(found[1]) - 1] + "}", proposal)
    return evolve(sentence, words=words)


def rephrasable(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the paragraphs that claim something, in order."""
    return tuple(
        one
        for section in article.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for one in block.sentences
        if one.findings
    )


def with_proposals(article: Article, proposals: Sequence[str]) -> Article:
    """The article with every proposal that may be taken, one for each rephrasable sentence."""
    waiting = iter(proposals)
    sections = tuple(
        evolve(one, blocks=tuple(_block(block, waiting) for block in one.blocks))
        for one in article.sections
    )
    return evolve(article, sections=sections)


def _block(block: Paragraph | Figure, waiting: Iterator[str]) -> Paragraph | Figure:
    if isinstance(block, Figure):
        return block
    said = (taken(one, next(waiting)) if one.findings else one for one in block.sentences)
    return Paragraph(tuple(said))


def _keeps(ours: str, proposal: str) -> bool:
    """Whether the proposal says what ours says, as far as words can tell."""
    return (
        Counter(_PLACEHOLDER.findall(ours)) == Counter(_PLACEHOLDER.findall(proposal))
        and not _FORBIDDEN.search(_PLACEHOLDER.sub("", proposal))
        and not _SENTENCE_END.search(proposal)
        and _SHORTEST <= len(proposal) / max(len(ours), 1) <= _LONGEST
        and _locked(ours) == _locked(proposal)
        and _names(proposal) <= _names(ours)
    )


def _locked(words: str) -> Counter[str]:
    return Counter(one for one in _WORD.findall(words.lower()) if one in _LOCKED)


def _names(words: str) -> set[str]:
    """Words with a capital that do not owe it to standing first."""
    return {one for one in _WORD.findall(words)[1:] if one[0].isupper()}
