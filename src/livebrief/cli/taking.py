"""`add`: coverage into the store."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from livebrief.cli.reading import CapturedOption, OutletOption, SourcesArgument
from livebrief.cli.terminal import (
    StoreOption,
    open_store,
    parse_instant,
    say,
    say_refusals,
    show_progress,
    write_json,
)


class LearnedAt(StrEnum):
    """When what is added counts as learned."""

    now = "now"
    published = "published"


class SummaryForm(StrEnum):
    """How the summary is written."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this page."""
    app.command()(add)


def add(
    sources: SourcesArgument,
    store: StoreOption = Path("livebrief.db"),
    learned_at: Annotated[
        LearnedAt,
        typer.Option(
            help="now, or published: replay an archive as if each page had been read when it "
            "was published."
        ),
    ] = LearnedAt.now,
    form: Annotated[
        SummaryForm, typer.Option("--format", help="The summary: words, or JSON on stdout.")
    ] = SummaryForm.text,
    captured_at: CapturedOption = None,
    outlet: OutletOption = None,
) -> None:
    """Take coverage into the store, and follow its stories.

    Adding the same twice changes nothing; an interrupted run is taken up by running it again.
    What cannot be read is refused with its reason, kept and counted, and the rest goes on.

    Examples:
    * `livebrief add saved-pages/ feed.xml`

    * `livebrief add archive.jsonl --learned-at published --store desk.db`
    """
    from livebrief.pages import read_sources
    from livebrief.pipeline import Desk, take_in

    captured = parse_instant(captured_at, "--captured-at", end_of_day=False)
    pages = read_sources(sources, captured_at=captured, outlet=outlet)
    with open_store(store) as opened:
        try:
            with show_progress() as progress:
                taken = take_in(
                    pages,
                    Desk(opened),
                    now=datetime.now(UTC),
                    learned=learned_at.value,
                    progress=progress,
                )
        except KeyboardInterrupt:
            say("interrupted: what was taken in is kept. Run the same again to go on.")
            raise typer.Exit(130) from None
        say_refusals(taken.refused)
        summary = {
            "articles": taken.articles,
            "revisions": taken.revisions,
            "known": taken.known,
            "refused": len(taken.refused),
            "stories": len(taken.stories),
            "changes": taken.changes,
            "store": opened.count(),
        }
    if form is SummaryForm.json:
        write_json(summary)
    say(
        f"{taken.articles} articles taken in, {taken.revisions} revised, {taken.known} known "
        f"already, {len(taken.refused)} refused; {len(taken.stories)} stories touched, "
        f"{taken.changes} changes. Next: livebrief stories"
        + ("" if str(store) == "livebrief.db" else f" --store {store}")
    )
    if taken.refused:
        raise typer.Exit(1)
