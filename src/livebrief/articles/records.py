"""JSON records to articles: lines of JSON Lines, whose text is kept, and entries of feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from livebrief.articles.assemble import Anatomy, Piece, build_article, clean, finish, mend
from livebrief.articles.bylines import read_names
from livebrief.articles.dom import parse_page
from livebrief.articles.lines import (
    dateline_agency,
    find_dateline,
    find_label,
    is_correction,
    is_developing,
    is_notice,
)
from livebrief.articles.markup import read_fragment
from livebrief.articles.metadata import find_site_name
from livebrief.articles.pieces import make_pieces, name_agency
from livebrief.articles.stamps import parse_instant
from livebrief.articles.words import fold, load_words
from livebrief.model import Article, Block, Page
from livebrief.outlets import find_agency, outlet_of_domain

Fields = dict[str, Any]

# A summary of fewer paragraphs or letters is one.
FEWEST_PARAGRAPHS, LONGEST_SUMMARY = 3, 600
LONGEST_CLOSING = 300

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE_END = re.compile(r"\n")


def read_record(page: Page) -> Article | str:
    """Return the article of one line of JSON Lines; its text is the record's, untouched."""
    fields = _decode(page.bytes)
    if isinstance(fields, str):
        return fields
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        return "no article text found: the record has no `text`"
    anatomy = _anatomy(fields, page)
    text = mend(text)
    blocks = tuple(find_blocks(text))
    first = find_dateline(text[blocks[0].start : blocks[0].end + 40]) if blocks else None
    named = dateline_agency(first) if first else None
    agency = name_agency(named, anatomy.outlet) if named else None
    if agency:
        anatomy.agencies = tuple(dict.fromkeys((*anatomy.agencies, agency)))
    anatomy.is_developing = any(
        block.role == "notice" and is_developing(text[block.start : block.end]) for block in blocks
    )
    return finish(anatomy, text, blocks)


def read_entry(page: Page) -> Article | str:
    """Return the article of a feed's entry: its full text where it has one, else its summary."""
    fields = _decode(page.bytes)
    if isinstance(fields, str):
        return fields
    anatomy = _anatomy(fields, page)
    if page.outlet is None:
        known = outlet_of_domain(anatomy.url) if anatomy.url else None
        named = find_site_name(anatomy.outlet or "", anatomy.url)
        anatomy.outlet = known.name if known else named or anatomy.outlet
    if source := _string(fields, "source"):
        agency = find_agency(source)
        anatomy.agencies = (agency.name if agency else source,)
    anatomy.pieces = _read_words(fields)
    if not anatomy.pieces and not (anatomy.headline and anatomy.url):
        return "no article text found: the entry holds no words of the story"
    anatomy.is_developing = any(is_developing(p.text) for p in anatomy.pieces)
    return build_article(anatomy)


def _read_words(fields: Fields) -> list[Piece]:
    """Return the pieces of an entry: of its text, else of its summary."""
    pieces: list[Piece] = []
    text = fields.get("text")
    if isinstance(text, str):
        paragraphs = [clean(text[start:end]) for start, end in _find_paragraphs(text)]
        pieces = [
            piece for n, p in enumerate(paragraphs) for piece in make_pieces(p, may_be_lede=not n)
        ]
    elif isinstance(fields.get("html"), str):
        pieces = read_fragment(fields["html"])
    if not pieces and isinstance(fields.get("summary"), str):
        pieces = read_fragment(fields["summary"])
        size = sum(len(piece.text) for piece in pieces if piece.role == "paragraph")
        # Many feeds have the whole story for a summary.
        if len(pieces) < FEWEST_PARAGRAPHS or size < LONGEST_SUMMARY:
            pieces = [
                msgspec.structs.replace(p, role="summary" if p.role == "paragraph" else p.role)
                for p in pieces
            ]
    while pieces and _is_closing(pieces[-1].text):
        pieces.pop()
    return pieces


def _is_closing(text: str) -> bool:
    """Return whether a publishing system wrote a paragraph below a story for its feed."""
    folded = fold(text)
    return len(text) < LONGEST_CLOSING and any(c in folded for c in load_words().feed_closings)


def find_blocks(text: str) -> Iterator[Block]:
    """Return the paragraphs of a text as blocks, its dateline, labels and notices told apart.

    >>> [b.role for b in find_blocks("BAGHDAD (AP) — Rockets hit.\\nMore to come.")]
    ['dateline', 'paragraph', 'notice']
    """
    is_first = True
    for start, end in _find_paragraphs(text):
        words = text[start:end]
        if is_first and (dateline := find_dateline(words)):
            cut = start + len(dateline[0].rstrip())
            yield Block(role="dateline", start=start, end=cut)
            start += dateline.end()
            words = text[start:end]
        is_first = False
        if is_correction(words):
            yield Block(role="correction", start=start, end=end)
        elif is_notice(words):
            yield Block(role="notice", start=start, end=end)
        else:
            yield Block(role="paragraph", start=start, end=end, label=find_label(words))


def _find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Return where the paragraphs stand: between blank lines, or where none is, the lines."""
    gap = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE_END
    start = 0
    ends = [(found.start(), found.end()) for found in gap.finditer(text)]
    for end, after in (*ends, (len(text), len(text))):
        words = text[start:end]
        if words and not words.isspace():
            here = start + len(words) - len(words.lstrip())
            yield here, here + len(words.strip())
        start = after


def _decode(raw: bytes) -> Fields | str:
    try:
        fields = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        try:
            # Lone surrogates and stray bytes, which msgspec is right to be strict about.
            fields = json.loads(raw.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            return f"broken JSON: {error}"
    return fields if isinstance(fields, dict) else "not a JSON object"


def _anatomy(fields: Fields, page: Page) -> Anatomy:
    """Return what a record says about its article."""
    published_at, published_on = _when(fields, "published")
    modified_at, _ = _when(fields, "modified")
    authors = fields.get("authors")
    names = [a for a in authors if isinstance(a, str)] if isinstance(authors, list) else authors
    byline = read_names("; ".join(names) if isinstance(names, list) else str(names or ""))
    headline = _string(fields, "headline")
    if headline and (fields.get("headline_is_html") or _ENTITY.search(headline)):
        headline = _strip_markup(headline)
    return Anatomy(
        pieces=[],
        url=_string(fields, "url"),
        outlet=_string(fields, "outlet") or page.outlet,
        agencies=byline.agencies,
        headline=mend(headline) if headline else None,
        authors=byline.authors,
        section=_string(fields, "section"),
        language=_string(fields, "language"),
        published_at=published_at,
        published_on=published_on,
        modified_at=modified_at,
        captured_at=page.captured_at,
    )


def _strip_markup(html: str) -> str | None:
    """Return the words of a line of markup, such as an Atom title or one escaped twice."""
    document = parse_page(html)
    return clean(document.text) or None if document is not None else None


def _string(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    return mend(value) if isinstance(value, str) and value.strip() else None


def _when(fields: Fields, name: str) -> tuple[datetime | None, date | None]:
    return parse_instant(fields.get(name))
