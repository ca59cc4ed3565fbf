"""What many commands take, and where what they write goes."""

import sys
from pathlib import Path

import click

from unsung.model.errors import SettingsError

PLACE = click.argument("place", type=click.Path(path_type=Path, exists=True))
PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that holds what was heard, if it is not beside the music.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def deliver(content: bytes, out: Path | None) -> None:
    """To a file, whose path is said; or to standard output."""
    from unsung.store.files import write_whole

    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    if not out.parent.is_dir():
        raise SettingsError(f"{out.parent} is no folder; make it, or choose another --out")
    write_whole(out, content)
    click.echo(out, err=True)
