"""What many commands take."""

from pathlib import Path

import click

PLACE = click.argument("place", type=click.Path(path_type=Path, exists=True))
PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that holds what was heard, if it is not beside the music.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
