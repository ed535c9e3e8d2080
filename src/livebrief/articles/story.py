"""The story of an HTML page: its blocks as pieces, without what is not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from livebrief.articles.assemble import Piece, clean, opening, squeeze
from livebrief.articles.body import kept_boxes
from livebrief.articles.bylines import parse_byline
from livebrief.articles.hints import ASIDE, BYLINE, CAPTION, FIGURE, NOT_STORY, QUOTE, SUMMARY
from livebrief.articles.lines import (
    find_pointer,
    is_card_opener,
    is_clocked,
    is_code,
    is_correction,
    is_furniture,
    is_notice,
    is_prose,
)
from livebrief.articles.live import LiveTimes
from livebrief.articles.metadata import Metadata
from livebrief.articles.pieces import is_caption, make_caption, make_pieces, merge_captions
from livebrief.articles.stamps import find_stamps, is_relative
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip, Walk

# A page whose blocks give less of the story than this share of what it declares as its body has
# hidden the story from readers without scripts: then the declared body is the text.
TOO_LITTLE = 0.5
# As much declared body as is worth reading paragraphs from.
SHORTEST_BODY = 250
# A paragraph within "advert" or "card" is the story's if the declared body has these many letters
# of it: shorter ones agree by chance.
FEWEST_LETTERS = 40
# With more of its words in links, a block is a list of links; long paragraphs may quote sources.
MOSTLY_LINKS = 0.7
LONG = 200


def read_pieces(
    flat: Walk, main: int, headline: str | None, declared: Metadata, *, is_known: bool = False
) -> list[Piece]:
    """Return the pieces of the story, in reading order.

    `is_known`: all of it is the story's, so that even its shortest line is no scrap of a page.
    """
    kept = kept_boxes(flat, main)
    around = _hints_around(flat, main)
    times = LiveTimes(flat, main, declared)
    title = squeeze(headline or "")
    pieces: list[Piece] = []
    said: set[str] = set()
    has_prose = False
    prose_box = -1
    for strip in flat.strips:
        if not kept[strip.box]:
            continue
        own = strip.hints & ~around
        squeezed = squeeze(strip.text[:120])
        if not squeezed or squeezed == title[:120] or squeezed in said:
            continue
        if own & NOT_STORY and not (len(squeezed) > FEWEST_LETTERS and declared.tells(squeezed)):
            continue
        if not has_prose and own & BYLINE and len(strip.text) < LONG:
            continue
        # Words of a paragraph's box, however few, go on with it: lines between line breaks do.
        goes_on = is_known or strip.box == prose_box
        found = _read_strip(strip, own, has_prose, goes_on=goes_on)
        if not found:
            continue
        if len(squeezed) > 20 and found[0].role != "caption":
            # A caption may say what a paragraph goes on to say.
            said.add(squeezed)
        at = times.at(strip.box, strip.text)
        if at is not None:
            for piece in found:
                piece.at = at
                piece.role = "live_entry" if piece.role == "paragraph" else piece.role
        pieces.extend(found)
        if any(p.role == "paragraph" and len(p.text) > 60 for p in found):
            has_prose = True
            prose_box = strip.box
    while pieces and pieces[-1].role == "heading":
        pieces.pop()
    return merge_captions(pieces)


def _hints_around(flat: Walk, main: int) -> int:
    """Return the hints of the story's box and of all around it: they say nothing within it."""
    hints = 0
    place = main
    while place > 0:
        hints |= flat.boxes[place].hints
        place = flat.boxes[place].parent
    return hints


def _read_strip(strip: Strip, own: int, has_prose: bool, *, goes_on: bool) -> list[Piece]:
    """Return the pieces of one block within the story's box, none where it is not the story's."""
    text = strip.text
    size = len(text)
    density = strip.linked / size
    if is_correction(text) or is_notice(text):
        return list(make_pieces(text))
    if own & (CAPTION | FIGURE):
        return [make_caption(text)] if size > 3 and density < 0.8 else []
    if is_furniture(text) or find_pointer(text) or is_card_opener(text) or own & ASIDE:
        return []
    if is_code(text):
        return []
    if strip.tag in HEADINGS:
        is_title = density > 0.6 or (not has_prose and strip.tag == "h1")
        return [] if is_title else [Piece(role="heading", text=text)]
    if density > MOSTLY_LINKS and (size < LONG or strip.tag == "li"):
        return []
    if strip.tag == "li" or own & QUOTE:
        role = Piece(role="quote" if own & QUOTE else "list_item", text=text)
        return [role] if size > 2 else []
    if not goes_on and _is_page_line(strip, has_prose):
        return []
    if not is_prose(text) and is_caption(text):
        return [make_caption(text)]
    if strip.bold == text and size < 100 and has_prose and not is_prose(text):
        return [Piece(role="heading", text=text)]
    if not has_prose and own & SUMMARY and size < LONG * 3:
        return [Piece(role="summary", text=text)]
    return list(make_pieces(text, may_be_lede=not has_prose))


def _is_page_line(strip: Strip, has_prose: bool) -> bool:
    """Return whether a short block is a stamp, a byline or a scrap, and no paragraph."""
    text = strip.text
    if len(text) < LONG and (find_stamps(text)[0] or is_relative(text) or parse_byline(text)):
        return True
    if not is_prose(text):
        return not has_prose or (strip.tag != "p" and (len(text) < 25 or is_clocked(text)))
    return False


def replace_by_declared(pieces: list[Piece], declared: Metadata) -> list[Piece]:
    """Return the pieces, or those of the declared body where the page shows too little of it."""
    shown = sum(len(piece.text) for piece in pieces if piece.role != "caption")
    if declared.live and not _shows_posts(pieces, declared):
        return [*pieces, *_read_posts(declared)]
    body = declared.body or ""
    if len(body) < SHORTEST_BODY or shown >= TOO_LITTLE * len(body):
        return pieces
    return list(_read_declared(body)) or pieces


def _shows_posts(pieces: list[Piece], declared: Metadata) -> bool:
    """Return whether a live page shows any of the posts that it declares, as most show the last."""
    ends = (*declared.live[:5], *declared.live[-5:])
    posts = [squeeze(body) for _, _, body in ends if body]
    shown = [key for piece in pieces if len(key := opening(piece.text)) > FEWEST_LETTERS]
    return not posts or any(key[:FEWEST_LETTERS] in post for post in posts for key in shown)


def _read_posts(declared: Metadata) -> Iterator[Piece]:
    """Return the pieces of a live page's declared posts, each with its time."""
    for at, headline, body in declared.live:
        if headline:
            yield Piece(role="heading", text=headline, at=at)
        yield from _read_declared(body, at)


def _read_declared(body: str, at: datetime | None = None) -> Iterator[Piece]:
    """Return the pieces of a declared body, which may hold some markup."""
    body = re.sub(r"<(?:/?p|br|/?div|/?li)\b[^<>]{0,200}>", "\n", body)
    body = re.sub(r"</?[a-zA-Z][^<>]{0,500}>", "", body)
    paragraphs = [clean(part) for part in body.split("\n")]
    for place, part in enumerate(filter(None, paragraphs)):
        yield from make_pieces(part, at=at, may_be_lede=place == 0 and at is None)
