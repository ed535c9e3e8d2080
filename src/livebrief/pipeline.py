"""The whole flow on one page: read this first.

Reading a page needs no other page; following a story needs all earlier ones.  `read` is the first
half and pure; `follow` is the second, a fold in time, and the `Desk` is its only state.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Literal, TypeVar

from msgspec import Struct, field, structs

from livebrief.articles import read_article
from livebrief.briefs import Coverage, name_incident, write_brief, write_list
from livebrief.events import find_events
from livebrief.incidents import Ledger, read_testimonies
from livebrief.language import Passage, annotate
from livebrief.model import (
    Article,
    Background,
    Brief,
    Change,
    Deeper,
    Incident,
    Page,
    Placement,
    Reading,
    Refusal,
    Story,
    day_of,
)
from livebrief.outlets import find_outlet
from livebrief.store import Filed, Hit, Store
from livebrief.stories import Archive, Threads, headline_of, section_of, state_of

Learned = Literal["now", "published"]
Progress = Callable[[str, int, int | None], None]

# So many readings are kept or placed in one transaction.  One by one costs a third of the speed;
# above a hundred nothing more is gained, and an interrupted run would lose more.
TRANSACTION = 100

Value = TypeVar("Value")

logger = logging.getLogger("livebrief")


def read(page: Page) -> Reading | Refusal:
    """Understand one page.  Knows no other page, so it may run anywhere, in any order."""
    article = read_article(page)
    return article if isinstance(article, Refusal) else understand(article)


def understand(article: Article) -> Reading:
    """Return what the article's words mean, and its cards': times, places, events, claims."""
    passages = annotate_article(article)
    findings = find_events(article, passages)
    return Reading(
        article=article,
        main_event=findings.main_event,
        events=findings.events,
        claims=findings.claims,
        causes=findings.causes,
        times=tuple(each for passage in passages for each in passage.times),
        places=tuple(each for passage in passages for each in passage.places),
        names=tuple(each for passage in passages for each in passage.names),
        quantities=tuple(each for passage in passages for each in passage.quantities),
    )


def annotate_article(article: Article) -> list[Passage]:
    """Return the article's passages: its headline and text, then its cards' headlines and texts.

    "Sunday" in a card counts from the card's own date, never from the page's.
    """
    outlet = find_outlet(article.outlet) if article.outlet else None
    country = outlet.country if outlet else None
    passages = []
    for index, each in enumerate((article, *article.related), start=-1):
        related_index = index if index >= 0 else None
        # A page that prints only when it was updated was written by then.
        written_at = each.published_at or (None if each.published_on else each.modified_at)
        written_on = each.published_on or day_of(written_at)
        if each.headline:
            passages.append(
                annotate(
                    each.headline,
                    part="headline",
                    related_index=related_index,
                    written_at=written_at,
                    written_on=written_on,
                    country=country,
                )
            )
        if each.text:
            passages.append(
                annotate(
                    each.text,
                    related_index=related_index,
                    blocks=each.blocks,
                    written_at=written_at,
                    written_on=written_on,
                    country=country,
                )
            )
    return passages


def follow(reading: Reading, desk: Desk) -> Placement:
    """Take one reading into the stories followed so far.  Call it in the order of time."""
    placement = desk.place(reading)
    desk.file(reading, placement)
    return placement


class Taken(Struct, kw_only=True):
    """What became of the sources that were added."""

    articles: int = 0
    revisions: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    changes: int = 0


def take_in(
    pages: Iterable[Page | Refusal],
    desk: Desk,
    *,
    now: datetime,
    learned: Learned = "now",
    progress: Progress = lambda step, done, total: None,
) -> Taken:
    """Read the pages, keep them, and follow them in the order of (learned, published, id).

    First all are kept, then all that wait are placed: what an interrupted run has kept but not
    placed, the next run places in the same order, so both end alike.  `progress` is told the
    step ("reading", "following"), how many are done, and of how many where that is known.
    """
    taken = Taken()
    store = desk.store
    store.restamp_pending(now)
    count = 0
    for batch in _batches(pages, TRANSACTION):
        with store.transaction():
            for page in batch:
                _keep(page, store, taken, learned, now)
                count += 1
                progress("reading", count, None)
    waiting = store.pending()
    count = 0
    for keys in _batches(waiting, TRANSACTION):
        with store.transaction():
            for article_id, revision in keys:
                reading = store.load_reading(article_id, revision)
                story, changes = desk.file(reading, desk.place(reading))
                taken.stories.add(story)
                taken.changes += len(changes)
                count += 1
                progress("following", count, len(waiting))
    return taken


def _keep(
    page: Page | Refusal, store: Store, taken: Taken, learned: Learned, now: datetime
) -> None:
    """Read a page and keep the reading, or why there is none."""
    try:
        reading = page if isinstance(page, Refusal) else _read_new(page, store, taken)
    except Exception as error:
        # A mistake of ours on one page must not cost the thousand pages beside it: it is logged
        # whole, and kept and counted with what could not be read.
        logger.exception("livebrief failed on %s", page.address)
        reason = f"livebrief failed on it ({type(error).__name__}: {error}); please report this"
        reading = Refusal(address=page.address, reason=reason)
    if isinstance(reading, Refusal):
        taken.refused.append(reading)
        store.save_refusal(reading, now)
    elif reading is not None:
        learned_at = published_moment(reading.article) if learned == "published" else None
        store.save_reading(
            structs.replace(reading, learned_at=learned_at or now), is_run_time=learned_at is None
        )


def _read_new(page: Page, store: Store, taken: Taken) -> Reading | Refusal | None:
    """Return what a page says, counted; `None` where it is known."""
    article = read_article(page)
    if isinstance(article, Refusal):
        return article
    is_known = store.has_article(article.id)
    # A headline alone, as sitemaps and some feeds give it, is no new revision of a page.
    if store.has_reading(article) or (is_known and not article.text):
        taken.known += 1
        return None
    reading = understand(article)
    if is_known:
        taken.revisions += 1
    else:
        taken.articles += 1
    return reading


def published_moment(article: Article) -> datetime | None:
    """Return when an archive's article could first have been read, `None` if it does not say.

    A page that has been changed could be read so only from then on; a page that prints a day
    alone, by the end of that day.
    """
    instant = article.modified_at or article.published_at
    if instant is None and article.published_on is not None:
        instant = datetime.combine(article.published_on, time(23, 59, 59), tzinfo=UTC)
    return instant or article.captured_at


def _batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch


class Desk:
    """All stories followed so far: the only state, kept in the store.

    What following needs in memory is filed again from the store at the first question, so a
    desk that is only read starts at once.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._memory: tuple[Threads, Ledger] | None = None

    def place(self, reading: Reading) -> Placement:
        """Return which story the reading belongs to, how sure, and why.  Changes nothing."""
        threads, _ = self._recall()
        return threads.place(reading)

    def file(self, reading: Reading, placement: Placement) -> tuple[str, tuple[Change, ...]]:
        """Take the reading into that story; return the story's id and what was learned by it.

        Filing the same revision of an article again changes nothing.
        """
        threads, ledger = self._recall()
        placed = self.store.story_of(reading.article.id, reading.article.revision)
        if placed is not None:
            return placed, ()
        if not self.store.has_reading(reading.article):
            self.store.save_reading(reading)
        story = threads.file(reading, placement)
        self.store.save_placement(reading, placement, story)
        filing = ledger.file(read_testimonies(reading, placement))
        learned_at = reading.learned_at
        if learned_at is None:
            raise ValueError("a reading is filed with the time it was learned; got learned_at=None")
        self.store.save_incidents(filing.gone, filing.incidents, ledger.article_of, learned_at)
        self.store.save_changes(filing.changes, learned_at, reading.article.id)
        return story, filing.changes

    def _recall(self) -> tuple[Threads, Ledger]:
        if self._memory is None:
            threads = Threads()
            for filed in self.store.filed():
                threads.file(filed.reading, filed.placement)
            self._memory = threads, recall_incidents(self.store)
        return self._memory


def recall_incidents(store: Store, as_of: datetime | None = None) -> Ledger:
    """Return the incidents as the reports known by then tell them."""
    ledger = Ledger()
    for filed in store.filed(as_of=as_of):
        ledger.file(read_testimonies(filed.reading, filed.placement))
    return ledger


class UnknownStoryError(LookupError):
    """No story goes by these words; `closest` holds those that nearly do."""

    def __init__(self, words: str, closest: Sequence[Story]) -> None:
        super().__init__(words)
        self.words = words
        self.closest = tuple(closest)


class View:
    """What was known at a moment: the desk as it stood then, for asking only."""

    def __init__(self, store: Store, as_of: datetime | None = None) -> None:
        self.store = store
        self.as_of = as_of
        self._ledger: Ledger | None = None
        self._archive: Archive | None = None
        # One page asks for the same story many times, and a view never changes.
        self.filed = cache(self._find_filed)
        self.story = cache(self._make_story)
        self._background = cache(self._find_background)
        self._own_and_earlier = cache(self._split_incidents)
        self._names = cache(self._find_names)

    @property
    def moment(self) -> datetime:
        """The moment itself; without one given, when the store last learned something."""
        return self.as_of or self.store.last_learned_at() or datetime.min.replace(tzinfo=UTC)

    def _find_filed(self, story_id: str) -> tuple[Filed, ...]:
        """Return the story's articles, the latest revision of each, in the order learned."""
        latest: dict[str, Filed] = {}
        for filed in self.store.filed(story=story_id, as_of=self.as_of):
            latest.pop(filed.reading.article.id, None)
            latest[filed.reading.article.id] = filed
        return tuple(latest.values())

    def stories(self, limit: int | None = None) -> list[Story]:
        """Return the stories, the one that changed last first."""
        return [self.story(each) for each in self.store.story_ids(as_of=self.as_of)[:limit]]

    def _make_story(self, story_id: str) -> Story:
        """Return the story as its articles known by then tell it; `KeyError` if none do."""
        filed = self.filed(story_id)
        if not filed:
            raise KeyError(f"no story {story_id} was known by {self.moment.isoformat()}")
        articles = [each.reading.article for each in filed]
        moments = [published_moment(each) for each in articles]
        known = sorted(each for each in moments if each is not None)
        own, _ = self._own_and_earlier(story_id)
        return Story(
            id=story_id,
            headline=headline_of(articles),
            section=section_of(articles),
            state=state_of(
                known[0] if known else None,
                known[-1] if known else None,
                len(articles),
                self.moment,
            ),
            is_developing=articles[-1].is_developing,
            first_at=known[0] if known else None,
            last_at=known[-1] if known else None,
            articles=tuple(each.id for each in articles),
            incidents=tuple(each.id for each in own),
            background=tuple(self._background(story_id)),
        )

    def find_story(self, words: str | None) -> Story:
        """Return the story of that id, or beginning of an id, or that has these words.

        Without words, the leading story: the one that most independent reports of the last
        week tell.  `UnknownStoryError` where none fits.
        """
        ids = self.store.story_ids(as_of=self.as_of)
        if words is None:
            leading = max(ids, key=self._recent_origins, default=None)
            if leading is None:
                raise UnknownStoryError("", ())
            return self.story(leading)
        begun = [each for each in ids if each.startswith(words.lower())]
        if len(begun) == 1 or words in ids:
            return self.story(words if words in ids else begun[0])
        for hit in self.store.search(words, limit=5, as_of=self.as_of):
            if hit.story:
                return self.story(hit.story)
        headlines = {(self.story(each).headline or ""): each for each in ids[:200]}
        closest = difflib.get_close_matches(words, headlines, n=3, cutoff=0.2)
        raise UnknownStoryError(words, [self.story(headlines[each]) for each in closest])

    def _recent_origins(self, story_id: str) -> int:
        week = self.moment - timedelta(days=7)
        recent = [each for each in self.filed(story_id) if _learned(each) >= week]
        return len({each.placement.origin for each in recent})

    def article(self, article_id: str) -> Article | None:
        """Return the article as last revised by then."""
        filed = self.store.find_filed(article_id, as_of=self.as_of)
        return filed.reading.article if filed else None

    def articles(self, story_id: str) -> list[Article]:
        """Return the story's articles, the latest revision of each, in the order learned."""
        return [each.reading.article for each in self.filed(story_id)]

    def incidents(self, story_id: str | None = None) -> list[Incident]:
        """Return what the story is about, earliest first; of no story, every incident."""
        if story_id is not None:
            return self._own_and_earlier(story_id)[0]
        if self.as_of is None:
            return sorted(self.store.incidents(), key=_incident_order)
        return sorted(self._recall().all(), key=_incident_order)

    def changes(self, story_id: str | None = None, since: datetime | None = None) -> list[Change]:
        """Return what was learned after `since`, in the order learned."""
        if story_id is None:
            return self.store.changes(since=since, as_of=self.as_of)
        articles = {each.reading.article.id for each in self.filed(story_id)}
        own = [each.id for each in self.incidents(story_id)]
        return [
            change
            for change in self.store.changes(incidents=own, since=since, as_of=self.as_of)
            if change.report is None or change.report.article in articles
        ]

    def brief(self, story_id: str, since: datetime | None = None) -> Brief:
        """Return the story's brief as it stood at this moment."""
        filed = self.filed(story_id)
        own, earlier = self._own_and_earlier(story_id)
        reported = {each.reading.article.id for each in filed}
        others = [
            self.store.find_filed(article_id, as_of=self.as_of)
            for incident in (*own, *earlier)
            for article_id in self.store.articles_of_incident(incident)
            if article_id not in reported
        ]
        known = [each for each in others if each is not None]
        return write_brief(
            Coverage(
                story=self.story(story_id),
                readings=tuple(each.reading for each in filed),
                others=tuple(each.reading for each in known),
                origins={
                    each.reading.article.id: each.placement.origin or each.reading.article.id
                    for each in (*filed, *known)
                },
                incidents=tuple(own),
                earlier=tuple(earlier),
                changes=tuple(self.changes(story_id, since)),
                deeper=self.go_deeper(story_id),
                as_of=self.moment,
                since=since,
            )
        )

    def go_deeper(self, story_id: str) -> tuple[Deeper, ...]:
        """Return the earlier stories that explain this one, the most telling first."""
        last = max((moment for each in self.filed(story_id) if (moment := _published(each))),
                   default=None)  # fmt: skip
        deeper = []
        for each in self._background(story_id):
            # As that story stood when this one was told: it may have gone on since.
            told = [
                filed.reading.article
                for filed in self.filed(each.story)
                if last is None or (_published(filed) or last) <= last
            ]
            moments = [day_of(published_moment(article)) for article in told]
            deeper.append(
                Deeper(
                    story=each.story,
                    headline=headline_of(told),
                    on=max((day for day in moments if day), default=None),
                    section=section_of(told),
                    reason=each.reason,
                )
            )
        return tuple(deeper)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Return the articles that hold all the words, the best first."""
        return self.store.search(words, limit=limit, as_of=self.as_of)

    def counts(self) -> dict[str, int]:
        """Return how much the store keeps in all."""
        return self.store.count()

    def _recall(self) -> Ledger:
        if self._ledger is None:
            self._ledger = recall_incidents(self.store, self.as_of)
        return self._ledger

    def _split_incidents(self, story_id: str) -> tuple[list[Incident], list[Incident]]:
        """Return the incidents that are the story's news, and those it tells as background.

        Its news is what its articles are about, and what they tell beside it of the same days
        or later; what lies before the first of its news is background.
        """
        readings = [each.reading for each in self.filed(story_id)]
        mains = {each.main_event for each in readings}
        told = {
            event.id
            for each in readings
            for event in each.events
            if event.span.related_index is None
        }
        if self.as_of is None:
            incidents = self.store.incidents_of([each.article.id for each in readings])
        else:
            ledger = self._recall()
            found = (ledger.of_event(event.id) for each in readings for event in each.events)
            incidents = list({each.id: each for each in found if each is not None}.values())
        own = [each for each in incidents if not mains.isdisjoint(each.events)]
        days = [day_of(each.time.earliest) for each in own if each.time and each.time.earliest]
        first = min((day for day in days if day), default=None)
        earlier = []
        for incident in incidents:
            day = day_of(incident.time.earliest) if incident.time else None
            if incident in own or day is None:
                continue
            if first is not None and day < first:
                earlier.append(incident)
            elif not told.isdisjoint(incident.events):
                own.append(incident)
        return sorted(own, key=_incident_order), sorted(earlier, key=_incident_order)

    def _find_background(self, story_id: str) -> list[Background]:
        """Return the earlier stories that explain this one, the most telling first.

        Those whose news this one tells as background; those an article of it shows as a card;
        those alike in words that are also about the same people, groups and sites.
        """
        mine = self.filed(story_id)
        first = min((moment for each in mine if (moment := _published(each))), default=None)
        found: dict[str, Background] = {}

        def add(other: str, reason: str, score: float) -> None:
            others = (_published(each) for each in self.filed(other))
            began = min((moment for moment in others if moment), default=None)
            if other != story_id and first and began and began < first:
                found.setdefault(other, Background(story=other, reason=reason, score=score))

        for incident in reversed(self._own_and_earlier(story_id)[1]):
            for article_id in self.store.articles_of_incident(incident):
                filed = self.store.find_filed(article_id, as_of=self.as_of)
                if filed and filed.reading.main_event in incident.events:
                    add(filed.story, f"told as background: {name_incident(incident)}", 1.0)
        for each in mine:
            for card in each.reading.article.related:
                for article_id in self.store.find_headline(card.headline or ""):
                    filed = self.store.find_filed(article_id, as_of=self.as_of)
                    if filed:
                        outlet = each.reading.article.outlet or "an article"
                        add(filed.story, f"shown as a card by {outlet}", 0.9)
        opening = "\n".join(_opening(each.reading.article) for each in (mine[0], mine[-1]))
        ranked = self._recall_archive().rank(opening, day_of(first), 100, story=story_id)
        likeness: dict[str, list[float]] = {}
        for article_id, score in ranked:
            story = self.store.story_of(article_id)
            if story is not None:
                likeness.setdefault(story, []).append(score)
        names = self._names(story_id)
        for other in sorted(likeness, key=lambda each: -sum(likeness[each][:3])):
            shared = sorted(names & self._names(other))
            if len(shared) >= SHARED_NAMES:
                add(other, f"also about {write_list(shared)}", sum(likeness[other][:3]) / 3)
        return list(found.values())[:DEEPER]

    def _find_names(self, story_id: str) -> set[str]:
        """Return the people, groups and sites that a story names, countries left out."""
        found = set()
        outlets: set[str | None] = set()
        for each in self.filed(story_id):
            article = each.reading.article
            outlets.update((article.outlet, *article.agencies))
            named = [name.span for name in each.reading.names if name.kind in TELLING_NAMES]
            sites = [place.span for place in each.reading.places if place.kind in TELLING_PLACES]
            for span in (*named, *sites):
                if span.related_index is None and span.part == "text":
                    name = " ".join(article.text[span.start : span.end].split())
                    # A dateline's capitals are not the name's.
                    found.add(name.title() if name.isupper() and len(name) > 4 else name)
        return found - outlets

    def _recall_archive(self) -> Archive:
        if self._archive is None:
            self._archive = Archive()
            for filed in self.store.filed(as_of=self.as_of):
                article = filed.reading.article
                day = day_of(published_moment(article))
                self._archive.add(article.id, day, _opening(article), filed.story)
        return self._archive


# How much of an article says what it is about, for finding earlier stories: the headline and the
# first three paragraphs of a wire story hold 1,000 characters.
OPENING = 1_000

# One or two shared names may be a minister's and a city's; with three, the matter is the same.
SHARED_NAMES = 3

TELLING_NAMES = frozenset({"person", "organization", "armed_group", "facility", "event", "vessel"})
TELLING_PLACES = frozenset({"site", "city"})

# As many earlier stories as a reader may follow: the page we grew from shows three.
DEEPER = 5


def _opening(article: Article) -> str:
    return f"{article.headline or ''}\n{article.text[:OPENING]}"


def _learned(filed: Filed) -> datetime:
    if filed.reading.learned_at is None:
        raise ValueError(f"article {filed.reading.article.id} was filed without learned_at")
    return filed.reading.learned_at


def _published(filed: Filed) -> datetime | None:
    return published_moment(filed.reading.article)


def _incident_order(incident: Incident) -> tuple[str, str]:
    earliest = incident.time.earliest if incident.time else None
    return (earliest or "~", incident.id)
