"""Live pages: many small reports, each with its own time."""

from __future__ import annotations

import re
from datetime import datetime

from livebrief.articles.assemble import squeeze
from livebrief.articles.hints import LIVE
from livebrief.articles.metadata import Metadata
from livebrief.articles.stamps import parse_instant
from livebrief.articles.walk import Walk

# Two timed boxes may be the page's own date and its change; three are a series.
FEWEST_ENTRIES = 3
ENTRY_TAGS = frozenset(("article", "section", "li"))

_TAG = re.compile(r"\n+|</?[a-zA-Z][^<>]{0,500}>")


class LiveTimes:
    """When each block of a live page was written; of another page, nothing."""

    def __init__(self, flat: Walk, main: int, declared: Metadata) -> None:
        self._of_box: list[datetime | None] = []
        self._words = {
            squeeze(paragraph)[:60]: at
            for at, _, body in declared.live
            if at is not None
            for paragraph in _TAG.split(body)
            if len(paragraph) > 20
        }
        entries = _find_entries(flat, main, any_tag=declared.is_live)
        if entries and (declared.is_live or len(entries) >= FEWEST_ENTRIES):
            for place, box in enumerate(flat.boxes):
                around = self._of_box[box.parent] if place else None
                self._of_box.append(entries.get(place, around))

    def at(self, box: int, text: str) -> datetime | None:
        """Return when the block was written, if it stands in a timed entry."""
        if self._words and (told := self._words.get(squeeze(text)[:60])) is not None:
            return told
        return self._of_box[box] if self._of_box else None


def _find_entries(flat: Walk, main: int, *, any_tag: bool) -> dict[int, datetime]:
    """Return the boxes in the story that hold a time of their own, by their number."""
    if len(flat.times) < (1 if any_tag else FEWEST_ENTRIES):
        return {}
    entries: dict[int, datetime] = {}
    around = _entries_around(flat, main, any_tag=any_tag)
    for clock in flat.times:
        entry = around[clock.box]
        if entry and (at := parse_instant(clock.value)[0]) is not None:
            entries.setdefault(entry, at)
    return entries


def _entries_around(flat: Walk, main: int, *, any_tag: bool) -> list[int]:
    """Return for every box the innermost one around it that may be an entry, 0 where none is."""
    around: list[int] = []
    for place, box in enumerate(flat.boxes):
        if place > main and (box.hints & LIVE or (any_tag and box.tag in ENTRY_TAGS)):
            around.append(place)
        else:
            around.append(around[box.parent] if place > main else 0)
    return around
