"""The article: to read, to write on with its evidence at hand, to look at, to take along."""

from attrs import frozen

from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.frame import page, rendered, versioned
from unsung.pages.explorer.urls import ServedUrls


@frozen
class Form:
    """A format that the article can be taken along in, and what it is for."""

    name: str
    suffix: str
    title: str
    said: str


FORMS = (
    Form("markdown", "md", "Markdown", "text with footnotes, as GitHub and Pandoc read it"),
    Form("html", "html", "Web page", "one file that needs nothing but itself"),
    Form("epub", "epub", "EPUB", "for e-book readers, evidence as notes"),
    Form("pdf", "pdf", "PDF", "to print or send"),
    Form("json", "json", "Claims", "every finding with its numbers, as JSON"),
)


def article_page(context: ExplorerContext) -> str:
    """The article in its frame, and where it can be written on, the place to do so."""
    files = context.article_files or _made_when_asked(context)
    parts = {"forms": FORMS, "files": files}
    return page(context, "article.html.jinja", "Article", "article", parts)


def waiting_page(stage: str, spent_s: float) -> str:
    """In the article's place while it is being made: a page that looks again by itself."""
    style = versioned(ServedUrls("").static("explorer.css"), "explorer.css")
    parts = {"stage": stage, "spent_s": round(spent_s), "style": style}
    return rendered("waiting.html.jinja", parts)


def _made_when_asked(context: ExplorerContext) -> dict[str, str]:
    """Where a server makes each format; nowhere in a published folder."""
    asked = FORMS if context.urls.api() else ()
    return {form.name: context.urls.api(f"article/export/{form.name}") for form in asked}
