"""Plain text as saved from a page: no markup, so all is told from wording, order and position.

A page in plain text is menus, a stamp, a section, a headline, a byline, a caption, the story,
cards of other stories, and the page's foot, each in blocks between blank lines.
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from livebrief.articles.addresses import find_day
from livebrief.articles.assemble import Anatomy, Piece, build_article, clean
from livebrief.articles.bylines import Byline, is_signature, parse_byline, read_names
from livebrief.articles.cards import find_cards
from livebrief.articles.lines import (
    find_label,
    find_pointer,
    is_correction,
    is_developing,
    is_furniture,
    is_headline,
    is_menu,
    is_notice,
    is_prose,
    is_section,
)
from livebrief.articles.metadata import find_site_name
from livebrief.articles.pieces import (
    dateline_name,
    find_agencies,
    is_caption,
    make_caption,
    make_pieces,
)
from livebrief.articles.saving import take_header
from livebrief.articles.stamps import Stamp, find_stamps, is_relative
from livebrief.model import Article, Page
from livebrief.outlets import find_agency, outlet_of_domain

# More blocks than any page has words worth reading: what follows is left out.
MOST_BLOCKS = 5_000
# The story begins within so many blocks of the top; menus of real dumps have up to 90.
LONGEST_TOP = 200
STORY_ROLES = frozenset(("dateline", "paragraph"))
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+")
_BULLET = re.compile(r"^[-*•·‣▪–]\s+")


class Top(Struct, kw_only=True):
    """What stands above the story."""

    headline: str | None = None
    byline: Byline = Byline()
    agency: str | None = None
    section: str | None = None
    outlet: str | None = None
    summary: str | None = None
    captions: list[str]
    stamps: list[Stamp]


def read_plain(text: str, page: Page) -> Article | str:
    """Return the article of a page saved as plain text, or in words why there is none."""
    saved, text = take_header(text)
    captured_at = saved.captured_at or page.captured_at
    blocks = split_blocks(text)
    start = find_start(blocks, captured_at)
    if start is None:
        return "no article text found: the page holds no paragraph of prose"
    top = read_top(blocks[:start], captured_at)
    body, related = find_cards(blocks[start:], captured_at, top.outlet)
    pieces = read_body(body, top, captured_at)
    url = saved.url or (page.address if (page.address or "").startswith("http") else None)
    known = outlet_of_domain(url) if url else None
    outlet = page.outlet or (known.name if known else top.outlet)
    named = dateline_name(pieces)
    outlet = outlet or (find_site_name(named, url) if named else None)
    agencies = [*top.byline.agencies, *find_agencies(pieces, outlet)]
    if top.agency:
        agencies.append(top.agency)
    anatomy = Anatomy(
        pieces=pieces,
        url=url,
        outlet=outlet,
        agencies=tuple(dict.fromkeys(agencies)),
        headline=top.headline,
        authors=top.byline.authors,
        section=top.section,
        captured_at=captured_at,
        is_developing=any(is_developing(piece.text) for piece in pieces),
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
            blocks.append(clean(" ".join(lines)))
    return [block for block in blocks if block][:MOST_BLOCKS]


def _are_separate(lines: list[str]) -> bool:
    """Return whether lines without a blank between them are blocks each: lists, menus, tops."""
    if all(_BULLET.match(line) for line in lines):
        return True
    ends = sum(line.rstrip("\"'”’ ").endswith((".", "!", "?", ":")) for line in lines[:-1])
    short = sum(len(line) < 60 for line in lines)
    return ends == len(lines) - 1 or short == len(lines) or any(is_relative(line) for line in lines)


def find_start(blocks: list[str], captured_at: datetime | None) -> int | None:
    """Return where the story begins: the first paragraph that is no caption, menu or stamp."""
    for strict in (True, False):
        for place, block in enumerate(blocks[:LONGEST_TOP]):
            if is_furniture(block) or is_caption(block) or is_notice(block) or is_correction(block):
                continue
            if parse_byline(block) or find_stamps(block, captured_at)[0] or find_pointer(block):
                continue
            if not is_prose(block):
                continue
            # A standfirst is prose too; the story starts where a second paragraph follows, and a
            # short sentence directly under the headline is taken for the summary.
            if not strict or len(block) >= 80 or find_label(block):
                return _skip_summary(blocks, place, captured_at)
    return None


def _skip_summary(blocks: list[str], place: int, captured_at: datetime | None) -> int:
    """Return the place after a summary: prose that a byline, stamp or caption follows."""
    for ahead in range(place + 1, min(place + 4, len(blocks))):
        block = blocks[ahead]
        if is_prose(block) and not is_caption(block) and not parse_byline(block):
            tops = blocks[place + 1 : ahead]
            is_summary = any(
                parse_byline(b)
                or is_signature(b)
                or find_stamps(b, captured_at)[0]
                or is_relative(b)
                for b in tops
            )
            return ahead if is_summary and len(blocks[place]) < 300 else place
    return place


def read_top(blocks: list[str], captured_at: datetime | None) -> Top:
    """Return what the blocks above the story say: headline, byline, stamps, section, captions."""
    top = Top(captions=[], stamps=[])
    titles: list[str] = []
    names: list[str] = []
    for block in blocks:
        byline = parse_byline(block)
        stamps, rest = find_stamps(block, captured_at)
        if stamps or is_relative(block) or _only_relative(block):
            top.stamps.extend(stamps)
            for words in rest or _rest_of_relative(block):
                if is_section(words):
                    top.section = words
                elif not top.byline and (found := parse_byline(words)):
                    top.byline = found
        elif byline:
            top.byline = byline
        elif is_caption(block):
            top.captions.append(block)
        elif is_section(block):
            top.section = block
        elif is_furniture(block):
            continue
        elif is_signature(block) and titles:
            names.append(block)
        elif is_prose(block) and titles:
            top.summary = block
        else:
            titles.append(block)
    _name_parts(top, titles, names)
    return top


def _name_parts(top: Top, titles: list[str], names: list[str]) -> None:
    """Tell the headline among the titles, the writer among the names, the outlet among both."""
    likely = [title for title in titles if is_headline(title)]
    if likely:
        top.headline = max(
            likely[-3:], key=lambda title: (min(len(title.split()), 6), -likely.index(title))
        )
    elif titles:
        top.headline = titles[-1]
    before = titles[: titles.index(top.headline)] if top.headline else []
    top.outlet = next((title for title in before if len(title.split()) <= 6), None)
    for name in names:
        agency = find_agency(name)
        if agency is not None:
            top.agency = agency.name
        elif not top.byline:
            top.byline = read_names(name)
        elif name.casefold() != (top.outlet or "").casefold():
            # Under a byline stands whom the writer writes for.
            top.agency = name
    after = titles[titles.index(top.headline) + 1 :] if top.headline else []
    for title in after:
        if (agency := find_agency(title)) is not None:
            top.agency = agency.name


def read_body(blocks: list[str], top: Top, captured_at: datetime | None) -> list[Piece]:
    """Return the story's pieces: what is said above it, then block by block."""
    pieces: list[Piece] = []
    if top.summary:
        pieces.append(Piece(role="summary", text=top.summary))
    pieces.extend(make_caption(caption) for caption in top.captions)
    for place, block in enumerate(blocks):
        if is_correction(block) or is_notice(block):
            pieces.extend(make_pieces(block))
        elif is_furniture(block) or find_pointer(block):
            continue
        elif is_caption(block):
            pieces.append(make_caption(block))
        elif _is_stamp(block, captured_at):
            continue
        elif _BULLET.match(block):
            pieces.append(Piece(role="list_item", text=_BULLET.sub("", block)))
        elif _is_heading(block, blocks[place + 1 : place + 2]):
            pieces.append(Piece(role="heading", text=block))
        elif is_prose(block) or block.count(" ") > 2:
            has_lede = any(piece.role in STORY_ROLES for piece in pieces)
            pieces.extend(make_pieces(block, may_be_lede=not has_lede))
    while pieces and pieces[-1].role == "heading":
        pieces.pop()
    return pieces


def _is_heading(block: str, following: list[str]) -> bool:
    """Return whether a block is a heading within the story: short, open-ended, prose below it."""
    if len(block) > 100 or is_prose(block) or not block[:1].isupper():
        return False
    return is_headline(block) or (bool(following) and is_prose(following[0]))


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


def _only_relative(block: str) -> bool:
    """Return whether a short line holds a stamp that counts from the reader's clock."""
    return len(block) < 80 and any(is_relative(part) for part in re.split(r"\s[-–—|•·]\s", block))


def _rest_of_relative(block: str) -> list[str]:
    parts = re.split(r"\s[-–—|•·]\s", block)
    return [part for part in parts if not is_relative(part)]
