"""Feeds to pages: one page an entry, its bytes the JSON of the entry's fields."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec
from turbohtml import CData, Document, Element, HTMLParseError, Text, parse_xml

Fields = dict[str, Any]
MEDIA_TYPE = "application/feed+json"

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding=["']([\w.-]+)["']""")
# XML knows five entities; feeds are full of HTML's others.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w{1,8});)([A-Za-z]\w{1,30};)")


def read_feed(raw: bytes) -> Iterator[Fields] | str:
    """Return the entries of an RSS, Atom or RDF feed, or in words why there are none.

    >>> read_feed(b"<rss><channel></channel></rss>")
    'the feed has no entries'
    """
    try:
        document = parse_xml(_decode(raw))
    except HTMLParseError as error:
        return f"not well-formed XML: {error}"
    root = document.root
    if root is None:
        return "not well-formed XML: no root element"
    name = _local(root)
    if name in ("urlset", "sitemapindex"):
        return "a sitemap lists addresses, and fetching them is not built yet"
    if name not in ("rss", "feed", "rdf"):
        return f"XML of a kind that is not read: <{root.tag}>"
    return _entries(document, root)


def _entries(document: Document, root: Element) -> Iterator[Fields] | str:
    channel = _child(root, "channel") or root
    outlet = _text(_child(channel, "title"))
    language = _text(_child(channel, "language")) or root.attr("xml:lang")
    found = [e for e in document.iter_elements() if _local(e) in ("item", "entry")]
    if not found:
        return "the feed has no entries"
    return (_fields(entry, outlet, language) for entry in found)


def _fields(entry: Element, outlet: str | None, language: str | None) -> Fields:
    """Return what one RSS item or Atom entry says of itself, empty fields left out."""
    parts: dict[str, list[Element]] = {}
    for child in entry.children:
        if isinstance(child, Element):
            parts.setdefault(_local(child), []).append(child)

    def text_of(*names: str) -> str | None:
        return next((t for n in names for e in parts.get(n, ()) if (t := _text(e))), None)

    source = next(iter(parts.get("source", ())), None)
    body = next((e for e in parts.get("encoded", []) + parts.get("content", []) if _text(e)), None)
    authors = [_text(_child(e, "name")) or _text(e) for e in parts.get("author", ())]
    authors += [_text(e) for e in parts.get("creator", ())]
    section = text_of("category") or next(
        (e.attr("term") for e in parts.get("category", ()) if e.attr("term")), None
    )
    fields = {
        "id": text_of("guid", "id"),
        "url": _link(parts),
        "outlet": outlet,
        "headline": text_of("title"),
        "headline_is_html": any(e.attr("type") in ("html", "xhtml") for e in parts.get("title", ()))
        or None,
        "published": text_of("pubdate", "published", "date", "issued", "created"),
        "modified": text_of("updated", "modified"),
        "authors": [a for a in authors if a],
        "section": section,
        "language": language,
        "summary": text_of("description", "summary"),
        "html": _markup(body),
        "source": (_text(_child(source, "title")) or _text(source)) if source else None,
        "source_url": source.attr("url") if source else None,
    }
    return {name: value for name, value in fields.items() if value}


def _link(parts: dict[str, list[Element]]) -> str | None:
    """Return the address of an entry: its alternate link, or a guid that is one."""
    for link in parts.get("link", ()):
        if link.attr("href") and link.attr("rel") in (None, "alternate"):
            return link.attr("href")
        if text := _text(link):
            return text
    for guid in parts.get("guid", []) + parts.get("id", []):
        text = _text(guid)
        if text and text.startswith(("http://", "https://")) and guid.attr("ispermalink") is None:
            return text
    return None


def _markup(content: Element | None) -> str | None:
    """Return an entry's body as HTML: escaped text as it is, inline XHTML written out."""
    if content is None:
        return None
    if any(isinstance(child, Element) for child in content.children):
        return content.inner_html
    return _data(content)


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


def _decode(raw: bytes) -> str:
    """Return a feed's characters: by its mark, its declaration, else UTF-8."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", "replace")
    else:
        declared = _DECLARED.search(raw, 0, 300)
        try:
            text = raw.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
        except LookupError:
            text = raw.decode("utf-8", "replace")
    text = text.lstrip("\ufeff \t\r\n").replace("\x00", "")
    return _ENTITY.sub(lambda found: _escape(unescape(found[0])), text)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _local(element: Element) -> str:
    return element.tag.rpartition(":")[2].lower()


def _child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    found = (c for c in element.children if isinstance(c, Element) and _local(c) == name)
    return next(found, None)


def _text(element: Element | None) -> str | None:
    return (_data(element).strip() or None) if element is not None else None


def _data(element: Element) -> str:
    """Return all characters within an element; its own `text` leaves out CDATA."""
    return "".join([n.data for n in element.descendants if isinstance(n, Text | CData)])
