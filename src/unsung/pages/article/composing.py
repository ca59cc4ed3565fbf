"""From findings to an article: which are told, in what order, under which heading.

A section is a list of passages; a passage gathers findings of some kinds, the weightiest first, and
becomes one paragraph. What was found undecided is not argued from: it stands together in a section
of its own, as plainly as the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from unsung.model.article import Article, Figure, Paragraph, Section, Sentence
from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.pages.article.chapters import CHAPTERS, Chapter, Passage
from unsung.pages.article.phrases import Phrases, plain
from unsung.pages.article.surroundings import card, closing, lead, nothing_to_say, tags, title

_MOST_UNDECIDED = 10
_NOT_OF_THE_MUSIC = {"room-for-speech", "people"}


@frozen
class Material:
    """What an article is made from: the soundtrack, all findings, and its figures by section."""

    soundtrack: Soundtrack
    findings: tuple[Finding, ...]
    figures: Mapping[str, tuple[Figure, ...]] = field(factory=dict)


def article(material: Material) -> Article:
    """The whole article; where the music gives nothing to hold on to, one that says so."""
    told = [one for one in material.findings if one.verdict == "supported"]
    if not any(map(_is_of_the_music, told)):
        return _nothing(material)
    phrases = Phrases()
    chapters = (_section(one, told, material, phrases) for one in CHAPTERS)
    sections = (lead(told), *chapters, *_unsettled(material.findings), *closing(told))
    return _made(material, tuple(one for one in sections if one.blocks), told)


def _nothing(material: Material) -> Article:
    return _made(material, (nothing_to_say(material.soundtrack),), ())


def _made(material: Material, sections: tuple[Section, ...], told: Sequence[Finding]) -> Article:
    return Article(
        title(material.soundtrack, argues=bool(told)),
        card(material.soundtrack, material.findings if told else ()),
        sections,
        tags(material.soundtrack, told),
        _named(sections, material.findings),
    )


def _is_of_the_music(one: Finding) -> bool:
    """Whether it is something to hear; room is what silence has most of, and names are no music."""
    return bool(one.places) and one.question not in _NOT_OF_THE_MUSIC


def _section(
    chapter: Chapter, told: Sequence[Finding], material: Material, phrases: Phrases
) -> Section:
    """The chapter's passages that have something to tell; its figures only beside words."""
    own = [one for one in told if one.question in chapter.questions]
    paragraphs = [
        paragraph
        for passage in chapter.passages
        for paragraph in _paragraphs(passage, own, phrases)
    ]
    figures = material.figures.get(chapter.slug, ()) if paragraphs else ()
    return Section(chapter.slug, chapter.title, _with_figures(paragraphs, figures))


def _paragraphs(passage: Passage, own: Iterable[Finding], phrases: Phrases) -> Iterable[Paragraph]:
    """One paragraph, or none where no finding is of its kinds."""
    found = sorted(
        (one for one in own if one.kind in passage.kinds), key=lambda one: (-one.weight, one.slug)
    )[: passage.most]
    if found:
        opener = (Sentence(passage.opener),) if passage.opener else ()
        yield Paragraph((*opener, *(phrases.sentence(one) for one in found)))


def _with_figures(
    paragraphs: Sequence[Paragraph], figures: Sequence[Figure]
) -> tuple[Paragraph | Figure, ...]:
    """Each figure after the paragraph of its rank; what is left over at the end."""
    blocks: list[Paragraph | Figure] = []
    for at, paragraph in enumerate(paragraphs):
        blocks.append(paragraph)
        blocks.extend(figures[at : at + 1])
    return (*blocks, *figures[len(paragraphs) :])


def _unsettled(findings: Sequence[Finding]) -> tuple[Section, ...]:
    """What could not be established, one paragraph a question."""
    open_ones = sorted(
        (one for one in findings if one.verdict != "supported"),
        key=lambda one: (-one.weight, one.slug),
    )[:_MOST_UNDECIDED]
    by_question: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in open_ones:
        by_question[one.question].append(one)
    paragraphs = tuple(Paragraph(tuple(plain(one) for one in own)) for own in by_question.values())
    return (Section("not-established", "What we could not establish", paragraphs),)


def _named(sections: Iterable[Section], findings: Iterable[Finding]) -> dict[str, Finding]:
    """The findings that the sentences and captions name."""
    names = {
        slug
        for section in sections
        for block in section.blocks
        for sentence in ((block.caption,) if isinstance(block, Figure) else block.sentences)
        for slug in sentence.findings
    }
    return {one.slug: one for one in findings if one.slug in names}
