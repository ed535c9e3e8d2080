"""Cards of other stories in HTML: headlines in lists that say so, and in boxes called cards."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin

import msgspec

from livebrief.articles.addresses import canonicalize
from livebrief.articles.assemble import Anatomy, build_article, squeeze
from livebrief.articles.body import is_within
from livebrief.articles.bylines import parse_byline
from livebrief.articles.cards import is_writer, read_card
from livebrief.articles.hints import ASIDE, CARD, COMMENTS, FIGURE, FURNITURE, HEADER
from livebrief.articles.lines import find_pointer, is_furniture, is_headline, is_section
from livebrief.articles.lists import CARDS, NO_LIST, OPENER, TOPICS, is_title
from livebrief.articles.stamps import find_stamps, is_relative
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip, Walk
from livebrief.articles.words import load_words
from livebrief.model import Article, identify

# A page lists so many other stories that more would only weigh on every reading.
MOST_CARDS = 8
# Byline, summary, stamp and section of one card.
LONGEST_CARD = 7
SHORTEST_TITLE, SHORTEST_TEXT = 20, 8
FEWEST_TITLE_WORDS, LONGEST_TITLE = 4, 160

_TEASING = CARD | ASIDE
_POINTING = re.compile(r"[:|】：]")


@cache
def _trailer() -> re.Pattern[str]:
    """Return what follows a headline in its card: a button's words, a film's length."""
    words = "|".join(map(re.escape, load_words().title_trailers))
    return re.compile(rf"(?:\s*(?:{words})\s*[→›»>]?|\s+\d\d?:\d\d(?::\d\d)?)$", re.IGNORECASE)


def find_teasers(
    flat: Walk, kept: list[bool], page: Anatomy, marks: list[int]
) -> tuple[Article, ...]:
    """Return the cards of other stories that the page shows, in reading order."""
    found: list[Article] = []
    said = {squeeze(page.headline or "")}
    places = _find_titles(flat, kept, marks)
    titles = {place for place, _ in places}
    for place, title in places:
        strip = flat.strips[place]
        squeezed = squeeze(title)
        if squeezed in said:
            continue
        said.add(squeezed)
        is_pointer = find_pointer(strip.text, linked=strip.linked) is not None
        rest = [] if is_pointer else _rest_of_card(flat, place, titles)
        if rest:
            card = read_card([title, *rest], page.captured_at, page.outlet, page.language)
        else:
            alone = Anatomy(pieces=[], outlet=page.outlet, language=page.language, headline=title)
            card = build_article(alone)
        if card is not None:
            found.append(_with_address(card, strip.href, page.url))
        if len(found) == MOST_CARDS:
            break
    return tuple(found)


def _find_titles(flat: Walk, kept: list[bool], marks: list[int]) -> list[tuple[int, str]]:
    """Return where other stories' headlines stand, and their words."""
    found: list[tuple[int, str]] = []
    among_headings = _lists_with_headings(flat, marks)
    for place, strip in enumerate(flat.strips):
        if len(found) > MOST_CARDS + 4:
            break
        mark = marks[place]
        if mark == NO_LIST and not kept[strip.box] and not strip.hints & _TEASING:
            continue
        if strip.tag == "h1" or strip.hints & COMMENTS or mark in (OPENER, TOPICS):
            continue
        text = strip.text
        is_listed = mark == CARDS
        if len(text) < SHORTEST_TEXT or (not is_listed and not _may_be_title(strip)):
            continue
        pointer = find_pointer(text, linked=strip.linked)
        if pointer is not None:
            if is_headline(pointer) and (kept[strip.box] or strip.hints & (ASIDE | CARD)):
                found.append((place, _trailer().sub("", pointer)))
            continue
        bare = _bare_title(strip)
        if is_listed:
            if is_title(
                msgspec.structs.replace(strip, text=bare), among_headings=among_headings[place]
            ):
                found.append((place, bare))
        elif marks[place] == NO_LIST and (
            _is_card_headline(strip, bare) or _is_linked_headline(strip, bare, kept[strip.box])
        ):
            found.append((place, bare))
    return found


def _may_be_title(strip: Strip) -> bool:
    """Return whether a block outside any list may be or hold another story's headline."""
    if strip.linked * 2 > len(strip.text):
        return True
    if strip.hints & (CARD | FIGURE):
        return strip.tag in HEADINGS or bool(strip.linked)
    return len(strip.text) < LONGEST_TITLE * 2 and _POINTING.search(strip.text, 0, 50) is not None


def _bare_title(strip: Strip) -> str:
    """Return a block without what follows a headline in its card: a button, a stamp, a byline."""
    text = strip.text
    if strip.linked >= len(text) and not text[-1].isdigit():
        tail = text[-40:].lower().rstrip(" →›»>")
        return _trailer().sub("", text) if tail.endswith(load_words().title_trailers) else text
    bare = _trailer().sub("", text)
    title, rest = strip.text[: strip.linked].strip(), strip.text[strip.linked :].strip()
    if strip.href is not None and rest and len(title) >= SHORTEST_TITLE and bare == strip.text:
        is_told = find_stamps(rest)[0] or is_relative(rest) or parse_byline(rest)
        return title if is_told else bare
    return bare


def _is_linked_headline(strip: Strip, bare: str, is_kept: bool) -> bool:
    """Return whether a block within the story is nothing but a link to another story."""
    if strip.hints & (FURNITURE | COMMENTS) or len(bare) < SHORTEST_TITLE or not is_headline(bare):
        return False
    if len(bare.split()) < FEWEST_TITLE_WORDS or is_furniture(bare):
        return False
    is_linked = strip.linked >= 0.9 * len(bare) and len(bare) <= LONGEST_TITLE
    if is_kept and is_linked and (strip.tag == "li" or strip.tag in HEADINGS):
        return True
    return bool(is_kept and strip.hints & FIGURE and (is_linked or strip.tag in HEADINGS))


def _lists_with_headings(flat: Walk, marks: list[int]) -> list[bool]:
    """Return for every block whether its list has its headlines in headings."""
    found = [False] * len(marks)
    start = 0
    while start < len(marks):
        if marks[start] != CARDS:
            start += 1
            continue
        end = start
        while end < len(marks) and marks[end] == CARDS:
            end += 1
        in_headings = any(s.tag in HEADINGS and is_headline(s.text) for s in flat.strips[start:end])
        found[start:end] = [in_headings] * (end - start)
        start = end
    return found


def _is_card_headline(strip: Strip, bare: str) -> bool:
    """Return whether a block is a headline in a box that is called a card, outside any list."""
    size = len(strip.text)
    if not strip.hints & CARD or strip.hints & FURNITURE or is_furniture(bare):
        return False
    if len(bare) < SHORTEST_TITLE or not is_headline(bare):
        return False
    return strip.linked >= 0.6 * size or strip.tag in HEADINGS or bare != strip.text


def _rest_of_card(flat: Walk, place: int, titles: set[int]) -> list[str]:
    """Return the blocks that stand in one box with a card's headline: above it only a byline."""
    box = flat.strips[place].box
    first = last = place
    for _ in range(3):
        box = flat.boxes[box].parent
        if box <= 0:
            break
        start, end = _reach(flat, first, last, box)
        if end - start > LONGEST_CARD or not titles.isdisjoint(
            (*range(start, first), *range(last + 1, end + 1))
        ):
            break
        first, last = start, end
    above = [s.text for s in flat.strips[first:place] if is_writer(s.text) or is_section(s.text)]
    below = [s for s in flat.strips[place + 1 : last + 1] if not s.hints & HEADER]
    return [*above, *(s.text for s in below)]


def _reach(flat: Walk, start: int, end: int, box: int) -> tuple[int, int]:
    """Return the first and the last block of a box around these, not far from them."""
    strips, boxes = flat.strips, flat.boxes
    furthest = end + LONGEST_CARD + 1
    while (
        start > 0 and end - start <= LONGEST_CARD and is_within(boxes, strips[start - 1].box, box)
    ):
        start -= 1
    while end + 1 < min(len(strips), furthest) and is_within(boxes, strips[end + 1].box, box):
        end += 1
    return start, end


def _with_address(card: Article, href: str | None, url: str | None) -> Article:
    """Return the card with the address that its headline links to, and the id of that."""
    if not href:
        return card
    address = href
    if not address.startswith(("http://", "https://")):
        try:
            address = urljoin(url or "", address)
        except ValueError:
            return card
    canonical = canonicalize(address)
    if canonical is None or canonical == canonicalize(url):
        return card
    return msgspec.structs.replace(card, url=address, id=identify(canonical))
