"""The story of an HTML page: its blocks as pieces, without what is not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from livebrief.articles.assemble import Piece, clean, opening, squeeze
from livebrief.articles.body import is_within, kept_boxes
from livebrief.articles.bylines import parse_byline
from livebrief.articles.captions import split_credit
from livebrief.articles.figures import read_figure
from livebrief.articles.hints import (
    ASIDE,
    BYLINE,
    CAPTION,
    CARD,
    COMMENTS,
    FIGURE,
    FURNITURE,
    LIST,
    NOT_STORY,
    QUOTE,
    SUMMARY,
    THIN,
)
from livebrief.articles.lines import (
    LONGEST_LABEL,
    MOST_LABEL_WORDS,
    find_bare_label,
    find_dateline,
    find_label,
    find_pointer,
    is_card_opener,
    is_clocked,
    is_code,
    is_correction,
    is_furniture,
    is_notice,
    is_prose,
    is_section,
)
from livebrief.articles.lists import NO_LIST
from livebrief.articles.live import Entry, LiveEntries, join_entries
from livebrief.articles.metadata import Metadata
from livebrief.articles.pieces import is_caption, make_caption, make_pieces, merge_captions
from livebrief.articles.stamps import find_stamps, is_relative
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip, Walk
from livebrief.articles.words import fold, load_words

# A page whose blocks give less of the story than this share of what it declares as its body has
# hidden the story from readers without scripts: then the declared body is the text.
TOO_LITTLE = 0.5
# As much declared body as is worth reading paragraphs from.
SHORTEST_BODY = 250
# Above a byline stand a standfirst of two paragraphs at most, and two paragraphs of story below.
MOST_ABOVE, FEWEST_BELOW, LONGEST_SUMMARY = 3, 2, 500
LONGEST_QUOTE = 5_000
LONGEST_STAMP, LONGEST_STAMPED, LONGEST_LINE = 40, 120, 90
FEWEST_DECK_WORDS = 6
FEWEST_NOTE_LETTERS = 10
# Of a post on a network: longer ones are articles of their own.
LONGEST_POST = 160
# A paragraph within "advert" or "card" is the story's if the declared body has these many letters
# of it: shorter ones agree by chance.
FEWEST_LETTERS = 40
# With more of its words in links, a block is a list of links; long paragraphs may quote sources.
MOSTLY_LINKS = 0.7
LONG = 200

# A picture character opens the items of some lists.
_BULLET = re.compile(r"(?:[•‣▪◦●■►▶]|[\U0001F300-\U0001FAFF\u2600-\u27BF]\ufe0f?)\s*\w")


def read_pieces(
    flat: Walk,
    main: int,
    headline: str | None,
    declared: Metadata,
    marks: list[int],
    *,
    is_known: bool = False,
) -> list[Piece]:
    """Return the pieces of the story, in reading order.

    `is_known`: all of it is the story's, so that even its shortest line is no scrap of a page.
    """
    kept = kept_boxes(flat, main)
    around = _hints_around(flat, main)
    live = LiveEntries(flat, main, declared)
    title = squeeze(headline or "")
    found: list[tuple[Piece, Entry | None]] = []
    said: set[str] = set()
    has_prose = False
    prose_box = quote_box = -1
    sums_up = 0
    before = ""
    for strip, mark in zip(flat.strips, marks, strict=True):
        if not kept[strip.box]:
            continue
        own = strip.hints & ~around
        squeezed = squeeze(strip.text[:120])
        if quote_box > 0 and own & QUOTE and is_within(flat.boxes, strip.box, quote_box):
            # Who said it stands in the quote's own box, as its footer does.
            quote = found[-1][0]
            size = len(quote.text) + len(strip.text)
            if own & CARD and size > 2 * LONGEST_POST:
                quote.text = ""
            elif quote.text and size < LONGEST_QUOTE:
                quote.text += f"\n\n{strip.text.lstrip('—–- ')}"
            continue
        quote_box = -1
        if not squeezed or squeezed == title[:120]:
            continue
        if strip.tag in HEADINGS and title and squeeze(strip.text[:500]) == title:
            continue
        if squeezed in said and not own & QUOTE:
            continue
        is_meta = own & THIN and not own & (COMMENTS | CARD | FURNITURE)
        if is_meta and len(found) <= MOST_ABOVE and _is_byline(strip, own):
            sums_up = len(found)
        if _is_of_others(strip, own, mark) and not (
            len(squeezed) > FEWEST_LETTERS and declared.tells(squeezed)
        ):
            before = strip.text
            continue
        entry = live.find(strip.box, strip.text)
        is_note = len(squeezed) >= FEWEST_NOTE_LETTERS and (
            is_correction(strip.text) or is_notice(strip.text)
        )
        if not is_note and _is_byline(strip, own):
            if not is_known and entry is None and len(found) <= MOST_ABOVE:
                sums_up = len(found)
            before = strip.text
            continue
        # Words of a paragraph's box, however few, go on with it: lines between line breaks do.
        goes_on = is_known or strip.box == prose_box
        if is_note:
            pieces = list(make_pieces(strip.text))
        else:
            pieces = _read_strip(strip, own, has_prose, goes_on=goes_on, before=before)
        before = strip.text
        if not pieces:
            continue
        if len(squeezed) > 20 and pieces[0].role != "caption":
            # A caption may say what a paragraph goes on to say.
            said.add(squeezed)
        if found and found[-1][0].role == "dateline" and pieces[0].role == "paragraph":
            pieces[0].follows_on = True
        found.extend((piece, entry) for piece in pieces)
        if pieces[-1].role == "quote":
            quote_box = _quote_box(flat, strip.box)
        if any(p.role == "paragraph" and len(p.text) > 60 for p in pieces):
            has_prose = True
            prose_box = strip.box
    found = [(piece, entry) for piece, entry in found if piece.text]
    _sum_up(found, sums_up)
    pieces = join_entries(found)
    while pieces and pieces[-1].role == "heading":
        pieces.pop()
    return merge_captions(pieces)


def _is_of_others(strip: Strip, own: int, mark: int) -> bool:
    """Return whether a block is not the story's, for where it stands."""
    if own & NOT_STORY and (not own & QUOTE or len(strip.text) > LONGEST_POST):
        return True
    if mark != NO_LIST:
        return not (is_correction(strip.text) or is_notice(strip.text))
    return find_pointer(strip.text, linked=strip.linked) is not None


def _is_byline(strip: Strip, own: int) -> bool:
    """Return whether a block says who wrote the story and when."""
    text = strip.text
    if len(text) >= LONG or own & (CAPTION | FIGURE):
        return False
    if own & LIST:
        stamps, rest = find_stamps(text)
        return bool(stamps) and not rest and len(text) < LONGEST_STAMP
    if own & BYLINE and not is_prose(text):
        return True
    if len(text) > LONGEST_LINE and text.endswith("."):
        return False
    if parse_byline(text):
        return True
    return len(text) < LONGEST_STAMPED and bool(find_stamps(text)[0] or is_relative(text))


def _sum_up(found: list[tuple[Piece, Entry | None]], count: int) -> None:
    """Make of the paragraphs above a byline the summary that they are, if a story follows."""
    below = sum(piece.role == "paragraph" for piece, _ in found[count:])
    if not count and found and found[0][0].role == "heading" and found[0][1] is None:
        # A heading right below the headline.
        count = len(found[0][0].text.split()) >= FEWEST_DECK_WORDS
    above = [p for p, _ in found[:count] if p.role in ("paragraph", "heading")]
    size = sum(len(piece.text) for piece in above)
    if below < FEWEST_BELOW or size > LONGEST_SUMMARY or any(p.follows_on for p in above):
        return
    for piece in above:
        piece.role = "summary"


def _quote_box(flat: Walk, box: int) -> int:
    """Return the outermost box of the quote that a block stands in."""
    found = -1
    for _ in range(6):
        if box <= 0:
            break
        if flat.boxes[box].hints & QUOTE:
            found = box
        box = flat.boxes[box].parent
    return found


def _hints_around(flat: Walk, main: int) -> int:
    """Return the hints of the story's box and of all around it: they say nothing within it."""
    hints = 0
    place = main
    while place > 0:
        hints |= flat.boxes[place].hints
        place = flat.boxes[place].parent
    return hints


def _read_strip(
    strip: Strip, own: int, has_prose: bool, *, goes_on: bool, before: str
) -> list[Piece]:
    """Return the pieces of one block within the story's box, none where it is not the story's."""
    text = strip.text
    size = len(text)
    density = strip.linked / size
    if own & QUOTE and not own & CAPTION:
        return [] if size < 3 or is_furniture(text) else [Piece(role="quote", text=text)]
    if own & (CAPTION | FIGURE):
        return read_figure(strip, own, before)
    if is_furniture(text) or is_card_opener(text) or own & ASIDE:
        return []
    if is_code(text):
        return []
    if strip.tag in HEADINGS:
        is_title = density > 0.6 or (not has_prose and strip.tag == "h1")
        return [] if is_title else [Piece(role="heading", text=text)]
    if density > MOSTLY_LINKS and (size < LONG or strip.tag == "li"):
        return []
    if strip.tag == "li" and not has_prose and is_section(text):
        return []
    if strip.tag == "li" or _BULLET.match(text):
        return [Piece(role="list_item", text=text)] if size > 2 else []
    if not goes_on and _is_page_line(strip, has_prose):
        return []
    if _is_lone_dateline(text, has_prose):
        return [Piece(role="dateline", text=text)]
    may_be_caption = not is_prose(text) or (size < LONG and text.endswith(")"))
    if may_be_caption and is_caption(text) and split_credit(text)[0]:
        return [make_caption(text)]
    if _is_heading(strip, has_prose):
        return [Piece(role="heading", text=text)]
    if has_prose and (label := _find_bold_label(strip)):
        return [Piece(role="paragraph", text=text, label=label)]
    if not has_prose and own & SUMMARY and size < LONG * 3:
        return [Piece(role="summary", text=text, label=find_label(text))]
    return list(make_pieces(text, may_be_lede=not has_prose, is_note=False))


def _is_lone_dateline(text: str, has_prose: bool) -> bool:
    """Return whether a block above the story is its dateline, in an element of its own."""
    is_dashed = not has_prose and len(text) < LONG and text.endswith(("—", "–", "-"))
    return is_dashed and find_dateline(f"{text} X") is not None


def _find_bold_label(strip: Strip) -> str | None:
    """Return the label that a paragraph opens with in bold, whatever mark ends it."""
    bold, text = strip.bold, strip.text
    if not bold or not text.startswith(bold) or len(bold) > LONGEST_LABEL:
        return None
    if bold == text:
        return find_bare_label(text)
    label = bold.rstrip(" .:")
    is_marked = bold.endswith(":") or (bold.endswith(".") and len(label.split()) > 1)
    is_speaker = fold(label) in load_words().label_never
    return (
        label if is_marked and len(label.split()) <= MOST_LABEL_WORDS and not is_speaker else None
    )


def _is_heading(strip: Strip, has_prose: bool) -> bool:
    """Return whether a paragraph is a heading: all in bold, or a question in bold."""
    text = strip.text
    if strip.bold != text or len(text) >= 100 or not has_prose:
        return False
    return not is_prose(text) and find_bare_label(text) is None


def _is_page_line(strip: Strip, has_prose: bool) -> bool:
    """Return whether a short block is a stamp, a byline or a scrap, and no paragraph."""
    text = strip.text
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
