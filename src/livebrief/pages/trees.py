"""XML to trees: as it stands, mended where it is nearly well-formed, else piece by piece."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape

from turbohtml import CData, Document, Element, HTMLParseError, Text, parse_xml

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding=["']([\w.-]+)["']""")
# XML knows five entities; feeds are full of HTML's others.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w{1,8});)([A-Za-z]\w{1,30};)")
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z]\w{0,30}|#\d{1,8}|#[xX][0-9A-Fa-f]{1,7});)")
# What no XML may hold, even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = re.compile(r"<([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[\w.-]{1,60}\s*=")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]{0,60}")
# Of a feed that is broken, so many of its entries are looked for.
MOST_ENTRIES = 20_000
# Feeds use a handful of vocabularies; more prefixes than that are no slip but noise.
MOST_PREFIXES = 30


def parse_tree(raw: bytes) -> Document | str:
    """Return the tree of an XML file, mended where it has to be, or in words why there is none.

    >>> parse_tree(b"<rss><title>Rain & wind</title></rss>").root.text
    'Rain & wind'
    >>> parse_tree(b"<rss><title>Rain")
    'not well-formed XML: xml-premature-eof at line 1, column 16'
    """
    text = decode(raw)
    try:
        return parse_xml(text)
    except HTMLParseError as error:
        reason = f"not well-formed XML: {error}"
    try:
        return parse_xml(mend(text))
    except HTMLParseError:
        return reason


def mend(text: str) -> str:
    """Return XML with what feeds get wrong most put right: ampersands, prefixes, control signs."""
    text = _BARE_AMPERSAND.sub("&amp;", _FORBIDDEN.sub(" ", text))
    used = {one or other for one, other in _PREFIX.findall(text)} - {"xml", "xmlns"}
    root = _ROOT.search(text)
    if root is None or len(used) > MOST_PREFIXES:
        return text
    missing = sorted(prefix for prefix in used if f"xmlns:{prefix}" not in text)
    declared = "".join(f' xmlns:{prefix}="urn:unknown:{prefix}"' for prefix in missing)
    return text[: root.end()] + declared + text[root.end() :]


def parse_pieces(raw: bytes, names: tuple[str, ...]) -> Iterator[Element]:
    """Return the elements of these names that can be read in a file that as a whole cannot.

    >>> raw = b"<rss><item><title>A</title></item><item><title>B</titl"
    >>> [item.text for item in parse_pieces(raw, ("item",))]
    ['A']
    """
    text = decode(raw)
    for name in names:
        position = 0
        for _ in range(MOST_ENTRIES):
            start = _find_open(text, name, position)
            end = text.find(f"</{name}>", start) if start >= 0 else -1
            if end < 0:
                break
            position = end + len(name) + 3
            try:
                found = parse_xml(mend(f"<piece>{text[start:position]}</piece>")).root
            except HTMLParseError:
                continue
            yield from (e for e in children(found) if local_name(e) == name)


def _find_open(text: str, name: str, position: int) -> int:
    """Return where the next start tag of that name is, or -1."""
    while (position := text.find(f"<{name}", position)) >= 0:
        if not text[position + len(name) + 1 : position + len(name) + 2].isalnum():
            return position
        position += 1
    return -1


def decode(raw: bytes) -> str:
    """Return an XML file's characters: by its mark, its declaration, else UTF-8."""
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


def local_name(element: Element) -> str:
    """Return an element's name without its prefix, in lower case."""
    return element.tag.rpartition(":")[2].lower()


def prefix_of(element: Element) -> str:
    """Return the prefix of an element's name, empty where it has none."""
    return element.tag.rpartition(":")[0].lower()


def children(element: Element | None) -> Iterator[Element]:
    """Return the elements directly within one."""
    if element is not None:
        yield from (child for child in element.children if isinstance(child, Element))


def child_of(element: Element | None, name: str) -> Element | None:
    """Return the first element of that local name directly within one."""
    return next((child for child in children(element) if local_name(child) == name), None)


def text_of(element: Element | None) -> str | None:
    """Return the words within an element, or `None` where there are none."""
    return (data_of(element).strip() or None) if element is not None else None


def data_of(element: Element) -> str:
    """Return all characters within an element; its own `text` leaves out CDATA."""
    return "".join([n.data for n in element.descendants if isinstance(n, Text | CData)])
