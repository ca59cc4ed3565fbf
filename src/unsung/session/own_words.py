"""The article as its author keeps it: read against what is found, and kept with all before it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from attrs import evolve, frozen

from unsung import __version__
from unsung.library.article_file import (
    article_path,
    own_article,
    text_digest,
    title_and_text,
)
from unsung.library.article_history import HISTORY_NAME, history
from unsung.model.article import Manuscript
from unsung.model.errors import LibraryError
from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.pages.article.checking import Unsupported, unsupported
from unsung.pages.article.formats import FORMATS, ArticleContext, problems
from unsung.pages.prints import prints
from unsung.store import Project
from unsung.store.files import write_whole


@frozen
class Ground:
    """What any text of an article stands on: the soundtrack, all findings, and our own text.

    `issued_on` is the day that its formats bear.
    """

    soundtrack: Soundtrack
    findings: Sequence[Finding]
    ours: Manuscript
    issued_on: str


@frozen
class Written:
    """An article, what its formats show beside it, and what in it nothing supports."""

    manuscript: Manuscript
    context: ArticleContext
    unsupported: tuple[Unsupported, ...] = ()


@frozen
class Kept:
    """What stands in the author's file after a text was brought; None where there is no file.

    It is not kept where the file held another text than the one it was written on top of.
    """

    text: str | None
    is_kept: bool

    @property
    def digest(self) -> str:
        """By what the text is known; what is written on top of it says so."""
        return text_digest(self.text)


def as_written(own: str | None, ground: Ground) -> Written:
    """The author's text, or ours where there is none; an author may name any finding."""
    said = ground.ours if own is None else _theirs(own, ground)
    shown = _context(ground)
    return Written(said, shown, () if own is None else _unsupported(own, said))


def in_every_format(said: Written) -> dict[str, bytes]:
    """The files of an article by the names of their formats; no PDF where nothing sets it."""
    able = (form for form in FORMATS if form != "pdf" or find_spec("typst"))
    files = {form: FORMATS[form](said.manuscript, said.context) for form in able}
    return {form: one.encode() if isinstance(one, str) else one for form, one in files.items()}


def to_edit(ours: Manuscript) -> str:
    """Our text as the file of an author who goes on from it."""
    return f"# {ours.title}\n\n{ours.text}"


def keep_own(project: Project, ours: Manuscript) -> Path:
    """Write the text down for its author to edit, unless there is one already; where it lies."""
    path = article_path(project.folder)
    if not path.exists():
        write_whole(path, to_edit(ours).encode())
    return path


def own_text(project: Project) -> str | None:
    """The author's text, as pages show it: none that lies elsewhere."""
    path = article_path(project.folder)
    _check_is_here(path)
    return own_article(path)


def keep_text(project: Project, text: str, over: str) -> Kept:
    """Write a text on top of the one known as `over`; all that stood there stays in the history."""
    path = article_path(project.folder)
    _check_is_here(path)
    with history(path) as versions:
        before = own_article(path)
        if before == text:
            return Kept(text, is_kept=True)
        if text_digest(before) != over:
            return Kept(before, is_kept=False)
        if before is not None:
            versions.add(before, _changed_at(path), found=True)
        versions.add(text, datetime.now(UTC))
        write_whole(path, text.encode())
    return Kept(text, is_kept=True)


def _check_is_here(path: Path) -> None:
    """An album that came from elsewhere may hold links to what is nobody's article."""
    for one in (path, path.with_name(HISTORY_NAME)):
        if one.is_symlink() or (one.exists() and not one.is_file()):
            raise LibraryError(f"{one.name} is no file of its own; put the text itself there")


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _theirs(own: str, ground: Ground) -> Manuscript:
    title, text = title_and_text(own, ground.ours.title)
    findings = {one.slug: one for one in ground.findings}
    return evolve(ground.ours, title=title, text=text, findings=findings)


def _unsupported(own: str, said: Manuscript) -> tuple[Unsupported, ...]:
    """With the lines of the author's file."""
    above = len(own.splitlines()) - len(said.text.splitlines())
    claims = unsupported(said.text, said.findings)
    figures = (one for one in problems(said) if one.startswith("figure:"))
    return (
        *(evolve(one, line=one.line + above) for one in claims),
        *(Unsupported(_line_with(one.split()[0], own), one) for one in figures),
    )


def _line_with(words: str, own: str) -> int:
    """The first line that holds the words; 0 where none does."""
    lines = enumerate(own.splitlines(), start=1)
    return next((number for number, line in lines if words in line), 0)


def _context(ground: Ground) -> ArticleContext:
    """What every format shows beside the manuscript; no sound."""
    heard = ground.soundtrack.heard
    return ArticleContext(
        ground.soundtrack.album,
        __version__,
        ground.issued_on,
        prints=prints(ground.soundtrack),
        durations_s={one.track.file: one.hearing.duration_s for one in heard},
    )
