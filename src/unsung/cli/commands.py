"""The commands. Each is thin: its heavy parts are imported only when it runs."""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unsung.cli.film import film_lines, film_wish, tell_of_films
from unsung.cli.options import FILE, JSON, PLACE, PROJECT
from unsung.model.errors import SettingsError, UnsungError

if TYPE_CHECKING:
    from unsung.model.hearing import Soundtrack
    from unsung.pages.exports import Document
    from unsung.session import FilmWish

_KEPT_IN = click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep what is heard in this folder instead of beside the music.",
)
_JOBS = click.option(
    "--jobs", type=click.IntRange(1), help="How many processes work at a time (default: all cores)."
)
_QUIET = click.option("--quiet", "-q", is_flag=True, help="Show no progress.")

SOME_UNHEARD = 3


@click.command()
@PLACE
@_KEPT_IN
@_JOBS
@click.option("--on", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler.")
@click.option("--film", type=FILE, help="Find where the album sounds in this film.")
@click.option("--subtitles", type=FILE, help="Its subtitles: SubRip, WebVTT or ASS.")
@click.option("--screenplay", type=FILE, help="Its screenplay, in Fountain, or a cue sheet.")
@click.option(
    "--stream",
    type=click.IntRange(0),
    help="Which of the film's sound streams to take, from 0 (default: the one it marks).",
)
@click.option(
    "--film-language", "language", default="", help="Take its sound in this language: de, German …"
)
@JSON
@_QUIET
def listen(
    place: Path,
    project: Path | None,
    jobs: int | None,
    on: str | None,
    film: Path | None,
    subtitles: Path | None,
    screenplay: Path | None,
    stream: int | None,
    language: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """Listen to PLACE: a folder of music or scores, an archive, or a single file.

    What is heard is kept in a folder `unsung` beside the music (or as --project says); a run that
    was stopped goes on where it was, and what was heard once is not heard again. Settings are
    read from `unsung.toml` beside the music. Ends with a report to open in a browser.

    With --film the album is then sought in the film; the film is remembered for the next time,
    and nothing of it is copied.
    """
    wish = film_wish(film, subtitles, screenplay, stream, language)
    return _listen(place, project, jobs, on, wish, as_json=as_json, quiet=quiet)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("unsung-demo"))
@_JOBS
@JSON
@_QUIET
def demo(folder: Path, jobs: int | None, as_json: bool, quiet: bool) -> int:
    """Listen to the small soundtrack that comes with Unsung, written out to FOLDER."""
    from unsung.demo import write_demo

    try:
        place = write_demo(folder)
    except OSError as error:
        raise UnsungError(f"{folder} could not be written: {error.strerror}") from error
    return _listen(place, None, jobs, None, None, as_json=as_json, quiet=quiet)


@click.command()
@PLACE
@PROJECT
def report(place: Path, project: Path | None) -> None:
    """Write the report of PLACE again, from what is remembered."""
    from unsung import pipeline

    click.echo(pipeline.keep_report(pipeline.home_of(place, project)))


@click.command()
@click.argument("place", type=click.Path(path_type=Path, exists=True), required=False)
@click.argument("what", required=False)
@PROJECT
@click.option("--format", "form", default="csv", show_default=True, help="csv, json, jams, …")
@click.option("--track", help="Only this track: a title, a file name or a position.")
@click.option("--motif", help="Only this motif: a label or a name.")
@click.option(
    "--whole-paths",
    is_flag=True,
    help="Name sound files by their whole paths (m3u8, edl, tilia).",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="A file, or a folder for one file a track."
)
@click.option("--dictionary", is_flag=True, help="Say what can be exported and what columns mean.")
def export(
    place: Path | None,
    what: str | None,
    project: Path | None,
    form: str,
    track: str | None,
    motif: str | None,
    whole_paths: bool,
    out: Path | None,
    dictionary: bool,
) -> None:
    """Write WHAT was heard in PLACE to standard output, or to --out.

    Playlists name sound files as seen from the folder of --out; without it, from that of PLACE.

    `unsung export --dictionary` lists what there is: notes, melody, key, sections, everything …
    """
    from unsung.pages import exports

    if dictionary:
        click.echo(exports.dictionary())
        return
    if place is None or what is None:
        raise click.UsageError("needs a PLACE and WHAT to export, or --dictionary")
    from unsung import pipeline

    home = pipeline.home_of(place, project)
    soundtrack = pipeline.remembered(home)
    findings = pipeline.findings(soundtrack, home) if exports.needs_findings(what, form) else ()
    made = partial(exports.exported, soundtrack, what, form, track, motif, findings=findings)
    documents = made()
    if form in exports.NAMING_FILES and (whole_paths or out):
        folder = None if whole_paths or not out else _folder_of(out, documents)
        documents = made(album_path=_album_path(pipeline.album_folder(home), folder))
    _deliver(documents, out)


@click.command()
@PLACE
@PROJECT
@JSON
def why(place: Path, project: Path | None, as_json: bool) -> None:
    """Say which stages `listen` would run again for PLACE, and why."""
    import attrs

    from unsung import pipeline

    reasons = pipeline.why(place, project=project)
    if as_json:
        _say_json([attrs.asdict(reason) for reason in reasons])
    elif not reasons:
        click.echo("nothing would run again: every answer is known")
    for reason in () if as_json else reasons:
        click.echo(f"{reason.file}: {reason.stage}: {reason.because}")


@click.command()
@JSON
def doctor(as_json: bool) -> int:
    """Check this installation: what works, what is missing, what that means."""
    import attrs

    from unsung.doctor import examination

    findings = examination()
    if as_json:
        _say_json([attrs.asdict(finding) for finding in findings])
    for finding in () if as_json else findings:
        click.echo(f"{finding.state:8} {finding.what}: {finding.words}")
    return int(any(finding.state == "wrong" for finding in findings))


def _listen(
    place: Path,
    project: Path | None,
    jobs: int | None,
    on: str | None,
    film: "FilmWish | None",
    *,
    as_json: bool,
    quiet: bool,
) -> int:
    from unsung import pipeline
    from unsung.cli.display import watch

    began_s = time.monotonic()
    watcher = watch(quiet=quiet)
    with watcher or contextlib.nullcontext():
        soundtrack = pipeline.listen(
            place, project=project, jobs=jobs, on=on, film=film, watch=watcher
        )
        page = pipeline.keep_report(pipeline.home_of(place, project))
    tell_of_films(place, pipeline.home_of(place, project))
    spent_s = time.monotonic() - began_s
    _show(soundtrack, page, spent_s, as_json=as_json)
    if not soundtrack.heard:
        return 1
    return SOME_UNHEARD if soundtrack.unheard else 0


def _show(soundtrack: "Soundtrack", page: Path, spent_s: float, *, as_json: bool) -> None:
    """The end of a listening: what could not be heard, how much was, where the report is."""
    for unheard in soundtrack.unheard:
        click.echo(f"not heard: {unheard.file}: {unheard.reason}", err=True)
    if as_json:
        _say_json(_summary(soundtrack, page, spent_s))
        return
    minutes = sum(heard.hearing.duration_s for heard in soundtrack.heard) / 60
    tracks = f"{len(soundtrack.heard)} track{'' if len(soundtrack.heard) == 1 else 's'}"
    click.echo(f"{soundtrack.album.title}: {tracks}, {minutes:.1f} minutes, in {spent_s:.1f} s")
    for line in film_lines(soundtrack.film) if soundtrack.film else ():
        click.echo(line)
    click.echo(f"report: {page}")


def _summary(soundtrack: "Soundtrack", page: Path, spent_s: float) -> dict[str, Any]:
    from unsung.pages import exports

    (tracks,) = exports.exported(soundtrack, "tracks", "json")
    return {
        "album": soundtrack.album.title,
        "tracks": json.loads(tracks.content)["rows"],
        "unheard": [{"file": one.file, "reason": one.reason} for one in soundtrack.unheard],
        "film": list(film_lines(soundtrack.film)) if soundtrack.film else [],
        "report": str(page),
        "spent_s": round(spent_s, 3),
    }


def _folder_of(out: Path, documents: "Sequence[Document]") -> Path:
    """Where the documents will lie."""
    return out.parent if len(documents) == 1 and not out.is_dir() else out


def _album_path(album: Path, folder: Path | None) -> str:
    """How the album's folder is reached from another; from none, its whole path."""
    album = album.resolve()
    try:
        path = Path(os.path.relpath(album, folder.resolve())) if folder else album
    except ValueError:  # on another drive
        path = album
    return "" if path == Path() else f"{path.as_posix().rstrip('/')}/"


def _say_json(plain: Any) -> None:
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))


def _deliver(documents: "Iterable[Document]", out: Path | None) -> None:
    """Documents to standard output, to one file, or each to its own file in a folder."""
    documents = tuple(documents)
    if not documents:
        raise SettingsError("nothing of the kind was heard")
    if out is None:
        if len(documents) > 1:
            raise SettingsError(
                f"this makes {len(documents)} files, one a track; name a folder with --out, or one"
                " track with --track"
            )
        sys.stdout.buffer.write(documents[0].encoded)
        sys.stdout.buffer.flush()
    elif len(documents) == 1 and not out.is_dir():
        _write(out, documents[0].encoded)
    else:
        out.mkdir(parents=True, exist_ok=True)
        for document in documents:
            _write(out / document.name, document.encoded)


def _write(path: Path, content: bytes) -> None:
    from unsung.store.files import write_whole

    write_whole(path, content)
    click.echo(path, err=True)
