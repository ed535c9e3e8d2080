"""Feeds to pages: one page an entry, its bytes the JSON of the entry's fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import msgspec
from turbohtml import Document, Element

from livebrief.pages.sitemaps import read_sitemap
from livebrief.pages.trees import (
    child_of,
    children,
    data_of,
    local_name,
    parse_pieces,
    parse_tree,
    prefix_of,
    text_of,
)

Fields = dict[str, Any]
MEDIA_TYPE = "application/feed+json"

ENTRIES = ("item", "entry")
# RSS has its author write "desk@paper.example (Ann Lee)".
_MAILBOX = re.compile(r"^\S+@\S+\s*\(([^()]{2,100})\)$")
# Of these vocabularies, elements describe a picture, a recording or a shop's view of the entry:
# `media:title` is a picture's title.
FOREIGN = frozenset(("media", "itunes", "image", "video", "googleplay", "podcast", "georss", "g"))


def read_feed(raw: bytes) -> Iterator[Fields | str] | str:
    """Return the entries of an RSS, Atom or RDF feed or of a news sitemap, or why there are none.

    Of a feed that is cut short or broken come the entries that can be read, and last, in words,
    what is wrong with it.

    >>> read_feed(b"<rss><channel></channel></rss>")
    'the feed has no entries'
    """
    document = parse_tree(raw)
    if isinstance(document, str):
        return _salvage(raw, document)
    root = document.root
    if root is None:
        return "not well-formed XML: no root element"
    name = local_name(root)
    if name in ("urlset", "sitemapindex"):
        return read_sitemap(root)
    if name not in ("rss", "feed", "rdf", "channel"):
        return f"XML of a kind that is not read: <{root.tag}>"
    return _entries(document, root)


def _salvage(raw: bytes, reason: str) -> Iterator[Fields | str] | str:
    """Return the entries of a broken feed that are whole themselves, then what is wrong."""
    found = list(parse_pieces(raw, ENTRIES))
    if not found:
        return reason
    entries: list[Fields | str] = [_fields(entry, None, None, None) for entry in found]
    return iter([*entries, f"{reason}; its {len(found):,} whole entries were read"])


def _entries(document: Document, root: Element) -> Iterator[Fields] | str:
    channel = child_of(root, "channel") or root
    outlet = text_of(child_of(channel, "title"))
    language = text_of(child_of(channel, "language")) or root.attr("xml:lang")
    base = root.attr("xml:base") or _own_address(channel)
    found = [entry for entry in document.iter_elements() if local_name(entry) in ENTRIES]
    if not found:
        return "the feed has no entries"
    return (_fields(entry, outlet, language, base) for entry in found)


def _own_address(channel: Element) -> str | None:
    """Return the address of the site that a feed is of."""
    for link in children(channel):
        if local_name(link) == "link" and link.attr("rel") in (None, "alternate"):
            address = link.attr("href") or text_of(link) or ""
            if address.startswith(("http://", "https://")):
                return address
    return None


def _fields(entry: Element, outlet: str | None, language: str | None, base: str | None) -> Fields:
    """Return what one RSS item or Atom entry says of itself, empty fields left out."""
    parts: dict[str, list[Element]] = {}
    for child in children(entry):
        if prefix_of(child) not in FOREIGN:
            parts.setdefault(local_name(child), []).append(child)

    def first(*names: str) -> str | None:
        return next((t for n in names for e in parts.get(n, ()) if (t := text_of(e))), None)

    source = next(iter(parts.get("source", ())), None)
    written = parts.get("encoded", []) + parts.get("content", []) + parts.get("body", [])
    body = next((e for e in written if text_of(e)), None)
    section = first("category", "subject") or next(
        (e.attr("term") for e in parts.get("category", ()) if e.attr("term")), None
    )
    fields = {
        "id": first("guid", "id"),
        "url": _link(parts, entry.attr("xml:base") or base) or _absolute(entry.attr("rdf:about")),
        "outlet": outlet,
        "headline": first("title"),
        "headline_is_html": any(e.attr("type") in ("html", "xhtml") for e in parts.get("title", ()))
        or None,
        "published": first("pubdate", "published", "issued", "date", "created"),
        "modified": first("updated", "modified"),
        "authors": _authors(parts),
        "section": section,
        "language": first("language") or entry.attr("xml:lang") or language,
        "summary": _markup(next((e for e in _summaries(parts) if text_of(e)), None)),
        "html": _markup(body),
        "source": text_of(child_of(source, "title")) or text_of(source),
        "source_url": _source_address(source),
    }
    return {name: value for name, value in fields.items() if value}


def _authors(parts: dict[str, list[Element]]) -> list[str]:
    """Return the writers of an entry: Dublin Core's creator says more than RSS's address."""
    named = [text_of(child_of(e, "name")) for e in parts.get("author", ())]
    created = [text_of(e) for e in parts.get("creator", ())]
    plain = [text_of(e) for e in parts.get("author", ()) if next(children(e), None) is None]
    found = [name for name in (*named, *created) if name] or [
        _MAILBOX.sub(r"\1", name) for name in plain if name
    ]
    return list(dict.fromkeys(found))


def _summaries(parts: dict[str, list[Element]]) -> list[Element]:
    return parts.get("description", []) + parts.get("summary", [])


def _source_address(source: Element | None) -> str | None:
    """Return the address of the publisher that an entry was taken from."""
    if source is None:
        return None
    links = [link.attr("href") for link in children(source) if local_name(link) == "link"]
    return source.attr("url") or next((link for link in links if link), None)


def _link(parts: dict[str, list[Element]], base: str | None) -> str | None:
    """Return the address of an entry: its alternate link, or a guid that is one."""
    for link in parts.get("link", ()):
        if link.attr("href") and link.attr("rel") in (None, "alternate"):
            return _absolute(link.attr("href"), base)
        if text := text_of(link):
            return _absolute(text, base)
    for guid in parts.get("guid", []) + parts.get("id", []):
        text = text_of(guid)
        if text and text.startswith(("http://", "https://")):
            return text if guid.attr("isPermaLink") != "false" else None
    return None


def _absolute(address: str | None, base: str | None = None) -> str | None:
    """Return an address in full; a relative one is the feed's, where that says what its own is."""
    if not address or address.startswith(("http://", "https://")) or base is None:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _markup(content: Element | None) -> str | None:
    """Return an entry's body as HTML: escaped text as it is, inline XHTML written out."""
    if content is None:
        return None
    if next(children(content), None) is not None:
        return content.inner_html
    return data_of(content).strip()


def read_json_feed(feed: Fields) -> Iterator[Fields] | str:
    """Return the entries of a JSON Feed, or in words why there are none."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        return "the feed has no entries"
    return (_json_fields(feed, item) for item in items if isinstance(item, dict))


def _json_fields(feed: Fields, item: Fields) -> Fields:
    authors = item.get("authors") or ([item["author"]] if item.get("author") else [])
    tags = item.get("tags")
    fields = {
        "id": item.get("id"),
        "url": item.get("url") or item.get("external_url"),
        "outlet": feed.get("title"),
        "headline": item.get("title"),
        "published": item.get("date_published"),
        "modified": item.get("date_modified"),
        "authors": [a["name"] for a in authors if isinstance(a, dict) and a.get("name")]
        if isinstance(authors, list)
        else None,
        "section": tags[0] if isinstance(tags, list) and tags else None,
        "language": item.get("language") or feed.get("language"),
        "summary": item.get("summary"),
        "html": item.get("content_html"),
        "text": item.get("content_text"),
    }
    return {name: value for name, value in fields.items() if value}


def write_entry(fields: Fields) -> bytes:
    """Return an entry's fields as the bytes of its page.

    >>> write_entry({"headline": "Storm"})
    b'{"headline":"Storm"}'
    """
    return msgspec.json.encode(fields)
