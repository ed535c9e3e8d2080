"""Notes about a story, above it, in it and below it: by whom, where in print, what was mended."""

from __future__ import annotations

import msgspec

from livebrief.articles.assemble import Piece, squeeze
from livebrief.articles.bylines import is_credit_line
from livebrief.articles.hints import CARD, COMMENTS
from livebrief.articles.lines import find_bio, is_correction, is_developing, is_notice
from livebrief.articles.lists import NO_LIST
from livebrief.articles.walk import Strip, Walk
from livebrief.articles.words import fold, load_words

# Below a story notes stand within so many blocks, menus and all.
LONGEST_TAIL = 40
# Of a story's last blocks, so many may be notes.
MOST_NOTES = 6
SHORTEST_NOTE = 14


def find_notes(strips: list[Strip], said: set[str], authors: tuple[str, ...]) -> list[Piece]:
    """Return the notes among blocks that are not the story's."""
    found: list[Piece] = []
    for strip in strips:
        text = strip.text
        if len(text) < SHORTEST_NOTE or strip.hints & (COMMENTS | CARD):
            continue
        if strip.linked * 2 > len(text) or (key := squeeze(text[:120])) in said:
            continue
        if is_correction(text):
            found.append(Piece(role="correction", text=text))
        elif is_notice(text) or find_bio(text, authors):
            found.append(Piece(role="notice", text=text))
        else:
            continue
        said.add(key)
    return found


def below(flat: Walk, kept: list[bool], marks: list[int]) -> list[Strip]:
    """Return the blocks below the story in which its notes may stand."""
    last = max((n for n, strip in enumerate(flat.strips) if kept[strip.box]), default=0)
    places = range(last + 1, min(last + 1 + LONGEST_TAIL, len(flat.strips)))
    return [flat.strips[n] for n in places if marks[n] == NO_LIST]


def mark_notes(pieces: list[Piece], authors: tuple[str, ...]) -> list[Piece]:
    """Return the pieces with what is said of the writers below the story made notices.

    >>> story = Piece(role="paragraph", text="The bridge will close in March for a whole year.")
    >>> writer = Piece(role="paragraph", text="Ann Lee covers the coast for the Harbour.")
    >>> [piece.role for piece in mark_notes([story, writer], ("Ann Lee",))]
    ['paragraph', 'notice']
    """
    marked = list(pieces)
    for place in range(max(1, len(pieces) - MOST_NOTES), len(pieces)):
        piece = pieces[place]
        is_last = all(later.role in ("notice", "correction") for later in marked[place + 1 :])
        if piece.role == "paragraph" and (
            find_bio(piece.text, authors) or (is_last and is_credit_line(piece.text))
        ):
            marked[place] = msgspec.structs.replace(piece, role="notice", label=None)
    return marked


def is_still_developing(pieces: list[Piece]) -> bool:
    """Return whether a notice says so, or a live page does not say that it has closed."""
    notices = [piece.text for piece in pieces if piece.role == "notice"]
    if any(is_developing(text) for text in notices):
        return True
    if not any(piece.role == "live_entry" for piece in pieces):
        return False
    closed = load_words().live_closed
    return not any(end in fold(text) for text in notices for end in closed)
