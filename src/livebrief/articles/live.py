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


class LiveTimes:
    """When each block of a live page was written; of another page, nothing."""

    def __init__(self, flat: Walk, main: int, declared: Metadata) -> None:
        self._boxes: dict[int, datetime | None] = {}
        self._parents = [box.parent for box in flat.boxes]
        self._main = main
        self._words = {
            squeeze(paragraph)[:60]: at
            for at, _, body in declared.live
            if at is not None
            for paragraph in re.split(r"\n+|</p>", body)
            if len(paragraph) > 20
        }
        entries = _find_entries(flat, main, any_tag=declared.is_live)
        if declared.is_live or len(entries) >= FEWEST_ENTRIES:
            self._boxes.update(entries)

    def at(self, box: int, text: str) -> datetime | None:
        """Return when the block was written, if it stands in a timed entry."""
        if not self._boxes and not self._words:
            return None
        if (told := self._words.get(squeeze(text)[:60])) is not None:
            return told
        while box > self._main:
            if box in self._boxes:
                return self._boxes[box]
            box = self._parents[box]
        return None


def _find_entries(flat: Walk, main: int, *, any_tag: bool) -> dict[int, datetime]:
    """Return the boxes in the story that hold a time of their own, by their number."""
    entries: dict[int, datetime] = {}
    for clock in flat.times:
        box = clock.box
        entry = 0
        while box > main:
            names = flat.boxes[box]
            if names.hints & LIVE or (any_tag and names.tag in ENTRY_TAGS):
                entry = box
                break
            box = names.parent
        if entry and (at := parse_instant(clock.value)[0]) is not None:
            entries.setdefault(entry, at)
    return entries
