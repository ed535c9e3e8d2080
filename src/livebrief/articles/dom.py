"""A page's tree, behind the few questions that we ask of it; turbohtml answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from turbohtml import Element, HTMLParseError, Node, Text, parse

# Pages with more elements than this are machine dumps; the largest real page seen has 31,000.
MOST_ELEMENTS = 200_000
_TITLE = re.compile(r"<title\b", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:p|div|body|script|meta)\b", re.IGNORECASE)

__all__ = ["MOST_ELEMENTS", "Element", "Node", "Text", "find_meta", "parse_page"]


def parse_page(html: str) -> Node | None:
    """Return the tree of a page, or `None` where there is none to build.

    >>> parse_page("<title>Rain</titel><body><p>It rains.</p>").find("p").text
    'It rains.'
    """
    try:
        document = parse(html, positions=False)
        title = document.find("title")
        if title is not None and _TAGS.search(title.text):
            # A title that never ends has the whole page in it.
            document = parse(_TITLE.sub("<meta ", html, count=1), positions=False)
    except (HTMLParseError, ValueError, MemoryError, RecursionError):
        return None
    return document


def find_meta(document: Node) -> Iterator[tuple[str, str]]:
    """Return the name and content of each `meta`, names in lower case."""
    for element in document.find_all("meta"):
        name = element.attr("property") or element.attr("name") or element.attr("itemprop")
        content = element.attr("content")
        if name and content:
            yield name.strip().lower(), content.strip()
