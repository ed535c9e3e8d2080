"""Words to pieces: the role of one block of a story, whatever the page was saved as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from livebrief.articles.assemble import Piece, squeeze
from livebrief.articles.bylines import read_agency
from livebrief.articles.captions import find_bare_credit, has_credit, split_credit, strip_edges
from livebrief.articles.lines import (
    dateline_agency,
    find_dateline,
    find_label,
    is_correction,
    is_notice,
)
from livebrief.outlets import find_agency

# American and Canadian stations: KTHV, WTHR, CBC's CBLT, WLS-TV.
_CALL_SIGN = re.compile(r"[KWC][A-Z]{2,3}(?:[ -](?:TV|AM|FM|DT))?")


def make_pieces(
    text: str,
    *,
    at: datetime | None = None,
    may_be_lede: bool = True,
    is_note: bool | None = None,
) -> Iterator[Piece]:
    """Return the pieces of one paragraph: mostly one, two where it opens with a dateline.

    `is_note`: false where it is known to be no correction and no notice.

    >>> [piece.role for piece in make_pieces("LAMU, Kenya (AP) — The ferry sank at dawn.")]
    ['dateline', 'paragraph']
    """
    if is_note is not False and is_correction(text):
        yield Piece(role="correction", text=text)
        return
    if is_note is not False and is_notice(text):
        yield Piece(role="notice", text=text)
        return
    dateline = find_dateline(text) if may_be_lede else None
    if dateline is not None:
        yield Piece(role="dateline", text=dateline[0].rstrip())
        rest = text[dateline.end() :]
        yield Piece(role="paragraph", text=rest, follows_on=True)
        return
    label = find_label(text, may_be_lede=may_be_lede)
    yield Piece(role="live_entry" if at else "paragraph", text=text, label=label, at=at)


def make_caption(text: str, *, is_known: bool = False) -> Piece:
    """Return a caption's piece: its words without the credit, unless there are no others.

    >>> piece = make_caption("The bridge on Monday. Photo: Ann Lee/Agency")
    >>> piece.text, piece.credit
    ('The bridge on Monday.', 'Ann Lee/Agency')
    """
    words, credit = split_credit(text, is_known=is_known)
    words = strip_edges(words)
    return Piece(role="caption", text=words or text, credit=credit, is_bare=not words)


def make_credit(text: str) -> Piece:
    """Return the piece of a block that is known to be nothing but a credit."""
    return Piece(role="caption", text=text, credit=find_bare_credit(text), is_bare=True)


def is_caption(text: str) -> bool:
    """Return whether a block of plain text is a caption: it ends in a picture's credit."""
    return has_credit(text)


def find_agencies(pieces: list[Piece], outlet: str | None) -> tuple[str, ...]:
    """Return the agency that the dateline names, by its known name where it has one."""
    named = dateline_name(pieces)
    agency = name_agency(named, outlet) if named else None
    return (agency,) if agency else ()


def name_agency(named: str, outlet: str | None) -> str | None:
    """Return the agency that a dateline's brackets name: not the outlet, and no station's letters.

    >>> name_agency("AP", None), name_agency("Blue Wire", "Harbour"), name_agency("KTHV", None)
    ('Associated Press', 'Blue Wire', None)
    """
    agency = find_agency(named)
    if agency is not None:
        return agency.name
    own = squeeze(outlet or "").removeprefix("the")
    name = squeeze(named).removeprefix("the")
    if outlet and own and (name in own or own in name or is_short_for(named, outlet)):
        # A wire's own page names the wire; a paper's own page names no agency.
        return read_agency(outlet)
    return None if _CALL_SIGN.fullmatch(named) else named


def is_short_for(letters: str, name: str) -> bool:
    """Return whether letters are the first ones of a name's words.

    >>> is_short_for("APN", "Allied Press Network"), is_short_for("APN", "Allied Press")
    (True, False)
    """
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return len(letters) > 1 and letters.upper() == initials


def merge_agencies(names: Iterable[str]) -> tuple[str, ...]:
    """Return the agencies, each once: letters that stand for another's name are left out.

    >>> merge_agencies(["BNS", "Blue News Service", "BNS"])
    ('Blue News Service',)
    """
    distinct = list(dict.fromkeys(names))
    return tuple(n for n in distinct if not any(is_short_for(n, other) for other in distinct))


def dateline_name(pieces: list[Piece]) -> str | None:
    """Return the organization that the story's dateline names, as printed."""
    for piece in pieces:
        if piece.role == "dateline" and (found := find_dateline(piece.text + " x")):
            return dateline_agency(found)
    return None


def merge_captions(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with each bare credit joined to the caption before it, or else after it."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if piece.role != "caption" or last is None or last.role != "caption":
            merged.append(piece)
        elif piece.is_bare and piece.credit and piece.credit in (last.credit or ""):
            continue
        elif piece.is_bare and last.credit is None:
            last.credit = piece.credit
        elif piece.is_bare and piece.credit and piece.credit.startswith("/"):
            last.credit = f"{last.credit} {piece.credit}"
        elif last.is_bare and piece.credit is None:
            merged[-1] = piece
            piece.credit = last.credit
        else:
            merged.append(piece)
    return merged
