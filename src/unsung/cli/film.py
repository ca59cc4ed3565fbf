"""What the terminal says of the film beside the album; `unsung cuesheet`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.options import PLACE, PROJECT, deliver
from unsung.model.errors import SettingsError, UnsungError

if TYPE_CHECKING:
    from unsung.model.film import Speed
    from unsung.model.film_case import FilmCase
    from unsung.model.picture import FrameRate
    from unsung.session import FilmWish


def film_wish(
    film: Path | None,
    subtitles: Path | None,
    screenplay: Path | None,
    stream: int | None,
    language: str = "",
) -> "FilmWish | None":
    """What a person asks for; nothing where no film is named."""
    if film is None:
        if subtitles or screenplay or language or stream is not None:
            raise SettingsError(
                "subtitles, screenplay, stream and film-language belong to a film; name it: --film"
            )
        return None
    from unsung.session import FilmWish

    if stream is None:
        _tell_of_streams(film, language)
    if subtitles is None:
        _tell_of_subtitles(film, stream, language)
    return FilmWish(film, subtitles, screenplay, stream, language)


def _tell_of_streams(film: Path, language: str) -> None:
    """Which sound is taken, where several may be meant; what is wrong is told later."""
    from unsung.library.film_streams import film_streams, in_language, listed, preferred

    try:
        streams = film_streams(film)
        meant = in_language(film, streams, language)
    except UnsungError:
        return
    if len(meant) > 1:
        taken = preferred(meant)
        why = "the default of the file" if taken.is_default else "the first"
        click.echo(
            f"{film.name} has the sounds {listed(streams)}; {taken.number} is taken, {why}:"
            " another with --film-language or --stream",
            err=True,
        )


def _tell_of_subtitles(film: Path, stream: int | None, language: str) -> None:
    """Which of the subtitles inside the film are taken, where there are any."""
    from unsung.library.film_streams import meant_stream
    from unsung.library.film_subtitles import inner_subtitles

    try:
        sound = meant_stream(film, language).number if stream is None else stream
    except UnsungError:
        return
    inside = inner_subtitles(film, sound, language)
    if inside:
        words = (
            f"{film.name}: the subtitles inside it are taken, {inside.words}; others: --subtitles"
        )
        click.echo(words, err=True)


def tell_of_films(place: Path, home: Path) -> None:
    """That a film lies among the music, where none is named."""
    from unsung.library.films_beside import films_at
    from unsung.session import film_path

    if film_path(home, None) is None:
        for name in films_at(place):
            click.echo(
                f"{name} holds a moving picture; if it is the film, name it: --film", err=True
            )


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
    yield from _speed_lines(film)
    if film.unplaced and film.unplaced.stretches:
        places = count(len(film.unplaced.stretches), "place")
        lasts = clock(film.unplaced.music_s)
        yield f"{film.name}: {lasts} of music with no source, in {places}"
    delay_s = film.speech.delay_s if film.speech else 0.0
    if not isinstance(delay_s, Outcome) and abs(delay_s) >= _ANOTHER_CUT_S:
        late = "early" if delay_s > 0 else "late"
        yield f"{film.name}: its subtitles come {abs(delay_s):.1f} s {late}; they were moved"


def _speed_lines(film: "FilmCase") -> Iterator[str]:
    """Where reels run at other speeds, or the sound drifts."""
    from unsung.film.reels import drift, reels
    from unsung.pages.report.wording import clock

    found = film.placements.placements
    there = [f"from {clock(one.span.start_s)} {_speed(one.speed)}" for one in reels(found)]
    if len(there) > 1:
        yield f"{film.name}: its music runs at several speeds: {', '.join(there)}"
    elif drift(found) > _DRIFTS:
        most = round(1e6 * drift(found))
        yield f"{film.name}: its sound drifts; music in it differs in speed by {most} millionths"


def _speed(speed: "Speed") -> str:
    faster = 100 * (speed.tempo_ratio - 1)
    if abs(faster) < _AS_IT_IS:
        return "as on the album"
    kept = " at the same pitch" if speed.pitch_kept else ""
    return f"{abs(faster):.2f} % {'faster' if faster > 0 else 'slower'}{kept}"


_ANOTHER_CUT_S = 1.0
_DRIFTS = 2e-5
_AS_IT_IS = 0.005
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
