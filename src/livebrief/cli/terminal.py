"""What all commands share: where words go, how times and stories are given, how errors teach."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import msgspec
import typer

if TYPE_CHECKING:
    from livebrief.model import Refusal, Story
    from livebrief.pipeline import Progress, View
    from livebrief.store import Store

StoreOption = Annotated[
    Path,
    typer.Option("--store", "-s", envvar="LIVEBRIEF_STORE", help="The store: one SQLite file."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="Show what was known by then: an instant (2020-03-11T20:00-04:00) or a day (its "
        "end). Without an offset, UTC.",
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="TIME",
        help="Only what was learned after this: an instant, or a day (its beginning).",
    ),
]


def say(words: str) -> None:
    """Tell the person at the terminal, on standard error."""
    typer.echo(words, err=True)


def fail(words: str) -> NoReturn:
    """Say what was wrong and what to try, and end as wrong usage."""
    say(f"livebrief: {words}")
    raise typer.Exit(2)


def write_json(value: Any) -> None:
    """Write one value of the model as one line of JSON."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")


def write_lines(values: Iterable[Any]) -> None:
    """Write each value as one line of JSON."""
    for value in values:
        write_json(value)


def parse_instant(words: str | None, option: str, *, end_of_day: bool) -> datetime | None:
    """Return the instant given on the command line; a day means its end or its beginning.

    >>> parse_instant("2020-03-11", "--as-of", end_of_day=True).isoformat()
    '2020-03-11T23:59:59.999999+00:00'
    >>> parse_instant("2020-03-11T20:00-04:00", "--since", end_of_day=False).isoformat()
    '2020-03-11T20:00:00-04:00'
    """
    if words is None:
        return None
    words = words.strip()
    try:
        if len(words) == len("2020-03-11"):
            return datetime.combine(
                date.fromisoformat(words), time.max if end_of_day else time.min, tzinfo=UTC
            )
        instant = datetime.fromisoformat(words.replace(" ", "T", 1))
    except ValueError:
        fail(
            f"{option} {words!r} is no time. Give an instant such as 2020-03-11T20:00-04:00, "
            "or a day such as 2020-03-11."
        )
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def open_store(path: Path) -> Store:
    """Return the store, made where there is none."""
    from livebrief.store import Store, StoreError

    try:
        return Store(path)
    except StoreError as error:
        fail(str(error))


@contextmanager
def open_view(path: Path, as_of: str | None = None) -> Iterator[View]:
    """Give the store's view for asking; a store that is not there is an error that teaches."""
    from livebrief.pipeline import View

    if not path.exists():
        fail(
            f"there is no store at {path} yet. Take coverage in first "
            f"(livebrief add SOURCE... --store {path}), or try: livebrief demo"
        )
    with open_store(path) as store:
        yield View(store, parse_instant(as_of, "--as-of", end_of_day=True))


def find_story(view: View, words: list[str] | None) -> Story:
    """Return the story meant; where none fits, say which nearly do, and end."""
    from livebrief.pipeline import UnknownStoryError

    try:
        return view.find_story(" ".join(words) if words else None)
    except UnknownStoryError as error:
        if absence := explain_absence(view):
            fail(absence)
        closest = "".join(f"\n  {story.id}  {story.headline}" for story in error.closest)
        fail(
            f"no story goes by {error.words!r}. Give an id, its beginning, or words of its "
            f"headline{'; near to it:' + closest if closest else '.'}\nAll: livebrief stories"
        )


def explain_absence(view: View) -> str | None:
    """Return why no story is known: none yet, none by then, or a run was interrupted.

    `None` where there are stories.
    """
    if view.store.story_ids(as_of=view.as_of):
        return None
    path = view.store.path
    if waiting := len(view.store.pending()):
        return f"{waiting} readings in {path} wait to be followed. Run the interrupted add again."
    first = view.store.first_learned_at()
    if first is None:
        return f"nothing has been taken into {path} yet: livebrief add SOURCE... --store {path}"
    return f"nothing was known by then: what {path} holds was learned from {first.isoformat()} on"


def complete_story(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the story ids that begin so, with their headlines, for the shell's completion."""
    path = ctx.params.get("store") or Path("livebrief.db")
    if not Path(path).exists():
        return []
    with open_view(Path(path)) as view:
        stories = view.stories(limit=50)
    return [(each.id, each.headline or "") for each in stories if each.id.startswith(incomplete)]


StoryArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[STORY]",
        help="An id, its beginning, or words of the headline; without it, the leading story.",
        autocompletion=complete_story,
        show_default=False,
    ),
]


def say_refusals(refusals: Iterable[Refusal], most: int = 20) -> None:
    """Say each refusal with its reason; of a flood, the first ones and how many more."""
    refusals = list(refusals)
    for refusal in refusals[:most]:
        say(f"refused {refusal.address or 'a page'}: {refusal.reason}")
    if len(refusals) > most:
        say(f"... and {len(refusals) - most} more refusals (all are kept in the store)")


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Give a function that shows how far the work is: on a terminal only, silent in a pipe."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show
