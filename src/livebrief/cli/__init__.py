"""The command.

In: words on the command line.  Out: readings, stories and briefs on standard output.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from livebrief import __version__
from livebrief.cli import asking, reading, running, taking

app = typer.Typer(
    name="livebrief",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""A living, sourced brief for every developing news story.

    Take coverage in, then ask:

    * `livebrief add saved-pages/ feed.xml`
    * `livebrief stories`
    * `livebrief brief taji --as-of 2020-03-11T20:00Z`

    To look around first: `livebrief demo`.
    """,
    epilog="Results go to standard output, progress and messages to standard error. "
    "Exit: 0 done, 1 something was refused (each refusal is said), 2 wrong usage.",
)
for room in (reading, taking, asking, running):
    room.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"livebrief {__version__}")
        raise typer.Exit


@app.callback()
def livebrief(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Say the version, and end."
        ),
    ] = False,
) -> None:
    """Keep a living, sourced brief for every developing news story."""


def main() -> None:
    """Run the command.  A closed pipe (`| head`) and Ctrl-C end it quietly."""
    try:
        app()
    except BrokenPipeError:
        # Python would complain once more when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
