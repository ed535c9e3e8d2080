"""What stands above the story in plain text: headline, byline, stamps, section, captions."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from livebrief.articles.bylines import (
    Byline,
    is_signature,
    parse_byline,
    parse_signature,
    read_agency,
    read_names,
)
from livebrief.articles.lines import (
    find_dateline,
    find_label,
    find_pointer,
    is_correction,
    is_furniture,
    is_headline,
    is_key_opener,
    is_notice,
    is_prose,
    is_question,
    is_section,
)
from livebrief.articles.pieces import is_caption
from livebrief.articles.stamps import Stamp, find_stamps, is_relative

# The story begins within so many blocks of the top; menus of real dumps have up to 90.
LONGEST_TOP = 200
# A headline has so many words; what stands before it with fewer is a paper's name or a kicker.
FEWEST_HEADLINE_WORDS = 5
FEWEST_SUMMARY_WORDS = 5
LONGEST_SUMMARY = 300

_PARTS = re.compile(r"\s[-–—|•·]\s")


class Top(Struct, kw_only=True):
    """What stands above the story."""

    headline: str | None = None
    byline: Byline = Byline()
    agencies: list[str]
    section: str | None = None
    outlet: str | None = None
    summary: str | None = None
    points: list[str]
    """Key points."""
    captions: list[str]
    notes: list[str]
    stamps: list[Stamp]


class Title(Struct):
    """A line above the story that may be its headline."""

    text: str
    group: int
    """Lines of one group have no menu, stamp or section between them."""
    is_below_byline: bool


def find_start(blocks: list[str], captured_at: datetime | None) -> int | None:
    """Return where the story begins: the first paragraph that is no caption, menu or stamp."""
    for strict in (True, False):
        for place, block in enumerate(blocks[:LONGEST_TOP]):
            if is_furniture(block) or is_caption(block) or is_notice(block) or is_correction(block):
                continue
            if parse_byline(block) or find_stamps(block, captured_at)[0] or find_pointer(block):
                continue
            if not is_prose(block) or is_question(block):
                continue
            # A standfirst is prose too; the story starts where a second paragraph follows, and a
            # short sentence directly under the headline is taken for the summary.
            if not strict or len(block) >= 80 or find_label(block):
                return _skip_summary(blocks, place, captured_at)
    return None


def _skip_summary(blocks: list[str], place: int, captured_at: datetime | None) -> int:
    """Return the place after a summary: prose that a byline, stamp, caption or dateline follows."""
    if len(blocks[place]) >= LONGEST_SUMMARY or find_dateline(blocks[place]):
        return place
    for ahead in range(place + 1, min(place + 4, len(blocks))):
        block = blocks[ahead]
        if is_prose(block) and not is_caption(block) and not parse_byline(block):
            is_summary = any(_is_head(b, captured_at) for b in blocks[place + 1 : ahead])
            return ahead if is_summary or find_dateline(block) else place
    return place


def _is_head(block: str, captured_at: datetime | None) -> bool:
    """Return whether a block is a byline, a stamp or a player's button: what no story holds."""
    return (
        parse_byline(block) is not None
        or is_signature(block)
        or bool(find_stamps(block, captured_at)[0])
        or is_relative(block)
    )


def read_top(blocks: list[str], captured_at: datetime | None) -> Top:
    """Return what the blocks above the story say: headline, byline, stamps, section, captions."""
    top = Top(captions=[], stamps=[], agencies=[], points=[], notes=[])
    titles: list[Title] = []
    names: list[str] = []
    group = 0
    has_byline = in_points = False
    for place, block in enumerate(blocks):
        stamps, rest = find_stamps(block, captured_at)
        is_stamp = bool(stamps) or is_relative(block) or _only_relative(block)
        byline = None if is_stamp else _read_byline(block)
        if is_stamp:
            top.stamps.extend(stamps)
            has_byline = _read_rest(top, rest or _rest_of_relative(block)) or has_byline
        elif byline and not is_section(block):
            top.byline = top.byline or byline
            has_byline = True
        elif is_correction(block) or is_notice(block):
            top.notes.append(block)
        elif is_caption(block):
            top.captions.append(block)
        elif is_section(block):
            # Sections in a row are a menu.
            beside = blocks[max(0, place - 1) : place] + blocks[place + 1 : place + 2]
            if not any(is_section(b) or b.lower() in ("home", "more") for b in beside):
                top.section = block
        elif is_key_opener(block):
            in_points = True
        elif is_furniture(block):
            pass
        elif is_signature(block) and titles:
            names.append(block)
            has_byline = True
        elif in_points and is_headline(block):
            top.points.append(block)
            continue
        elif is_prose(block) and not is_question(block) and titles:
            top.summary = block
        else:
            titles.append(Title(block, group, has_byline))
            continue
        in_points = in_points and (is_key_opener(block) or bool(top.points))
        group += 1
    _name_parts(top, titles, names)
    return top


def _read_byline(block: str) -> Byline | None:
    """Return the names of a byline, or of writers with their places and the wire they write for."""
    if (byline := parse_byline(block)) is not None:
        return byline
    before, bar, after = block.partition("|")
    if bar and (byline := parse_byline(before)) is not None:
        return byline
    if (names := parse_signature(block)) and names.agencies and names.authors:
        return names
    if bar and read_agency(after.strip()) and not before.rstrip().endswith("."):
        byline = read_names(block)
        return byline if byline.authors else None
    return None


def _read_rest(top: Top, parts: list[str]) -> bool:
    """Take what a stamp's line says besides; return whether it named a writer."""
    has_byline = False
    for words in parts:
        if is_section(words):
            top.section = words
        elif found := parse_byline(words) or (read_names(words) if is_signature(words) else None):
            top.byline = top.byline or found
            has_byline = True
    return has_byline


def _name_parts(top: Top, titles: list[Title], names: list[str]) -> None:
    """Tell the headline among the titles, the writer among the names, the outlet among both."""
    likely = [title for title in titles if is_headline(title.text)]
    above = [title for title in likely if not title.is_below_byline] or likely
    long = [t for t in above if len(t.text.split()) >= FEWEST_HEADLINE_WORDS]
    above = long or above
    if above:
        last = above[-1].group
        first = next(title for title in above if title.group == last)
        top.headline = first.text
        below = titles[titles.index(first) + 1 :]
        for title in below:
            is_summary = len(title.text.split()) >= FEWEST_SUMMARY_WORDS
            if top.summary is None and is_summary and not title.is_below_byline:
                top.summary = title.text
        before = [title.text for title in titles[: titles.index(first)]]
        top.outlet = next((title for title in before if len(title.split()) <= 6), None)
    elif titles:
        top.headline = titles[-1].text
    _name_writers(top, names)
    for title in titles:
        if title.is_below_byline and (agency := read_agency(title.text)) is not None:
            top.agencies.append(agency)


def _name_writers(top: Top, names: list[str]) -> None:
    """Set the writers from lines that are nothing but names, unless a byline has told them."""
    authors = list(top.byline.authors)
    is_told = bool(authors)
    for name in names:
        agency = read_agency(name)
        if agency is not None:
            top.agencies.append(agency)
        elif not is_told and name.casefold() != (top.outlet or "").casefold():
            found = read_names(name)
            authors.extend(found.authors)
            top.agencies.extend(found.agencies)
    top.byline = Byline(tuple(dict.fromkeys(authors)), top.byline.agencies)


def _only_relative(block: str) -> bool:
    """Return whether a short line holds a stamp that counts from the reader's clock."""
    return len(block) < 80 and any(is_relative(part) for part in _PARTS.split(block))


def _rest_of_relative(block: str) -> list[str]:
    return [part for part in _PARTS.split(block) if not is_relative(part)]
