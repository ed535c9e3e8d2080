"""Plain text as saved from a page: no markup, so all is told from wording, order and position.

A page in plain text is menus, a stamp, a section, a headline, a byline, a caption, the story,
cards of other stories, and the page's foot, each in blocks between blank lines.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from livebrief.articles.addresses import find_day
from livebrief.articles.assemble import Anatomy, Piece, build_article, clean, squeeze
from livebrief.articles.cards import find_cards
from livebrief.articles.entries import find_marks, find_zone_name, read_entries
from livebrief.articles.lines import (
    find_label,
    find_pointer,
    is_comments_opener,
    is_correction,
    is_furniture,
    is_headline,
    is_menu,
    is_notice,
    is_prose,
    is_question,
)
from livebrief.articles.metadata import find_site_name
from livebrief.articles.notes import is_still_developing, mark_notes
from livebrief.articles.pieces import (
    dateline_name,
    find_agencies,
    is_caption,
    make_caption,
    make_pieces,
    merge_agencies,
    merge_captions,
)
from livebrief.articles.saving import take_header
from livebrief.articles.stamps import Stamp, find_stamps, is_relative
from livebrief.articles.top import Top, find_start, read_top
from livebrief.model import Article, Page
from livebrief.outlets import outlet_of_domain

# More blocks than any page has words worth reading: what follows is left out.
MOST_BLOCKS = 5_000
STORY_ROLES = frozenset(("dateline", "paragraph"))
# Comments follow a story of so many paragraphs at least.
FEWEST_BEFORE_COMMENTS = 3
# In a page with so many labelled paragraphs, short sentences between two of them are a list.
FEWEST_LABELS, LONGEST_POINT = 3, 160
# So many short lines in a row are a list; one is a heading.
FEWEST_LINES = 3

_MARKDOWN = re.compile(r"^\s*#{1,6}\s+")
_BULLET = re.compile(r"^[-*•·‣▪–]\s+")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+\w")
_WIDE_GAP = re.compile(r"\s{3,}|\t+|(?<=\w)\s{2,}(?=[A-Z\d])")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{12,300}[\"”»]")


def read_plain(text: str, page: Page) -> Article | str:
    """Return the article of a page saved as plain text, or in words why there is none."""
    saved, text = take_header(text)
    captured_at = saved.captured_at or page.captured_at
    blocks = split_blocks(text)
    marks = find_marks(blocks, captured_at)
    start = marks[0].place if marks else find_start(blocks, captured_at)
    if start is None:
        return "no article text found: the page holds no paragraph of prose"
    top = read_top(blocks[:start], captured_at)
    blocks = cut_comments(blocks, start)
    body, related = find_cards(blocks[start:], captured_at, top.outlet)
    if marks:
        pieces = _read_live(blocks, body, top, captured_at)
    else:
        pieces = read_body(body, top, captured_at)
    pieces = mark_notes(pieces, top.byline.authors)
    url = saved.url or (page.address if (page.address or "").startswith("http") else None)
    known = outlet_of_domain(url) if url else None
    outlet = page.outlet or (known.name if known else top.outlet)
    named = dateline_name(pieces)
    outlet = outlet or (find_site_name(named, url) if named else None)
    anatomy = Anatomy(
        pieces=pieces,
        url=url,
        outlet=outlet,
        agencies=merge_agencies(
            [*top.byline.agencies, *find_agencies(pieces, outlet), *top.agencies]
        ),
        headline=top.headline,
        authors=tuple(a for a in top.byline.authors if squeeze(a) != squeeze(outlet or "")),
        section=top.section,
        captured_at=captured_at,
        is_developing=is_still_developing(pieces),
        related=related,
    )
    _date(anatomy, top.stamps)
    return build_article(anatomy)


def split_blocks(text: str) -> list[str]:
    """Return the blocks between blank lines; where there are none, the lines.

    >>> split_blocks("One\\n\\nTwo"), split_blocks("One\\nTwo")
    (['One', 'Two'], ['One', 'Two'])
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    paragraphs = re.split(r"\n[^\S\n]*\n", text)
    filled = sum(1 for paragraph in paragraphs if paragraph.strip())
    if filled < 4 and text.count("\n") > 3 * filled:
        paragraphs = text.split("\n")
    blocks: list[str] = []
    for paragraph in paragraphs[: MOST_BLOCKS * 2]:
        lines = [_MARKDOWN.sub("", line) for line in paragraph.split("\n") if line.strip()]
        if len(lines) > 1 and _are_separate(lines):
            blocks.extend(clean(line) for line in lines if not is_menu(line))
        elif lines and not is_menu(" ".join(lines)):
            blocks.extend(_split_gap(" ".join(lines)))
    return [block for block in blocks if block][:MOST_BLOCKS]


def _are_separate(lines: list[str]) -> bool:
    """Return whether lines without a blank between them are blocks each: lists, menus, tops."""
    if all(_BULLET.match(line) for line in lines):
        return True
    ends = sum(line.rstrip("\"'”’ ").endswith((".", "!", "?", ":")) for line in lines[:-1])
    short = sum(len(line) < 60 for line in lines)
    return ends == len(lines) - 1 or short == len(lines) or any(is_relative(line) for line in lines)


def _split_gap(line: str) -> list[str]:
    """Return the two blocks of a line with a wide gap, as a byline and its stamp have.

    >>> _split_gap("By ANN LEE   FEB. 28, 2016"), _split_gap("One story. Two sentences.")
    (['By ANN LEE', 'FEB. 28, 2016'], ['One story. Two sentences.'])
    """
    parts = [clean(part) for part in _WIDE_GAP.split(line.strip())] if len(line) < 160 else []
    return parts if len(parts) == 2 and all(parts) else [clean(line)]


def cut_comments(blocks: list[str], start: int) -> list[str]:
    """Return the blocks above the readers' comments."""
    told = 0
    for place in range(start, len(blocks)):
        told += is_prose(blocks[place])
        if told >= FEWEST_BEFORE_COMMENTS and is_comments_opener(blocks[place]):
            return blocks[:place]
    return blocks


def _open(top: Top) -> list[Piece]:
    """Return the pieces that stand above the story."""
    pieces: list[Piece] = []
    if top.summary:
        pieces.append(Piece(role="summary", text=top.summary, label=find_label(top.summary)))
    for note in top.notes:
        pieces.extend(make_pieces(note))
    pieces.extend(merge_captions([make_caption(caption) for caption in top.captions]))
    pieces.extend(Piece(role="list_item", text=point) for point in top.points)
    return pieces


def _read_live(
    blocks: list[str], body: list[str], top: Top, captured_at: datetime | None
) -> list[Piece]:
    """Return the pieces of a live page: what stands above, and the reports under their times."""
    marks = find_marks(body, captured_at)
    if not marks:
        return read_body(body, top, captured_at)
    return [*_open(top), *read_entries(body, marks, captured_at, find_zone_name(blocks))]


def read_body(blocks: list[str], top: Top, captured_at: datetime | None) -> list[Piece]:
    """Return the story's pieces: what is said above it, then block by block."""
    pieces = _open(top)
    above = len(pieces)
    quotes = _find_pull_quotes(blocks)
    lists = _find_lines(blocks, captured_at)
    for place, block in enumerate(blocks):
        if is_correction(block) or is_notice(block):
            pieces.extend(make_pieces(block))
        elif is_furniture(block) or _is_pointer(block):
            continue
        elif is_caption(block):
            pieces.append(make_caption(block))
        elif _is_stamp(block, captured_at):
            continue
        elif _BULLET.match(block):
            pieces.append(Piece(role="list_item", text=_BULLET.sub("", block)))
        elif (_NUMBER.match(block) and _is_numbered(blocks, place)) or place in lists:
            pieces.append(Piece(role="list_item", text=block))
        elif place in quotes:
            pieces.append(Piece(role="quote", text=block))
        elif _is_heading(block, blocks[place + 1 : place + 2]):
            pieces.append(Piece(role="heading", text=block))
        elif is_prose(block) or block.count(" ") > 1:
            has_lede = any(piece.role in STORY_ROLES for piece in pieces)
            pieces.extend(make_pieces(block, may_be_lede=not has_lede))
    while pieces and pieces[-1].role == "heading":
        pieces.pop()
    return [*pieces[:above], *_mark_points(_mark_speakers(pieces[above:]))]


def _is_pointer(block: str) -> bool:
    pointer = find_pointer(block)
    return pointer is not None and is_headline(pointer)


def _is_numbered(blocks: list[str], place: int) -> bool:
    """Return whether a numbered block stands beside another."""
    beside = blocks[max(0, place - 1) : place] + blocks[place + 1 : place + 2]
    return any(_NUMBER.match(block) for block in beside)


def _find_pull_quotes(blocks: list[str]) -> set[int]:
    """Return the places of sentences in quotation marks that another block holds as well."""
    found: set[int] = set()
    short = [n for n, block in enumerate(blocks) if _QUOTED.fullmatch(block)]
    if not short:
        return found
    whole = " ".join(squeeze(block) for n, block in enumerate(blocks) if n not in short)
    for place in short[:20]:
        if squeeze(blocks[place]) in whole:
            found.add(place)
    return found


def _find_lines(blocks: list[str], captured_at: datetime | None) -> set[int]:
    """Return the places of short lines that stand in a row: all but a heading at their end."""
    found: set[int] = set()
    run: list[int] = []
    for place, block in enumerate([*blocks, ""]):
        if block and _is_line(block, captured_at):
            run.append(place)
            continue
        if run and block and is_prose(block) and not is_question(block):
            run.pop()
        if len(run) >= FEWEST_LINES:
            found.update(run)
        run = []
    return found


def _is_line(block: str, captured_at: datetime | None) -> bool:
    return (
        len(block) < 100
        and not is_prose(block)
        and is_headline(block)
        and not is_furniture(block)
        and not is_caption(block)
        and not _is_stamp(block, captured_at)
    )


def _mark_points(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with short sentences between labelled paragraphs made a list."""
    labelled = [n for n, piece in enumerate(pieces) if piece.label and piece.role == "paragraph"]
    if len(labelled) < FEWEST_LABELS:
        return pieces
    for first, second in pairwise(labelled):
        between = pieces[first + 1 : second]
        are_points = all(
            p.role == "paragraph" and len(p.text) < LONGEST_POINT and not _QUOTED.search(p.text)
            for p in between
        )
        if len(between) > 1 and are_points:
            for piece in between:
                piece.role = "list_item"
    return pieces


def _mark_speakers(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without labels where those are speakers of a transcript."""
    labels = [piece.label for piece in pieces if piece.label]
    if len(labels) > len(set(labels)) + 1 and 2 * len(labels) > len(pieces):
        for piece in pieces:
            piece.label = None
    return pieces


def _is_heading(block: str, following: list[str]) -> bool:
    """Return whether a block is a heading within the story: short, open-ended, prose below it."""
    bare = block.strip("'\"‘’“”")
    if len(block) > 100 or not (bare[:1].isupper() or not bare[:1].isascii()):
        return False
    if is_question(block):
        return bool(following) and is_prose(following[0])
    if is_prose(block):
        return False
    if bare != block and block.count(" ") < 8:
        return bool(following) and is_prose(following[0])
    return is_headline(block) or (bool(following) and is_prose(following[0]) and block[-1] != ":")


def _date(anatomy: Anatomy, stamps: list[Stamp]) -> None:
    """Set when the page says that it was published and changed; its address has the last word."""
    for stamp in stamps:
        if stamp.is_change:
            anatomy.modified_at = anatomy.modified_at or stamp.at
        elif anatomy.published_on is None:
            anatomy.published_at, anatomy.published_on = stamp.at, stamp.on
    if anatomy.published_on is None:
        anatomy.published_on = find_day(anatomy.url)


def _is_stamp(block: str, captured_at: datetime | None) -> bool:
    return bool(find_stamps(block, captured_at)[0]) or is_relative(block)
