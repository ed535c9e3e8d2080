"""A story's page: its brief, each statement beside what it rests on, and all that stands behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from livebrief.model import Article, Brief, Deeper, Entry, Moment, Source, Story, TimelineEntry
from livebrief.store import Filed
from livebrief.web.changes import Bringing, Toll, find_toll, write_changes
from livebrief.web.cuttings import Cutter, Cuttings
from livebrief.web.incidents import IncidentCard, write_incidents
from livebrief.web.knowledge import Knowledge
from livebrief.web.links import Links, outward

LEDE = "The lede"


class Statement(Struct, frozen=True, kw_only=True):
    """One sentence of the brief and what it rests on."""

    text: str
    cuttings: Cuttings
    language: str | None = None
    time: Moment | None = None


class Part(Struct, frozen=True, kw_only=True):
    """A labelled section of the brief."""

    id: str
    label: str
    statements: tuple[Statement, ...]


class ArticleLine(Struct, frozen=True, kw_only=True):
    """One of the story's articles, as its list shows it."""

    article: Article
    learned_at: datetime | None
    repeats: str | None


class StoryPage(Struct, frozen=True, kw_only=True):
    """All that a story's page shows."""

    story: Story
    brief: Brief
    language: str | None
    lede: tuple[Statement, ...]
    parts: tuple[Part, ...]
    timeline: tuple[Statement, ...]
    changes: tuple[Bringing, ...]
    incidents: tuple[IncidentCard, ...]
    deeper: tuple[Deeper, ...]
    articles: tuple[ArticleLine, ...]
    outlets: int
    origins: int
    toll: Toll | None
    since: datetime | None


def make_story_page(
    knowledge: Knowledge, links: Links, story: Story, since: datetime | None = None
) -> StoryPage:
    """Return the story's page."""
    filed = knowledge.filed(story.id)
    articles = {each.reading.article.id: each.reading.article for each in filed}
    origins = origins_of(filed)
    cutter = Cutter(knowledge, links, articles=articles, origins=origins)
    brief = knowledge.brief(story.id, since)
    incidents = knowledge.incidents(story.id)
    named = {each.id: each for each in incidents}
    parts = [
        Part(
            id=section.label.lower().replace(" ", "-"),
            label=section.label,
            statements=tuple(_state(entry, cutter) for entry in section.entries),
        )
        for section in brief.sections
    ]
    return StoryPage(
        story=story,
        brief=brief,
        language=language_of(story, list(articles.values())),
        lede=next((part.statements for part in parts if part.label == LEDE), ()),
        parts=tuple(part for part in parts if part.label != LEDE),
        timeline=tuple(_state(entry, cutter) for entry in brief.timeline),
        changes=write_changes(knowledge.changes(story.id, since), named),
        incidents=write_incidents(incidents, filed, cutter),
        deeper=brief.go_deeper,
        articles=tuple(_list_article(each, cutter) for each in filed),
        outlets=len({each.outlet for each in articles.values() if each.outlet}),
        origins=len(set(origins.values())),
        toll=find_toll(incidents),
        since=since,
    )


def _state(entry: Entry | TimelineEntry, cutter: Cutter) -> Statement:
    return Statement(
        text=entry.text,
        cuttings=cutter.cut(entry.sources),
        language=cutter.language(entry.text, entry.sources),
        time=entry.time if isinstance(entry, TimelineEntry) else None,
    )


def _list_article(filed: Filed, cutter: Cutter) -> ArticleLine:
    article, origin = filed.reading.article, filed.placement.origin
    return ArticleLine(
        article=article,
        learned_at=filed.reading.learned_at,
        repeats=cutter.outlet(origin) if origin and origin != article.id else None,
    )


def origins_of(filed: Sequence[Filed]) -> dict[str, str]:
    """Return the first carrier of each article's report, by article."""
    return {
        each.reading.article.id: each.placement.origin or each.reading.article.id for each in filed
    }


def language_of(story: Story, articles: Sequence[Article]) -> str | None:
    """Return the language of the story's headline, `None` for English or unknown."""
    for article in articles:
        if article.headline == story.headline and article.language not in (None, "en"):
            return article.language
    return None


def cited_sources(page: StoryPage) -> Iterator[Source]:
    """Yield every place in an article that the page leads to."""
    for entry in (entry for section in page.brief.sections for entry in section.entries):
        yield from entry.sources
    for each in page.brief.timeline:
        yield from each.sources
    for changed in (changed for each in page.changes for changed in each.changed):
        yield from (line.source for line in changed.lines if line.source)
    for card in page.incidents:
        for tally in card.tallies:
            yield from (voice.source for voice in tally.voices)
        for held in card.held:
            yield from held.sources


def describe_story(page: StoryPage) -> dict[str, object]:
    """Return the story as schema.org's `NewsArticle`, for machines that read the page."""
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": page.story.id,
        "headline": page.story.headline,
        "description": page.lede[0].text if page.lede else None,
        "articleSection": page.story.section,
        "datePublished": page.story.first_at,
        "dateModified": page.story.last_at,
        "isBasedOn": [
            url for line in page.articles if (url := outward(line.article.url)) is not None
        ],
        "author": {"@type": "Organization", "name": "livebrief"},
    }
    return {key: value for key, value in described.items() if value}
