"""What a brief is written from, and the questions its sections ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, structs

from livebrief.model import (
    Article,
    Change,
    Deeper,
    Event,
    Incident,
    Reading,
    Source,
    Span,
    Story,
)


class Coverage(Struct, kw_only=True, dict=True):
    """A story's readings, what was made of them, and the moment the brief is written for."""

    story: Story
    readings: tuple[Reading, ...]
    """Of the story's articles, the latest revision known of each, in the order learned."""
    others: tuple[Reading, ...] = ()
    """Articles of other stories that report one of `earlier`."""
    origins: dict[str, str]
    """Article id to the id of the first carrier of the same report."""
    incidents: tuple[Incident, ...] = ()
    """What this story is about, latest last."""
    earlier: tuple[Incident, ...] = ()
    """What happened before and explains it, latest last."""
    changes: tuple[Change, ...] = ()
    deeper: tuple[Deeper, ...] = ()
    as_of: datetime
    since: datetime | None = None

    def __post_init__(self) -> None:
        self._readings = {each.article.id: each for each in (*self.others, *self.readings)}
        self._events: dict[str, tuple[Reading, Event]] = {}
        for reading in self._readings.values():
            for event in reading.events:
                self._events[event.id] = reading, event

    def reading(self, article_id: str) -> Reading | None:
        """Return the reading of that article, if it is at hand."""
        return self._readings.get(article_id)

    def event(self, event_id: str) -> tuple[Reading, Event] | None:
        """Return the event and the reading it stands in, if they are at hand."""
        return self._events.get(event_id)

    def events_of(self, incident: Incident) -> Iterator[tuple[Reading, Event]]:
        """Return the incident's events that are at hand, earliest report first."""
        for event_id in incident.events:
            if found := self._events.get(event_id):
                yield found

    def is_news(self, incident: Incident) -> bool:
        """Return whether an article was about it, or two origins tell it: not a mere mention."""
        told = list(self.events_of(incident))
        return any(event.id == reading.main_event for reading, event in told) or (
            len({self.origin(reading.article.id) for reading, _ in told}) > 1
        )

    def outlet(self, article_id: str) -> str:
        """Return the name to call the article's outlet by."""
        reading = self._readings.get(article_id)
        outlet = reading.article.outlet if reading else None
        return outlet or "an unnamed outlet"

    def origin(self, article_id: str) -> str:
        """Return the id of the article that first carried the same report."""
        return self.origins.get(article_id, article_id)


def leading(coverage: Coverage) -> list[Incident]:
    """Return what the story is news of: what most origins tell first, of these the latest."""

    def weight(incident: Incident) -> tuple[int, str, str]:
        origins = {coverage.origin(each.article.id) for each, _ in coverage.events_of(incident)}
        earliest = incident.time.earliest if incident.time else None
        return len(origins), earliest or "", incident.id

    news = [incident for incident in coverage.incidents if coverage.is_news(incident)]
    return sorted(news, key=weight, reverse=True)


def words_at(article: Article, span: Span) -> str:
    """Return the words of the span, white space folded; empty where the span is not in it."""
    holder = article
    if span.related_index is not None:
        if span.related_index >= len(article.related):
            return ""
        holder = article.related[span.related_index]
    text = (holder.headline or "") if span.part == "headline" else holder.text
    return " ".join(text[span.start : span.end].split())


def trim_label(article: Article, span: Span) -> Span:
    """Return the span without the label of a labelled paragraph ("Why it matters:") before it."""
    holder = article
    if span.related_index is not None and span.related_index < len(article.related):
        holder = article.related[span.related_index]
    for block in holder.blocks if span.part == "text" else ():
        if block.start <= span.start < block.end and block.label:
            opening = holder.text[span.start : span.end]
            if opening.startswith(block.label):
                rest = opening[len(block.label) :].lstrip(": \n\u00a0")
                if rest:
                    return structs.replace(span, start=span.end - len(rest))
    return span


def source_of(reading: Reading, span: Span) -> Source:
    """Return the source that leads to those words."""
    return Source(article=reading.article.id, span=span)
