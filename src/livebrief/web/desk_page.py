"""The desk: the list of stories, newest change first."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from livebrief.model import Story
from livebrief.web.changes import Bringing, Toll, find_toll, write_changes
from livebrief.web.knowledge import Knowledge
from livebrief.web.story_page import LEDE, language_of, origins_of


class Row(Struct, frozen=True, kw_only=True):
    """One story, as the desk lists it."""

    story: Story
    language: str | None
    articles: int
    outlets: int
    origins: int
    change: Bringing | None
    """The last one; `None` where nothing counted has changed (since then)."""
    learned_at: datetime | None
    toll: Toll | None


class DeskPage(Struct, frozen=True, kw_only=True):
    """All that the desk shows."""

    rows: tuple[Row, ...]
    lede: str | None
    """The leading story's."""
    since: datetime | None
    has_more: bool
    """Whether there may be stories beyond those listed."""


def make_desk_page(
    knowledge: Knowledge, *, limit: int | None = None, since: datetime | None = None
) -> DeskPage:
    """Return the desk; with `since`, only the stories that learned something after it."""
    stories = knowledge.stories(limit)
    rows = []
    for story in stories:
        row = make_row(knowledge, story, since)
        if since is not None and (row.learned_at is None or row.learned_at <= since):
            # Stories come newest first: all that follow are older still.
            break
        rows.append(row)
    lede = None
    if rows:
        for section in knowledge.brief(rows[0].story.id).sections:
            if section.label == LEDE and section.entries:
                lede = section.entries[0].text
    return DeskPage(
        rows=tuple(rows), lede=lede, since=since, has_more=limit is not None and len(rows) == limit
    )


def make_row(knowledge: Knowledge, story: Story, since: datetime | None = None) -> Row:
    """Return the story's row."""
    filed = knowledge.filed(story.id)
    incidents = knowledge.incidents(story.id)
    named = {each.id: each for each in incidents}
    changes = write_changes(knowledge.changes(story.id, since), named)
    articles = [each.reading.article for each in filed]
    learned = [each.reading.learned_at for each in filed if each.reading.learned_at]
    return Row(
        story=story,
        language=language_of(story, articles),
        articles=len(articles),
        outlets=len({each.outlet for each in articles if each.outlet}),
        origins=len(set(origins_of(filed).values())),
        change=changes[0] if changes else None,
        learned_at=max(learned, default=None),
        toll=find_toll(incidents),
    )
