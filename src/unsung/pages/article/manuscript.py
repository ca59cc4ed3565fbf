"""The article as a text: Markdown whose claims end in marks that name findings."""

from unsung.model.article import Article, Figure, Manuscript, Paragraph, Section
from unsung.pages.article.wording import escaped, written


def manuscript(article: Article) -> Manuscript:
    """The text of an article, its figures and findings by name."""
    figures = {
        block.slug: block
        for section in article.sections
        for block in section.blocks
        if isinstance(block, Figure)
    }
    text = "\n\n".join(_section(one) for one in article.sections) + "\n"
    return Manuscript(
        article.title, article.card, text, figures, article.findings, article.tags
    )  # fmt: skip


def _section(section: Section) -> str:
    heading = [f"## {escaped(section.title)}"] if section.title else []
    return "\n\n".join([*heading, *map(_block, section.blocks)])


def _block(block: Paragraph | Figure) -> str:
    if isinstance(block, Figure):
        return f"![{written(block.caption)}](figure:{block.slug})"
    return " ".join(
        written(one) + "".join(f"[^{slug}]" for slug in one.findings) for one in block.sentences
    )
