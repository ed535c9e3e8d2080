"""HTML pages to articles: what the page declares, and what its blocks show."""

from __future__ import annotations

from livebrief.articles.addresses import canonicalize
from livebrief.articles.assemble import Anatomy, Piece, build_article, opening, squeeze
from livebrief.articles.body import clear_hints, find_box, kept_boxes
from livebrief.articles.dom import parse_page
from livebrief.articles.front import (
    find_captions,
    find_front,
    find_headline,
    find_summary,
    read_front,
    settle_summary,
)
from livebrief.articles.lists import mark_lists
from livebrief.articles.metadata import Metadata, read_metadata
from livebrief.articles.notes import below, find_notes, is_still_developing, mark_notes
from livebrief.articles.pieces import find_agencies, merge_agencies
from livebrief.articles.saving import find_comment
from livebrief.articles.story import read_pieces, replace_by_declared
from livebrief.articles.teasers import find_teasers
from livebrief.articles.walk import walk
from livebrief.model import Article, Page
from livebrief.outlets import outlet_of_domain

NO_TEXT = "no article text found: the page holds no paragraph of prose"
# A page with none of these has no story: captions and headings alone are a gallery or a menu.
# A summary in the story of so many letters may be its lede, called an intro.
SHORTEST_LEDE = 100
STORY_ROLES = frozenset(("paragraph", "live_entry", "list_item", "quote"))


def read_html(html: str, page: Page) -> Article | str:
    """Return the article of an HTML page, or in words why there is none."""
    document = parse_page(html)
    if document is None:
        return "no article text found: the markup cannot be parsed"
    saved = find_comment(html)
    flat = walk(document)
    declared = read_metadata(document, flat.scripts, flat.marks)
    clear_hints(flat)
    captured_at = saved.captured_at or page.captured_at
    url = declared.url or saved.url or (page.address if canonicalize(page.address) else None)
    known = outlet_of_domain(url) if url else None
    anatomy = Anatomy(
        pieces=[],
        url=url,
        outlet=page.outlet or (known.name if known else None) or declared.outlet,
        agencies=declared.agencies,
        headline=find_headline(flat, declared),
        authors=declared.authors,
        section=declared.section,
        language=declared.language,
        published_at=declared.published_at,
        published_on=declared.published_on,
        modified_at=declared.modified_at,
        captured_at=captured_at,
    )
    main = find_box(flat, declared)
    marks = mark_lists(flat, main)
    pieces = read_pieces(flat, main, anatomy.headline, declared, marks)
    anatomy.pieces = replace_by_declared(pieces, declared)
    if not any(p.role in STORY_ROLES or p.role == "summary" for p in anatomy.pieces):
        return NO_TEXT
    front, start = find_front(flat, anatomy)
    read_front(flat, front, start, anatomy, captured_at)
    said = {opening(piece.text) for piece in anatomy.pieces}
    captions = find_captions(
        front, said, has_captions=any(p.role == "caption" for p in anatomy.pieces)
    )
    said.add(opening(anatomy.headline or ""))
    anatomy.pieces = mark_notes(anatomy.pieces, anatomy.authors)
    noted = {squeeze(piece.text[:120]) for piece in anatomy.pieces}
    above = [
        *find_summary(flat, front, said, declared, has_summary=_has_summary(anatomy.pieces)),
        *find_notes(front, noted, anatomy.authors),
        *captions,
    ]
    anatomy.pieces[:0] = above
    kept = kept_boxes(flat, main)
    anatomy.pieces += find_notes(below(flat, kept, marks), noted, anatomy.authors)
    settle_summary(anatomy.pieces)
    agencies = (*anatomy.agencies, *find_agencies(anatomy.pieces, anatomy.outlet))
    anatomy.agencies = merge_agencies(agencies)
    if anatomy.modified_at == anatomy.published_at:
        anatomy.modified_at = None
    anatomy.is_developing = is_still_developing(anatomy.pieces)
    anatomy.related = find_teasers(flat, kept, anatomy, marks)
    return build_article(anatomy)


def _has_summary(pieces: list[Piece]) -> bool:
    return any(p.role == "summary" and len(p.text) < SHORTEST_LEDE for p in pieces)


def read_fragment(html: str) -> list[Piece]:
    """Return the pieces of a bit of markup that is known to be the story, as feeds carry it.

    >>> [piece.text for piece in read_fragment("<p>Rain fell.</p>")]
    ['Rain fell.']
    """
    document = parse_page(html)
    if document is None:
        return []
    flat = walk(document)
    return read_pieces(flat, 0, None, Metadata(), mark_lists(flat, 0), is_known=True)
