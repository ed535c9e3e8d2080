"""Which of a page's blocks are the story: by what the boxes around them hold and are called."""

from __future__ import annotations

import re
from collections import defaultdict

from livebrief.articles.assemble import squeeze, weight
from livebrief.articles.hints import (
    ARTICLE,
    ASIDE,
    BODY,
    CAPTION,
    CARD,
    COMMENTS,
    FIGURE,
    FURNITURE,
    LIVE,
    NOT_STORY,
    THIN,
)
from livebrief.articles.metadata import Metadata
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Box, Strip, Walk

# A box that holds so much of all prose is not furniture, whatever it is called.
TOO_MUCH_FOR_FURNITURE = 0.5
# Readers' comments often outweigh a story, so only a box with nearly all prose is not theirs.
ALL_PROSE = 0.95
# Nor is one with so many paragraphs a share bar; and one with so much of the prose is no card.
THICK_PARAGRAPHS, THICK_CHARACTERS = 3, 400
SHARE_OF_NO_CARD = 0.25
# The story's box is the innermost that still holds this share of what the box around it holds;
# one that is called a body needs less.
SHARE, NAMED_SHARE = 0.85, 0.6
# A paragraph counts up to so much: one long block of legal text is no story.
LONGEST_WORTH = 800

_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔][\"'”’»)\]]*$")


def clear_hints(page: Walk) -> None:
    """Take back what names say of boxes that hold most of the page's prose."""
    total = 0
    held = [0] * len(page.boxes)
    paragraphs = [0] * len(page.boxes)
    for strip in page.strips:
        if _is_prose(strip):
            held[strip.box] += len(strip.text)
            paragraphs[strip.box] += strip.tag == "p"
            total += len(strip.text)
    for place in range(len(page.boxes) - 1, 0, -1):
        if held[place]:  # as few boxes do
            held[page.boxes[place].parent] += held[place]
            paragraphs[page.boxes[place].parent] += paragraphs[place]
    around_body = _around_body(page, paragraphs, held)
    inherited = [0] * len(page.boxes)
    for place, box in enumerate(page.boxes):
        if held[place] or not place:
            box.hints &= ~_disbelieved(held[place], paragraphs[place], total, around_body[place])
        inherited[place] = box.hints | (inherited[box.parent] if place else 0)
    for strip in page.strips:
        strip.hints = inherited[strip.box]


def _disbelieved(held: int, paragraphs: int, total: int, is_around_body: bool) -> int:
    """Return the hints that cannot be true of a box, for what it holds."""
    if total and held > TOO_MUCH_FOR_FURNITURE * total:
        is_told = is_around_body or held > ALL_PROSE * total
        return (NOT_STORY | ASIDE | CAPTION | FIGURE) & ~(0 if is_told else COMMENTS)
    if is_around_body:
        return NOT_STORY & ~COMMENTS
    if paragraphs >= THICK_PARAGRAPHS and held >= THICK_CHARACTERS:
        return THIN | CAPTION | FIGURE | (CARD if held > SHARE_OF_NO_CARD * total else 0)
    return 0


def _around_body(page: Walk, paragraphs: list[int], held: list[int]) -> list[bool]:
    """Return for every box whether one within it is called a story's body and looks like one."""
    around = [False] * len(page.boxes)
    for place in range(len(page.boxes) - 1, 0, -1):
        box = page.boxes[place]
        is_body = (
            box.hints & BODY
            and not box.hints & (COMMENTS | CARD | FURNITURE)
            and paragraphs[place] >= THICK_PARAGRAPHS
            and held[place] >= THICK_CHARACTERS
        )
        if is_body or around[place]:
            around[place] = around[box.parent] = True
    return around


def _is_prose(strip: Strip) -> bool:
    size = weight(strip.text)
    return (
        size >= 60
        and strip.linked * 2 < len(strip.text)
        and strip.tag not in HEADINGS
        and (size > 200 or _SENTENCE_END.search(strip.text) is not None)
    )


def weigh_strip(strip: Strip) -> float:
    """Return how much a block speaks for its box being the story's; furniture speaks against."""
    size = len(strip.text)
    density = strip.linked / size
    hints = strip.hints
    if hints & NOT_STORY:
        return -10.0
    if strip.tag in HEADINGS:
        return -8.0 if density > 0.6 else 0.0
    if hints & (CAPTION | FIGURE):
        return 0.0
    if density > 0.5:
        return -10.0 - 0.1 * min(size, 200)
    if size < 80 and not strip.text.isascii():
        size = weight(strip.text)
    if size < 25 or (size < 80 and not _SENTENCE_END.search(strip.text)):
        return -4.0
    worth = min(size, LONGEST_WORTH) * (1 - density)
    if strip.tag == "li":
        worth *= 0.4
    elif strip.tag != "p":
        worth *= 0.7
    return worth * 0.2 if hints & ASIDE else worth


def find_box(page: Walk, declared: Metadata) -> int:
    """Return the number of the box that holds the story, which may be declared as well."""
    scores = [0.0] * len(page.boxes)
    inside: defaultdict[int, list[int]] = defaultdict(list)
    for strip in page.strips:
        worth = weigh_strip(strip)
        if worth > 0 and declared.body and declared.tells(squeeze(strip.text[:80])):
            worth *= 2
        scores[strip.box] += worth
    for place in range(len(page.boxes) - 1, 0, -1):
        if scores[place] > 0:
            parent = page.boxes[place].parent
            inside[parent].append(place)
            scores[parent] += scores[place]
    here = 0
    while True:
        best = max(inside[here], key=lambda place: (scores[place], -place), default=None)
        if best is None or page.boxes[best].tag == "p":
            return here
        bodies = [p for p in inside[here] if page.boxes[p].hints & BODY]
        share = NAMED_SHARE if bodies == [best] else SHARE
        if scores[best] < share * scores[here]:
            rival = _first_story(page, inside[here], scores)
            if rival is None:
                return here
            best = rival
        here = best


def _first_story(page: Walk, places: list[int], scores: list[float]) -> int | None:
    """Return the first of several stories one below the other, as endless pages have them."""
    stories = [p for p in places if page.boxes[p].hints & ARTICLE and scores[p] > 400]
    if len(stories) < 2 or any(page.boxes[p].hints & LIVE for p in stories):
        return None
    tags = {page.boxes[p].tag for p in stories}
    names = {page.boxes[p].name for p in stories}
    return min(stories) if len(tags) == 1 and (len(names) == 1 or tags == {"article"}) else None


def is_within(boxes: list[Box], place: int, ancestor: int) -> bool:
    """Return whether one box stands in another, or is it."""
    while place > ancestor:
        place = boxes[place].parent
    return place == ancestor


def kept_boxes(page: Walk, main: int) -> list[bool]:
    """Return for every box whether it is the main one or within it."""
    kept = [False] * len(page.boxes)
    kept[main] = True
    for place in range(main + 1, len(page.boxes)):
        kept[place] = kept[page.boxes[place].parent]
    return kept
