"""How many articles and pages `read` understands in a second, one core, one after the other.

Text is measured from the bytes of a JSON Lines line to the whole `Reading`, claims included.  HTML
is measured twice: bytes to `Article`, beside trafilatura (`fast=True`) on the same pages, and bytes
to `Reading`.  Loading what the rooms need (gazetteer, word lists) is left out: one document of each
form is read first.  Seconds are those of the processor (user and system), so that neighbours on the
machine change little: what one core of one's own would give.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import trafilatura

from benchmarks.coverage import html_page, take_articles, take_pages
from benchmarks.figures import Figure
from eval.doors import page_of
from eval.records import SavedPage
from livebrief.articles import read_article
from livebrief.model import Page
from livebrief.pipeline import read

T = TypeVar("T")


def measure_reading(data: Path, *, articles: int = 1000, pages: int = 84) -> list[Figure]:
    """Return the rates of reading text and HTML."""
    texts = [page_of(record) for record in take_articles(data, articles)]
    saved = take_pages(data, pages)
    htmls = [html_page(page) for page in saved]
    figures = []
    if texts:
        figures += _rates("read: text to Reading, claims included", texts, read, _size)
    if htmls:
        theirs = _rates("trafilatura alone (fast): HTML to text", saved, _trafilatura, _html_size)
        ours = _rates("read_article: HTML to Article", htmls, read_article, _size)
        whole = _rates("read: HTML to Reading, claims included", htmls, read, _size)
        figures += [*theirs, *ours, *whole]
        figures += [
            Figure("read_article / trafilatura", ours[0].value / theirs[0].value, "x", len(htmls)),
            Figure("read / trafilatura", whole[0].value / theirs[0].value, "x", len(htmls)),
        ]
    return figures


def _rates(
    name: str, things: Sequence[T], act: Callable[[T], object], size: Callable[[T], int]
) -> list[Figure]:
    act(things[0])
    started = time.process_time()
    for thing in things:
        act(thing)
    seconds = max(time.process_time() - started, 1e-9)
    megabytes = sum(map(size, things)) / 1e6
    return [
        Figure(name, len(things) / seconds, "a second", len(things)),
        Figure(name, megabytes / seconds, "MB a second", len(things)),
    ]


def _trafilatura(saved: SavedPage) -> object:
    return trafilatura.extract(saved.html, include_comments=False, fast=True)


def _size(page: Page) -> int:
    return len(page.bytes)


def _html_size(saved: SavedPage) -> int:
    return len(saved.html)
