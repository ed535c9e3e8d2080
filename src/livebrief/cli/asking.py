"""What the desk knows: `stories`, `incidents`, `brief`, `timeline`, `changes`, `search`."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from livebrief.cli.terminal import (
    AsOfOption,
    SinceOption,
    StoreOption,
    StoryArgument,
    explain_absence,
    fail,
    find_story,
    open_view,
    parse_instant,
    say,
    write_json,
    write_lines,
)


class Form(StrEnum):
    """How an answer is written."""

    text = "text"
    md = "md"
    html = "html"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", "-f", help="How to write the answer.")]
STORE = Path("livebrief.db")

stories_app = typer.Typer(invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this page."""
    app.add_typer(stories_app, name="stories")
    for command in (incidents, brief, timeline, changes, search):
        app.command()(command)
    app.command("go-deeper")(go_deeper)


@stories_app.callback()
def stories(
    ctx: typer.Context,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.text,
    limit: Annotated[int, typer.Option(min=1, help="How many at the most.")] = 50,
) -> None:
    """List the stories, the one that changed last first.

    Examples:
    * `livebrief stories`

    * `livebrief stories --as-of 2020-01-05 --format json`

    * `livebrief stories explain 4f1c`
    """
    if ctx.invoked_subcommand:
        return
    from livebrief.briefs import write_stories

    with open_view(store, as_of) as view:
        found = view.stories(limit)
        if form is Form.json:
            write_lines(found)
        elif not found:
            say(explain_absence(view) or "")
        else:
            _write(write_stories(found), form, "Stories")


@stories_app.command()
def explain(
    article: Annotated[str, typer.Argument(help="An article's id, or its beginning.")],
    store: StoreOption = STORE,
    form: FormOption = Form.text,
) -> None:
    """Say why an article was placed in its story, and which others were near.

    Example:
    * `livebrief stories explain 4f1c`
    """
    with open_view(store) as view:
        ids = view.store.article_ids(article)
        if len(ids) != 1:
            fail(
                f"{'no article begins' if not ids else 'several articles begin'} with {article!r}"
                f"{': ' + ', '.join(ids) if ids else ''}. See: livebrief search WORDS"
            )
        filed = view.store.find_filed(ids[0])
        if filed is None:
            fail(f"article {ids[0]} waits to be placed. Run `livebrief add` once more.")
        if form is Form.json:
            write_json({"story": filed.story, "placement": filed.placement})
            return
        placement = filed.placement
        lines = [
            f"{filed.reading.article.headline}",
            f"  story {filed.story}: {view.story(filed.story).headline}",
            f"  score {placement.score:.2f}" + (" (a new story)" if not placement.story else ""),
            *(f"  because {reason}" for reason in placement.why),
            f"  origin {placement.origin}",
            *(f"  near {each.story} ({each.score:.2f})" for each in placement.candidates),
        ]
        _write("".join(f"{line}\n" for line in lines), form, "Why it stands there")


def incidents(
    story: StoryArgument = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.text,
) -> None:
    """Say what happened: each incident with its ranges, and who reports which end.

    Without STORY: every incident of the desk.

    Example:
    * `livebrief incidents taji --format json`
    """
    from livebrief.briefs import write_incidents

    with open_view(store, as_of) as view:
        found = view.incidents(find_story(view, story).id if story else None)
        if form is Form.json:
            write_lines(found)
        else:
            _write(write_incidents(found), form, "Incidents")


def brief(
    story: StoryArgument = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    since: SinceOption = None,
    form: FormOption = Form.text,
) -> None:
    """Write a story's brief: every sentence with its sources.

    Examples:
    * `livebrief brief taji`

    * `livebrief brief taji --as-of 2020-03-11T20:00Z --format md`

    * `livebrief brief taji --since 2020-03-13`
    """
    from livebrief.briefs import write_markdown, write_text

    with open_view(store, as_of) as view:
        found = find_story(view, story)
        after = parse_instant(since, "--since", end_of_day=False)
        if form is Form.html:
            from livebrief.web import write_story_page

            typer.echo(write_story_page(view, found.id, after), nl=False)
            return
        written = view.brief(found.id, after)
        if form is Form.json:
            write_json(written)
        else:
            write = write_text if form is Form.text else write_markdown
            typer.echo(write(written, view.article), nl=False)


def timeline(
    story: StoryArgument = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.text,
) -> None:
    """Write a story's timeline, its earlier incidents included.

    Example:
    * `livebrief timeline taji --format json`
    """
    from livebrief.briefs import write_timeline

    with open_view(store, as_of) as view:
        entries = view.brief(find_story(view, story).id).timeline
        if form is Form.json:
            write_lines(entries)
        else:
            _write(write_timeline(entries, view.article), form, "Timeline")


def changes(
    story: StoryArgument = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    since: SinceOption = None,
    form: FormOption = Form.text,
) -> None:
    """Say what was learned, report by report: new, raised, lowered, corrected, disputed.

    Example:
    * `livebrief changes taji --since 2020-03-11T18:00-04:00`
    """
    from livebrief.briefs import write_changes

    with open_view(store, as_of) as view:
        found = find_story(view, story)
        after = parse_instant(since, "--since", end_of_day=False)
        made = view.changes(found.id, after)
        if form is Form.json:
            write_lines(made)
        else:
            _write(write_changes(made, view.incidents(found.id)), form, "Changes")


def search(
    words: Annotated[list[str], typer.Argument(help='Words, or a "phrase in quotes".')],
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.text,
    limit: Annotated[int, typer.Option(min=1, help="How many at the most.")] = 20,
) -> None:
    """Find the articles that hold all the words, the best first.

    Example:
    * `livebrief search rockets '"air base"'`
    """
    with open_view(store, as_of) as view:
        hits = view.search(" ".join(words), limit)
        if form is Form.json:
            write_lines(hits)
            return
        if not hits:
            say(f"no article in {store} holds all of these words: {' '.join(words)}")
            return
        lines = [
            f"{hit.article}  {hit.headline} ({hit.outlet}, {hit.published or 'undated'})\n"
            f"              story {hit.story}: {hit.excerpt}\n"
            for hit in hits
        ]
        _write("".join(lines), form, "Search")


def go_deeper(
    story: StoryArgument = None,
    store: StoreOption = STORE,
    as_of: AsOfOption = None,
    form: FormOption = Form.text,
) -> None:
    """Name the earlier stories that explain this one, with day and section.

    Example:
    * `livebrief go-deeper taji`
    """
    from livebrief.briefs import write_go_deeper

    with open_view(store, as_of) as view:
        deeper = view.go_deeper(find_story(view, story).id)
        if form is Form.json:
            write_lines(deeper)
        else:
            _write(write_go_deeper(deeper), form, "Go deeper")


def _write(text: str, form: Form, title: str) -> None:
    """Write lines of text in the form asked for; their indents make the lists of Markdown."""
    if form is Form.text:
        typer.echo(text, nl=False)
    elif form is Form.md:
        typer.echo(_as_markdown(text, title), nl=False)
    else:
        from livebrief.web import write_lines_page

        typer.echo(write_lines_page(title, text), nl=False)


def _as_markdown(text: str, title: str) -> str:
    from livebrief.briefs.forms import escape

    items: Callable[[str], Any] = lambda line: (  # noqa: E731
        f"{'  ' if line.startswith(' ') else ''}- {escape(line.strip())}"
    )
    lines = [items(line) for line in text.splitlines() if line.strip()]
    return "\n".join([f"# {title}", "", *lines]) + "\n"
