"""Saved pages: the main text, the headline, the authors, the day.

`f1`: bags of words of our main text and the gold text, page by page, averaged.  Main text is what
stands in paragraphs, headings, quotes, list items and live entries; a summary counts where the
gold holds it; the headline never does.  Beside it, in the same run, other readers of pages.
`headline_exact` and `authors_exact` (as sets) forgive blanks, quotation marks and, in names, case
and accents; `day_exact` compares instants in the gold's offset, else days.  No set says yet what
the other parts of a page are, so there is no `part_f1.ROLE`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import trafilatura
from lxml.html import fromstring as parse_html
from readability import Document
from readability.readability import Unparseable
from resiliparse.extract.html2text import extract_plain_text

from eval.records import SavedPage
from eval.run import Run
from eval.scores import Judgement, Score, share, sum_up
from eval.sets import DataSet, read_pages
from eval.text import fold_line, fold_name, word_f1
from livebrief.articles import read_article
from livebrief.model import Article, Page, Refusal

MAIN_ROLES = frozenset(("paragraph", "heading", "quote", "list_item", "live_entry"))


def read_with_trafilatura(html: str) -> str:
    """Return the text that trafilatura takes for a page's main text."""
    return trafilatura.extract(html, include_comments=False) or ""


def read_with_trafilatura_fast(html: str) -> str:
    """Return the text that trafilatura takes for a page's main text, without its fallbacks."""
    return trafilatura.extract(html, include_comments=False, fast=True) or ""


def read_with_resiliparse(html: str) -> str:
    """Return the text that resiliparse takes for a page's main text."""
    return str(extract_plain_text(html, main_content=True, alt_texts=False))


def read_with_readability(html: str) -> str:
    """Return the text of what readability takes for a page's main part, its tags dropped."""
    try:
        summary = Document(html).summary(html_partial=True)
    except Unparseable:
        return ""
    return " ".join(parse_html(summary).text_content().split())


OTHERS: dict[str, Callable[[str], str]] = {
    "readability": read_with_readability,
    "resiliparse": read_with_resiliparse,
    "trafilatura": read_with_trafilatura,
    "trafilatura fast": read_with_trafilatura_fast,
}

METRICS = {
    "f1": share,
    **{f"f1:{name}": share for name in OTHERS},
    "headline_exact": share,
    "authors_exact": share,
    "day_exact": share,
}


def measure(the_set: DataSet, run: Run) -> list[Score]:
    """Return the scores of one set."""
    pages = run.watch(read_pages(the_set.path, run.limit), f"pages/{the_set.name}")
    judged = (run.note(judge(page, find_article(page), read_with_others(page))) for page in pages)
    return sum_up("pages", the_set.name, judged, METRICS)


def find_article(saved: SavedPage) -> Article | None:
    """Return the article that livebrief reads in a saved page; `None` where it refuses."""
    article = read_article(Page(address=saved.url, bytes=saved.html, media_type="text/html"))
    return None if isinstance(article, Refusal) else article


def read_with_others(saved: SavedPage) -> dict[str, str]:
    """Return the main text as other readers of pages give it."""
    html = saved.html.decode("utf-8", "replace")
    return {name: extract(html) for name, extract in OTHERS.items()}


def judge(gold: SavedPage, article: Article | None, others: Mapping[str, str]) -> Judgement:
    """Return the counts of one page."""
    ours = main_text(article, gold.text) if article else ""
    counts: dict[str, tuple[float, ...]] = {"f1": (word_f1(ours, gold.text), 1)}
    for name, text in others.items():
        counts[f"f1:{name}"] = (word_f1(text, gold.text), 1)
    misses = []
    if counts["f1"][0] < 0.95:
        misses.append(f"{gold.id}: f1 {counts['f1'][0]:.3f}")
    headline = article.headline if article else None
    if gold.headline is not None:
        right = fold_line(headline or "") == fold_line(gold.headline)
        counts["headline_exact"] = (right, 1)
        if not right:
            misses.append(f"{gold.id}: headline {headline!r} for {gold.headline!r}")
    if gold.authors is not None:
        found = {fold_name(name) for name in article.authors} if article else set()
        right = found == {fold_name(name) for name in gold.authors}
        counts["authors_exact"] = (right, 1)
        if not right:
            authors = article.authors if article else ()
            misses.append(f"{gold.id}: authors {authors} for {gold.authors}")
    if gold.published is not None:
        right = article is not None and is_same_day(article, gold.published)
        counts["day_exact"] = (right, 1)
        if not right:
            day = article.published_on if article else None
            misses.append(f"{gold.id}: day {day} for {gold.published}")
    return Judgement(counts, tuple(misses))


def main_text(article: Article, gold: str) -> str:
    """Return an article's main text; a summary is part of it where the gold holds it."""
    folded = fold_line(gold)
    blocks = []
    for block in article.blocks:
        text = article.text[block.start : block.end]
        if block.role in MAIN_ROLES or (block.role == "summary" and fold_line(text) in folded):
            blocks.append(text)
    return "\n".join(blocks)


def is_same_day(article: Article, published: str) -> bool:
    """Tell whether an article gives the gold's day."""
    gold = datetime.fromisoformat(published)
    if article.published_at is not None and gold.tzinfo is not None:
        return article.published_at.astimezone(gold.tzinfo).date() == gold.date()
    return article.published_on == gold.date()
