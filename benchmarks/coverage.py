"""The coverage that is timed: articles of the story sets, items of the chronicles, saved pages."""

from __future__ import annotations

import heapq
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
    """Yield so many documents in the order of time, or as many as there are.

    All articles as far as they reach, filled up with every n-th item of the chronicles from the
    first article's day on.
    """
    articles = [read_records(the_set.path, ToldStory) for the_set in find_sets(data, "stories")]
    days = [article.published or "" for stream in articles for article in stream]
    first, wanted = min(days, default=""), max(count - len(days), 0)
    every = max(1, sum(1 for _ in _stream_items(data, first)) // max(wanted, 1))
    streams: list[Iterator[Record]] = [
        *(read_records(the_set.path, ToldStory) for the_set in find_sets(data, "stories")),
        islice(_stream_items(data, first), 0, wanted * every, every),
    ]
    return islice(heapq.merge(*streams, key=lambda record: record.published or ""), count)


def _stream_items(data: Path, first: str) -> Iterator[Record]:
    for the_set in find_sets(data, "background"):
        for entry in read_records(the_set.path, Entry):
            if entry.on >= first:
                yield Record(id=entry.id, text=entry.text, published=entry.on)


def take_pages(data: Path, count: int) -> list[SavedPage]:
    """Return so many saved pages."""
    pages = (page for the_set in find_sets(data, "pages") for page in read_pages(the_set.path))
    return list(islice(pages, count))


def html_page(saved: SavedPage) -> Page:
    """Return a saved page as livebrief takes it."""
    return Page(address=saved.url, bytes=saved.html, media_type="text/html")
