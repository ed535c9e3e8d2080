"""Which of the coverage's own sentences to quote: told often, told well, not told twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from livebrief.briefs.coverage import Coverage, source_of, trim_label, words_at
from livebrief.language import find_sentences
from livebrief.model import Entry, Event, Incident, Reading, Role, Source, Span, day_of

# Sentences outside these lengths, in words, read badly out of their place: shorter ones are
# fragments, longer ones bury what they say.
SHORTEST, LONGEST = 7, 48

# How much of the smaller sentence's content words two sentences may share before they say the
# same thing.  Wire copies share .9 and more; two sentences on one toll about .5.
SAME_THING = 0.6

QUOTABLE: frozenset[Role | None] = frozenset(
    {None, "summary", "paragraph", "list_item", "live_entry", "quote"}
)


class Quote(Struct, frozen=True, kw_only=True):
    """One sentence of one article, fit to be quoted."""

    reading: Reading
    span: Span
    text: str
    words: frozenset[str]
    position: int
    """Its place among the article's sentences, from 0."""


@cache
def _weak_openers() -> re.Pattern[str]:
    path = Path(__file__).with_name("weak_openers.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    openers = sorted((line for line in lines if line and not line.startswith("#")), key=len)
    return re.compile(rf"(?:{'|'.join(map(re.escape, reversed(openers)))})\b", re.IGNORECASE)


def find_quotes(reading: Reading) -> list[Quote]:
    """Return the sentences of the article's own text that can stand alone."""
    article = reading.article
    quotes = []
    sentences = find_sentences(article.text, article.blocks)
    for position, sentence in enumerate(each for each in sentences if each.role in QUOTABLE):
        span = trim_label(article, Span(start=sentence.start, end=sentence.end))
        text = words_at(article, span)
        count = text.count(" ") + 1
        if not SHORTEST <= count <= LONGEST or text.endswith(("?", ":")):
            continue
        if is_weak(text) or text.count("“") != text.count("”"):
            continue
        if text.count('"') % 2:
            continue
        quotes.append(
            Quote(
                reading=reading,
                span=span,
                text=text,
                words=content_words(text),
                position=position,
            )
        )
    return quotes


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry what a sentence says: folded, four letters or a digit.

    >>> sorted(content_words("The base was hit by 18 rockets."))
    ['18', 'base', 'rockets']
    """
    return frozenset(
        word
        for word in re.findall(r"\w+", text.casefold())
        if len(word) > 3 or word[0].isdigit() or not word.isascii()
    )


def is_same_thing(one: Quote, other: Quote) -> bool:
    """Return whether two sentences say the same, as far as their words tell."""
    return share_words(one.words, other.words)


def share_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of content words have most of the smaller one in common."""
    fewer = min(len(one), len(other))
    return fewer > 0 and len(one & other) / fewer >= SAME_THING


def is_weak(text: str) -> bool:
    """Return whether a sentence leans on the one before it, and cannot be quoted alone.

    >>> is_weak("It disputes that."), is_weak("Itaipu was closed.")
    (True, False)
    """
    return bool(_weak_openers().match(text))


def rank_quotes(coverage: Coverage, quotes: Sequence[Quote]) -> list[Quote]:
    """Return the sentences, the most telling first.

    A word tells as much as independent origins use it (SumBasic's idea: Nenkova and
    Vanderwende, 2005, with origins for documents); sentences high in an article, and late in
    the story, tell more.
    """
    used = Counter[str]()
    seen: dict[str, set[str]] = {}
    for quote in quotes:
        origin = coverage.origin(quote.reading.article.id)
        fresh = quote.words - seen.setdefault(origin, set())
        seen[origin] |= fresh
        used.update(fresh)
    origins = max(1, len(seen))
    order = {reading.article.id: n for n, reading in enumerate(coverage.readings)}
    last = max(1, len(order) - 1)

    def score(quote: Quote) -> float:
        told = sum(used[word] for word in quote.words) / (origins * (len(quote.words) + 4))
        high = 1 / (1 + 0.15 * quote.position)
        late = 0.5 + 0.5 * order.get(quote.reading.article.id, 0) / last
        return told * high * late

    return sorted(
        quotes, key=lambda quote: (-score(quote), quote.reading.article.id, quote.span.start)
    )


def pick_quotes(
    ranked: Iterable[Quote], most: int, *, besides: Sequence[Quote] = ()
) -> list[tuple[Quote, tuple[Quote, ...]]]:
    """Return the first quotes that say different things, each with those that say the same."""
    picked: list[tuple[Quote, list[Quote]]] = []
    for quote in ranked:
        if any(is_same_thing(quote, other) for other in besides):
            continue
        for first, others in picked:
            if is_same_thing(quote, first):
                others.append(quote)
                break
        else:
            if len(picked) < most:
                picked.append((quote, []))
    return [(first, tuple(others)) for first, others in picked]


def quote_entry(coverage: Coverage, quote: Quote, others: Iterable[Quote] = ()) -> Entry:
    """Return the entry that quotes a sentence; sources that say the same stand beside it.

    Of each origin one source is enough.
    """
    sources: list[Source] = []
    origins: set[str] = set()
    for each in (quote, *others):
        origin = coverage.origin(each.reading.article.id)
        if origin not in origins:
            origins.add(origin)
            sources.append(source_of(each.reading, each.span))
    return Entry(text=quote.text, sources=tuple(sources))


class Telling(Struct, frozen=True, kw_only=True):
    """The sentence that tells an incident best, and whose it is."""

    reading: Reading
    event: Event
    span: Span
    text: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sentence, and where its article says when the incident was."""
        sources = [source_of(self.reading, self.span)]
        if self.event.time is not None:
            sources.append(source_of(self.reading, self.event.time.span))
        return tuple(sources)


def find_telling(coverage: Coverage, incident: Incident) -> Telling | None:
    """Return the sentence that tells the incident best: with toll, place and day, as its own news.

    `None` where none of its events is at hand.
    """
    best: tuple[float, str, Telling] | None = None
    for reading, event in coverage.events_of(incident):
        held = [each.span for each in event.figures]
        held += [value.span for value in (event.place, event.time) if value is not None]
        for sentence in find_tellings(reading, event):
            span = trim_label(reading.article, sentence)
            text = words_at(reading.article, span)
            if not text:
                continue
            score = (
                2.0 * (event.id == reading.main_event)
                + 0.8 * len({each for each in held if is_inside(each, sentence)})
                + 0.7 * (span.related_index is None)
                - 1.5 * (span.part == "headline")
                - 1.0 * (not SHORTEST <= text.count(" ") + 1 <= LONGEST)
                - 2.5 * is_weak(text)
                - 2.0 * tells_another_day(reading, event, sentence)
                - 0.2 * (event.mentions[1:] != () and not is_inside(event.mentions[0], sentence))
            )
            # Of equals the later report: what is known of an incident grows.
            if best is None or score >= best[0]:
                telling = Telling(reading=reading, event=event, span=span, text=text)
                best = score, event.id, telling
    return None if best is None else best[2]


def find_tellings(reading: Reading, event: Event) -> list[Span]:
    """Return the sentences in which an article tells of an event, its own first."""
    sentences = {event.span: None}
    text = reading.article.text
    for mention in event.mentions:
        if mention.part == "text" and mention.related_index is None:
            for sentence in find_sentences(text, reading.article.blocks):
                if sentence.start <= mention.start < sentence.end and sentence.role in QUOTABLE:
                    sentences[Span(start=sentence.start, end=sentence.end)] = None
    return list(sentences)


def tells_another_day(reading: Reading, event: Event, sentence: Span) -> bool:
    """Return whether a sentence names a day that is not the event's, and not the event's own.

    "Parliament voted on Sunday, two days after the strike" does not tell the strike.
    """
    if event.time is None or event.time.earliest is None or is_inside(event.time.span, sentence):
        return False
    day = day_of(event.time.earliest)
    return any(
        day_of(time.earliest) != day
        for time in reading.times
        if time.earliest is not None and is_inside(time.span, sentence)
    )


def is_inside(one: Span, other: Span) -> bool:
    """Return whether a span lies in another, of the same text."""
    same = (one.part, one.related_index) == (other.part, other.related_index)
    return same and other.start <= one.start and one.end <= other.end
