"""Words with marks in them, as HTML.  Everything that came from a page is escaped here."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable

from markupsafe import Markup, escape
from msgspec import Struct

# More marks than this in one article help nobody; each costs a split of those it crosses.
MOST_MARKS = 400


class Mark(Struct, frozen=True, order=True):
    """A stretch of text that a tag goes around."""

    start: int
    end: int
    anchor: str = ""
    """The id that links may point to; empty for none."""
    tag: str = "mark"
    kind: str = ""
    """What sort of words these are, for the style sheet."""
    title: str = ""
    """What was read from the words."""


def write_marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """Return the stretch of the text as HTML, marked.

    Marks nest; where two cross, the later one is split at the end of the earlier.

    >>> print(write_marked("Three <soldiers> died.", 0, 22, [Mark(6, 16, "s6-16")]))
    Three <mark id="s6-16">&lt;soldiers&gt;</mark> died.
    """
    start, end = max(start, 0), min(end, len(text))
    waiting = [
        (max(mark.start, start), -min(mark.end, end), _opening(mark, start), mark.tag)
        for mark in sorted(set(marks))[:MOST_MARKS]
        if mark.start < end and mark.end > start and mark.start < mark.end
    ]
    heapq.heapify(waiting)
    out: list[str] = []
    open_: list[tuple[int, str]] = []
    at = start

    def close_until(position: int) -> None:
        nonlocal at
        while open_ and open_[-1][0] <= position:
            until, tag = open_.pop()
            out.append(escape(text[at:until]))
            out.append(f"</{tag}>")
            at = until

    while waiting:
        begin, minus_until, opening, tag = heapq.heappop(waiting)
        until = -minus_until
        close_until(begin)
        if open_ and until > open_[-1][0]:
            edge = open_[-1][0]
            heapq.heappush(waiting, (edge, -until, _again(opening), tag))
            until = edge
        out.append(escape(text[at:begin]))
        out.append(opening)
        open_.append((until, tag))
        at = begin
    close_until(end)
    out.append(escape(text[at:end]))
    return Markup("".join(out))


def _opening(mark: Mark, start: int) -> str:
    # An id stands once, where the words begin; a stretch that begins in their midst has none.
    anchor = mark.anchor if mark.start >= start else ""
    values = {"id": anchor, "class": mark.kind, "title": mark.title}
    written = "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)
    return f"<{mark.tag}{written}>"


def _again(opening: str) -> str:
    """Return the tag without its id, which may stand only once."""
    return re.sub(r' id="[^"]*"', "", opening)
