"""What a saver wrote about a page: its address and the moment it was caught."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from livebrief.articles.stamps import parse_instant

# Savers write their lines first; further down they are somebody's words.
MOST_LINES = 12


class Saved(Struct, frozen=True, kw_only=True):
    """Where a page was saved from and when, as far as the saver says."""

    url: str | None = None
    captured_at: datetime | None = None


_LINE = re.compile(
    r"^\s*(?P<name>saved from|saved at|saved on|saved|source|url|address|page url|original url|"
    r"captured at|captured on|captured|retrieved|retrieved at|retrieved on|date saved|"
    r"snapshot taken|archived from|archived at)\s*(?::|\bat\b)\s*(?P<value>\S.{0,2000}?)\s*$",
    re.IGNORECASE,
)
_SINGLEFILE = re.compile(
    r"Page saved with SingleFile\s+url:\s*(?P<url>\S+)\s+saved date:\s*(?P<date>[^\n]{1,120})"
)
_BROWSER = re.compile(r"saved from url=\(\d+\)(?P<url>\S+)")
_JAVASCRIPT_DATE = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>\d\d?) (?P<year>\d{4}) "
    r"(?P<clock>[\d:]{8}) GMT(?P<zone>[+-]\d{4})"
)


def take_header(text: str) -> tuple[Saved, str]:
    """Return what the saver's lines at the top say, and the text without them.

    >>> saved, text = take_header("Saved from: https://a.example/1\\n\\nStorm hits the coast")
    >>> saved.url, text
    ('https://a.example/1', 'Storm hits the coast')
    """
    url: str | None = None
    captured_at: datetime | None = None
    position = 0
    kept = 0
    for _ in range(MOST_LINES):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)]
        found = _LINE.match(line) if len(line) < 2200 else None
        if line.strip() and not found:
            break
        if found:
            value = found["value"].strip("<>")
            if value.startswith(("http://", "https://")) and url is None:
                url = value
            elif (at := parse_instant(value)[0]) is not None:
                captured_at = at
            else:
                break
        position = kept = end + 1 if end >= 0 else len(text)
        if end < 0:
            break
    return Saved(url=url, captured_at=captured_at), text[kept:]


def find_comment(html: str) -> Saved:
    """Return what a browser or SingleFile wrote into the first comments of a saved page.

    >>> find_comment("<!-- saved from url=(0021)https://a.example/1 --><p>Rain").url
    'https://a.example/1'
    """
    head = html[:4000]
    if found := _SINGLEFILE.search(head):
        return Saved(url=found["url"], captured_at=_read_date(found["date"]))
    if found := _BROWSER.search(head):
        return Saved(url=found["url"] if found["url"].startswith("http") else None)
    return Saved()


def _read_date(text: str) -> datetime | None:
    found = _JAVASCRIPT_DATE.match(text)
    if found is None:
        return parse_instant(text.strip())[0]
    words = f"{found['day']} {found['month']} {found['year']} {found['clock']} {found['zone']}"
    return parse_instant(words)[0]
