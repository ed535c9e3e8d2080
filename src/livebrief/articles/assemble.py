"""Pieces to an article: the text they make, and each block's place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from msgspec import Struct

from livebrief.articles.addresses import canonicalize
from livebrief.articles.languages import find_language
from livebrief.model import Article, Block, Role, identify

# What no text may hold: control characters, and halves of surrogate pairs, which have no UTF-8.
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Chinese, Japanese and Korean say in one sign what takes three Latin letters.
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")
LONG_IN_ANY_SCRIPT = 140
LONG_TO_SPLIT = 500_000


class Piece(Struct, kw_only=True):
    """One block before it has a place: its role and its words."""

    role: Role
    text: str
    label: str | None = None
    credit: str | None = None
    at: datetime | None = None
    is_bare: bool = False
    """Of a caption: a credit and nothing else."""
    follows_on: bool = False
    """Stands in the same paragraph as the piece before it, as a story does after its dateline."""


class Anatomy(Struct, kw_only=True):
    """What a page turned out to hold, in parts."""

    pieces: list[Piece]
    url: str | None = None
    outlet: str | None = None
    agencies: tuple[str, ...] = ()
    headline: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    modified_at: datetime | None = None
    captured_at: datetime | None = None
    is_developing: bool = False
    related: tuple[Article, ...] = ()


def clean(text: str) -> str:
    """Return words as they read on a page: single spaces, no control characters.

    >>> clean(" two\\n words\\x00 ")
    'two words'
    """
    if _UNSPEAKABLE.search(text):
        text = _UNSPEAKABLE.sub(" ", text)
    return " ".join(text.split()) if len(text) < LONG_TO_SPLIT else _clean_long(text)


def _clean_long(text: str) -> str:
    """Return a long text as `clean` does, in slices: its words at once would fill the memory."""
    parts: list[str] = []
    for start in range(0, len(text), LONG_TO_SPLIT):
        part = text[start : start + LONG_TO_SPLIT]
        before = " " if part[0].isspace() else ""
        after = " " if part[-1].isspace() else ""
        parts.append(f"{before}{' '.join(part.split())}{after}")
    return "".join(parts).replace("   ", " ").replace("  ", " ").strip()


def squeeze(text: str) -> str:
    """Return only the letters and digits of a text, for comparing.

    >>> squeeze("It’s 7 p.m.")
    'its7pm'
    """
    return text.lower().translate(_LETTERS)


class _Letters(dict[int, int | None]):
    """Each character's place in a text of letters and digits alone: itself, or none."""

    def __missing__(self, code: int) -> int | None:
        kept = code if chr(code).isalnum() else None
        self[code] = kept
        return kept


_LETTERS = _Letters()


def opening(text: str) -> str:
    """Return what tells a block from another: the letters that it opens with.

    >>> opening("“It’s over,” she said.")
    'itsovershesaid'
    """
    return squeeze(text[:160])[:80]


def weight(text: str) -> int:
    """Return how long a text is, as long as it would be in Latin letters where it is short.

    >>> weight("北京发生大雨。"), weight("Heavy rain.")
    (21, 11)
    """
    if len(text) > LONG_IN_ANY_SCRIPT or text.isascii():
        return len(text)
    return len(text) + 2 * len(_WIDE.findall(text))


def mend(text: str) -> str:
    """Return text of the same length that can be written as UTF-8."""
    return _SURROGATE.sub("\ufffd", text)


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Return the text of the pieces in their order, and their blocks.

    >>> pieces = Piece(role="heading", text="Rain"), Piece(role="quote", text="Wet")
    >>> text, blocks = join_pieces(pieces)
    >>> text, blocks[1].start
    ('Rain\\n\\nWet', 6)
    """
    parts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for piece in pieces:
        if not piece.text:
            continue
        if blocks:
            gap = " " if piece.follows_on else "\n\n"
            parts.append(gap)
            start += len(gap)
        end = start + len(piece.text)
        parts.append(piece.text)
        blocks.append(
            Block(
                role=piece.role,
                start=start,
                end=end,
                label=piece.label,
                credit=piece.credit,
                at=piece.at,
            )
        )
        start = end
    return "".join(parts), tuple(blocks)


def build_article(anatomy: Anatomy) -> Article:
    """Return the article of these parts, with its id and its language."""
    text, blocks = join_pieces(anatomy.pieces)
    return finish(anatomy, text, blocks)


def finish(anatomy: Anatomy, text: str, blocks: tuple[Block, ...]) -> Article:
    """Return the article of these parts whose text and blocks are already made."""
    fields = {name: getattr(anatomy, name) for name in anatomy.__struct_fields__}
    del fields["pieces"]
    if anatomy.published_on is None and anatomy.published_at is not None:
        fields["published_on"] = anatomy.published_at.date()
    fields["language"] = find_language(text or anatomy.headline or "", anatomy.language)
    address = canonicalize(anatomy.url)
    own = (anatomy.outlet or "", anatomy.headline or "", text)
    return Article(
        id=identify(address) if address else identify(*own),
        revision=identify(anatomy.headline or "", text),
        text=text,
        blocks=blocks,
        **fields,
    )


def shift(block: Block, by: int) -> Block:
    """Return the block moved within its text."""
    return msgspec.structs.replace(block, start=block.start + by, end=block.end + by)
