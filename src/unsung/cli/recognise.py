"""`unsung recognise` and `unsung reference`: what the world gave, and what it is held against."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.options import JSON, PLACE, PROJECT

if TYPE_CHECKING:
    from unsung.model.recognition import Case

_HEARD = click.Path(path_type=Path, exists=True)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@PLACE
@PROJECT
@click.option("--online", is_flag=True, help="Ask the world; nothing is asked without this.")
@click.option("--contact", default="", help="Your address or page, told to every service asked.")
@click.option("--import", "imports", type=_FILE, multiple=True, help="A CSV file of counts.")
@click.option("--imdb", type=_FOLDER, help="The folder that holds IMDb's public files.")
@click.option("--dumps", type=_FOLDER, help="The folder with MusicBrainz' and ListenBrainz' dumps.")
@click.option(
    "--reference",
    default="",
    help="A file that `unsung reference` wrote, or `synthetic` for made-up works.",
)
@JSON
def recognise(
    place: Path,
    project: Path | None,
    online: bool,
    contact: str,
    imports: tuple[Path, ...],
    imdb: Path | None,
    dumps: Path | None,
    reference: str,
    as_json: bool,
) -> None:
    """Set what the world gave PLACE against what its sound shows.

    PLACE must have been listened to. Who and what it is comes from its tags and from
    `recognition.toml` beside it. Without --online only what was kept or imported is used.
    """
    from unsung import pipeline
    from unsung.session.recognising import Wishes
    from unsung.session.recognising import as_json as said

    wishes = Wishes(online, contact, imports, imdb, dumps, reference, _tell)
    case, page = pipeline.recognise(place, project=project, wishes=wishes)
    if as_json:
        click.echo(said(case), nl=False)
        return
    for line in _summary(case):
        click.echo(line)
    click.echo(f"page: {page}")


@click.command()
@click.option("--imdb", type=_FOLDER, help="The folder with IMDb's public files.")
@click.option("--from", "known", type=_FILE, help="A set built before, to add to.")
@click.option("--from-year", type=int, default=1980, show_default=True)
@click.option("--to-year", type=int, default=2025, show_default=True)
@click.option("--least-votes", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--dumps", type=_FOLDER, help="The folder with MusicBrainz' and ListenBrainz' dumps.")
@click.option("--counts", type=_FILE, multiple=True, help="CSV: identifier,indicator,value.")
@click.option("--heard", type=_HEARD, multiple=True, help="An album that was listened to.")
@click.option("--online", is_flag=True, help="Ask Wikidata and ListenBrainz for listeners.")
@click.option("--contact", default="", help="Your address or page, told to every service asked.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def reference(
    imdb: Path | None,
    known: Path | None,
    from_year: int,
    to_year: int,
    least_votes: int,
    dumps: Path | None,
    counts: tuple[Path, ...],
    heard: tuple[Path, ...],
    online: bool,
    contact: str,
    out: Path,
) -> None:
    """Build the set of works that albums are compared with, for your own use.

    IMDb's files come from https://datasets.imdbws.com and may be used personally and not
    commercially; the set that is built from them must not be passed on. The dumps come from
    https://metabrainz.org/datasets and need not be unpacked. What is asked is kept beside OUT, so
    a run that was stopped goes on where it was. Albums that were listened to lend the set what was
    heard in them, so that an album's merit is told among real music.
    """
    from unsung import pipeline
    from unsung.session.referring import Built, built_reference

    found = built_reference(
        Built(
            out=out,
            imdb=imdb,
            known=known,
            years=range(from_year, to_year + 1),
            least_votes=least_votes,
            dumps=dumps,
            counts=counts,
            heard=heard,
            remember=pipeline.remembered,
            online=online,
            contact=contact,
            tell=_tell,
        )
    )
    count = sum(bool(work.merit_parts) for work in found.works)
    click.echo(f"{len(found.works)} works, {count} of them heard: {out}")


def _tell(said: str) -> None:
    click.echo(said, err=True)


def _summary(case: "Case") -> Iterator[str]:
    """What stands on the page, in a few lines."""
    from unsung.model.recognition import DataTooThin, GemPlane

    if case.synthetic:
        yield "SYNTHETIC DATA: percentiles are among made-up works and say nothing about real music"
    composers = ", ".join(case.identity.stated("composer")) or "not stated (see the page)"
    yield f"{case.identity.title}, composer: {composers}"
    for name, one in (("recognition", case.recognition), ("gap", case.gap), ("merit", case.merit)):
        if isinstance(one, DataTooThin):
            yield f"{name}: {one.reason}"
        else:
            shown = one.percentile
            yield f"{name}: percentile {shown.value:.0f} ({shown.low:.0f} to {shown.high:.0f})"
    for plane in (case.track_plane, case.album_plane):
        if isinstance(plane, GemPlane):
            named = ", ".join(one.title for one in plane.gems) or "none named"
            yield f"gems of {len(plane.points)}: {named}"
    for reading in case.explanations:
        yield f"consistent with {reading.kind}: {reading.condition}"
