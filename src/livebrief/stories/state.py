"""What a story shows of itself: headline, section, state.  Pure functions of its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from livebrief.likeness import Frequencies, cosine, weigh
from livebrief.model import Article, StoryState, day_of

# One article is no development yet; a day without a new one is quiet, as desks run by the day;
# after a week of silence a newsroom treats the next article as a return to the story.
EMERGING_UNTIL = 2
QUIET_AFTER = timedelta(days=1)
CLOSED_AFTER = timedelta(days=7)

# The headlines among which the clearest is sought: those of the last day, and at most so many.
# An older one may be clearer, and tell a toll that has risen since.
RECENT_HEADLINES = 8
RECENT_DAYS = timedelta(days=1)


def state_of(
    first_at: datetime | None, last_at: datetime | None, articles: int, now: datetime
) -> StoryState:
    """Return where in its life a story stands at a moment.

    >>> from datetime import UTC
    >>> noon = datetime(2020, 3, 11, 12, tzinfo=UTC)
    >>> state_of(noon, noon, 1, noon), state_of(noon, noon, 9, noon + timedelta(days=30))
    ('emerging', 'closed')
    """
    if last_at is not None and now - last_at > CLOSED_AFTER:
        return "closed"
    if last_at is not None and now - last_at > QUIET_AFTER:
        return "quiet"
    return "emerging" if articles < EMERGING_UNTIL else "developing"


def headline_of(articles: Sequence[Article]) -> str | None:
    """Return the clearest recent headline of a story's articles, given in the order of time.

    Clearest is the one that shares most with the others; of equals the latest.

    >>> headlines = ["Rockets hit base in Iraq", "LIVE", "Rockets hit Taji base, three killed"]
    >>> headline_of([Article(id=str(i), revision="r", headline=h) for i, h in enumerate(headlines)])
    'Rockets hit Taji base, three killed'
    """
    named = [article for article in articles if article.headline][-RECENT_HEADLINES:]
    days = [day for article in named if (day := _day(article)) is not None]
    since = max(days) - RECENT_DAYS if days else None
    recent = [
        article.headline or ""
        for article in named
        if since is None or (_day(article) or since) >= since
    ]
    frequencies = Frequencies()
    vectors = [weigh(headline, frequencies) for headline in recent]
    best: str | None = None
    most = -1.0
    for index, headline in enumerate(recent):
        shared = sum(
            cosine(vectors[index], other) for at, other in enumerate(vectors) if at != index
        )
        if shared >= most:
            best, most = headline, shared
    return best


def _day(article: Article) -> date | None:
    return day_of(article.modified_at or article.published_at or article.published_on)


def section_of(articles: Sequence[Article]) -> str | None:
    """Return the section that most of a story's articles stand in; of equals the first named.

    >>> section_of([Article(id="1", revision="r", section="World")])
    'World'
    """
    counts = Counter(article.section for article in articles if article.section)
    return counts.most_common(1)[0][0] if counts else None
