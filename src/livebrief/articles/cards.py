"""Cards of other stories in plain text: told apart from the story and from each other.

A card is a byline, a headline, a caption, perhaps a labelled paragraph, and a closing line such as
"Go deeper Arrow Feb 14, 2020 - Politics".  Byline and headline may stand in either order, and any
part but the headline may be missing.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from livebrief.articles.assemble import Anatomy, Piece, build_article
from livebrief.articles.bylines import Byline, is_signature, parse_byline, read_names
from livebrief.articles.lines import (
    find_label,
    find_pointer,
    is_card_opener,
    is_furniture,
    is_headline,
    is_list_opener,
    is_prose,
    is_question,
    is_section,
)
from livebrief.articles.pieces import is_caption, make_caption, make_pieces
from livebrief.articles.stamps import Stamp, find_stamps
from livebrief.articles.words import fold, load_words
from livebrief.model import Article

# A card holds no more blocks than byline, headline, summary, caption, some paragraphs, closing.
LONGEST_CARD = 9
# A paragraph of a story; a card's are fewer, if not shorter.
LONG_PROSE = 60


class Closing(Struct, frozen=True):
    """The last line of a card: its day and its section."""

    stamp: Stamp
    section: str | None
    had_button: bool


def parse_closing(line: str, captured_at: datetime | None = None) -> Closing | None:
    """Return what a card's closing line says, if the line is one.

    >>> closing = parse_closing("Go deeper Arrow Feb 14, 2020 - Politics")
    >>> closing.stamp.on.isoformat(), closing.section
    ('2020-02-14', 'Politics')
    """
    if len(line) > 100:
        return None
    rest, had_button = _strip_buttons(line)
    stamps, others = find_stamps(rest, captured_at)
    if len(stamps) != 1 or len(others) > 1 or stamps[0].is_change:
        return None
    section = others[0] if others else None
    if section is not None and (len(section.split()) > 4 or section.endswith(".")):
        return None
    return Closing(stamps[0], section, had_button)


def _strip_buttons(line: str) -> tuple[str, bool]:
    words = load_words()
    had_button = False
    rest = line
    while True:
        rest = rest.strip(" →›»>-–—|•·()[]")
        folded = fold(rest)
        closer = next((c for c in words.closers if _opens(folded, c)), None)
        if closer is None:
            return rest, had_button
        rest, had_button = rest[len(closer) :], True


def _opens(folded: str, closer: str) -> bool:
    return folded.startswith(closer) and not folded[len(closer) : len(closer) + 1].isalnum()


def find_cards(
    blocks: list[str], captured_at: datetime | None, outlet: str | None = None
) -> tuple[list[str], tuple[Article, ...]]:
    """Return the blocks of the story itself, and the cards that stood among and after them."""
    ends = {n for n in range(len(blocks)) if _closes(blocks, n, captured_at)}
    openers = {n for n, block in enumerate(blocks) if _opens_list(blocks, n)}
    body: list[str] = []
    cards: list[Article] = []
    place = 0
    in_cards = False
    while place < len(blocks):
        block = blocks[place]
        if place in openers:
            in_cards = True
            place += 1
            continue
        end = _find_end(blocks, place, ends, in_cards, captured_at)
        if end is not None:
            card = read_card(blocks[place:end], captured_at, outlet)
            if card is not None:
                cards.append(card)
                in_cards = True
                place = end
                continue
        if in_cards and not _resumes(blocks, place, cards):
            place += 1
            continue
        in_cards = False
        pointer = find_pointer(block)
        if pointer is not None and is_headline(pointer):
            cards.append(build_article(Anatomy(pieces=[], headline=pointer, outlet=outlet)))
        else:
            body.append(block)
        place += 1
    return body, tuple(cards)


def _opens_list(blocks: list[str], place: int) -> bool:
    """Return whether a line opens a list of other stories; an unsure one, if a title follows."""
    if is_card_opener(blocks[place]):
        return True
    following = blocks[place + 1 : place + 3]
    return is_list_opener(blocks[place]) and any(_is_title(block) for block in following)


def _closes(blocks: list[str], place: int, captured_at: datetime | None) -> bool:
    """Return whether a line closes a card: with a button, or as date and section together."""
    closing = parse_closing(blocks[place], captured_at)
    return closing is not None and (closing.had_button or closing.section is not None)


def _find_end(
    blocks: list[str], place: int, ends: set[int], in_cards: bool, captured_at: datetime | None
) -> int | None:
    """Return where the card that begins here ends, or `None` where none begins."""
    head = _head_length(blocks, place, in_cards)
    if head == 0:
        return None
    for ahead in range(place + head, min(place + LONGEST_CARD, len(blocks))):
        if ahead in ends:
            return ahead + 1
        if is_card_opener(blocks[ahead]):
            break
    if not in_cards:
        return None
    # Under "Related" a card may have no closing line: it ends where the next begins.
    ahead = place + head
    while ahead < len(blocks) and ahead < place + LONGEST_CARD:
        if _head_length(blocks, ahead, in_cards=True) or is_card_opener(blocks[ahead]):
            break
        if is_furniture(blocks[ahead]) or (is_prose(blocks[ahead]) and ahead > place + head + 3):
            break
        if _goes_on(blocks, ahead):
            break
        ahead += 1
    return ahead


def _goes_on(blocks: list[str], place: int) -> bool:
    """Return whether two paragraphs in a row stand here, as only the story has them."""
    window = blocks[place : place + 2]
    return len(window) == 2 and all(
        is_prose(b) and not is_caption(b) and not is_question(b) and len(b) > LONG_PROSE
        for b in window
    )


def _head_length(blocks: list[str], place: int, in_cards: bool) -> int:
    """Return how many blocks the head of a card takes here: byline and headline in any order."""
    block = blocks[place]
    following = blocks[place + 1] if place + 1 < len(blocks) else ""
    if is_writer(block) and _is_title(following):
        return 2
    if _is_title(block) and (is_writer(following) or is_caption(following)):
        return 2 if is_writer(following) else 1
    if in_cards and _is_title(block):
        return 1
    return 0


def is_writer(block: str) -> bool:
    """Return whether a line is nothing but a writer's name or names."""
    return is_signature(block) or parse_byline(block) is not None


def _is_title(block: str) -> bool:
    if not block or is_furniture(block) or is_caption(block) or is_section(block):
        return False
    if is_prose(block) and find_label(block):
        return False
    return is_headline(block) and not parse_byline(block)


def _resumes(blocks: list[str], place: int, cards: list[Article]) -> bool:
    """Return whether the story goes on here: two paragraphs of prose in a row, and no title."""
    window = [b for b in blocks[place : place + 2] if not is_furniture(b)]
    if not cards:
        return is_prose(blocks[place])
    return len(window) == 2 and all(
        is_prose(b) and not is_caption(b) and len(b) > 60 for b in window
    )


def read_card(
    blocks: list[str],
    captured_at: datetime | None,
    outlet: str | None,
    language: str | None = None,
) -> Article | None:
    """Return the article that a card's blocks are, with its own day and section."""
    byline = Byline()
    headline: str | None = None
    section: str | None = None
    stamp: Stamp | None = None
    pieces: list[Piece] = []
    for block in blocks:
        closing = parse_closing(block, captured_at)
        if closing is not None:
            stamp, section = closing.stamp, closing.section or section
        elif headline is None and not byline and is_writer(block):
            byline = parse_byline(block) or read_names(block)
        elif headline is None and is_headline(block):
            headline = block
        elif not byline and not pieces and is_writer(block):
            byline = parse_byline(block) or read_names(block)
        elif is_section(block):
            section = block
        elif is_caption(block):
            pieces.append(make_caption(block))
        elif not is_furniture(block):
            pieces.extend(make_pieces(block))
    if headline is None:
        return None
    return build_article(
        Anatomy(
            pieces=pieces,
            outlet=outlet,
            language=language,
            headline=headline,
            authors=byline.authors,
            agencies=byline.agencies,
            section=section,
            published_at=stamp.at if stamp else None,
            published_on=stamp.on if stamp else None,
        )
    )
