"""Cuttings: the cited words, marked in their sentence, and who printed them when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup
from msgspec import Struct

from livebrief.language import find_sentences
from livebrief.model import Article, Moment, Source, Span
from livebrief.web.knowledge import Knowledge
from livebrief.web.links import Links, outward
from livebrief.web.marked import Mark, write_marked

# A cutting is read at a glance: beyond so many characters on either side of the cited words,
# their sentence is cut at a word.
MARGIN = 260
# No sentence that a person wrote has more; what has is a page gone wrong.
LONGEST = 1500
# Words that fill this much of their sentence get the sentences before and after as context.
FILLS = 0.8

NOWHERE = "an unnamed outlet"


class Cutting(Struct, frozen=True, kw_only=True):
    """Cited words in their context."""

    outlet: str
    published: Moment | None
    html: Markup
    """Empty where the article does not hold the words (any more)."""
    href: str
    """The words on the article's page."""
    url: str | None
    """The original, where a reader may safely follow it."""
    language: str | None
    card: str | None
    """The headline of the card that the words stand on; `None` for the article's own words."""
    repeats: str | None
    """The outlet whose report this one repeats."""


class Cuttings(Struct, frozen=True, kw_only=True):
    """All that one statement rests on."""

    each: tuple[Cutting, ...]
    articles: int
    origins: int

    @property
    def label(self) -> str:
        """Return how many sources, and how many of them are independent where that is fewer."""
        label = f"{self.articles} source{'' if self.articles == 1 else 's'}"
        if self.origins < self.articles:
            label += f", {self.origins} origin{'' if self.origins == 1 else 's'}"
        return label


class Cutter:
    """Makes cuttings for one page."""

    def __init__(
        self,
        knowledge: Knowledge,
        links: Links,
        *,
        articles: Mapping[str, Article],
        origins: Mapping[str, str],
    ) -> None:
        self._knowledge = knowledge
        self._links = links
        self._articles: dict[str, Article | None] = dict(articles)
        self._origins = origins
        self._sentences: dict[tuple[str, int | None], list[tuple[int, int]]] = {}

    def article(self, article_id: str) -> Article | None:
        """Return the article, asked for once."""
        if article_id not in self._articles:
            self._articles[article_id] = self._knowledge.article(article_id)
        return self._articles[article_id]

    def outlet(self, article_id: str) -> str:
        """Return the name to call the article's outlet by."""
        article = self.article(article_id)
        return (article.outlet if article else None) or NOWHERE

    def outlet_key(self, article_id: str) -> str:
        """Return what tells outlets apart: the name; of unnamed ones, no two are the same."""
        article = self.article(article_id)
        return (article.outlet if article else None) or f"\0{article_id}"

    def cut(self, sources: Iterable[Source]) -> Cuttings:
        """Return what a statement rests on: one cutting for words of the same sentence."""
        cuttings: dict[tuple[str, str, int | None, int, int], list[Source]] = {}
        for source in dict.fromkeys(sources):
            span = source.span
            start, end = self._context(source)
            key = (source.article, span.part, span.related_index, start, end)
            cuttings.setdefault(key, []).append(source)
        ids = list(dict.fromkeys(key[0] for key in cuttings))
        return Cuttings(
            each=tuple(
                self._paste(together, key[-2], key[-1]) for key, together in cuttings.items()
            ),
            articles=len(ids),
            origins=len({self._origins.get(each, each) for each in ids}),
        )

    def language(self, text: str | None, sources: Iterable[Source]) -> str | None:
        """Return the language of a statement that is its source's own words, if not English."""
        for source in sources:
            article = self.article(source.article)
            if article and article.language not in (None, "en"):
                words, _ = _holder(article, source.span)
                if text and text in " ".join(words.split()):
                    return article.language
        return None

    def _paste(self, sources: list[Source], start: int, end: int) -> Cutting:
        first = sources[0]
        article = self.article(first.article)
        origin = self._origins.get(first.article, first.article)
        words, card = _holder(article, first.span) if article else ("", None)
        html = write_marked(
            words, start, end, [Mark(each.span.start, each.span.end) for each in sources]
        )
        if first.span.part == "text" and start < end and article:
            bounds = self._bounds(first, card or article)
            if all(start != begin for begin, _ in bounds):
                html = Markup("… ") + html
            if all(end != until for _, until in bounds):
                html += Markup(" …")
        return Cutting(
            outlet=self.outlet(first.article),
            published=_published(card or article) if article else None,
            html=html,
            href=self._links.words(first),
            url=outward(article.url) if article else None,
            language=article.language if article else None,
            card=(card.headline or "an earlier story") if card else None,
            repeats=self.outlet(origin) if origin != first.article else None,
        )

    def _context(self, source: Source) -> tuple[int, int]:
        """Return the bounds of the sentence or sentences around the words; (0, 0) if none."""
        article = self.article(source.article)
        if article is None:
            return 0, 0
        words, card = _holder(article, source.span)
        start, end = max(0, source.span.start), min(source.span.end, len(words))
        end = min(end, start + LONGEST)
        if start >= end:
            return 0, 0
        if source.span.part == "headline":
            return 0, min(len(words), end + MARGIN)
        bounds = self._bounds(source, card or article)
        first = next((n for n, (_, until) in enumerate(bounds) if until > start), None)
        last = next((n for n, (_, until) in enumerate(bounds) if until >= end), len(bounds) - 1)
        if first is None:
            return start, end
        low, high = min(bounds[first][0], start), max(bounds[last][1], end)
        if end - start > FILLS * (high - low):
            # A blank line parts paragraphs: what stands beyond it is no context.
            if first > 0 and "\n\n" not in words[bounds[first - 1][0] : low]:
                low = bounds[first - 1][0]
            if last + 1 < len(bounds) and "\n\n" not in words[high : bounds[last + 1][1]]:
                high = bounds[last + 1][1]
        if start - low > MARGIN:
            low = words.find(" ", start - MARGIN, start) + 1 or start
        if high - end > MARGIN:
            cut = words.rfind(" ", end, end + MARGIN)
            high = cut if cut > 0 else end
        return low, high

    def _bounds(self, source: Source, article: Article) -> list[tuple[int, int]]:
        key = source.article, source.span.related_index
        if key not in self._sentences:
            self._sentences[key] = [
                (each.start, each.end) for each in find_sentences(article.text, article.blocks)
            ]
        return self._sentences[key]


def _holder(article: Article, span: Span) -> tuple[str, Article | None]:
    """Return the text that the span counts in, and the card that it is of."""
    card = None
    if span.related_index is not None:
        if span.related_index >= len(article.related):
            return "", None
        card = article.related[span.related_index]
    holder = card or article
    return ((holder.headline or "") if span.part == "headline" else holder.text), card


def _published(article: Article) -> Moment | None:
    moment = article.published_at or article.published_on
    return moment.isoformat() if moment else None
