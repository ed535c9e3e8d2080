"""An article's page: its blocks in reading order, the words that briefs cite marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from markupsafe import Markup
from msgspec import Struct

from livebrief.model import Article, Block, Part, Span, Story
from livebrief.web.knowledge import Knowledge
from livebrief.web.links import anchor_of, outward
from livebrief.web.marked import Mark, write_marked

Marks = dict[Part, list[Mark]]


class ShownBlock(Struct, frozen=True, kw_only=True):
    """One block, its words marked."""

    role: str
    html: Markup
    credit: str | None = None
    at: datetime | None = None


class ShownText(Struct, frozen=True, kw_only=True):
    """An article's or a card's headline and blocks, and what is known of it."""

    article: Article
    headline: Markup
    blocks: tuple[ShownBlock, ...]
    url: str | None


class ArticlePage(Struct, frozen=True, kw_only=True):
    """All that an article's page shows."""

    shown: ShownText
    cards: tuple[ShownText, ...]
    story: Story | None
    learned_at: datetime | None
    repeats: Article | None
    cited: int
    """How many stretches of words are marked."""


def make_article_page(
    knowledge: Knowledge, article: Article, story: Story | None, spans: Iterable[Span]
) -> ArticlePage:
    """Return the page of an article of that story, with those words marked."""
    cited = sorted(set(spans), key=anchor_of)
    learned_at, repeats = None, None
    for filed in knowledge.filed(story.id) if story else ():
        if filed.reading.article.id == article.id:
            learned_at = filed.reading.learned_at
            origin = filed.placement.origin
            repeats = knowledge.article(origin) if origin and origin != article.id else None
    return ArticlePage(
        shown=show_text(article, find_marks(cited)),
        cards=tuple(
            show_text(card, find_marks(cited, index)) for index, card in enumerate(article.related)
        ),
        story=story,
        learned_at=learned_at,
        repeats=repeats,
        cited=len(cited),
    )


def find_marks(spans: Iterable[Span], related_index: int | None = None) -> Marks:
    """Return a mark to link to for each span of the article, or of its n-th card."""
    marks: Marks = {"text": [], "headline": []}
    for span in spans:
        if span.related_index == related_index:
            marks[span.part].append(Mark(span.start, span.end, anchor_of(span)))
    return marks


def show_text(article: Article, marks: Marks) -> ShownText:
    """Return the article's headline and blocks, marked."""
    headline = article.headline or ""
    return ShownText(
        article=article,
        headline=write_marked(headline, 0, len(headline), marks["headline"]),
        blocks=tuple(_show_blocks(article, marks["text"])),
        url=outward(article.url),
    )


def _show_blocks(article: Article, marks: list[Mark]) -> Iterator[ShownBlock]:
    for block in cover_text(article):
        own = [mark for mark in marks if mark.start < block.end and mark.end > block.start]
        if block.label and article.text.startswith(block.label, block.start):
            end = block.start + len(block.label)
            end += article.text.startswith(":", end)
            own.append(Mark(block.start, end, tag="strong"))
        yield ShownBlock(
            role=block.role,
            html=write_marked(article.text, block.start, block.end, own),
            credit=block.credit,
            at=block.at,
        )


def cover_text(article: Article) -> Iterator[Block]:
    """Yield the article's blocks, and a paragraph for each stretch of text that none covers.

    >>> text = "One.\\n\\nTwo."
    >>> [(b.start, b.end) for b in cover_text(Article(id="a", revision="r", text=text))]
    [(0, 4), (6, 10)]
    """
    at = 0
    for block in sorted(article.blocks, key=lambda block: (block.start, block.end)):
        yield from _find_paragraphs(article.text, at, block.start)
        if block.end > at:
            # Blocks may hold others (a live entry its paragraphs): words are shown once.
            start = max(at, block.start)
            yield Block(
                role=block.role,
                start=start,
                end=block.end,
                label=block.label,
                credit=block.credit,
                at=block.at,
            )
            at = block.end
    yield from _find_paragraphs(article.text, at, len(article.text))


def _find_paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    at = start
    while at < end:
        gap = text.find("\n\n", at, end)
        stop = end if gap < 0 else gap
        if text[at:stop].strip():
            yield Block(role="paragraph", start=at, end=stop)
        at = stop + 2
