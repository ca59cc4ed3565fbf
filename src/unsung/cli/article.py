"""`unsung article`: what can be said of a soundtrack, with its evidence."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.options import PLACE, PROJECT
from unsung.model.errors import SettingsError

if TYPE_CHECKING:
    from unsung.session.own_words import Written

_FORMATS = ("markdown", "html", "epub", "pdf", "json")
_SUFFIXES = {"markdown": "md"}


@click.command()
@PLACE
@PROJECT
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="markdown", show_default=True
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; Markdown and JSON go to standard output without it.",
)
@click.option(
    "--audio",
    type=click.Choice(("none", "sidecar", "embedded")),
    default="none",
    show_default=True,
    help="Sound in the page: none (readers attach their own album), beside it, or clips inside it.",
)
@click.option(
    "--story",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A cue sheet, screenplay, subtitles or campaign folder; remembered for the next time.",
)
@click.option(
    "--melodies",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Famous melodies of your own (ABC, CSV, MIDI, MusicXML or a folder); remembered too.",
)
@click.option("--edit", is_flag=True, help="Write the text beside the music for you to edit.")
@click.option("--rephrase", metavar="URL", default="", help="Ask this language model for words.")
@click.option("--model", metavar="NAME", default="", help="The language model's name.")
def article(
    place: Path,
    project: Path | None,
    form: str,
    out: Path | None,
    audio: str,
    story: tuple[Path, ...],
    melodies: tuple[Path, ...],
    edit: bool,
    rephrase: str,
    model: str,
) -> None:
    """Write why PLACE's soundtrack deserves more recognition, with evidence for every claim.

    PLACE must have been listened to. Once there is an `article.md` beside the music (--edit writes
    one), the article is that text; what in it no finding supports any more is pointed out.
    """
    from unsung import pipeline
    from unsung.pages.article.formats import FORMATS
    from unsung.session.writing import Wishes, language_model

    asked = language_model(rephrase, model) if rephrase else None
    wishes = Wishes(story, melodies, audio, asked, _tell)  # type: ignore[arg-type]  # click checks the choice
    found = pipeline.article(place, project=project, wishes=wishes)
    if edit:
        click.echo(pipeline.keep_own_article(place, found, project=project))
        return
    _warn(found)
    said = FORMATS[form](found.manuscript, found.context)
    _deliver(said, form, out or _usual(form, place, project))


def _usual(form: str, place: Path, project: Path | None) -> Path | None:
    """Where a page or book goes without --out: into the project."""
    from unsung import pipeline

    if form in ("markdown", "json"):
        return None
    return pipeline.home_of(place, project) / f"article.{_SUFFIXES.get(form, form)}"


def _warn(found: "Written") -> None:
    """What the author says that nothing supports, a line each."""
    for one in found.unsupported:
        where = f", line {one.line}" if one.line else ""
        click.echo(f"article.md{where}: {one.because}", err=True)


def _deliver(said: str | bytes, form: str, out: Path | None) -> None:
    from unsung.store.files import write_whole

    content = said.encode() if isinstance(said, str) else said
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    if not out.parent.is_dir():
        raise SettingsError(f"{out.parent} is no folder; make it, or choose another --out")
    write_whole(out, content)
    click.echo(out, err=form in ("markdown", "json"))


def _tell(said: str) -> None:
    click.echo(said, err=True)
