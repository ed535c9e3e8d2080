"""`serve` and `demo`: the site."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from livebrief.cli.terminal import (
    StoreOption,
    fail,
    open_store,
    say,
    say_refusals,
    show_progress,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this page."""
    app.command()(serve)
    app.command()(demo)


def serve(
    store: StoreOption = Path("livebrief.db"),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port.")] = 8000,
) -> None:
    """Serve the desk: its stories, their briefs, each sentence with its sources.

    Example:
    * `livebrief serve --store desk.db --port 8000`
    """
    import uvicorn

    from livebrief.web import create_app

    if not store.exists():
        fail(f"there is no store at {store} yet. Make one: livebrief add SOURCE... --store {store}")
    open_store(store).close()
    say(f"The desk of {store}: http://{host}:{port}/  (Ctrl-C ends it)")
    uvicorn.run(create_app(store), host=host, port=port, log_level="warning")


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the store and the site go.")] = Path(
        "livebrief-demo"
    ),
) -> None:
    """Take in the sample coverage, print a brief, and write the site.

    The sample is about real events of December 2019 to March 2020, written for demonstration.

    Example:
    * `livebrief demo --dir /tmp/look`
    """
    from livebrief.briefs import write_stories, write_text
    from livebrief.pages import read_sources
    from livebrief.pipeline import Desk, View, take_in
    from livebrief.web import SiteError, write_site

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "livebrief.db"
    with resources.as_file(resources.files("livebrief") / "sample") as sample:
        say(f"Taking in the sample coverage ({sample}) ...")
        with open_store(path) as store, show_progress() as progress:
            taken = take_in(
                read_sources([str(sample)]),
                Desk(store),
                now=datetime.now(UTC),
                learned="published",
                progress=progress,
            )
            count = store.count()
    say_refusals(taken.refused)
    say(
        f"{taken.articles} articles taken in, {taken.revisions} revised, {taken.known} known "
        f"already, {len(taken.refused)} refused: {count['stories']} stories, "
        f"{count['incidents']} incidents, {count['changes']} changes."
    )
    with open_store(path) as store:
        view = View(store)
        typer.echo("\nThe stories\n")
        typer.echo(write_stories(view.stories()))
        typer.echo("The brief of the leading story\n")
        typer.echo(write_text(view.brief(view.find_story(None).id), view.article))
    try:
        with show_progress() as progress:
            index = write_site(path, folder / "site", progress=progress)
    except SiteError as error:
        fail(str(error))
    typer.echo(f"The site, as static pages:  {index}")
    typer.echo(f"To serve it live:           livebrief serve --store {path}")
    typer.echo(
        f"To look at an earlier hour: livebrief brief taji --as-of 2020-03-11T20:00Z --store {path}"
    )
    if taken.refused:
        raise typer.Exit(1)
