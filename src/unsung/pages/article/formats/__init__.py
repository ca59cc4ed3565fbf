"""An article in the formats that people read: Markdown, HTML, EPUB, PDF, and its claims as JSON.

Every format is a pure function of a manuscript and its context.
"""

from collections.abc import Callable, Mapping

from unsung.model.article import Manuscript
from unsung.pages.article.formats.as_epub import as_epub
from unsung.pages.article.formats.as_html import as_html
from unsung.pages.article.formats.as_json import claims_json
from unsung.pages.article.formats.as_markdown import as_markdown
from unsung.pages.article.formats.as_pdf import as_pdf
from unsung.pages.article.formats.context import ArticleContext, AudioMode
from unsung.pages.article.formats.reading import problems

Format = Callable[[Manuscript, ArticleContext], str | bytes]

FORMATS: Mapping[str, Format] = {
    "html": as_html,
    "markdown": as_markdown,
    "epub": as_epub,
    "pdf": as_pdf,
    "json": claims_json,
}

__all__ = [
    "FORMATS",
    "ArticleContext",
    "AudioMode",
    "Format",
    "as_epub",
    "as_html",
    "as_markdown",
    "as_pdf",
    "claims_json",
    "problems",
]
