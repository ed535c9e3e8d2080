"""The nouns that travel between the rooms.

Frozen structs without behaviour beyond small questions about themselves.  Instants are aware and
keep the offset the page printed; days are local to the page.  Whatever is derived from words keeps
the `Span` of the words it came from.  The field names are the JSON words of every command and of
the API (`msgspec.json` turns them into JSON and back).
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Bytes = bytes
# `Page` has a field of that name, which would hide the type from msgspec.

Moment = str
"""A day (`2020-03-11`) or an instant with its offset (`2020-03-11T19:35:00+03:00`), ISO 8601:
exactly as much as is known."""

Part = Literal["text", "headline"]

Role = Literal[
    "summary",
    "dateline",
    "paragraph",
    "caption",
    "heading",
    "quote",
    "list_item",
    "live_entry",
    "notice",
    "correction",
]

EventKind = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "HAZARD",
    "ACCIDENT",
    "CRIME",
    "DEATH",
]
"""The PLOVER types, and four of ours.  Armed violence is ASSAULT whoever does it, arrests and
trials COERCE, CRIME only without force, DEATH where the cause is not told."""

Stage = Literal["done", "ongoing", "attempted", "foiled", "planned", "ordered", "threatened"]
Reality = Literal["actual", "denied", "possible", "alleged", "conditional", "habitual"]

PartyKind = Literal[
    "state",
    "government",
    "military",
    "police",
    "rebel",
    "militia",
    "terrorist",
    "organization",
    "company",
    "media",
    "civilian",
    "person",
    "object",
    "unknown",
]

What = Literal[
    "killed",
    "injured",
    "missing",
    "detained",
    "displaced",
    "rescued",
    "infected",
    "munitions",
    "vehicles",
    "buildings",
    "money",
    "other",
]

PlaceKind = Literal["site", "city", "admin1", "country", "region", "point"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal[
    "second", "minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "decade",
    "century", "vague",
]  # fmt: skip
Stance = Literal[
    "asserts", "confirms", "denies", "doubts", "retracts", "blames", "claims_responsibility"
]
ResponsibilityStatus = Literal["unknown", "claimed", "blamed", "denied", "disputed"]
LinkKind = Literal[
    "caused_by", "in_retaliation_for", "in_response_to", "culminates", "part_of", "follows"
]
ChangeKind = Literal[
    "new", "raised", "lowered", "exact", "corrected", "retracted", "disputed", "attributed"
]
StoryState = Literal["emerging", "developing", "quiet", "closed"]


def identify(*parts: str) -> str:
    """Return the short, stable id of whatever these parts identify: 12 hexadecimal digits.

    >>> identify("https://a.example/1") == identify("https://a.example/1")
    True
    >>> identify("ab", "c") == identify("a", "bc")
    False
    """
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=6).hexdigest()


def day_of(moment: Moment | datetime | date | None) -> date | None:
    """Return the calendar day of a moment, local to it.

    >>> day_of("2020-03-11T23:35:00+03:00"), day_of("2020-03-11"), day_of(None)
    (datetime.date(2020, 3, 11), datetime.date(2020, 3, 11), None)
    """
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else date.fromisoformat(moment[:10])


def identify_story(article_id: str) -> str:
    """Return the id of the story that an article founds."""
    return identify("story", article_id)


class Span(Struct, frozen=True, kw_only=True, order=True):
    """Where words stand: character offsets, end exclusive, into one part of an article."""

    start: int
    end: int
    part: Part = "text"
    related_index: int | None = None
    """Of the n-th related card's text or headline, where the words are a card's; else `None`."""


class Page(Struct, frozen=True, kw_only=True):
    """Bytes as fetched, untouched, and what is known of where and when they were caught."""

    address: str | None
    bytes: Bytes
    media_type: str | None = None
    """As declared or told by the source: `text/html`, also with its charset, `text/plain`,
    `application/json` (a record, as of JSON Lines), `application/feed+json` (a feed's entry)."""
    captured_at: datetime | None = None
    outlet: str | None = None


class Refusal(Struct, frozen=True, kw_only=True):
    """A page that could not be read, and why.  Kept and counted; the stream goes on."""

    address: str | None
    reason: str
    at: datetime | None = None


class Block(Struct, frozen=True, kw_only=True):
    """One block of an article's text, in reading order; `start` and `end` are into that text."""

    role: Role
    start: int
    end: int
    label: str | None = None
    """The words before the colon of a labelled paragraph ("Why it matters"), as printed."""
    credit: str | None = None
    """Of a caption: who made the picture, as printed."""
    at: datetime | None = None
    """A live entry's own time."""


class Article(Struct, frozen=True, kw_only=True):
    """A page understood: its outlet, its time, and its blocks in reading order."""

    id: str
    """Hash of the canonical address, else of outlet, headline and text."""
    revision: str
    """Hash of headline and text: the same address with new words is a new revision."""
    url: str | None = None
    outlet: str | None = None
    agencies: tuple[str, ...] = ()
    """Wire agencies the page gives as its origin, by name."""
    headline: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    """ISO 639-1, as declared or identified."""
    published_at: datetime | None = None
    """As the page says.  `None` where it does not: never the time of fetching."""
    published_on: date | None = None
    """The day, local to the page; also where the page prints a day alone."""
    modified_at: datetime | None = None
    captured_at: datetime | None = None
    is_developing: bool = False
    text: str = ""
    """This page's own words only: never a related card's."""
    blocks: tuple[Block, ...] = ()
    related: tuple[Article, ...] = ()
    """Cards of other stories shown on the page, each with its own date."""


class Time(Struct, frozen=True, kw_only=True):
    """A time expression and its TIMEX3 value; `earliest` and `latest` bound it where resolved."""

    span: Span
    type: TimeType
    value: str
    """TIMEX3: `2020-03-11`, `2020-W11`, `P2D`, `PAST_REF`; `XXXX` where the text does not say."""
    earliest: Moment | None = None
    latest: Moment | None = None
    precision: Precision = "vague"
    anchor: str | None = None
    """The day or instant the value was counted from (ISO), where it was."""


class Place(Struct, frozen=True, kw_only=True):
    """A place named in the text, resolved as far as the article allows."""

    name: str
    span: Span
    kind: PlaceKind
    city: str | None = None
    admin1: str | None = None
    country: str | None = None
    """ISO 3166 alpha-2."""
    latitude: float | None = None
    longitude: float | None = None
    geoname_id: int | None = None
    refers_to: Span | None = None
    """The span that names it in full, for a short form."""


class Name(Struct, frozen=True, kw_only=True):
    """A name in the text."""

    span: Span
    kind: str
    """person, organization, country, place, nationality, armed_group, office, facility, event,
    weapon, vessel, work."""
    id: str | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """How many, as a range: "more than 15" is `low` 16 and no `high`; "no one" is 0 and 0."""

    what: What
    span: Span
    unit: str | None = None
    """The counted words: "small rockets", "U.S. service members"."""
    party: str | None = None
    low: int | None = None
    high: int | None = None
    about: bool = False
    claims: tuple[str, ...] = ()
    composed_from: tuple[Span, ...] = ()

    def __str__(self) -> str:
        """Return the range as the case files write it: `12`, `12..`, `..40`, `9..12`, `~30`."""
        return write_range(self.low, self.high, about=self.about)


def write_range(low: int | None, high: int | None, *, about: bool = False) -> str:
    """Return a range in the short form of the case files.

    >>> write_range(12, None), write_range(None, 40), write_range(9, 12), write_range(12, 12)
    ('12..', '..40', '9..12', '12')
    >>> write_range(30, 30, about=True)
    '~30'
    """
    mark = "~" if about else ""
    if low is not None and low == high:
        return f"{mark}{low}"
    return f"{mark}{'' if low is None else low}..{'' if high is None else high}"


class Party(Struct, frozen=True, kw_only=True):
    """Who acts, who is hit, or who speaks."""

    name: str
    span: Span
    kind: PartyKind = "unknown"
    country: str | None = None
    id: str | None = None
    number: Figure | None = None
    within: str | None = None
    """The organization or group it belongs to."""


class Instrument(Struct, frozen=True, kw_only=True):
    """What an event was done with."""

    name: str
    span: Span
    type: str | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """Who says what, through which channel, and how: a source, a cue and a content."""

    id: str
    by: Party | None
    """`None` where the text names nobody ("it was reported that")."""
    span: Span
    """The sentence."""
    to: Party | None = None
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    content_spans: tuple[Span, ...] = ()
    channel: str | None = None
    stance: Stance = "asserts"
    anonymous: bool = False
    """The source is named as one that would not be named."""
    within: str | None = None
    """The id of the claim that quotes this one."""


class Responsibility(Struct, frozen=True, kw_only=True):
    """Who is held responsible, by which claim."""

    status: ResponsibilityStatus
    span: Span
    party: Party | None = None
    claim: str | None = None


class Link(Struct, frozen=True, kw_only=True):
    """From a later event to an earlier one, or to the whole it is part of."""

    kind: LinkKind
    event: str
    """The id of the event (in an `Incident`: of the incident) pointed to."""
    span: Span


class Cause(Struct, frozen=True, kw_only=True):
    """That one thing brought about another, as the text says."""

    cause: Span
    effect: Span
    signal: Span | None = None


class Event(Struct, frozen=True, kw_only=True):
    """What one article, or one card on it, reports to have happened."""

    id: str
    kind: EventKind
    span: Span
    """Its sentence."""
    mode: str | None = None
    """How, in PLOVER's sense where it has one: "rocket", "airstrike", "shooting", "earthquake"."""
    stage: Stage = "done"
    reality: Reality = "actual"
    mentions: tuple[Span, ...] = ()
    """Triggers: the first is the clearest, later ones are coreferent."""
    count: Figure | None = None
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    place: Place | None = None
    time: Time | None = None
    figures: tuple[Figure, ...] = ()
    claims: tuple[str, ...] = ()
    responsibility: tuple[Responsibility, ...] = ()
    links: tuple[Link, ...] = ()


class Reading(Struct, frozen=True, kw_only=True):
    """One article understood: all that can be known without any other page."""

    article: Article
    learned_at: datetime | None = None
    """When livebrief took it in; `None` until it has been."""
    main_event: str | None = None
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    causes: tuple[Cause, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    names: tuple[Name, ...] = ()
    quantities: tuple[Figure, ...] = ()


class Candidate(Struct, frozen=True, kw_only=True):
    """A story that an article might have belonged to."""

    story: str
    score: float


class Placement(Struct, frozen=True, kw_only=True):
    """Which story a reading belongs to, how sure, and why."""

    story: str | None
    """`None`: a new story."""
    score: float
    why: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    origin: str | None = None
    """The id of the article that first carried the same report; its own id where it is the
    first."""


class Report(Struct, frozen=True, kw_only=True):
    """One article's word on one value of an incident."""

    event: str
    article: str
    outlet: str | None
    origin: str
    """The id of the first carrier: reports of one origin count once."""
    claims: tuple[str, ...]
    published_at: Moment | None
    learned_at: datetime | None
    value: Figure


class Tally(Struct, frozen=True, kw_only=True):
    """A figure of an incident: the range of what is reported, and who reports what."""

    what: What
    best: int | None
    low: int | None
    high: int | None
    rule: str
    """Why `best` is best: "latest of most origins", "only report", ..."""
    party: str | None = None
    reports: tuple[Report, ...] = ()


class Incident(Struct, frozen=True, kw_only=True):
    """What the events of many articles agree and disagree to have happened."""

    id: str
    kind: EventKind
    mode: str | None = None
    time: Time | None = None
    """As the reports that tell it most exactly give it; its span is of the event, among `events`,
    that gave it.  So with `place`."""
    place: Place | None = None
    parties: tuple[Party, ...] = ()
    figures: tuple[Tally, ...] = ()
    responsibility: tuple[Responsibility, ...] = ()
    events: tuple[str, ...] = ()
    """Event ids, earliest report first."""
    links: tuple[Link, ...] = ()
    revisions: int = 0
    """How often what is known of it has changed."""


class Change(Struct, frozen=True, kw_only=True):
    """What one report changed in what was known of an incident."""

    incident: str
    slot: str
    """ "killed", "injured", "place", "time", "responsibility", ... or "incident" for a new one."""
    before: Figure | str | None
    after: Figure | str | None
    kind: ChangeKind
    report: Report | None
    reported_at: Moment | None
    learned_at: datetime | None


class Background(Struct, frozen=True, kw_only=True):
    """An earlier story that explains a later one."""

    story: str
    reason: str
    score: float


class Story(Struct, frozen=True, kw_only=True):
    """A developing matter and the articles that tell it."""

    id: str
    headline: str | None
    section: str | None = None
    state: StoryState = "emerging"
    is_developing: bool = False
    first_at: datetime | None = None
    last_at: datetime | None = None
    articles: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    background: tuple[Background, ...] = ()


class Source(Struct, frozen=True, kw_only=True):
    """The words in an article that an entry of a brief rests on."""

    article: str
    span: Span


class Entry(Struct, frozen=True, kw_only=True):
    """One statement of a brief: extracted, or composed from cited values; never without sources."""

    text: str
    sources: tuple[Source, ...]


class Section(Struct, frozen=True, kw_only=True):
    """A labelled part of a brief."""

    label: str
    entries: tuple[Entry, ...]


class TimelineEntry(Struct, frozen=True, kw_only=True):
    """One dated line of a story's course."""

    time: Moment
    text: str
    sources: tuple[Source, ...]
    incident: str | None = None


class Deeper(Struct, frozen=True, kw_only=True):
    """An earlier story worth reading, with its day and section."""

    story: str
    headline: str | None
    on: date | None
    section: str | None
    reason: str


class Brief(Struct, frozen=True, kw_only=True):
    """A story told so that every sentence leads back to the words it came from."""

    story: str
    as_of: datetime
    headline: str | None
    sections: tuple[Section, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    changes: tuple[Change, ...] = ()
    go_deeper: tuple[Deeper, ...] = ()
