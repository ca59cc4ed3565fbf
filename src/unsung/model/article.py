"""The article: what it says, sentence by sentence, and its text with marks for evidence."""

from collections.abc import Mapping

from attrs import field, frozen

from unsung.model.finding import Fact, Finding, names_in


@frozen
class Sentence:
    """A sentence with the names of `facts` in braces, and the slugs of the findings it rests on.

    Without findings it asserts nothing about the music: a question, a turn to the next thing, a
    word on how the article was made.
    """

    words: str
    facts: Mapping[str, Fact] = field(factory=dict)
    findings: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        missing = set(names_in(self.words)) - set(self.facts)
        if missing:
            raise ValueError(f"the sentence names what is no fact: {sorted(missing)}")


@frozen
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@frozen
class Figure:
    """A drawing (SVG), what it shows in one caption, and the same in words for the blind."""

    slug: str
    svg: str
    caption: Sentence
    description: str


@frozen
class Section:
    """A heading and what stands below it."""

    slug: str
    title: str
    blocks: tuple[Paragraph | Figure, ...]


@frozen
class Article:
    """The whole: title, the lines of its head card, its sections, tags, and what it rests on.

    `findings` are those that its sentences name, by slug.
    """

    title: str
    card: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    tags: tuple[str, ...]
    findings: Mapping[str, Finding]


@frozen
class Manuscript:
    """The article as text, as its author keeps and edits it.

    `text` is Markdown. Claims end in marks (`[^slug]`, as footnotes are written) that name a
    finding; a figure stands as `![caption](figure:slug)` in a paragraph of its own. The text has no
    footnote definitions: what a mark leads to is made from `findings` in every format.
    """

    title: str
    card: tuple[tuple[str, str], ...]
    text: str
    figures: Mapping[str, Figure]
    findings: Mapping[str, Finding]
    tags: tuple[str, ...]
