"""JSON-LD: what a page declares about its article in a script of its own."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import msgspec

Fields = dict[str, Any]

# Enough for a live blog's every post; more would be a site's whole archive.
MOST_LD = 4_000_000
MOST_NODES = 20_000

# Where nodes of JSON-LD hold the page's own, and where they may refer to others by id.  A list's
# elements (`itemListElement`) are other pages: a card's date is never the page's.
HOLDING = ("@graph", "mainEntity", "mainEntityOfPage")
REFERRING = frozenset(("author", "creator", "publisher"))

_STORY_TYPES = re.compile(
    r"(?:News|Analysis|Opinion|Reportage|Review|BackgroundNews|Report|Tech|Satirical|Social|AskPublic|Scholarly|Advertiser)\w*Article"
    r"|^Article$|BlogPosting|LiveBlogPosting|^Report$|CreativeWork$"
)
# Half of all scripts describe menus and the outlet: they need not be decoded.
_MAY_BE_STORY = re.compile(r"Article\b|Posting\b|Report\b|CreativeWork\b")


def find_stories(text: str) -> Iterator[Fields]:
    """Return the nodes of a JSON-LD script that are articles, with what they refer to put in.

    >>> script = '{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#a"}}, '
    >>> [node["author"]["name"] for node in find_stories(script + '{"@id": "#a", "name": "Ann"}]}')]
    ['Ann']
    """
    if len(text) > MOST_LD or not _MAY_BE_STORY.search(text):
        return
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    value = _decode(text)
    nodes = list(_nodes(value))
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    for node in nodes:
        if any(_STORY_TYPES.search(kind) for kind in _types(node)):
            yield {
                **node,
                **{key: _look_up(node.get(key), by_id) for key in REFERRING & node.keys()},
            }


def _nodes(value: Any) -> Iterator[Fields]:
    """Return the nodes of a JSON-LD value that may be the page's or be referred to."""
    queue = deque([value])
    for _ in range(MOST_NODES):
        if not queue:
            return
        node = queue.popleft()
        if isinstance(node, list):
            queue.extend(node[:MOST_NODES])
        elif isinstance(node, dict):
            yield node
            queue.extend(node[key] for key in HOLDING if isinstance(node.get(key), list | dict))


def _look_up(value: Any, by_id: dict[str, Fields]) -> Any:
    """Return a value, or the node that it stands for where it is only an id."""
    if isinstance(value, list):
        return [_look_up(v, by_id) if isinstance(v, dict) else v for v in value[:50]]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
        return by_id.get(value["@id"], value)
    return value


def _decode(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError):
        pass
    try:  # raw line ends in strings, which many pages have
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: Fields) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def is_of(node: Fields, kind: str) -> bool:
    """Return whether a node is of this type."""
    return kind in _types(node)


def rank(node: Fields) -> tuple[bool, bool, bool]:
    """Return how much a node speaks for being the page's story, to compare by."""
    kinds = _types(node)
    is_story = not any(kind.endswith("CreativeWork") for kind in kinds)
    return (is_story, "datePublished" in node, len(str(node.get("articleBody") or "")) > 0)
