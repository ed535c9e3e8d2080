"""Live pages saved as plain text: reports under their times."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from msgspec import Struct

from livebrief.articles.assemble import Piece
from livebrief.articles.bylines import is_signature, parse_byline
from livebrief.articles.lines import is_card_opener, is_furniture, is_prose
from livebrief.articles.stamps import Stamp, find_stamps, parse_stamp
from livebrief.articles.words import fold
from livebrief.articles.zones import find_zone

# Fewer times may be the page's own and its cards'.
FEWEST_ENTRIES = 3
# Between a time and its report stand a title and a writer.
MOST_ABOVE = 3

# 20:42   8:42pm   8.42 pm ET   14:17 GMT
_CLOCK = re.compile(
    r"(?P<clock>\d\d?[:.]\d\d\s?(?:[ap]\.?m\.?)?|\d\d?\s?[ap]\.?m\.?)(?:\s(?P<zone>[A-Z]{2,4}))?",
    re.IGNORECASE,
)
# "All times stated are UK": the zone of every time on the page.
_ALL_TIMES = re.compile(
    r"all times (?:stated |given |shown |listed )*(?:are )?(?:in )?(?P<zone>\w+)"
)


class Mark(Struct, frozen=True):
    """A line that is nothing but a time: where it stands and what it says."""

    place: int
    stamp: Stamp | None
    clock: str | None


def find_marks(blocks: list[str], captured_at: datetime | None) -> list[Mark]:
    """Return the times that reports stand under; none where the page is no live page.

    >>> page = ["20:42", "Rain", "It rains.", "20:30", "It is dry here now.", "20:10", "It is dry."]
    >>> [mark.place for mark in find_marks(page, None)]
    []
    >>> page = [block.replace("dry", "dry, say the people of the town") for block in page]
    >>> page[2] = page[4]
    >>> [mark.place for mark in find_marks(page, None)]
    [0, 3, 5]
    """
    marks = [
        mark
        for place, block in enumerate(blocks)
        if (mark := _read_mark(place, block, captured_at))
    ]
    telling = [mark for mark in marks if _stands_above_prose(blocks, mark.place)]
    if len(telling) < FEWEST_ENTRIES:
        return []
    clocked = [mark for mark in telling if mark.clock is not None]
    return clocked if len(clocked) >= FEWEST_ENTRIES else telling


def _read_mark(place: int, block: str, captured_at: datetime | None) -> Mark | None:
    if len(block) > 60:
        return None
    if _CLOCK.fullmatch(block):
        return Mark(place, None, block)
    stamps, rest = find_stamps(block, captured_at)
    if len(stamps) != 1 or rest:
        return None
    # A day alone is a heading over the day's reports, or the page's own.
    is_timed = stamps[0].at is not None or re.search(r"\d[:.]\d\d|\bago\b", block)
    return Mark(place, stamps[0], None) if is_timed else None


def _stands_above_prose(blocks: list[str], place: int) -> bool:
    following = blocks[place + 1 : place + 2 + MOST_ABOVE]
    for block in following:
        if _CLOCK.fullmatch(block) or is_card_opener(block):
            return False
        if is_prose(block):
            return True
    return False


def read_entries(
    blocks: list[str], marks: list[Mark], captured_at: datetime | None, zone: str | None
) -> list[Piece]:
    """Return the reports of a live page, each with its time where the page tells it."""
    day = captured_at.date() if captured_at else None
    ends = [mark.place for mark in marks[1:]] + [len(blocks)]
    pieces: list[Piece] = []
    for mark, end in zip(marks, ends, strict=True):
        words: list[str] = []
        for block in blocks[mark.place + 1 : end]:
            stamps, _ = find_stamps(block, captured_at)
            if stamps:
                day = stamps[0].on
            elif not (is_furniture(block) or parse_byline(block) or is_signature(block)):
                words.append(block)
        if words:
            at = _resolve(mark, blocks[mark.place], day, zone, captured_at)
            pieces.append(Piece(role="live_entry", text="\n\n".join(words), at=at))
    return pieces


def find_zone_name(blocks: list[str]) -> str | None:
    """Return the zone of all times on a page, if it says so.

    >>> find_zone_name(["All times stated are UK"])
    'uk'
    """
    for block in blocks:
        if len(block) < 100 and (found := _ALL_TIMES.search(fold(block))):
            return found["zone"]
    return None


def _resolve(
    mark: Mark, printed: str, day: date | None, zone: str | None, captured_at: datetime | None
) -> datetime | None:
    """Return when a report was written, where day, hour and zone are all told."""
    if mark.stamp is not None:
        if mark.stamp.at is not None or zone is None:
            return mark.stamp.at
        return _at_zone(printed, mark.stamp.on, zone, captured_at)
    found = _CLOCK.fullmatch(printed)
    if found is None or day is None:
        return None
    stamp = parse_stamp(f"{day.isoformat()} {printed}")
    if stamp is not None and stamp.at is not None:
        return stamp.at
    return _at_zone(f"{day.isoformat()} {found['clock']}", day, zone, captured_at) if zone else None


def _at_zone(printed: str, day: date, zone: str, captured_at: datetime | None) -> datetime | None:
    known = _british(day) if zone == "uk" else find_zone(zone, day)
    if known is None:
        return None
    stamp = parse_stamp(f"{printed} +0000", captured_at)
    return stamp.at.replace(tzinfo=known) if stamp and stamp.at else None


def _british(day: date) -> timezone:
    """Return the zone of British pages: an hour ahead from March's last Sunday to October's.

    >>> _british(date(2024, 1, 1)).utcoffset(None), _british(date(2024, 7, 1)).utcoffset(None)
    (datetime.timedelta(0), datetime.timedelta(seconds=3600))
    """
    ends = [date(day.year, month, 31) for month in (3, 10)]
    start, end = (last - timedelta(days=(last.weekday() + 1) % 7) for last in ends)
    return timezone(timedelta(hours=1 if start <= day < end else 0))
