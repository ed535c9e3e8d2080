"""What bytes are, told from the bytes: a name is only a hint."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["empty", "html", "text", "xml", "json", "jsonl", "binary"]

# The first bytes of what people drop into folders beside their pages.
MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file (RIFF)"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"wOF", "a font"),
)
HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".php", ".asp", ".aspx")
LINES_NAMES = (".jsonl", ".ndjson", ".jsonlines")

_TAG = re.compile(
    r"<(?:!doctype|!--|/?(?:html|head|body|title|meta|article|section|main|div|p|h[1-6]|span|a|ul"
    r"|li|br|script|style|table|img|link)\b)",
    re.IGNORECASE,
)
_XML_ROOT = re.compile(
    r"<(?:\?xml-stylesheet|(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
# A saved page has next to none of these; the densest found in real pages with a wrong charset is
# below one in fifty, while images and archives have one in four.
MOST_CONTROLS = 0.10


def unwrap(head: bytes) -> str:
    """Return the first bytes as characters, well enough to tell what they are.

    >>> unwrap("<p>".encode("utf-16"))
    '<p>'
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    if head[:64].count(0) * 3 > len(head[:64]) > 3:
        order = "utf-16-le" if head[1:64:2].count(0) > head[0:64:2].count(0) else "utf-16-be"
        return head.decode(order, "replace")
    text = head.decode("utf-8", "replace")
    if text.count("\ufffd") > 3:
        text = head.decode("cp1252", "ignore")
    return text.lstrip("\ufeff")


def sniff(head: bytes, name: str = "") -> tuple[Kind, str]:
    """Return what these first bytes of a source are, and in words what a binary one is.

    >>> sniff(b"<!DOCTYPE html><p>Hello"), sniff(b"Hello"), sniff(b'{"id": 1}', "a.jsonl")
    (('html', ''), ('text', ''), ('jsonl', ''))
    >>> sniff(b"%PDF-1.7", "page.html")
    ('binary', 'a PDF document')
    """
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return "empty", ""
    for magic, words in MAGIC:
        if head.startswith(magic):
            return "binary", words
    text = unwrap(head).lstrip()
    name = name.lower().removesuffix(".gz")
    controls = len(_CONTROL.findall(text))
    has_tags = _TAG.search(text, 0, 4096) is not None
    if controls > MOST_CONTROLS * len(text) and not has_tags:
        return "binary", "no text"
    if name.endswith(LINES_NAMES):
        return "jsonl", ""
    if text.startswith(("{", "[")):
        return _json_kind(text), ""
    if text.startswith("<") and _XML_ROOT.search(text, 0, 2000):
        root = re.search(r"<(?![?!])\s*([\w:]+)", text)
        if root is None or root[1].lower() != "html":
            return "xml", ""
    if text.startswith("<?xml") and not has_tags:
        return "xml", ""
    tags = len(_TAG.findall(text))
    if tags and (text.startswith("<") or name.endswith(HTML_NAMES) or tags > 5):
        return "html", ""
    return "text", ""


def _json_kind(text: str) -> Kind:
    """Return whether JSON text is one value or a line each; told by its second line."""
    first, _, rest = text.partition("\n")
    if first.rstrip().endswith("}") and len(first.strip()) > 2 and rest.lstrip().startswith("{"):
        return "jsonl"
    return "json"
