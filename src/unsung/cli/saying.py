"""`unsung motifs confirm`, `reject`, `name`, `merge`, `split`, `undo`: what is said of motifs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.meant import chosen_of, motif_in, span_in, track_file
from unsung.cli.options import PLACE, PROJECT
from unsung.model.motif import motif_called

if TYPE_CHECKING:
    from unsung.store import Project


@click.command()
@PLACE
@click.argument("motif")
@click.argument("track")
@click.argument("between")
@PROJECT
def confirm(place: Path, motif: str, track: str, between: str, project: Path | None) -> None:
    """Say that MOTIF is stated in TRACK, BETWEEN two times (0:53-1:05).

    A MOTIF nobody found yet is added under the name you give it.
    """
    _judge(place, motif, track, between, project, holds=True)


@click.command()
@PLACE
@click.argument("motif")
@click.argument("track")
@click.argument("between")
@PROJECT
def reject(place: Path, motif: str, track: str, between: str, project: Path | None) -> None:
    """Say that MOTIF is not stated in TRACK, BETWEEN two times."""
    _judge(place, motif, track, between, project, holds=False)


@click.command()
@PLACE
@click.argument("motif")
@click.argument("called")
@click.option("--means", default="", help="What it stands for.")
@click.option("--source", default="", help="Who says so, and where.")
@PROJECT
def name(
    place: Path, motif: str, called: str, means: str, source: str, project: Path | None
) -> None:
    """Name MOTIF (its letter, or the name it has) CALLED."""
    from unsung import pipeline, session

    home = pipeline.home_of(place, project)
    known = motif_in(pipeline.remembered(home), motif).label
    said = partial(session.keep_name, motif=known, name=called, meaning=means, source=source)
    _say(home, said, f"{known} is now {called}")


@click.command()
@PLACE
@click.argument("motif")
@click.argument("other")
@PROJECT
def merge(place: Path, motif: str, other: str, project: Path | None) -> None:
    """Say that MOTIF and OTHER are one: MOTIF stands, and OTHER leads to it from now on."""
    from unsung import pipeline, session

    home = pipeline.home_of(place, project)
    soundtrack = pipeline.remembered(home)
    stands, joins = motif_in(soundtrack, motif), motif_in(soundtrack, other)
    _say(
        home,
        partial(session.keep_joining, stands=stands, joins=joins),
        f"{stands.label} and {joins.label} are one motif now: {stands.label}",
    )


@click.command()
@PLACE
@click.argument("motif")
@click.argument("places", nargs=-1)
@click.option("--name", "called", default="", help="What the new motif is called.")
@PROJECT
def split(
    place: Path, motif: str, places: tuple[str, ...], called: str, project: Path | None
) -> None:
    """Say that PLACES of MOTIF are a motif of their own.

    A place is its number in `unsung motifs list PLACE MOTIF`, or a track and a moment of it:
    3@0:53.
    """
    from unsung import pipeline, session

    home = pipeline.home_of(place, project)
    soundtrack = pipeline.remembered(home)
    whole = motif_in(soundtrack, motif)
    chosen = chosen_of(whole, places, soundtrack)
    said = partial(
        session.keep_parting, motif=whole, chosen=chosen, known=soundtrack.motifs, name=called
    )
    label = pipeline.say(home, said)
    click.echo(f"{len(chosen)} of {len(whole.occurrences)} places of {whole.label} are {label} now")
    pipeline.keep_report(home)


@click.command()
@PLACE
@PROJECT
def undo(place: Path, project: Path | None) -> None:
    """Take back what was said last."""
    from unsung import pipeline, session

    home = pipeline.home_of(place, project)
    line = pipeline.say(home, session.take_back)
    click.echo(f"taken back: {line['motif']}: {_about(line)}")
    pipeline.keep_report(home)


def _judge(
    place: Path, motif: str, track: str, between: str, project: Path | None, *, holds: bool
) -> None:
    from unsung import pipeline, session

    home = pipeline.home_of(place, project)
    soundtrack = pipeline.remembered(home)
    file, span = track_file(soundtrack, track), span_in(between)
    meant = motif_called(soundtrack.motifs, motif)
    label = meant.label if meant else motif
    said = partial(session.keep_statement, motif=label, file=file, span=span, holds=holds)
    _say(home, said, f"{motif}: {file} {between} {'confirmed' if holds else 'rejected'}")


def _say(home: Path, said: "Callable[[Project], object]", words: str) -> None:
    """Write it down, tell what follows, and then take the while that the report takes."""
    from unsung import pipeline

    pipeline.say(home, said)
    click.echo(words)
    pipeline.keep_report(home)


def _about(line: dict[str, object]) -> str:
    """What a line of `motifs.jsonl` says of its motif."""
    if "joined" in line:
        return f"one with {line['joined']}"
    if "parted" in line:
        return f"{line['parted']} as a motif of its own"
    return str(line.get("name") or f"{line.get('track')} at {line.get('start_s')} s")


SAYINGS = (confirm, reject, name, merge, split, undo)
