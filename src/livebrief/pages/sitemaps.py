"""News sitemaps to pages: what a newsroom tells search engines about its latest stories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from turbohtml import Element

from livebrief.pages.trees import child_of, children, local_name, text_of

Fields = dict[str, Any]


def read_sitemap(root: Element) -> Iterator[Fields] | str:
    """Return the entries of a news sitemap, or in words why there are none.

    An entry says where a story is, its headline and when it was published, and holds none of its
    words; a sitemap without these says nothing but addresses.
    """
    if local_name(root) == "sitemapindex":
        places = [text_of(child_of(child, "loc")) for child in children(root)]
        first = next((place for place in places if place), "none is named")
        return (
            f"a sitemap index: it names {len(places):,} other sitemaps and no story; "
            f"save those and give the files (the first: {first[:200]})"
        )
    urls = [child for child in children(root) if local_name(child) == "url"]
    if not any(child_of(url, "news") for url in urls):
        return (
            f"a sitemap of {len(urls):,} addresses without headlines (no `news:` entries): "
            "save the pages and give the files"
        )
    return (_fields(url) for url in urls)


def _fields(url: Element) -> Fields:
    """Return what one entry says, empty fields left out."""
    news = child_of(url, "news")
    publication = child_of(news, "publication")
    keywords = text_of(child_of(news, "keywords")) or ""
    fields = {
        "url": text_of(child_of(url, "loc")),
        "outlet": text_of(child_of(publication, "name")),
        "headline": text_of(child_of(news, "title")),
        "published": text_of(child_of(news, "publication_date")),
        "modified": text_of(child_of(url, "lastmod")),
        "language": text_of(child_of(publication, "language")),
        "keywords": [word for part in keywords.split(",") if (word := part.strip())],
    }
    return {name: value for name, value in fields.items() if value}
