"""What the terminal says of the film beside the album; `unsung cuesheet`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.options import PLACE, PROJECT, deliver
from unsung.model.errors import SettingsError, UnsungError

if TYPE_CHECKING:
    from unsung.model.film_case import FilmCase
    from unsung.model.picture import FrameRate
    from unsung.session import FilmWish


def film_wish(
    film: Path | None, subtitles: Path | None, screenplay: Path | None, stream: int | None
) -> "FilmWish | None":
    """What a person asks for; nothing where no film is named."""
    if film is None:
        if subtitles or screenplay or stream is not None:
            raise SettingsError(
                "subtitles, screenplay and stream belong to a film; name it: --film"
            )
        return None
    from unsung.session import FilmWish

    if stream is None:
        _tell_of_streams(film)
    return FilmWish(film, subtitles, screenplay, stream or 0)


def _tell_of_streams(film: Path) -> None:
    """Which sound is taken, where there are several; what is wrong with the film is told later."""
    from unsung.library.film_sound import film_streams

    try:
        streams = film_streams(film)
    except UnsungError:
        return
    if len(streams) > 1:
        there = ", ".join(
            f"{one.number} ({' '.join(filter(None, (one.language, one.title))) or 'no language'},"
            f" {one.channels} channels)"
            for one in streams
        )
        click.echo(f"{film.name} has sound streams {there}; 0 is taken (--stream)", err=True)


def film_lines(film: "FilmCase") -> Iterator[str]:
    """What a listening ends with: what was found, and what is wrong with the subtitles."""
    from unsung.model.outcomes import Outcome
    from unsung.pages.report.wording import clock, count

    found = film.placements.placements
    tracks = len({one.track_file for one in found})
    if not found:
        yield f"{film.name}: no music of this album was found in it"
    else:
        pieces, were = count(len(found), "uncut piece"), "was" if len(found) == 1 else "were"
        yield f"{film.name}: {pieces} of {count(tracks, 'track')} {were} found in it"
    if film.unplaced and film.unplaced.stretches:
        places = count(len(film.unplaced.stretches), "place")
        lasts = clock(film.unplaced.music_s)
        yield f"{film.name}: {lasts} of music with no source, in {places}"
    delay_s = film.speech.delay_s if film.speech else 0.0
    if not isinstance(delay_s, Outcome) and abs(delay_s) >= _ANOTHER_CUT_S:
        late = "early" if delay_s > 0 else "late"
        yield f"{film.name}: its subtitles come {abs(delay_s):.1f} s {late}; they were moved"


_ANOTHER_CUT_S = 1.0
_FORMATS = ("csv", "otio", "pdf")
_BROADCAST = {"23.976": "24000/1001", "29.97": "30000/1001", "59.94": "60000/1001"}


@click.command()
@PLACE
@PROJECT
@click.option("--format", "form", type=click.Choice(_FORMATS), default="csv", show_default=True)
@click.option("--fps", default="", help="Frames a second, as 25 or 29.97; default: the film's own.")
@click.option(
    "--start",
    default="00:00:00:00",
    show_default=True,
    help="Timecode of the film's first frame.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; CSV and OTIO go to standard output without it.",
)
def cuesheet(
    place: Path, project: Path | None, form: str, fps: str, start: str, out: Path | None
) -> None:
    """Write the cue sheet of PLACE's album in its film, which `listen --film` found.

    Fields that sound cannot tell (publishers, societies, origin) are left open; a usage is a
    proposal to be confirmed. Drop frame is used where the standard has it: at 29.97 and 59.94.
    """
    from unsung import pipeline
    from unsung.pages import cuesheet as sheets

    home = pipeline.home_of(place, project)
    soundtrack = pipeline.remembered(home)
    if soundtrack.film is None:
        raise SettingsError("no film was listened to; run `unsung listen` with --film first")
    sheet = sheets.cue_sheet(soundtrack, soundtrack.film, _rate(fps), start)
    if form == "pdf":
        deliver(sheets.cue_sheet_pdf(sheet), out or home / "cuesheet.pdf")
    else:
        write = sheets.cue_sheet_csv if form == "csv" else sheets.cue_sheet_otio
        deliver(write(sheet).encode(), out)


def _rate(fps: str) -> "FrameRate | None":
    """The exact rate that a person means: 29.97 is 30000/1001."""
    from unsung.model.picture import FrameRate

    if not fps:
        return None
    try:
        return FrameRate(_BROADCAST.get(fps, fps))
    except (ValueError, ZeroDivisionError) as error:
        raise SettingsError(f"{fps!r} is no frame rate; give it as 24, 25 or 29.97") from error
