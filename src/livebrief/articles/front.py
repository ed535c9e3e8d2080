"""What stands above the story of an HTML page: headline, standfirst, picture, byline, stamp."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from livebrief.articles.addresses import find_day
from livebrief.articles.assemble import Anatomy, Piece, opening, squeeze
from livebrief.articles.bylines import (
    Byline,
    is_collective,
    is_name,
    is_signature,
    parse_byline,
    parse_signature,
    read_agency,
)
from livebrief.articles.figures import read_figure
from livebrief.articles.hints import BYLINE, CAPTION, FIGURE, LIST, NOT_STORY, SUMMARY
from livebrief.articles.lines import (
    find_label,
    is_correction,
    is_furniture,
    is_menu,
    is_notice,
    is_prose,
    is_section,
)
from livebrief.articles.metadata import Metadata
from livebrief.articles.pieces import is_caption, make_caption, merge_captions
from livebrief.articles.stamps import Stamp, find_stamps, parse_instant
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip, Walk
from livebrief.articles.words import fold, load_words

# Of a standfirst: shorter is a kicker or a button, longer is the story itself.
SHORTEST_SUMMARY, LONGEST_SUMMARY = 25, 700
# What is longer than this above a story is no byline, stamp or section.
LONGEST_LINE = 300
LONGEST_SIGNATURE_LINE = 90
LONGEST_KICKER, LONGEST_SECTION = 80, 30
# A standfirst known by its place alone; shorter lines there are buttons, longer ones the story.
FEWEST_SUMMARY_WORDS, LONGEST_PLAIN_SUMMARY, SHORTEST_BUTTON = 6, 300, 12
MOST_SUMMARY_DIGITS = 11

_TITLE_TAIL = re.compile(r"\s+[|–—·•-]\s+[^|–—·•]{2,60}$")
_KICKER = re.compile(
    r"kicker|section|category|eyebrow|rubri[ck]|overline|channel|crumb|volanta|dachzeile|genre|slug"
    r"|\b(?:cat|sec|tag|topic|label)\b|primary-theme|field-topic",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\s*[›»>/]\s*")
_GLUED = re.compile(r"\s+|(?<=[a-z])(?=[A-Z])")
_IN_PLACE = re.compile(r"\s(?:in|at|en|à)\s")


def find_headline(flat: Walk, declared: Metadata) -> str | None:
    """Return the page's headline: the first-level heading that what is declared agrees with."""
    titles = [strip.text for strip in flat.strips if strip.tag == "h1" and len(strip.text) > 8]
    told = [title for title in (declared.headline, declared.title) if title]
    for title in titles:
        if any(_agree(title, other) for other in told):
            return title
    if declared.headline and len(declared.headline) > 8:
        return declared.headline
    if len(titles) == 1:
        return titles[0]
    if declared.title:
        return _TITLE_TAIL.sub("", declared.title) or declared.title
    return titles[0] if titles else None


def _agree(title: str, other: str) -> bool:
    """Return whether two titles are the same but for what a site adds to them."""
    one, two = squeeze(title), squeeze(other)
    if not one or not two:
        return False
    if one in two or two in one:
        return True
    words, others = set(title.lower().split()), set(other.lower().split())
    return len(words & others) > 0.6 * min(len(words), len(others))


def find_front(flat: Walk, anatomy: Anatomy) -> tuple[list[Strip], int]:
    """Return the blocks between headline and story, and the place of the first of them."""
    headline = squeeze(anatomy.headline or "")
    first = next((p.text for p in anatomy.pieces if p.role in ("paragraph", "live_entry")), "")
    lede = opening(first)[:60]
    start = 0
    for place, strip in enumerate(flat.strips):
        if strip.tag in HEADINGS and headline and squeeze(strip.text[:500]) == headline:
            start = place + 1
            break
    else:
        start = next((n + 1 for n, s in enumerate(flat.strips) if s.tag == "h1"), 0)
    end = start
    while end < len(flat.strips) and end < start + 120:
        # The story may open with a dateline, which stands before its first paragraph.
        text = flat.strips[end].text
        if lede and len(text) >= len(lede) and lede in squeeze(text[:260]):
            break
        end += 1
    return flat.strips[start:end], start


def find_summary(
    flat: Walk,
    front: list[Strip],
    said: set[str],
    declared: Metadata,
    *,
    has_summary: bool = False,
) -> list[Piece]:
    """Return what stands between headline and story and sums it up, if it is not in the story."""
    told = {opening(text) for text in declared.descriptions if len(text) > SHORTEST_SUMMARY}
    found: list[Piece] = []
    box = 0
    for strip in front:
        size = len(strip.text)
        if found and strip.box != box and not strip.hints & LIST:
            break
        if not SHORTEST_SUMMARY < size < LONGEST_SUMMARY or strip.linked * 2 > size:
            continue
        key = opening(strip.text)
        if key in said or parse_byline(strip.text) or strip.hints & (CAPTION | FIGURE):
            continue
        hints = _near_hints(flat, strip.box)
        if key in told or (hints & SUMMARY and not hints & NOT_STORY):
            box = strip.box
            found.append(Piece(role="summary", text=strip.text, label=find_label(strip.text)))
            said.add(key)
    if found or has_summary:
        return found
    first = next((s for s in front if not _is_button(s)), None)
    if first is None or not _may_sum_up(first) or opening(first.text) in said:
        return []
    said.add(opening(first.text))
    return [Piece(role="summary", text=first.text, label=find_label(first.text))]


def _is_button(strip: Strip) -> bool:
    """Return whether a block directly below a headline is too short to be more than a button."""
    return is_furniture(strip.text) or len(strip.text) < SHORTEST_BUTTON


def _may_sum_up(strip: Strip) -> bool:
    """Return whether the first block below a headline is a standfirst, for its form."""
    text = strip.text
    return (
        len(text.split()) >= FEWEST_SUMMARY_WORDS
        and len(text) < LONGEST_PLAIN_SUMMARY
        and strip.linked * 4 < len(text)
        and not strip.hints & (NOT_STORY | CAPTION | FIGURE | LIST | BYLINE)
        and not is_notice(text)
        and not is_correction(text)
        and not is_caption(text)
        and not find_stamps(text)[0]
        and _find_byline(strip, [text]) is None
        and sum(c.isdigit() for c in text) < MOST_SUMMARY_DIGITS
    )


def settle_summary(pieces: list[Piece]) -> None:
    """Make the only paragraph of a page its story, and the lede below a standfirst a paragraph."""
    if not any(piece.role in ("paragraph", "live_entry") for piece in pieces):
        for piece in pieces:
            piece.role = "paragraph" if piece.role == "summary" else piece.role
    sums = [place for place, piece in enumerate(pieces) if piece.role == "summary"]
    for first, second in pairwise(sums):
        text = pieces[second].text
        if (second > first + 1 or is_prose(text)) and len(text) > LONGEST_LINE // 3:
            pieces[second].role = "paragraph"


def find_captions(front: list[Strip], said: set[str], *, has_captions: bool = False) -> list[Piece]:
    """Return the captions of the pictures between headline and story."""
    found: list[Piece] = []
    before = ""
    for strip in front:
        is_figure = strip.hints & (CAPTION | FIGURE)
        if is_figure and not strip.hints & NOT_STORY:
            pieces = read_figure(strip, strip.hints, before)
            found.extend(p for p in pieces if opening(p.text) not in said)
        elif not is_figure and not strip.hints & NOT_STORY and is_caption(strip.text):
            found.append(make_caption(strip.text))
        before = strip.text
    merged = merge_captions(found)
    # The story holds the caption that a credit left alone belongs to.
    return [piece for piece in merged if not piece.is_bare or not has_captions]


def _near_hints(flat: Walk, box: int) -> int:
    """Return the hints of a box and of the two around it."""
    hints = 0
    for _ in range(3):
        hints |= flat.boxes[box].hints
        box = max(0, flat.boxes[box].parent)
    return hints


def read_front(
    flat: Walk, front: list[Strip], start: int, anatomy: Anatomy, captured_at: datetime | None
) -> None:
    """Fill from the blocks above the story what the page did not declare."""
    has_names = any(not is_collective(author) for author in anatomy.authors)
    own = fold(anatomy.outlet or "")
    for strip in front:
        text = strip.text
        if len(text) > LONGEST_LINE or strip.hints & (CAPTION | FIGURE):
            continue
        stamps, rest = find_stamps(text, captured_at)
        for stamp in stamps:
            _take_stamp(anatomy, stamp)
        byline = _find_byline(strip, rest if stamps else [text])
        if byline is None:
            continue
        anatomy.agencies = tuple(
            dict.fromkeys((*anatomy.agencies, *(a for a in byline.agencies if fold(a) != own)))
        )
        if not has_names and byline.authors:
            anatomy.authors = byline.authors
            has_names = True
    anatomy.authors = tuple(author for author in anatomy.authors if fold(author) != own)
    if front and not anatomy.authors and not anatomy.agencies and not front[-1].linked:
        # Some papers print the writer's bare name right above the story.
        signed = parse_signature(front[-1].text)
        anatomy.authors = signed.authors if signed else ()
    _read_clocks(flat, start, len(front), anatomy)
    _read_above(flat, start, anatomy, captured_at)
    if anatomy.published_on is None:
        anatomy.published_on = find_day(anatomy.url)


def _find_byline(strip: Strip, parts: list[str]) -> Byline | None:
    """Return the names that a line above the story is made of, opened as a byline or bare."""
    if len(strip.text) > LONGEST_SIGNATURE_LINE and not strip.hints & BYLINE:
        return parse_byline(strip.text)
    pieces = [part for whole in parts for part in re.split(r"\s*[|•·]\s*", whole)]
    for part in pieces:
        if byline := parse_byline(part):
            return byline
    if strip.hints & BYLINE:
        for found in re.finditer(r"\b[Bb]y:?\s", strip.text[:LONGEST_LINE]):
            if byline := parse_byline(strip.text[found.start() :]):
                return byline
    if len(strip.text) > LONGEST_SIGNATURE_LINE or is_prose(strip.text):
        return None
    authors: list[str] = []
    agencies: list[str] = []
    for part in pieces:
        is_told = strip.hints & BYLINE or is_signature(part) or _has_place(part)
        if (is_told or read_agency(part)) and (byline := parse_signature(part)):
            authors.extend(byline.authors)
            agencies.extend(byline.agencies)
    return Byline(tuple(authors), tuple(agencies)) if authors or agencies else None


def _has_place(part: str) -> bool:
    """Return whether a line is a name and where its bearer is: "Ann Lee in Oslo"."""
    name = _IN_PLACE.split(part, maxsplit=1)
    return len(name) == 2 and is_name(name[0])


def _take_stamp(anatomy: Anatomy, stamp: Stamp) -> None:
    """Set what a stamp says, unless the page already said it more exactly."""
    if stamp.is_change:
        anatomy.modified_at = anatomy.modified_at or stamp.at
    elif anatomy.published_on is None:
        anatomy.published_at, anatomy.published_on = stamp.at, stamp.on


def _read_clocks(flat: Walk, start: int, length: int, anatomy: Anatomy) -> None:
    """Set the dates of the `time` elements that stand above the story."""
    modified = load_words().modified
    for clock in flat.times:
        if not start <= clock.place <= start + length:
            continue
        at, on = parse_instant(clock.value)
        if on is None:
            continue
        before = flat.strips[clock.place - 1].text if clock.place else ""
        words = set(fold(f"{before[-20:]} {clock.words}").replace(":", " ").split())
        if words & modified:
            anatomy.modified_at = anatomy.modified_at or at
        elif anatomy.published_at is None and anatomy.published_on in (None, on):
            # The same day with its hour is more than the day that the words gave.
            anatomy.published_at, anatomy.published_on = at, on


def _read_above(flat: Walk, start: int, anatomy: Anatomy, captured_at: datetime | None) -> None:
    """Set from the lines above the headline the section, and the day where none is known."""
    own = squeeze(anatomy.outlet or "")
    for strip in reversed(flat.strips[max(0, start - 6) : max(0, start - 1)]):
        text = strip.text
        if len(text) > LONGEST_KICKER:
            continue
        stamps, rest = find_stamps(text, captured_at)
        if stamps and anatomy.published_on is None:
            for stamp in stamps:
                _take_stamp(anatomy, stamp)
        if anatomy.section is not None:
            continue
        is_named = _KICKER.search(flat.boxes[strip.box].name) is not None
        for part in rest if stamps else [_CRUMBS.split(text)[-1]]:
            words = part.strip(" -–—|·•")
            words = _last_section(words) if is_named else words
            is_short = len(words) < LONGEST_SECTION and squeeze(words) != own
            if (
                is_short
                and not is_menu(text)
                and (is_named or (is_section(words) and not strip.hints & LIST))
            ):
                anatomy.section = words


def _last_section(crumbs: str) -> str:
    """Return the last of the sections that stand in a row: "News Local News"."""
    parts = _GLUED.split(crumbs)
    for start in range(1, len(parts)):
        if is_section(" ".join(parts[start:])):
            return " ".join(parts[start:])
    return crumbs
