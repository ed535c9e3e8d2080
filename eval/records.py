"""What one line of each kind of set holds, by the forms of `../shared/data/README.md`.

Fields that a form does not promise are optional; unknown ones are let pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

Range = tuple[int, int]
"""Character offsets, end exclusive."""


class Record(Struct, frozen=True, kw_only=True):
    """A document of a set, and what is known of where and when it appeared."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None


class SavedPage(Struct, frozen=True, kw_only=True):
    """A page as saved, beside what a careful parser gives for it."""

    id: str = ""
    html: bytes = b""
    url: str | None = None
    headline: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    text: str


class ToldStory(Record, frozen=True, kw_only=True):
    """An article and the story that it tells."""

    story: str


class Toll(Struct, frozen=True, kw_only=True):
    """What became of an incident, as the archive has it in the end."""

    on: str | None = None
    city: str | None = None
    state: str | None = None
    killed: int | None = None
    injured: int | None = None


class ToldToll(Record, frozen=True, kw_only=True):
    """An article, the incident it tells of, and that incident's toll."""

    incident: str | int
    gold: Toll


class GoldTime(Struct, frozen=True, kw_only=True):
    """A time expression."""

    start: int
    end: int
    kind: str
    value: str | None = None


class TimedText(Record, frozen=True, kw_only=True):
    """A text and its time expressions."""

    times: tuple[GoldTime, ...]


class GoldQuantity(Struct, frozen=True, kw_only=True):
    """A number that counts: its range, and the words that it counts."""

    start: int
    end: int
    what: str
    unit: str | None
    low: int | None
    high: int | None
    about: bool


class CountingText(Record, frozen=True, kw_only=True):
    """A text and the numbers that count in it."""

    quantities: tuple[GoldQuantity, ...]


class GoldPlace(Struct, frozen=True, kw_only=True):
    """A place name and where it is; without coordinates where nobody could say."""

    start: int
    end: int
    name: str
    lat: float | None = None
    lon: float | None = None


class PlacedText(Record, frozen=True, kw_only=True):
    """A text and the places it names."""

    places: tuple[GoldPlace, ...]


class Attribution(Struct, frozen=True, kw_only=True):
    """Who said what: each part may be several spans; the source may be empty."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


class AttributedText(Record, frozen=True, kw_only=True):
    """A text and its attributions."""

    attributions: tuple[Attribution, ...]


class Relation(Struct, frozen=True, kw_only=True):
    """That one thing brought about another."""

    cause: Range
    effect: Range
    signal: Range | None = None


class CausalSentence(Record, frozen=True, kw_only=True):
    """A sentence, whether it tells of a cause, and the spans."""

    causal: int
    relations: tuple[Relation, ...]


class TemplatedText(Record, frozen=True, kw_only=True):
    """A text and its filled MUC-4 templates; slots are looked up by name."""

    templates: tuple[dict[str, object], ...]


class GoldName(Struct, frozen=True, kw_only=True):
    """A name of the set's own kind."""

    start: int
    end: int
    kind: str


class NamedText(Record, frozen=True, kw_only=True):
    """A text and the names in it."""

    names: tuple[GoldName, ...]


class Mention(Struct, frozen=True, kw_only=True):
    """A mention of an event (`kind` starts with ACT) or entity."""

    token_start: int
    token_end: int
    chain: str
    kind: str


class MentioningText(Record, frozen=True, kw_only=True):
    """A tokenized text and its mentions."""

    topic: str
    subtopic: str
    tokens: tuple[str, ...]
    mentions: tuple[Mention, ...]


class Entry(Struct, frozen=True, kw_only=True):
    """An item of a running chronicle; earlier items of the same story are its background."""

    id: str
    on: str
    text: str
    story: str | None = None
    section: str | None = None
    outlets: tuple[str, ...] = ()


class TimelineArticle(Record, frozen=True, kw_only=True):
    """An article on a timeline's topic: one tokenized sentence a line."""


class TimelineDay(Struct, frozen=True, kw_only=True):
    """One day of a timeline that a journalist wrote."""

    on: str
    sentences: tuple[str, ...]


class Topic(Struct, frozen=True, kw_only=True):
    """A topic's articles, and the timelines written of it."""

    articles: Iterator[TimelineArticle]
    golds: dict[str, tuple[TimelineDay, ...]]
    keywords: tuple[str, ...]


class Word(Struct, frozen=True):
    """A word of a parsed sentence; `relation` without its subtype."""

    form: str
    upos: str
    head: int
    relation: str


class Sentence(Struct, frozen=True):
    """A parsed sentence."""

    id: str
    text: str
    words: tuple[Word, ...]
