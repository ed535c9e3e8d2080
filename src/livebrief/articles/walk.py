"""One walk over a page's tree: its blocks of words in reading order, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from livebrief.articles.assemble import clean
from livebrief.articles.dom import MOST_ELEMENTS, Element, Node, Text
from livebrief.articles.hints import (
    ASIDE,
    BYLINE,
    CAPTION,
    CARD,
    COMMENTS,
    CREDIT,
    FIGURE,
    FURNITURE,
    HEADER,
    OF_ITEMPROP,
    OF_ROLE,
    OF_TAG,
    THIN,
    read_hints,
)
from livebrief.articles.tags import BLOCK, BOLD, INLINE, KINDS

# An inline element of these kinds stands apart from the words around it.
INLINE_EDGES = FURNITURE | THIN | CAPTION | COMMENTS
# In these a `time` stands beside other things; elsewhere it is a word in a sentence.
CLOCK_EDGES = CARD | ASIDE | BYLINE | HEADER
NAMING = frozenset(("id", "data-component", "data-testid", "data-type", "data-module"))
SENTENCE_DASHES = 5
# What a menu calls its pages; a link with more words is a headline.
LONGEST_MENU_NAME = 15
# What microdata says of a page, if it stands in nothing that is another's.
MARKED = frozenset(("headline", "datepublished", "datemodified", "author", "articlesection"))
OF_OTHERS = COMMENTS | CARD
MOST_MARKS = 50
LONGEST_MARK = 1_000
# The words of `time` elements and of microdata are read once more on their own.
MOST_WORDS_TWICE = 1_000_000


class Box(Struct, gc=False):
    """An element that holds blocks."""

    parent: int
    tag: str
    hints: int
    """Its own."""
    name: str
    """Its class, for a closer look."""


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


class Mark(Struct, gc=False):
    """What microdata says: the property, in lower case, and its value."""

    name: str
    value: str


class Walk(Struct):
    """A page, flat."""

    boxes: list[Box]
    strips: list[Strip]
    times: list[Clock]
    marks: list[Mark]
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
        self.boxes = [Box(-1, "html", 0, "")]
        self.hints = [0]
        self.strips: list[Strip] = []
        self.times: list[Clock] = []
        self.marks: list[Mark] = []
        self.scripts: list[Element] = []
        self.parts: list[str] = []
        self.linked = 0
        self.bold: list[str] = []
        self.bold_open = True
        self.hrefs: list[str] = []
        self.words_read = 0

    def flush(self, box: int, tag: str) -> None:
        """Close the open run of words."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if text := clean(text):
            bold = clean("".join(self.bold)) if self.bold else ""
            href = self.hrefs[0] if len(self.hrefs) == 1 else None
            linked = min(self.linked, len(text)) if self.linked else 0
            self.strips.append(Strip(box, tag, text, linked, bold, self.hints[box], href))
        if self.bold:
            self.bold.clear()
        if self.hrefs:
            self.hrefs.clear()
        self.linked = 0
        self.bold_open = True

    def run(self, document: Node) -> Walk:
        """Walk; what most nodes need stands here, for a page has some thousands of them."""
        around: list[Frame] = []
        frame: Frame = (iter(document.children), 0, "html", False, False, True)
        parts = self.parts
        kinds, enter_block, enter_inline = KINDS, self.enter_block, self.enter_inline
        seen = 0
        while True:
            kids, box, tag, in_link, in_bold, is_edge = frame
            for node in kids:
                if type(node) is Text:
                    data = node.data
                    if data.isspace():
                        if parts:
                            parts.append(" ")
                        continue
                    parts.append(data)
                    if in_link:
                        self.linked += len(data.strip())
                    if not in_bold:
                        self.bold_open = False
                    elif self.bold_open:
                        self.bold.append(data)
                elif type(node) is Element:
                    seen += 1
                    if seen >= MOST_ELEMENTS:
                        continue
                    name = node.tag
                    kind = kinds.get(name, INLINE)
                    if kind is BLOCK:
                        children = node.children
                        if children:
                            opened = enter_block(node, name, box)
                            if opened is None:
                                continue
                            if parts:
                                self.flush(box, tag)
                            around.append(frame)
                            frame = (iter(children), opened, name, in_link, in_bold, True)
                            break
                        if parts:
                            self.flush(box, tag)
                    elif kind is INLINE:
                        inner = enter_inline(node, name, box, tag, in_link, in_bold)
                        if inner is not None:
                            around.append(frame)
                            frame = inner
                            break
                    elif name == "script" or name == "head":
                        self.skip(node, name)
            else:
                if is_edge and parts:
                    self.flush(box, tag)
                if not around:
                    break
                frame = around.pop()
        return Walk(self.boxes, self.strips, self.times, self.marks, self.scripts)

    def enter_inline(
        self, node: Element, name: str, box: int, tag: str, in_link: bool, in_bold: bool
    ) -> Frame | None:
        """Return the frame of an inline element's children, or `None` where they are not read."""
        if name == "br":
            self.break_line(box, tag)
            return None
        if name == "time" and self.take_time(node, box):
            opened = self.enter_block(node, name, box)
            if opened is None:
                return None
            if self.parts:
                self.flush(box, tag)
            return iter(node.children), opened, name, in_link, in_bold, True
        if name == "a":
            in_link = True
            if self.linked > LONGEST_MENU_NAME and self.is_all_linked():
                # Headlines of two stories, one link after the other.
                self.flush(box, tag)
            if href := node.attr("href"):
                self.hrefs.append(href)
        elif name in BOLD:
            in_bold = True
        if item := node.attr("itemprop"):
            self.mark(node, item, box)
        names = node.attr("class")
        hints = read_hints(names) if names else 0
        is_credit = hints & CREDIT and self.hints[box] & (CAPTION | FIGURE)
        if is_credit or (hints & INLINE_EDGES and not hints & self.hints[box] & CAPTION):
            opened = self.enter_block(node, name, box)
            if opened is None:
                return None
            if self.parts:
                self.flush(box, tag)
            return iter(node.children), opened, tag, in_link, in_bold, True
        return iter(node.children), box, tag, in_link, in_bold, False

    def is_all_linked(self) -> bool:
        """Return whether the open run of words holds nothing but one link."""
        parts = self.parts
        return len(parts) < 10 and sum(len(part.strip()) for part in parts) == self.linked

    def break_line(self, box: int, tag: str) -> None:
        """Note the end of a line; two in a row end a paragraph, as in old pages and print views."""
        parts = self.parts
        if parts and (parts[-1] == "\n" or parts[-2:] == ["\n", " "]):
            self.flush(box, tag)
        elif parts:
            parts.append("\n")

    def take_time(self, node: Element, box: int) -> bool:
        """Note a `time` element; return whether it stands apart from the words around it."""
        value = node.attr("datetime") or ""
        self.times.append(Clock(len(self.strips), box, value, self.words_of(node)))
        return bool(self.hints[box] & CLOCK_EDGES)

    def mark(self, node: Element, item: str, box: int) -> None:
        """Note what microdata says of the page, which no card and no comment does."""
        for name in item.lower().split():
            if name in MARKED and not self.hints[box] & OF_OTHERS and len(self.marks) < MOST_MARKS:
                value = node.attr("content") or node.attr("datetime") or self.words_of(node)
                self.marks.append(Mark(name, value))

    def words_of(self, node: Element) -> str:
        """Return the words within an element, as long as a page does not nest them without end."""
        if self.words_read > MOST_WORDS_TWICE:
            return ""
        text = node.text
        self.words_read += len(text)
        return clean(text[:LONGEST_MARK])

    def skip(self, node: Element, name: str) -> None:
        """Keep of an element that readers do not see what it tells machines."""
        if name == "script" and "ld+json" in (node.attr("type") or ""):
            self.scripts.append(node)
        elif name == "head":
            for script in node.find_all("script"):
                if "ld+json" in (script.attr("type") or ""):
                    self.scripts.append(script)

    def enter_block(self, node: Element, name: str, box: int) -> int | None:
        """Return the number of the element's new box, or `None` where it is not shown."""
        hints = OF_TAG.get(name, 0)
        names = ""
        attributes = node.attrs
        if count := len(attributes):
            if names := node.attr("class") or "":
                hints |= read_hints(names)
            if count > 1 or not names:
                more = self.read_attributes(node, attributes.copy(), box)
                if more < 0:
                    return None
                hints |= more
        self.boxes.append(Box(box, name, hints, names))
        self.hints.append(self.hints[box] | hints)
        return len(self.boxes) - 1

    def read_attributes(self, node: Element, attributes: dict[str, Any], box: int) -> int:
        """Return the hints of an element's attributes, or -1 where they keep it unseen."""
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return -1
        if "style" in attributes and is_unseen(str(attributes["style"])):
            return -1
        hints = 0
        for naming in attributes.keys() & NAMING:
            # An id of so many words is a headline's: it tells what is said, not what it is.
            if (name := str(attributes[naming])).count("-") < SENTENCE_DASHES:
                hints |= read_hints(name)
        if "role" in attributes:
            hints |= OF_ROLE.get(str(attributes["role"]).lower(), 0)
        if "itemprop" in attributes:
            item = str(attributes["itemprop"])
            hints |= OF_ITEMPROP.get(item.lower(), 0)
            self.mark(node, item, box)
        return hints
