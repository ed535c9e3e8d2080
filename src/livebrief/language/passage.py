"""A passage: one part of an article with everything its words mean, each value with its span."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from livebrief.model import Figure, Name, Part, Place, Role, Time


class Token(Struct, frozen=True, kw_only=True, gc=False):
    """One word or mark; `start` and `end` are offsets into the passage's text."""

    start: int
    end: int
    text: str


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence of a passage; a block's edge is always a sentence's edge."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    role: Role | None = None
    """The role of the block it stands in; `None` in a headline or where there are no blocks."""
    label: str | None = None
    """The label of that block."""


class Passage(Struct, frozen=True, kw_only=True):
    """The text of an article, of its headline, or of one of its cards' two, understood."""

    text: str
    part: Part = "text"
    related_index: int | None = None
    written_at: datetime | None = None
    """The instant that "now" means in it, where known."""
    written_on: date | None = None
    """The day that "today" means in it, where known: a card's own, never its page's."""
    sentences: tuple[Sentence, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    names: tuple[Name, ...] = ()
