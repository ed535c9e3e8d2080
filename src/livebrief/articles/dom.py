"""A page's tree, behind the few questions that we ask of it; turbohtml answers them."""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Element, HTMLParseError, Node, Text, parse

# Pages with more elements than this are machine dumps; the largest real page seen has 31,000.
MOST_ELEMENTS = 200_000
# Browsers stop at 512; what is nested deeper is not read.
DEEPEST = 400

__all__ = ["DEEPEST", "MOST_ELEMENTS", "Element", "Node", "Text", "find_meta", "parse_page"]


def parse_page(html: str) -> Node | None:
    """Return the tree of a page, or `None` where there is none to build."""
    try:
        return parse(html, positions=False)
    except (HTMLParseError, ValueError, MemoryError, RecursionError):
        return None


def find_meta(document: Node) -> Iterator[tuple[str, str]]:
    """Return the name and content of each `meta`, names in lower case."""
    for element in document.find_all("meta"):
        name = element.attr("property") or element.attr("name") or element.attr("itemprop")
        content = element.attr("content")
        if name and content:
            yield name.strip().lower(), content.strip()
