"""What one event of one article says of an incident: who says it, and when."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from livebrief.model import (
    Article,
    Candidate,
    Event,
    Moment,
    Placement,
    Reading,
    Span,
    identify_story,
)

# What did not happen, might happen or happens as a rule is no incident.
REALITIES = frozenset({"actual", "alleged"})
STAGES = frozenset({"done", "ongoing", "attempted", "foiled"})

# An article names a few people who matter and, in a list of a hundred, many who do not.
MOST_NAMES = 24


class Testimony(Struct, frozen=True, kw_only=True):
    """One event of one article, as a witness to an incident."""

    event: Event
    article: str
    revision: str
    outlet: str | None = None
    origin: str
    """The id of the first carrier of the same report."""
    published_at: Moment | None = None
    """When it was reported: of a card's event, the card's own date."""
    printed_at: Moment | None = None
    """When the page that shows it was published; `published_at` save for cards."""
    modified_at: datetime | None = None
    learned_at: datetime | None = None
    story: str | None = None
    likely_stories: tuple[Candidate, ...] = ()
    """The stories its article might belong to, and how likely."""
    is_main: bool = False
    """The article is about this event."""
    is_card: bool = False
    is_correction: bool = False
    """The page carries a correction."""
    names: tuple[str, ...] = ()
    """People named with it: in its sentence; of a main event, anywhere on the page."""
    spots: tuple[str, ...] = ()
    """Streets and buildings named with it, likewise."""


class Silence(Struct, frozen=True, kw_only=True):
    """A revision of an article that tells of no incident: it takes back what an older one told."""

    article: str
    revision: str
    printed_at: Moment | None = None
    modified_at: datetime | None = None
    learned_at: datetime | None = None


def read_testimonies(reading: Reading, placement: Placement) -> tuple[Testimony | Silence, ...]:
    """Return what the reading's events witness: those that happened, or are said to have."""
    article = reading.article
    people, spots = _find_named(reading, "person"), _find_named(reading, "facility")
    is_correction = any(block.role == "correction" for block in article.blocks)
    printed_at = _published(article)
    testimonies: list[Testimony] = []
    for event in reading.events:
        if event.reality not in REALITIES or event.stage not in STAGES:
            continue
        index = event.span.related_index
        card = _find_card(article, index)
        is_main = event.id == reading.main_event
        testimonies.append(
            Testimony(
                event=event,
                article=article.id,
                revision=article.revision,
                outlet=article.outlet,
                # A card repeats an article of the same outlet: that one is its first carrier.
                origin=card.id if card else placement.origin or article.id,
                published_at=_published(card) if card else printed_at,
                printed_at=printed_at,
                modified_at=article.modified_at,
                learned_at=reading.learned_at,
                # A new story goes by the article that opens it.
                story=placement.story or identify_story(article.id),
                likely_stories=placement.candidates,
                is_main=is_main and index is None,
                is_card=index is not None,
                is_correction=is_correction and index is None,
                names=_named_with(event.span, people, is_main=is_main and index is None),
                spots=_named_with(event.span, spots, is_main=is_main and index is None),
            )
        )
    if not testimonies:
        return (
            Silence(
                article=article.id,
                revision=article.revision,
                printed_at=printed_at,
                modified_at=article.modified_at,
                learned_at=reading.learned_at,
            ),
        )
    return tuple(testimonies)


def _published(article: Article) -> Moment | None:
    moment = article.published_at or article.published_on
    return None if moment is None else moment.isoformat()


def _find_card(article: Article, index: int | None) -> Article | None:
    if index is None or not 0 <= index < len(article.related):
        return None
    return article.related[index]


def _find_named(reading: Reading, kind: str) -> list[tuple[Span, str]]:
    named = []
    for name in reading.names:
        if name.kind != kind:
            continue
        span = name.span
        article = _find_card(reading.article, span.related_index) or reading.article
        text = article.headline if span.part == "headline" else article.text
        named.append((span, (text or "")[span.start : span.end]))
    return named


def _named_with(sentence: Span, named: list[tuple[Span, str]], *, is_main: bool) -> tuple[str, ...]:
    found = {
        name: None
        for span, name in named
        if span.related_index == sentence.related_index
        and (
            is_main
            or (
                span.part == sentence.part
                and sentence.start <= span.start
                and span.end <= sentence.end
            )
        )
    }
    return tuple(found)[:MOST_NAMES]
