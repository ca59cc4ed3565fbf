"""`unsung motifs`: what comes back, where a passage comes back, and what people say of it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.meant import motif_in, span_in, track_file
from unsung.cli.options import JSON, PLACE, PROJECT
from unsung.cli.saying import SAYINGS
from unsung.model.errors import SettingsError

if TYPE_CHECKING:
    from unsung.model.hearing import Soundtrack
    from unsung.model.motif import Motif, Occurrence, Passage
    from unsung.model.notes import Notes

_LONGEST_SUNG_S, _FEWEST_SUNG = 60.0, 4


@click.group()
def motifs() -> None:
    """What comes back in a soundtrack, where a passage comes back, and what you say of it."""


@motifs.command(name="list")
@PLACE
@click.argument("motif", default="")
@PROJECT
@JSON
def list_(place: Path, motif: str, project: Path | None, as_json: bool) -> None:
    """List the motifs of PLACE, the most prominent first; or every place of one MOTIF."""
    from unsung import pipeline
    from unsung.pages import exports

    soundtrack = pipeline.remembered(pipeline.home_of(place, project))
    if motif:
        _show_places(motif_in(soundtrack, motif), soundtrack, as_json=as_json)
        return
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


def _show_places(motif: "Motif", soundtrack: "Soundtrack", *, as_json: bool) -> None:
    from unsung.pages.exports.motif_json import occurrences_json
    from unsung.pages.occurrence_table import occurrence_table

    if as_json:
        click.echo(occurrences_json(motif.occurrences, soundtrack))
        return
    click.echo(_motif_line(soundtrack, motif))
    click.echo(occurrence_table(motif.occurrences, soundtrack), nl=False)


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
        return Passage(track_file(soundtrack, what), span_in(between))
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


def _motif_line(soundtrack: "Soundtrack", motif: "Motif") -> str:
    tracks = len({one.track_file for one in motif.occurrences})
    called = f"{motif.label}  {motif.name}".rstrip()
    times = len(motif.occurrences)
    also = f"; also known as {', '.join(motif.other_names)}" if motif.other_names else ""
    return (
        f"{called:20} {times:3} occurrences in {tracks:2} tracks; plainest: "
        f"{_where(soundtrack, motif.prototype)}{also}"
    )


def _where(soundtrack: "Soundtrack", one: "Occurrence") -> str:
    from unsung.pages.report.wording import clock

    title = soundtrack[one.track_file].track.title
    return f"{title} {clock(one.span.start_s)}–{clock(one.span.end_s)}"


for said in SAYINGS:
    motifs.add_command(said)
