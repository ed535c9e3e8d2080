"""Pages as HTML: the templates, and the few filters they use."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from livebrief.briefs import write_day, write_instant
from livebrief.model import Moment
from livebrief.web.moments import write_input

HERE = Path(__file__).parent
ASSETS = HERE / "static"

# In a served site's headers: nothing runs, nothing is loaded from elsewhere, nobody frames us.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


@cache
def templates() -> Environment:
    """Return the templates, which escape everything that is not `Markup`."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=show_day, instant=show_instant, input=write_input, count=write_count, json_ld=write_json
    )
    return environment


def render(name: str, **values: object) -> bytes:
    """Return a page.  Lone surrogates, which no encoding of the web can hold, become "?"."""
    return templates().get_template(name).render(**values).encode("utf-8", "replace")


def show_instant(moment: Moment | datetime | date | None) -> Markup:
    """Return a moment as a reader writes it, with what a machine reads.

    >>> print(show_instant("2020-03-11"), show_instant(None))
    <time datetime="2020-03-11">11 March 2020</time> undated
    """
    if moment is None:
        return Markup("undated")
    said = moment if isinstance(moment, (str, datetime)) else moment.isoformat()
    machine = said if isinstance(said, str) else said.isoformat()
    # A true minus sign does not break away from its offset.
    words = write_instant(said).replace(" -", " −")
    return Markup('<time datetime="{}">{}</time>').format(machine, words)


def show_day(moment: Moment | datetime | date | None) -> Markup:
    """Return a moment's day as a reader writes it, with what a machine reads."""
    if moment is None:
        return Markup("undated")
    day = (moment if isinstance(moment, str) else moment.isoformat())[:10]
    return Markup('<time datetime="{}">{}</time>').format(day, write_day(day))


def write_count(number: int, one: str, many: str | None = None) -> str:
    """Return a number and what it counts.

    >>> write_count(1, "story", "stories"), write_count(2, "article")
    ('1 story', '2 articles')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def write_json(value: object) -> Markup:
    """Return JSON that may stand inside a `<script>`: no `<`, `>` or `&` in it.

    >>> print(write_json({"a": "</script>"}))
    {"a": "\\u003c/script\\u003e"}
    """
    words = json.dumps(value, default=str, sort_keys=True)
    for letter in "<>&":
        words = words.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(words)
