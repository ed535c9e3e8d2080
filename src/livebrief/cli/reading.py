"""`read` and `extract`: what single pages say, without a store."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from livebrief.cli.terminal import fail, parse_instant, say_refusals, write_json

PARTS = ("events", "claims", "causes", "times", "places", "names", "quantities")

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files (HTML, plain text as saved from a page, RSS/Atom/JSON feed, JSON Lines; also "
        "gzipped), folders, or - for standard input.",
    ),
]
CapturedOption = Annotated[
    str | None,
    typer.Option(
        "--captured-at",
        metavar="TIME",
        help="When the pages were saved, where they do not say: what '19 mins ago' counts from.",
    ),
]
OutletOption = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", help="Whose pages these are, where they do not say."),
]


class ExtractForm(StrEnum):
    """How a reading is written."""

    json = "json"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this page."""
    app.command()(read)
    app.command()(extract)


def read(
    sources: SourcesArgument,
    captured_at: CapturedOption = None,
    outlet: OutletOption = None,
) -> None:
    """Read pages into articles, one JSON object a line.

    Examples:
    * `livebrief read page.html`

    * `livebrief read saved/ feed.xml | jq -r .headline`

    * `curl -s https://... | livebrief read -`
    """
    from livebrief.articles import read_article
    from livebrief.model import Refusal
    from livebrief.pages import read_sources

    refused = []
    captured = parse_instant(captured_at, "--captured-at", end_of_day=False)
    for page in read_sources(sources, captured_at=captured, outlet=outlet):
        article = page if isinstance(page, Refusal) else read_article(page)
        if isinstance(article, Refusal):
            refused.append(article)
        else:
            write_json(article)
    _end(refused)


def extract(
    sources: SourcesArgument,
    only: Annotated[
        str | None,
        typer.Option(
            "--only", metavar="PARTS", help=f"Only these, comma-separated: {', '.join(PARTS)}."
        ),
    ] = None,
    form: Annotated[
        ExtractForm, typer.Option("--format", help="JSON lines, or a page to look at.")
    ] = ExtractForm.json,
    captured_at: CapturedOption = None,
    outlet: OutletOption = None,
) -> None:
    """Read pages, and say what happened, who says so, where, when and how many.

    One reading a line; every value carries the span of the words it came from.

    Examples:
    * `livebrief extract page.txt --only events,claims`

    * `livebrief extract page.html --format html > reading.html`
    """
    from livebrief.model import Reading, Refusal
    from livebrief.pages import read_sources
    from livebrief.pipeline import read as read_page

    parts = _parse_parts(only)
    refused = []
    readings: list[Reading] = []
    captured = parse_instant(captured_at, "--captured-at", end_of_day=False)
    for page in read_sources(sources, captured_at=captured, outlet=outlet):
        reading = page if isinstance(page, Refusal) else read_page(page)
        if isinstance(reading, Refusal):
            refused.append(reading)
        elif form is ExtractForm.html:
            readings.append(reading)
        else:
            write_json(reading if parts is None else _only(reading, parts))
    if readings:
        from livebrief.web import write_readings

        typer.echo(write_readings(readings, parts or PARTS))
    _end(refused)


def _parse_parts(only: str | None) -> tuple[str, ...] | None:
    if only is None:
        return None
    parts = tuple(part.strip() for part in only.split(",") if part.strip())
    for part in parts:
        if part not in PARTS:
            fail(f"--only knows no {part!r}. It knows: {', '.join(PARTS)}")
    return parts


def _only(reading: Any, parts: tuple[str, ...]) -> dict[str, Any]:
    article = reading.article
    about = {"id": article.id, "url": article.url, "headline": article.headline}
    chosen: dict[str, Any] = {"article": about}
    if "events" in parts:
        chosen["main_event"] = reading.main_event
    return chosen | {part: getattr(reading, part) for part in parts}


def _end(refused: list[Any]) -> None:
    if refused:
        say_refusals(refused)
        raise typer.Exit(1)
