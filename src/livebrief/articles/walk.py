"""One walk over a page's tree: its blocks of words in reading order, and where each stands."""

from __future__ import annotations

from msgspec import Struct

from livebrief.articles.assemble import clean
from livebrief.articles.dom import DEEPEST, MOST_ELEMENTS, Element, Node, Text
from livebrief.articles.hints import (
    ASIDE,
    BYLINE,
    CAPTION,
    CARD,
    COMMENTS,
    FURNITURE,
    HEADER,
    OF_ITEMPROP,
    OF_ROLE,
    OF_TAG,
    THIN,
    read_hints,
)

SKIPPED = frozenset((
    "script", "style", "noscript", "nav", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "audio", "video", "head", "select", "option", "button", "input", "textarea", "map",
    "dialog", "datalist", "progress", "meter", "source", "track",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
# An inline element of these kinds stands apart from the words around it.
INLINE_EDGES = FURNITURE | THIN | CAPTION | COMMENTS
# In these a `time` stands beside other things; elsewhere it is a word in a sentence.
CLOCK_EDGES = CARD | ASIDE | BYLINE | HEADER
NAMING = ("id", "data-component", "data-testid", "data-type", "data-module")
HEADINGS = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip


class Box(Struct):
    """An element that holds blocks."""

    parent: int
    depth: int
    tag: str
    hints: int
    """Its own."""
    name: str
    """Its class, for a closer look."""
    at: str | None = None
    """The machine-readable time of a `time` or of a live entry within it."""


class Strip(Struct):
    """A run of words between the edges of block elements."""

    box: int
    tag: str
    text: str
    linked: int
    """Characters within links."""
    bold: str
    """What it opens with in bold."""
    hints: int
    """Of all boxes around it together."""
    href: str | None = None
    """The address of its only link."""


class Clock(Struct):
    """A `time` element."""

    place: int
    """How many blocks stand before it."""
    box: int
    value: str
    """For machines."""
    words: str


class Walk(Struct):
    """A page, flat."""

    boxes: list[Box]
    strips: list[Strip]
    times: list[Clock]
    scripts: list[Element]
    """JSON-LD."""


def is_unseen(style: str) -> bool:
    """Return whether a style keeps an element from being shown.

    >>> is_unseen("display: none"), is_unseen("color: red")
    (True, False)
    """
    return "none" in style and "display:none" in style[:400].replace(" ", "").lower()


def walk(document: Node) -> Walk:
    """Return the page's blocks of words in reading order; every node is looked at once."""
    return _Walker().run(document)


class _Walker:
    """The state of one walk: the run of words that is open, and the boxes around it."""

    def __init__(self) -> None:
        self.boxes = [Box(-1, 0, "html", 0, "")]
        self.hints = [0]
        self.strips: list[Strip] = []
        self.times: list[Clock] = []
        self.scripts: list[Element] = []
        self.parts: list[str] = []
        self.linked = 0
        self.bold: list[str] = []
        self.bold_open = True
        self.hrefs: list[str] = []

    def flush(self, box: int, tag: str) -> None:
        """Close the open run of words."""
        text = "".join(self.parts)
        self.parts.clear()
        if text and not text.isspace() and (text := clean(text)):
            bold = clean("".join(self.bold)) if self.bold else ""
            href = self.hrefs[0] if len(self.hrefs) == 1 else None
            linked = min(self.linked, len(text))
            self.strips.append(Strip(box, tag, text, linked, bold, self.hints[box], href))
        self.bold.clear()
        self.hrefs.clear()
        self.linked = 0
        self.bold_open = True

    def run(self, document: Node) -> Walk:
        # Each entry: a node to open (or a marker to close), the box and tag it stands in, and
        # whether it is within a link or bold.
        stack: list[tuple[Node | None, int, str, int, bool, bool]] = [
            (document, 0, "html", 0, False, False)
        ]
        seen = 0
        parts = self.parts
        while stack:
            node, box, tag, depth, in_link, in_bold = stack.pop()
            if node is None:
                if parts:
                    self.flush(box, tag)
                continue
            if type(node) is Text:
                data = node.data
                if not data.isspace():
                    self.add(data, in_link, in_bold)
                elif parts:
                    parts.append(" ")
                continue
            inner, inner_tag = box, tag
            if type(node) is Element:
                seen += 1
                name = node.tag
                if name in SKIPPED:
                    if name == "script" and "ld+json" in (node.attr("type") or ""):
                        self.scripts.append(node)
                    elif name == "head":
                        self.take_head(node)
                    continue
                if seen > MOST_ELEMENTS or depth > DEEPEST:
                    continue
                if name == "br":
                    self.parts.append("\n")
                    continue
                if name == "a":
                    in_link = True
                    if href := node.attr("href"):
                        self.hrefs.append(href)
                elif name in ("b", "strong"):
                    in_bold = True
                elif name == "time":
                    value = node.attr("datetime") or ""
                    self.times.append(Clock(len(self.strips), box, value, clean(node.text)))
                if name in BLOCKS or (name == "time" and self.hints[box] & CLOCK_EDGES):
                    opened = self.open(node, name, box, depth)
                    if opened is None:
                        continue
                    if parts:
                        self.flush(box, tag)
                    inner, inner_tag = opened, name
                    stack.append((None, inner, inner_tag, depth, False, False))
                else:
                    names = node.attr("class")
                    hints = read_hints(names) if names else 0
                    if hints & INLINE_EDGES and not hints & self.hints[box] & CAPTION:
                        opened = self.open(node, name, box, depth)
                        if opened is None:
                            continue
                        if parts:
                            self.flush(box, tag)
                        inner = opened
                        stack.append((None, inner, tag, depth, False, False))
            depth += 1
            for kid in reversed(node.children):
                stack.append((kid, inner, inner_tag, depth, in_link, in_bold))
        self.flush(0, "html")
        return Walk(self.boxes, self.strips, self.times, self.scripts)

    def add(self, data: str, in_link: bool, in_bold: bool) -> None:
        """Take the words of one text node into the open run."""
        self.parts.append(data)
        if in_link:
            self.linked += len(data.strip())
        if in_bold and self.bold_open:
            self.bold.append(data)
        elif not in_bold:
            self.bold_open = False

    def open(self, node: Element, name: str, box: int, depth: int) -> int | None:
        """Return the number of the element's new box, or `None` where it is not shown."""
        hints = OF_TAG.get(name, 0)
        names = ""
        attributes = node.attrs.copy()
        if attributes:
            if "hidden" in attributes or attributes.get("aria-hidden") == "true":
                return None
            if "style" in attributes and is_unseen(str(attributes["style"])):
                return None
            if classes := attributes.get("class"):
                names = classes if isinstance(classes, str) else " ".join(classes)
                hints |= read_hints(names)
            for naming in NAMING:
                if naming in attributes:
                    hints |= read_hints(str(attributes[naming]))
            if "role" in attributes:
                hints |= OF_ROLE.get(str(attributes["role"]).lower(), 0)
            if "itemprop" in attributes:
                hints |= OF_ITEMPROP.get(str(attributes["itemprop"]).lower(), 0)
        self.boxes.append(Box(box, depth, name, hints, names))
        self.hints.append(self.hints[box] | hints)
        return len(self.boxes) - 1

    def take_head(self, head: Element) -> None:
        for node in head.find_all("script"):
            if "ld+json" in (node.attr("type") or ""):
                self.scripts.append(node)
