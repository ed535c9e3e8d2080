"""Figures in HTML: what a picture shows and who made it, and what only looks like one."""

from __future__ import annotations

from livebrief.articles.assemble import Piece
from livebrief.articles.captions import find_bare_credit
from livebrief.articles.hints import CAPTION, CREDIT
from livebrief.articles.lines import find_pointer, is_furniture, is_prose
from livebrief.articles.pieces import make_caption, make_credit
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip
from livebrief.articles.words import fold, load_words

# A name, an agency and a distributor; more words than that show something.
MOST_CREDIT_WORDS = 10


def read_figure(strip: Strip, own: int, before: str) -> list[Piece]:
    """Return the caption or the credit that a block in a figure is; none where it is neither.

    `before`: the words of the block before it, which may say "Image source".
    """
    text = strip.text
    if len(text) <= 3 or strip.linked > 0.8 * len(text) or strip.tag in HEADINGS:
        return []
    if is_furniture(text) or find_pointer(text, linked=strip.linked):
        return []
    is_short = len(text.split()) <= MOST_CREDIT_WORDS
    if is_short and (own & CREDIT or _announces_credit(before)):
        credit = find_bare_credit(text)
        return (
            [make_credit(text)]
            if (credit and credit[0].isalnum()) or credit == text
            else [make_caption(text, is_known=True)]
        )
    piece = make_caption(text, is_known=True)
    # Outside its caption a figure holds buttons and boxes, and at times a caption without a name.
    if own & CAPTION or piece.credit or (is_prose(text) and strip.tag != "p"):
        return [] if not piece.text else [piece]
    return []


def _announces_credit(before: str) -> bool:
    folded = fold(before).strip(" ,:.")
    return bool(folded) and folded in load_words().credit_openers
