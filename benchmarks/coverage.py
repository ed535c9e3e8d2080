"""The coverage that is timed: articles of the story sets, then items of the chronicles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from eval.records import Entry, Record, SavedPage, ToldStory
from eval.sets import find_sets, read_pages, read_records
from livebrief.model import Page


def take_articles(data: Path, count: int) -> list[Record]:
    """Return so many articles, in equal parts from the head of each set as far as these reach."""
    streams: list[Iterator[ToldStory]] = [
        read_records(the_set.path, ToldStory) for the_set in find_sets(data, "stories")
    ]
    taken: list[Record] = []
    while streams and len(taken) < count:
        for stream in list(streams):
            article = next(stream, None)
            if article is None:
                streams.remove(stream)
            else:
                taken.append(article)
    return taken[:count]


def stream_coverage(data: Path, count: int) -> Iterator[Record]:
    """Yield so many documents in the order of the files: all articles first, then items."""
    return islice(_stream(data), count)


def _stream(data: Path) -> Iterator[Record]:
    for the_set in find_sets(data, "stories"):
        yield from read_records(the_set.path, ToldStory)
    for the_set in find_sets(data, "background"):
        for entry in read_records(the_set.path, Entry):
            yield Record(id=entry.id, text=entry.text, published=entry.on)


def take_pages(data: Path, count: int) -> list[SavedPage]:
    """Return so many saved pages."""
    pages = (page for the_set in find_sets(data, "pages") for page in read_pages(the_set.path))
    return list(islice(pages, count))


def html_page(saved: SavedPage) -> Page:
    """Return a saved page as livebrief takes it."""
    return Page(address=saved.url, bytes=saved.html, media_type="text/html")
