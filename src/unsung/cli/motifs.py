"""`unsung motifs`: what comes back, where a passage comes back, and what people say of it."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.options import JSON, PLACE, PROJECT
from unsung.model.errors import SettingsError, UnsungError
from unsung.model.time import Span

if TYPE_CHECKING:
    from unsung.model.hearing import Soundtrack
    from unsung.model.motif import Motif, Occurrence, Passage
    from unsung.model.notes import Notes

_LONGEST_SUNG_S, _FEWEST_SUNG = 60.0, 4
_CLOCK = re.compile(r"(?:(\d+):)?(?:(\d{1,2}):)?(\d+(?:\.\d+)?)$")


@click.group()
def motifs() -> None:
    """What comes back in a soundtrack, where a passage comes back, and what you say of it."""


@motifs.command(name="list")
@PLACE
@PROJECT
@JSON
def list_(place: Path, project: Path | None, as_json: bool) -> None:
    """List the motifs of PLACE, the most prominent first."""
    from unsung import pipeline
    from unsung.pages import exports

    soundtrack = pipeline.remembered(pipeline.home_of(place, project))
    if as_json:
        (document,) = exports.exported(soundtrack, "motifs", "json")
        click.echo(document.content)
        return
    if not soundtrack.motifs:
        click.echo("nothing comes back surely enough to be called a motif")
    for line in map(partial(_motif_line, soundtrack), soundtrack.motifs):
        click.echo(line)


@motifs.command()
@click.argument("what")
@click.argument("between", required=False)
@click.option(
    "--in",
    "place",
    type=click.Path(path_type=Path, exists=True),
    help="The album to search; needed unless WHAT is the path of one of its tracks.",
)
@PROJECT
@click.option("--sung", is_flag=True, help="WHAT is a recording of a voice: sung or whistled.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True)
@JSON
def find(
    what: str, between: str | None, place: Path | None, project: Path | None, sung: bool,
    most: int, as_json: bool,
) -> None:  # fmt: skip
    """Find every place where WHAT comes back, in any key, tempo or mode.

    WHAT is a track (its path, or with --in its title or position) with BETWEEN, such as
    0:53-1:05; a MIDI or MusicXML file; a line of notes: "G4 G4 G4 Eb4:4"; or, with --sung, a
    sound file in which somebody sings it.
    """
    from unsung import pipeline
    from unsung.pages.exports.motif_json import occurrences_json
    from unsung.pages.occurrence_table import occurrence_table

    soundtrack = pipeline.remembered(_home(what, place, project))
    asked = _sung(Path(what)) if sung else _asked(what, between, soundtrack)
    places = pipeline.find(soundtrack, asked)[:most]
    if as_json:
        click.echo(occurrences_json(places, soundtrack))
    else:
        click.echo(occurrence_table(places, soundtrack), nl=False)


@motifs.command()
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


@motifs.command()
@PLACE
@click.argument("motif")
@click.argument("track")
@click.argument("between")
@PROJECT
def reject(place: Path, motif: str, track: str, between: str, project: Path | None) -> None:
    """Say that MOTIF is not stated in TRACK, BETWEEN two times."""
    _judge(place, motif, track, between, project, holds=False)


@motifs.command()
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
    known = _motif(pipeline.remembered(home), motif).label
    said = partial(session.keep_name, motif=known, name=called, meaning=means, source=source)
    pipeline.say(home, said)
    click.echo(f"{known} is now {called}")


@motifs.command()
@PLACE
@PROJECT
def undo(place: Path, project: Path | None) -> None:
    """Take back what was said last."""
    from unsung import pipeline, session

    line = pipeline.say(pipeline.home_of(place, project), session.take_back)
    about = line.get("name") or f"{line.get('track')} at {line.get('start_s')} s"
    click.echo(f"taken back: {line['motif']}: {about}")


def _judge(
    place: Path, motif: str, track: str, between: str, project: Path | None, *, holds: bool
) -> None:
    from unsung import pipeline, session

    home = pipeline.home_of(place, project)
    file, span = _track_file(pipeline.remembered(home), track), span_in(between)
    said = partial(session.keep_statement, motif=motif, file=file, span=span, holds=holds)
    pipeline.say(home, said)
    click.echo(f"{motif}: {file} {between} {'confirmed' if holds else 'rejected'}")


def _home(what: str, place: Path | None, project: Path | None) -> Path:
    """The project to search: as told, or that of the album the file belongs to."""
    from unsung import pipeline

    if project or place:
        return pipeline.home_of(place or Path(), project)
    if not Path(what).exists():
        raise SettingsError("name the album to search with --in")
    for folder in Path(what).resolve().parents:
        home = pipeline.home_of(folder)
        if (home / "unsung.db").exists():
            return home
    raise SettingsError(f"{what} lies in no album that was heard; name one with --in")


def _asked(what: str, between: str | None, soundtrack: "Soundtrack") -> "Passage | Notes":
    from unsung import library
    from unsung.listening.melody import melody
    from unsung.model.motif import Passage

    if between:
        return Passage(_track_file(soundtrack, what), span_in(between))
    if library.is_melody(what):
        return library.melody_in(what)
    if Path(what).is_file():
        return melody(library.score_at(Path(what)).notes)
    raise SettingsError(
        f"{what!r} is neither a file nor a line of notes; of a track say also when, as in 0:53-1:05"
    )


def _sung(voice: Path) -> "Notes":
    from unsung import library
    from unsung.listening.sung import sung_notes

    line = sung_notes(library.sound_at(voice, _LONGEST_SUNG_S))
    if len(line) < _FEWEST_SUNG:
        raise SettingsError(
            f"{voice}: {len(line)} notes can be heard in it, and {_FEWEST_SUNG} are needed;"
            " record one voice alone, closer to the microphone"
        )
    return line


def _track_file(soundtrack: "Soundtrack", said: str) -> str:
    """The file of the track that is meant: by title, position, name or path."""
    for one in soundtrack.heard:
        if f"/{said}".endswith((f"/{one.track.file}", f"/{Path(one.track.file).stem}")):
            return one.track.file
    try:
        return soundtrack[said].track.file
    except KeyError:
        raise UnsungError(
            f"no track {said!r} in {soundtrack.album.title}; `unsung export PLACE tracks` lists"
            " them"
        ) from None


def span_in(said: str) -> Span:
    """A stretch of time as people write it: 0:53-1:05, 53-65.5, 1:02:03-1:02:10."""
    start, _, end = said.replace("–", "-").partition("-")
    try:
        return Span(_seconds(start), _seconds(end))
    except (ValueError, TypeError):
        raise SettingsError(
            f"{said!r} is no stretch of time; write when it starts and ends, as in 0:53-1:05"
        ) from None


def _seconds(said: str) -> float:
    found = _CLOCK.match(said.strip())
    if not found:
        raise ValueError(said)
    parts = [float(part) for part in found.groups() if part is not None]
    return float(sum(part * 60**k for k, part in enumerate(reversed(parts))))


def _motif(soundtrack: "Soundtrack", said: str) -> "Motif":
    for motif in soundtrack.motifs:
        if said in (motif.label, motif.name):
            return motif
    known = ", ".join(motif.name or motif.label for motif in soundtrack.motifs) or "none"
    raise UnsungError(f"no motif {said!r}; known are: {known}")


def _motif_line(soundtrack: "Soundtrack", motif: "Motif") -> str:
    tracks = len({one.track_file for one in motif.occurrences})
    called = f"{motif.label}  {motif.name}".rstrip()
    times = len(motif.occurrences)
    return (
        f"{called:20} {times:3} occurrences in {tracks:2} tracks; plainest: "
        f"{_where(soundtrack, motif.prototype)}"
    )


def _where(soundtrack: "Soundtrack", one: "Occurrence") -> str:
    from unsung.pages.report.wording import clock

    title = soundtrack[one.track_file].track.title
    return f"{title} {clock(one.span.start_s)}–{clock(one.span.end_s)}"
