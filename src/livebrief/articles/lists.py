"""Lists of other stories in HTML: where they open, what stands in them, where they end."""

from __future__ import annotations

from livebrief.articles.body import is_within
from livebrief.articles.hints import COMMENTS
from livebrief.articles.lines import (
    is_card_opener,
    is_furniture,
    is_headline,
    is_list_opener,
    is_prose,
    is_topics_opener,
    may_open_list,
)
from livebrief.articles.tags import HEADINGS
from livebrief.articles.walk import Strip, Walk

# A list without a box of its own goes on for so many blocks at most.
LONGEST_LIST = 12
# What holds more paragraphs than its cards have is the page, not a list.
MOST_PROSE = 1_200
# An opener is a line, no sentence.
LONGEST_OPENER = 60
# From here on a block between cards is the story again.
SHORTEST_PARAGRAPH = 60

NO_LIST, OPENER, CARDS, TOPICS = range(4)


def mark_lists(flat: Walk, main: int) -> list[int]:
    """Return for every block whether it opens a list of stories or of topics, or is in one."""
    marks = [NO_LIST] * len(flat.strips)
    place = 0
    while place < len(flat.strips):
        strip = flat.strips[place]
        kind = NO_LIST if strip.hints & COMMENTS else _kind(strip)
        if kind == NO_LIST:
            place += 1
            continue
        end = _find_end(flat, place, main)
        is_told = is_card_opener(strip.text) or kind == TOPICS
        if end == place + 1 and not is_told:
            place += 1
            continue
        marks[place] = OPENER
        for inside in range(place + 1, end):
            marks[inside] = OPENER if _kind(flat.strips[inside]) != NO_LIST else kind
        place = end
    return marks


def _kind(strip: Strip) -> int:
    """Return what a block opens, if it opens anything."""
    if len(strip.text) > LONGEST_OPENER or not may_open_list(strip.text):
        return NO_LIST
    if is_topics_opener(strip.text):
        return TOPICS
    return CARDS if is_card_opener(strip.text) or is_list_opener(strip.text) else NO_LIST


def _find_end(flat: Walk, place: int, main: int) -> int:
    """Return where the list ends that a block opens: with its box, or with the next paragraph."""
    strip = flat.strips[place]
    box = strip.box
    for _ in range(3):
        box = flat.boxes[box].parent if box > 0 else 0
        if box <= 0 or is_within(flat.boxes, main, box):
            break
        end = place + 1
        size = 0
        while end < len(flat.strips) and is_within(flat.boxes, flat.strips[end].box, box):
            size += len(flat.strips[end].text) if _is_paragraph(flat.strips[end]) else 0
            end += 1
            if size > MOST_PROSE:
                break
        if size > MOST_PROSE:
            break
        if end > place + 1:
            return end
    end = place + 1
    while end < min(len(flat.strips), place + 1 + LONGEST_LIST) and _may_be_item(flat.strips[end]):
        end += 1
    return end


def _is_paragraph(strip: Strip) -> bool:
    return (
        len(strip.text) >= SHORTEST_PARAGRAPH
        and strip.linked * 2 < len(strip.text)
        and is_prose(strip.text)
    )


def _may_be_item(strip: Strip) -> bool:
    """Return whether a block may stand in a list that has no box of its own."""
    if strip.linked * 2 > len(strip.text):
        return True
    return strip.tag == "li" and not is_prose(strip.text)


def is_title(strip: Strip, *, among_headings: bool) -> bool:
    """Return whether a block in a list is another story's headline."""
    text = strip.text
    letters = sum(word[0].isalpha() for word in text.split())
    if is_furniture(text) or not is_headline(text) or (text.isascii() and letters < 3):
        return False
    if among_headings:
        return strip.tag in HEADINGS
    return strip.linked * 5 > 3 * len(text) or strip.tag == "li" or strip.tag in HEADINGS
