"""A small desk made by hand, for what the pages must show of every kind of value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from livebrief.model import (
    Article,
    Block,
    Brief,
    Change,
    Deeper,
    Entry,
    Event,
    Figure,
    Incident,
    Party,
    Place,
    Placement,
    Reading,
    Report,
    Responsibility,
    Section,
    Source,
    Span,
    Story,
    Tally,
    Time,
    TimelineEntry,
)
from livebrief.pipeline import UnknownStoryError
from livebrief.store import Filed, Hit

FIRST = "Rockets hit a base near Lamu on Wednesday. Nobody was hurt, a spokesman said."
SECOND = (
    "Three soldiers were killed when rockets hit a base near Lamu, the ministry said.\n\n"
    "What we know: More than 15 rockets were fired. A dozen soldiers were wounded."
)
EVIL = '"><img src=x onerror=alert(1)>'


def at(hour: int, minute: int = 0, day: int = 11) -> datetime:
    return datetime.fromisoformat(f"2020-03-{day:02}T{hour:02}:{minute:02}:00+03:00")


def make_article(
    id_: str, outlet: str, text: str, published_at: datetime, **more: object
) -> Article:
    fields: dict[str, object] = {
        "headline": f"{outlet} on the Lamu base",
        "url": f"https://{id_}.example/lamu",
        "section": "World",
        "language": "en",
        "published_on": published_at.date(),
    } | more
    return Article(
        id=id_,
        revision=f"{id_}-1",
        outlet=outlet,
        text=text,
        published_at=published_at,
        **fields,  # type: ignore[arg-type]
    )


CARD = Article(
    id="card",
    revision="card-1",
    headline="A strike in December",
    section="World",
    published_on=date(2019, 12, 29),
    text="On Sunday a strike killed 25 fighters. A second strike followed.",
)

WIRE = make_article("wire1", "Meridian Wire", FIRST, at(20))
LATER = make_article(
    "later1",
    "The Harbour Courier",
    SECOND,
    at(22),
    blocks=(
        Block(role="paragraph", start=0, end=80),
        Block(role="paragraph", start=82, end=len(SECOND), label="What we know"),
    ),
    related=(CARD,),
)
COPY = make_article("copy1", "Antilles Morning", FIRST, at(21), headline="Rockets hit base")
SPANISH = make_article(
    "acequia1",
    "La Gaceta",
    "El río se llevó un puente el lunes. No hubo heridos.",
    at(9),
    headline="El río se llevó un puente",
    language="es",
)
HOSTILE = make_article(
    "hostile1",
    EVIL,
    f"<script>alert(1)</script> {EVIL} The mayor denied it all on Tuesday.",
    at(8),
    headline=f"<script>alert(2)</script>{EVIL}",
    url="javascript:alert(3)",
    section=EVIL,
    authors=(EVIL,),
)


def span_of(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start=start, end=start + len(words))


def cite(article: Article, words: str) -> Source:
    return Source(article=article.id, span=span_of(article, words))


def killed(low: int | None, high: int | None, article: Article, words: str) -> Figure:
    return Figure(what="killed", span=span_of(article, words), low=low, high=high)


def report(article: Article, value: Figure, origin: str) -> Report:
    published = article.published_at
    return Report(
        event=f"event-{article.id}",
        article=article.id,
        outlet=article.outlet,
        origin=origin,
        claims=(),
        published_at=published.isoformat() if published else None,
        learned_at=published,
        value=value,
    )


NONE_KILLED = killed(0, 0, WIRE, "Nobody")
NONE_COPIED = killed(0, 0, COPY, "Nobody")
THREE_KILLED = killed(3, 3, LATER, "Three soldiers")
BLAMED = Responsibility(
    status="blamed",
    party=Party(name="the Coast Brigade", span=span_of(LATER, "rockets")),
    span=span_of(LATER, "More than 15 rockets were fired."),
)
INCIDENT = Incident(
    id="incident1",
    kind="ASSAULT",
    mode="rocket",
    time=Time(
        span=span_of(WIRE, "Wednesday"),
        type="DATE",
        value="2020-03-11",
        earliest="2020-03-11",
        latest="2020-03-11",
    ),
    place=Place(name="Lamu", span=span_of(WIRE, "Lamu"), kind="city", city="Lamu", country="KE"),
    figures=(
        Tally(
            what="killed",
            best=3,
            low=0,
            high=3,
            rule="latest of most origins",
            reports=(
                report(WIRE, NONE_KILLED, "wire1"),
                report(COPY, NONE_COPIED, "wire1"),
                report(LATER, THREE_KILLED, "later1"),
            ),
        ),
    ),
    responsibility=(BLAMED,),
    events=("event-wire1", "event-copy1", "event-later1"),
    revisions=1,
)
CHANGE = Change(
    incident="incident1",
    slot="killed",
    before=NONE_KILLED,
    after=THREE_KILLED,
    kind="raised",
    report=report(LATER, THREE_KILLED, "later1"),
    reported_at=at(22).isoformat(),
    learned_at=at(22),
)


class MadeKnowledge:
    """What is known on a desk made by hand."""

    def __init__(self, as_of: datetime | None = None) -> None:
        self.as_of = as_of
        self.moment = as_of or at(22)
        coverage = {"lamu1": [WIRE, COPY, LATER], "rio1": [SPANISH], "evil1": [HOSTILE]}
        self._coverage = {
            story: known
            for story, articles in coverage.items()
            if (known := [each for each in articles if self._is_known(each)])
        }

    def _is_known(self, article: Article) -> bool:
        moment = article.published_at
        return self.as_of is None or (moment is not None and moment <= self.as_of)

    @property
    def store(self) -> MadeKnowledge:
        return self

    def story_of(self, article_id: str) -> str | None:
        for story, articles in self._coverage.items():
            if any(each.id == article_id for each in articles):
                return story
        return None

    def stories(self, limit: int | None = None) -> list[Story]:
        return [self.story(each) for each in self._coverage][:limit]

    def story(self, story_id: str) -> Story:
        articles = self._coverage[story_id]
        return Story(
            id=story_id,
            headline=articles[-1].headline,
            section=articles[0].section,
            state="developing" if len(articles) > 1 else "emerging",
            is_developing=len(articles) > 1,
            first_at=articles[0].published_at,
            last_at=articles[-1].published_at,
            articles=tuple(each.id for each in articles),
        )

    def find_story(self, words: str | None) -> Story:
        for story_id in self._coverage:
            if words and story_id.startswith(words):
                return self.story(story_id)
        raise UnknownStoryError(words or "", self.stories(2))

    def article(self, article_id: str) -> Article | None:
        for articles in self._coverage.values():
            for each in articles:
                if each.id == article_id:
                    return each
        return None

    def filed(self, story_id: str) -> Sequence[Filed]:
        filed = []
        for article in self._coverage[story_id]:
            is_main = article is LATER
            event = Event(
                id=f"event-{article.id}",
                kind="ASSAULT",
                span=Span(start=0, end=10),
                responsibility=(BLAMED,) if is_main else (),
            )
            origin = "wire1" if article is COPY else article.id
            filed.append(
                Filed(
                    Reading(article=article, learned_at=article.published_at, events=(event,)),
                    Placement(story=story_id, score=1.0, origin=origin),
                    story_id,
                )
            )
        return filed

    def incidents(self, story_id: str | None = None) -> list[Incident]:
        return [INCIDENT] if story_id == "lamu1" and len(self._coverage["lamu1"]) == 3 else []

    def changes(self, story_id: str | None = None, since: datetime | None = None) -> list[Change]:
        if not self.incidents(story_id) or (since is not None and since >= at(22)):
            return []
        return [CHANGE]

    def brief(self, story_id: str, since: datetime | None = None) -> Brief:
        articles = self._coverage[story_id]
        opening = articles[-1].text.split(". ")[0]
        lede = Entry(text=opening, sources=(cite(articles[-1], opening),))
        sections = [Section(label="The lede", entries=(lede,))]
        timeline: tuple[TimelineEntry, ...] = ()
        deeper: tuple[Deeper, ...] = ()
        if LATER in articles:
            composed = Entry(
                text="Rocket attack, Lamu, KE, 11 March 2020. Killed: between 0 and 3.",
                sources=(
                    cite(WIRE, "Nobody"),
                    cite(COPY, "Nobody"),
                    cite(LATER, "Three soldiers"),
                    cite(LATER, "near Lamu"),
                ),
            )
            told = "On Sunday a strike killed 25 fighters."
            card = Span(start=0, end=len(told), related_index=0)
            earlier = Entry(text=told, sources=(Source(article="later1", span=card),))
            sections += [
                Section(label="What we know", entries=(composed,)),
                Section(label="The background", entries=(earlier,)),
            ]
            timeline = (
                TimelineEntry(time="2019-12-29", text=told, sources=earlier.sources),
                TimelineEntry(time="2020-03-11", text=composed.text, sources=composed.sources[2:]),
            )
            deeper = (
                Deeper(
                    story="rio1",
                    headline=SPANISH.headline,
                    on=date(2020, 3, 11),
                    section="World",
                    reason="alike in words and names",
                ),
            )
        return Brief(
            story=story_id,
            as_of=self.moment,
            headline=articles[-1].headline,
            sections=tuple(sections),
            timeline=timeline,
            changes=tuple(self.changes(story_id, since)),
            go_deeper=deeper,
        )

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        return [
            Hit(
                article=each.id,
                story=story,
                headline=each.headline,
                outlet=each.outlet,
                published=each.published_at.isoformat() if each.published_at else None,
                excerpt=each.text[:120],
                score=1.0,
            )
            for story, articles in self._coverage.items()
            for each in articles
            if words.casefold() in each.text.casefold()
        ][:limit]

    def counts(self) -> dict[str, int]:
        articles = sum(map(len, self._coverage.values()))
        return {"articles": articles, "stories": len(self._coverage)}


@contextmanager
def open_made(as_of: datetime | None) -> Iterator[MadeKnowledge]:
    yield MadeKnowledge(as_of)
