"""The article: where it lies, and how one is written."""

from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.findings import answers
from unsung.pages.explorer.frame import page


def article_page(context: ExplorerContext) -> str:
    """The way to the article, its chapters, or how to have one written."""
    chapters = {"chapters": answers(context)}
    return page(context, "article.html.jinja", "Article", "article", chapters)
