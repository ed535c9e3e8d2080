"""A page to its article: which reader, and what no reader may let through."""

from __future__ import annotations

from livebrief.articles.decoding import decode
from livebrief.articles.markup import read_html
from livebrief.articles.plain import read_plain
from livebrief.articles.records import read_entry, read_record
from livebrief.model import Article, Page, Refusal
from livebrief.settings import Settings


def read_article(page: Page, *, settings: Settings | None = None) -> Article | Refusal:
    """Return the article that a page holds, or why it holds none.

    >>> page = Page(address=None, bytes=b"<p>Rain fell on the town all night, officials said.</p>")
    >>> read_article(page).text
    'Rain fell on the town all night, officials said.'
    """
    limit = (settings or Settings()).page_bytes
    if len(page.bytes) > limit:
        return _refuse(page, f"larger than {limit:,} bytes, the most that a page may have")
    is_entry = page.media_type == "application/feed+json"
    if page.media_type == "application/json":
        found = read_record(page)
    elif is_entry:
        found = read_entry(page)
    else:
        text = decode(page.bytes, page.media_type)
        kind = page.media_type or ("text/html" if "<" in text else "text/plain")
        is_plain = kind.startswith("text/plain")
        found = read_plain(text, page) if is_plain else read_html(text, page)
    if isinstance(found, str):
        return _refuse(page, found)
    # A sitemap's or a feed's entry may be a headline and where the story is: true, if not much.
    is_told = is_entry and found.headline is not None and found.url is not None
    if not found.text.strip() and not is_told:
        return _refuse(page, "no article text found: the page holds no paragraph of prose")
    return found


def _refuse(page: Page, reason: str) -> Refusal:
    return Refusal(address=page.address, reason=reason, at=page.captured_at)
