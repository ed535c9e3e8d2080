"""HTML pages to articles: what the page declares, and what its blocks show."""

from __future__ import annotations

import re
from datetime import datetime

from livebrief.articles.addresses import canonicalize, find_day
from livebrief.articles.assemble import Anatomy, Piece, build_article, clean
from livebrief.articles.body import (
    NOT_STORY,
    clear_hints,
    find_box,
    kept_boxes,
    squeeze,
    weigh_strip,
)
from livebrief.articles.bylines import Byline, parse_byline
from livebrief.articles.dom import parse_page
from livebrief.articles.lines import (
    find_label,
    find_pointer,
    is_card_opener,
    is_correction,
    is_developing,
    is_furniture,
    is_headline,
    is_notice,
    is_prose,
    is_section,
)
from livebrief.articles.metadata import Metadata, read_metadata
from livebrief.articles.pieces import find_agencies, is_caption, make_caption, make_pieces
from livebrief.articles.saving import find_comment
from livebrief.articles.stamps import find_stamps, is_relative, parse_instant
from livebrief.articles.walk import (
    ASIDE,
    BYLINE,
    CAPTION,
    FIGURE,
    FURNITURE,
    HEADINGS,
    QUOTE,
    SUMMARY,
    Strip,
    Walk,
    walk,
)
from livebrief.model import Article, Page
from livebrief.outlets import outlet_of_domain

# A page whose blocks give less of the story than this share of what it declares as its body has
# hidden the story from readers without scripts: then the declared body is the text.
TOO_LITTLE = 0.5
# As much declared body as is worth reading paragraphs from.
SHORTEST_BODY = 250

_TITLE_TAIL = re.compile(r"\s+[|–—·•-]\s+[^|–—·•]{2,60}$")


def read_html(html: str, page: Page) -> Article | str:
    """Return the article of an HTML page, or in words why there is none."""
    document = parse_page(html)
    if document is None:
        return "no article text found: the markup cannot be parsed"
    saved = find_comment(html)
    flat = walk(document)
    declared = read_metadata(document, flat.scripts)
    clear_hints(flat)
    captured_at = saved.captured_at or page.captured_at
    url = declared.url or saved.url or _web_address(page)
    known = outlet_of_domain(url) if url else None
    anatomy = Anatomy(
        pieces=[],
        url=url,
        outlet=page.outlet or (known.name if known else None) or declared.outlet,
        agencies=declared.agencies,
        authors=declared.authors,
        section=declared.section,
        language=declared.language,
        published_at=declared.published_at,
        published_on=declared.published_on,
        modified_at=declared.modified_at,
        captured_at=captured_at,
    )
    anatomy.headline = find_headline(flat, declared)
    main = find_box(flat, squeeze(declared.body or ""))
    anatomy.pieces = read_pieces(flat, main, anatomy, declared)
    _use_declared_body(anatomy, declared)
    if not any(piece.role in ("paragraph", "live_entry", "list_item", "quote") for piece in anatomy.pieces):
        return "no article text found: the page holds no paragraph of prose"
    _read_front(flat, main, anatomy, captured_at)
    agencies = (*anatomy.agencies, *find_agencies(anatomy.pieces, anatomy.outlet))
    anatomy.agencies = tuple(dict.fromkeys(agencies))
    anatomy.is_developing = any(
        p.role == "notice" and is_developing(p.text) for p in anatomy.pieces
    )
    return build_article(anatomy)


def read_fragment(html: str, anatomy: Anatomy | None) -> list[Piece]:
    """Return the pieces of a bit of markup that is known to be the story, as feeds carry it."""
    document = parse_page(html)
    if document is None:
        return []
    flat = walk(document)
    return read_pieces(flat, 0, anatomy or Anatomy(pieces=[]), Metadata())


def _web_address(page: Page) -> str | None:
    return page.address if canonicalize(page.address) else None


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


def read_pieces(flat: Walk, main: int, anatomy: Anatomy, declared: Metadata) -> list[Piece]:
    """Return the pieces of the story, in reading order."""
    kept = kept_boxes(flat, main)
    base = flat.boxes[main].hints
    place = main
    while place > 0:
        place = flat.boxes[place].parent
        base |= flat.boxes[place].hints
    headline = squeeze(anatomy.headline or "")
    known = squeeze(declared.body or "")
    pieces: list[Piece] = []
    said: set[str] = set()
    has_prose = False
    for strip in flat.strips:
        if not kept[strip.box]:
            continue
        own = strip.hints & ~base
        text = strip.text
        squeezed = squeeze(text[:120])
        if not squeezed or squeezed == headline or squeezed in said:
            continue
        if own & NOT_STORY and not (known and len(squeezed) > 40 and squeezed in known):
            continue
        if not has_prose and own & BYLINE and len(text) < 200:
            continue
        found = _read_strip(strip, own, has_prose)
        if found and len(squeezed) > 20:
            said.add(squeezed)
        pieces.extend(found)
        has_prose = has_prose or any(p.role == "paragraph" and len(p.text) > 60 for p in found)
    return _trim_end(pieces)


def _read_strip(strip: Strip, own: int, has_prose: bool) -> list[Piece]:
    """Return the pieces of one block within the story's box, none where it is not the story's."""
    text = strip.text
    size = len(text)
    density = strip.linked / size
    if is_correction(text) or is_notice(text):
        return list(make_pieces(text))
    if own & (CAPTION | FIGURE):
        return [make_caption(text)] if size > 3 and density < 0.8 else []
    if is_furniture(text) or find_pointer(text) or is_card_opener(text):
        return []
    if strip.tag in HEADINGS:
        if density > 0.6 or not has_prose and strip.tag == "h1":
            return []
        return [Piece(role="heading", text=text)]
    if density > 0.7 and (size < 200 or strip.tag == "li"):
        return []
    if own & ASIDE:
        return []
    if strip.tag == "li":
        return [Piece(role="list_item", text=text)] if size > 2 else []
    if own & QUOTE:
        return [Piece(role="quote", text=text)] if size > 2 else []
    if size < 200 and (find_stamps(text)[0] or is_relative(text) or parse_byline(text)):
        return []
    if not has_prose and not is_prose(text):
        return []
    if strip.tag != "p" and size < 25 and not is_prose(text):
        return []
    if is_caption(text) and not is_prose(text):
        return [make_caption(text)]
    if strip.bold == text and size < 100 and not is_prose(text) and has_prose:
        return [Piece(role="heading", text=text)]
    return list(make_pieces(text))


def _trim_end(pieces: list[Piece]) -> list[Piece]:
    while pieces and pieces[-1].role == "heading":
        pieces.pop()
    return pieces


def _use_declared_body(anatomy: Anatomy, declared: Metadata) -> None:
    """Take the declared body as the text where the page's own blocks hold too little of it."""
    body = declared.body or ""
    if len(body) < SHORTEST_BODY:
        return
    shown = sum(len(piece.text) for piece in anatomy.pieces if piece.role != "caption")
    if shown >= TOO_LITTLE * len(body):
        return
    if "<p" in body or "<br" in body:
        pieces = read_fragment(body, anatomy)
    else:
        paragraphs = [clean(part) for part in re.split(r"\n\s*\n|\n", body)]
        pieces = [p for part in paragraphs if part for p in make_pieces(part)]
    if pieces:
        anatomy.pieces = pieces


def _read_front(flat: Walk, main: int, anatomy: Anatomy, captured_at: datetime | None) -> None:
    """Fill from the blocks between headline and story what the page did not declare."""
    headline = squeeze(anatomy.headline or "")
    first = squeeze(next((p.text for p in anatomy.pieces if p.role == "paragraph"), ""))[:80]
    began = False
    for strip in flat.strips:
        text = strip.text
        squeezed = squeeze(text[:400])
        if not began:
            began = bool(headline) and squeezed == headline and strip.tag in HEADINGS
            continue
        if first and squeezed[:80].startswith(first):
            break
        if len(text) > 300:
            continue
        if not anatomy.authors and (byline := parse_byline(text)):
            _take_byline(anatomy, byline)
        stamps = find_stamps(text, captured_at)[0]
        for stamp in stamps:
            if stamp.is_change:
                anatomy.modified_at = anatomy.modified_at or stamp.at
            elif anatomy.published_on is None:
                anatomy.published_at, anatomy.published_on = stamp.at, stamp.on
        if anatomy.section is None and is_section(text):
            anatomy.section = text
    if anatomy.published_on is None:
        anatomy.published_on = find_day(anatomy.url)


def _take_byline(anatomy: Anatomy, byline: Byline) -> None:
    anatomy.authors = byline.authors
    anatomy.agencies = tuple(dict.fromkeys((*anatomy.agencies, *byline.agencies)))


__all__ = ["FURNITURE", "SUMMARY", "find_label", "is_headline", "parse_instant", "read_fragment", "read_html", "weigh_strip"]
