"""Cards of other stories in HTML: linked headlines in boxes that are called so, or stand aside."""

from __future__ import annotations

from urllib.parse import urljoin

import msgspec

from livebrief.articles.addresses import canonicalize
from livebrief.articles.assemble import Anatomy, squeeze
from livebrief.articles.cards import read_card
from livebrief.articles.hints import ASIDE, CARD, COMMENTS, FURNITURE, HEADER
from livebrief.articles.lines import (
    LONGEST_CARD_OPENER,
    find_pointer,
    is_card_opener,
    is_furniture,
    is_headline,
)
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip, Walk
from livebrief.model import Article, identify

# A page lists so many other stories that more would only weigh on every reading.
MOST_CARDS = 24
# Byline, summary, stamp and section of one card.
LONGEST_CARD = 5


def find_teasers(
    flat: Walk,
    kept: list[bool],
    page: Anatomy,
) -> tuple[Article, ...]:
    """Return the cards of other stories that the page shows, in reading order."""
    found: list[Article] = []
    said = {squeeze(page.headline or "")}
    is_under_opener = False
    for place, strip in enumerate(flat.strips):
        if strip.hints & COMMENTS:
            continue
        if len(strip.text) < LONGEST_CARD_OPENER and is_card_opener(strip.text):
            is_under_opener = True
            continue
        if strip.href is None:
            is_under_opener = is_under_opener and not (strip.tag in HEADINGS and not strip.linked)
            continue
        if not _is_card_headline(strip, kept[strip.box], is_under_opener):
            continue
        title = find_pointer(strip.text) or strip.text
        squeezed = squeeze(title)
        if squeezed in said:
            continue
        said.add(squeezed)
        card = read_card(
            [title, *_rest_of_card(flat, place)], page.captured_at, page.outlet, page.language
        )
        if card is not None:
            found.append(_with_address(card, strip.href, page.url))
        if len(found) == MOST_CARDS:
            break
    return tuple(found)


def _is_card_headline(strip: Strip, is_kept: bool, is_under_opener: bool) -> bool:
    """Return whether a block is the linked headline of another story."""
    size = len(strip.text)
    if strip.linked < 0.7 * size or size < 20:
        return False
    pointer = find_pointer(strip.text)
    if is_furniture(strip.text) or not is_headline(pointer or strip.text):
        return False
    if pointer is not None:
        return is_kept
    if strip.hints & CARD and not strip.hints & FURNITURE:
        return True
    return is_under_opener and (is_kept or bool(strip.hints & (ASIDE | CARD)))


def _rest_of_card(flat: Walk, place: int) -> list[str]:
    """Return the blocks that stand in one box with a card's headline, below it."""
    box = flat.boxes[flat.strips[place].box]
    around = flat.boxes[box.parent].parent if box.parent >= 0 else 0
    rest: list[str] = []
    for strip in flat.strips[place + 1 : place + 1 + LONGEST_CARD]:
        if strip.href is not None and strip.linked > 0.7 * len(strip.text):
            break
        if strip.tag in HEADINGS or strip.hints & HEADER or not _is_below(flat, strip.box, around):
            break
        rest.append(strip.text)
    return rest


def _is_below(flat: Walk, box: int, around: int) -> bool:
    for _ in range(4):
        if box == around:
            return True
        box = flat.boxes[box].parent
        if box < around:
            return False
    return False


def _with_address(card: Article, href: str | None, url: str | None) -> Article:
    """Return the card with the address that its headline links to, and the id of that."""
    address = href or ""
    if not address.startswith(("http://", "https://")):
        try:
            address = urljoin(url or "", address)
        except ValueError:
            return card
    canonical = canonicalize(address)
    if canonical is None or canonical == canonicalize(url):
        return card
    return msgspec.structs.replace(card, url=address, id=identify(canonical))
