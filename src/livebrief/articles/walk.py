"""One walk over a page's tree: its blocks of words in reading order, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator

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
BOLD = frozenset(("b", "strong"))
# An inline element of these kinds stands apart from the words around it.
INLINE_EDGES = FURNITURE | THIN | CAPTION | COMMENTS
# In these a `time` stands beside other things; elsewhere it is a word in a sentence.
CLOCK_EDGES = CARD | ASIDE | BYLINE | HEADER
NAMING = ("id", "data-component", "data-testid", "data-type", "data-module")
HEADINGS = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip


class Box(Struct, gc=False):
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


class Strip(Struct, gc=False):
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


class Clock(Struct, gc=False):
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


# The children of an element that are still to come, the box and tag that they stand in, whether
# they are in a link or bold, and whether the words end where the children do.
Frame = tuple[Iterator[Node], int, str, bool, bool, bool]


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
        frames: list[Frame] = [(iter(document.children), 0, "html", False, False, True)]
        parts = self.parts
        seen = 0
        while frames:
            kids, box, tag, in_link, in_bold, is_edge = frames[-1]
            for node in kids:
                if type(node) is Text:
                    data = node.data
                    if not data.isspace():
                        self.add(data, in_link, in_bold)
                    elif parts:
                        parts.append(" ")
                elif type(node) is Element:
                    seen += 1
                    frame = self.enter(node, box, tag, in_link, in_bold, len(frames))
                    if frame is not None and seen < MOST_ELEMENTS:
                        frames.append(frame)
                        break
            else:
                frames.pop()
                if is_edge and parts:
                    self.flush(box, tag)
        return Walk(self.boxes, self.strips, self.times, self.scripts)

    def enter(
        self, node: Element, box: int, tag: str, in_link: bool, in_bold: bool, depth: int
    ) -> Frame | None:
        """Return the frame of an element's children, or `None` where they are not read."""
        name = node.tag
        if name in SKIPPED:
            self.skip(node, name)
            return None
        if depth > DEEPEST:
            return None
        if name in BLOCKS or (name == "time" and self.take_time(node, box)):
            opened = self.open(node, name, box, depth)
            if opened is None:
                return None
            if self.parts:
                self.flush(box, tag)
            return iter(node.children), opened, name, in_link, in_bold, True
        if name == "br":
            self.parts.append("\n")
            return None
        if name == "a":
            in_link = True
            if href := node.attr("href"):
                self.hrefs.append(href)
        elif name in BOLD:
            in_bold = True
        names = node.attr("class")
        hints = read_hints(names) if names else 0
        if hints & INLINE_EDGES and not hints & self.hints[box] & CAPTION:
            opened = self.open(node, name, box, depth)
            if opened is None:
                return None
            if self.parts:
                self.flush(box, tag)
            return iter(node.children), opened, tag, in_link, in_bold, True
        return iter(node.children), box, tag, in_link, in_bold, False

    def take_time(self, node: Element, box: int) -> bool:
        """Note a `time` element; return whether it stands apart from the words around it."""
        value = node.attr("datetime") or ""
        self.times.append(Clock(len(self.strips), box, value, clean(node.text)))
        return bool(self.hints[box] & CLOCK_EDGES)

    def skip(self, node: Element, name: str) -> None:
        """Keep of an element that readers do not see what it tells machines."""
        if name == "script" and "ld+json" in (node.attr("type") or ""):
            self.scripts.append(node)
        elif name == "head":
            for script in node.find_all("script"):
                if "ld+json" in (script.attr("type") or ""):
                    self.scripts.append(script)

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
