"""The public doors of livebrief that are measured: the only module here that calls it to read."""

from __future__ import annotations

import msgspec

from eval.records import Entry, Record
from livebrief.model import Article, Page, Reading, Refusal
from livebrief.pipeline import read


def page_of(record: Record) -> Page:
    """Return the page that a line of a JSON Lines source is: its text stays as it is."""
    line = {
        "id": record.id,
        "url": record.url,
        "outlet": record.outlet,
        "published": record.published,
        "headline": record.headline,
        "text": record.text,
    }
    return Page(
        address=record.url,
        bytes=msgspec.json.encode(line),
        media_type="application/json",
        outlet=record.outlet,
    )


def read_record(record: Record) -> Reading | None:
    """Return what livebrief reads in a record; `None` where it refuses, which is nothing found."""
    try:
        reading = read(page_of(record))
    except Exception as error:
        error.add_note(f"while reading the record {record.id!r}")
        raise
    return None if isinstance(reading, Refusal) else reading


def read_entry(entry: Entry) -> Reading:
    """Return what livebrief reads in an item of a chronicle."""
    record = Record(id=entry.id, text=entry.text, published=entry.on)
    return read_record(record) or Reading(
        article=Article(id=entry.id, revision="", text=entry.text)
    )
