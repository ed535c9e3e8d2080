"""Live pages: many small reports, each with its own time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from msgspec import Struct

from livebrief.articles.assemble import Piece, squeeze
from livebrief.articles.hints import CARD, COMMENTS, FURNITURE, LIVE
from livebrief.articles.lines import is_prose
from livebrief.articles.metadata import Metadata
from livebrief.articles.stamps import parse_instant
from livebrief.articles.walk import Walk

# Two timed boxes may be the page's own date and its change; three are a series.
FEWEST_ENTRIES = 3
ENTRY_TAGS = frozenset(("article", "section", "li", "div"))
# A time further from an entry than this many boxes is another's.
DEEPEST_CLOCK = 6

_TAG = re.compile(r"\n+|</?[a-zA-Z][^<>]{0,500}>")


class Entry(Struct, frozen=True):
    """One report of a live page: its box, and when it was written."""

    box: int
    at: datetime | None


class LiveEntries:
    """Which report of a live page each block belongs to; of another page, none."""

    def __init__(self, flat: Walk, main: int, declared: Metadata) -> None:
        self._of_box: list[Entry | None] = []
        self._words = {
            squeeze(paragraph)[:60]: at
            for at, _, body in declared.live
            if at is not None
            for paragraph in _TAG.split(body)
            if len(paragraph) > 20
        }
        entries = _find_entries(flat, main, is_live=declared.is_live)
        if entries:
            for place, box in enumerate(flat.boxes):
                around = self._of_box[box.parent] if place else None
                self._of_box.append(around or entries.get(place))

    def find(self, box: int, text: str) -> Entry | None:
        """Return the entry that a block stands in, or whose words the page declares."""
        entry = self._of_box[box] if self._of_box else None
        if entry is None and self._words:
            told = self._words.get(squeeze(text)[:60])
            return Entry(-1, told) if told is not None else None
        return entry


def _find_entries(flat: Walk, main: int, *, is_live: bool) -> dict[int, Entry]:
    """Return the boxes in the story that are entries, by their number.

    They are boxes side by side, each with a time and with prose; what stands apart from the
    series with a time and a heading of its own, as a pinned post does, is one too.
    """
    if len(flat.times) < (1 if is_live else FEWEST_ENTRIES):
        return {}
    timed = _timed_boxes(flat, main)
    if not timed:
        return {}
    prose = _prose_of_boxes(flat)
    timed = {place: at for place, at in timed.items() if prose[place]}
    beside = Counter((flat.boxes[place].parent, flat.boxes[place].tag) for place in timed)
    alike = Counter((flat.boxes[place].tag, flat.boxes[place].name) for place in timed)
    series: list[int] = []
    for place in timed:
        box = flat.boxes[place]
        count = max(beside[box.parent, box.tag], alike[box.tag, box.name] if box.name else 0)
        is_told = bool(box.hints & LIVE) or (is_live and box.tag != "div")
        if count >= FEWEST_ENTRIES or (is_live and is_told):
            series.append(place)
    series = _without_holders(flat, series)
    held = sum(prose[place] for place in series)
    is_told = is_live or any(flat.boxes[place].hints & LIVE for place in series)
    if not series or (not is_told and (len(series) < FEWEST_ENTRIES or held * 2 < prose[main])):
        return {}
    entries = {place: Entry(place, timed[place]) for place in series}
    holding = {holder for place in series for holder in _around(flat, place)}
    for place, at in timed.items():
        if place not in holding and entries.keys().isdisjoint(_around(flat, place)):
            entries.setdefault(place, Entry(place, at))
    return entries


def _prose_of_boxes(flat: Walk) -> list[int]:
    """Return how many letters of prose each box holds, with all within it."""
    prose = [0] * len(flat.boxes)
    for strip in flat.strips:
        if strip.linked * 2 < len(strip.text) and is_prose(strip.text):
            prose[strip.box] += len(strip.text)
    for place in range(len(flat.boxes) - 1, 0, -1):
        prose[flat.boxes[place].parent] += prose[place]
    return prose


def _timed_boxes(flat: Walk, main: int) -> dict[int, datetime]:
    """Return the boxes within the story that hold a time, with the first that each holds."""
    timed: dict[int, datetime] = {}
    for clock in flat.times:
        at = parse_instant(clock.value)[0]
        place = clock.box
        for _ in range(DEEPEST_CLOCK if at else 0):
            box = flat.boxes[place]
            if place <= main or box.hints & (COMMENTS | CARD | FURNITURE):
                break
            if at and box.tag in ENTRY_TAGS:
                timed.setdefault(place, at)
            place = box.parent
    return timed


def _without_holders(flat: Walk, series: list[int]) -> list[int]:
    """Return the boxes that do not hold two or more of the others: a list is not its entries."""
    held = Counter(holder for place in series for holder in _around(flat, place))
    innermost = [place for place in series if held[place] < 2]
    taken = set(innermost)
    return [place for place in innermost if taken.isdisjoint(_around(flat, place))]


def _around(flat: Walk, place: int) -> list[int]:
    """Return the boxes around a box, as far out as an entry's time may stand from it."""
    around: list[int] = []
    for _ in range(2 * DEEPEST_CLOCK):
        place = flat.boxes[place].parent
        if place <= 0:
            break
        around.append(place)
    return around


def join_entries(pieces: list[tuple[Piece, Entry | None]]) -> list[Piece]:
    """Return the pieces with those of one entry made one: its words, its time.

    >>> entry = Entry(3, None)
    >>> one, two = Piece(role="heading", text="Rain"), Piece(role="paragraph", text="It falls.")
    >>> [(p.role, p.text) for p in join_entries([(one, entry), (two, entry)])]
    [('live_entry', 'Rain\\n\\nIt falls.')]
    """
    joined: list[Piece] = []
    open_entry: Entry | None = None
    for piece, entry in pieces:
        if entry is None or piece.role == "caption":
            joined.append(piece)
            open_entry = entry if piece.role != "caption" else open_entry
        elif entry == open_entry and joined[-1].role == "live_entry":
            joined[-1].text += f"\n\n{piece.text}"
        else:
            joined.append(Piece(role="live_entry", text=piece.text, at=entry.at))
            open_entry = entry
    return joined
