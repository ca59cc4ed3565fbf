"""The terminal's door. Thin: each command calls the pipeline and shows what it says.

Exit codes: 0 all went well; 1 nothing could be done, with one line that says why; 2 the command
line was not understood; 3 done, but some files could not be heard; 130 stopped from outside.
Results go to standard output, everything else to standard error.
"""

import signal
import sys

import click

from unsung import __version__
from unsung.cli.article import article
from unsung.cli.commands import demo, doctor, export, listen, report, why
from unsung.cli.film import cuesheet
from unsung.cli.motifs import motifs
from unsung.cli.recognise import recognise, reference
from unsung.cli.serve import publish, serve
from unsung.model.errors import UnsungError

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_SETTINGS, invoke_without_command=True)
@click.version_option(__version__, prog_name="unsung")
@click.pass_context
def unsung(context: click.Context) -> None:
    """Listen to a complete soundtrack and find what comes back, what moves, what was missed.

    Without a command it opens the library in a browser.
    """
    if context.invoked_subcommand is None:
        context.invoke(serve)


for command in (
    *(listen, demo, serve, publish, report, article, export, cuesheet, motifs, why, recognise),
    reference,
    doctor,
):
    unsung.add_command(command)


def main() -> None:
    """Run the command line; what goes wrong is one line, never a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = unsung.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except UnsungError as error:
        click.echo(f"unsung: {error}", err=True)
        code = 1
    except (KeyboardInterrupt, click.Abort):
        click.echo("unsung: stopped; what was heard is kept, run it again to go on", err=True)
        code = 130
    except BrokenPipeError:
        code = 1
    sys.exit(code or 0)
