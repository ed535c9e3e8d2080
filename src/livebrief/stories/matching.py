"""How well an article fits a story, and the story's side of the comparison."""

from __future__ import annotations

from heapq import nlargest
from math import exp, log
from operator import itemgetter

from msgspec import Struct

from livebrief.likeness import Vector, cosine
from livebrief.stories.portrait import WORDS_KEPT as WORDS_READ
from livebrief.stories.portrait import Portrait

# How an article's fit with a story adds up (a logistic sum).  Fitted to the online run over the
# four development sets together, each set counting alike, then rounded; a step of a tenth in any
# of these moves the mean B3 F1 by less than .005.
ALONE = -3.2
WORDS = 12.0
NAMES = 3.5
HEADLINE = 7.5
DAYS_APART = -1.2
# A story told often draws more, up to so many articles: beyond that it would swallow the desk.
SIZE = 0.4
LARGEST = 30.0
# Not one country that the article tells of is one that the story tells of: another attack on the
# same day.  -1 to -3 cost nothing on the development coverage.
OTHER_COUNTRIES = -3.0
# Set by hand: the development coverage has next to no numbered things.
NUMBERED_OTHERWISE = -3.0

# Two short texts share a large part of their few words by chance, and a young desk does not know
# yet which words are common.  With nothing filed, a text of so many words is believed 0.7 as much
# as one of full length; after so many articles, half of that caution is left.
SHORTNESS = 40.0
YOUNG = 100.0

# From such a fit on an article joins.
JOIN_FROM = 0.33

# What is kept of a story: its heaviest words; as many are let in again before the next cut.
WORDS_KEPT = 200
LEAD_TERMS = 24
# So many of the latest articles can be taken out again when they are revised.
MEMBERS_KEPT = 4


class Thread:
    """One story as far as placing needs it: the sum of what its articles are compared by."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.first_day: int | None = None
        self.last_day: int | None = None
        self.articles: dict[str, None] = {}
        self.members: dict[str, Portrait] = {}
        self.words: dict[str, float] = {}
        self.names: dict[str, float] = {}
        self.weight = 0.0
        """How many articles the sums are of."""
        self.numbered: dict[str, set[str]] = {}
        self.countries: set[str] = set()
        self.posted: dict[str, None] = {}
        """The terms under which the story can be found."""
        self.filings = 0
        """How many filings of it the desk still remembers; with the last of them it is quiet."""

    def take(self, article: str, portrait: Portrait) -> None:
        """Take an article in; a revision takes the place of what it revises."""
        earlier = self.members.pop(article, None)
        if earlier is not None:
            self.take_out(earlier)
        self.articles[article] = None
        self.members[article] = portrait
        if len(self.members) > MEMBERS_KEPT:
            del self.members[next(iter(self.members))]
        self.words = add(self.words, portrait.words)
        self.names = add(self.names, portrait.names)
        self.weight += 1.0
        if portrait.day is not None:
            day = portrait.day
            self.first_day = day if self.first_day is None else min(self.first_day, day)
            self.last_day = day if self.last_day is None else max(self.last_day, day)
        for word, ordinal in portrait.numbered:
            self.numbered.setdefault(word, set()).add(ordinal)
        self.countries |= portrait.countries

    def drop(self, article: str) -> None:
        """Let an article go, as when an editor moves it to another story."""
        self.articles.pop(article, None)
        earlier = self.members.pop(article, None)
        if earlier is not None:
            self.take_out(earlier)

    def take_out(self, portrait: Portrait) -> None:
        """Take an article's words out of the sums again."""
        subtract(self.words, portrait.words)
        subtract(self.names, portrait.names)
        self.weight -= 1.0

    def days_from(self, day: int | None) -> int:
        """Return how many days lie between a day and the story's; 0 where either is unknown."""
        if day is None or self.first_day is None or self.last_day is None:
            return 0
        return max(self.first_day - day, day - self.last_day, 0)

    def lead_terms(self) -> list[str]:
        """Return the story's heaviest terms."""
        return nlargest(LEAD_TERMS, self.words, key=self.words.__getitem__)


def add(sums: dict[str, float], vector: Vector) -> dict[str, float]:
    """Return the sums with a vector added, cut to the heaviest terms where there are too many."""
    for term, weight in vector.items():
        sums[term] = sums.get(term, 0.0) + weight
    if len(sums) > WORDS_KEPT * 2:
        return dict(sorted(sums.items(), key=itemgetter(1), reverse=True)[:WORDS_KEPT])
    return sums


def subtract(sums: dict[str, float], vector: Vector) -> None:
    """Take a vector out of the sums again."""
    for term, weight in vector.items():
        left = sums.get(term, 0.0) - weight
        if left > 1e-9:
            sums[term] = left
        else:
            sums.pop(term, None)


class Likeness(Struct, frozen=True, kw_only=True):
    """How an article and a story compare, feature by feature, and in all."""

    score: float
    words: float
    names: float
    headline: float
    days: int
    numbered_otherwise: bool
    other_countries: bool


def compare(portrait: Portrait, thread: Thread, *, filed: int) -> Likeness:
    """Return how well an article fits a story: its mean likeness to the story's articles.

    `filed` is the number of articles that the desk has seen so far.
    """
    size, shortness = len(portrait.words), SHORTNESS * YOUNG / (YOUNG + filed)
    believed = size / (size + shortness) * (1.0 + shortness / WORDS_READ)
    share = believed / max(thread.weight, 1.0)
    words = cosine(portrait.words, thread.words) * share
    names = cosine(portrait.names, thread.names) * share
    headline = cosine(portrait.headline, thread.words) * share
    days = thread.days_from(portrait.day)
    numbered_otherwise = any(
        ordinal not in thread.numbered[word]
        for word, ordinal in portrait.numbered
        if word in thread.numbered
    )
    other_countries = bool(portrait.countries and thread.countries) and (
        portrait.countries.isdisjoint(thread.countries)
    )
    fit = (
        ALONE
        + WORDS * words
        + NAMES * names
        + HEADLINE * headline
        + DAYS_APART * log(1 + days)
        + SIZE * log(min(max(thread.weight, 1.0), LARGEST))
        + NUMBERED_OTHERWISE * numbered_otherwise
        + OTHER_COUNTRIES * other_countries
    )
    return Likeness(
        score=1.0 / (1.0 + exp(-fit)),
        words=words,
        names=names,
        headline=headline,
        days=days,
        numbered_otherwise=numbered_otherwise,
        other_countries=other_countries,
    )


def explain(portrait: Portrait, thread: Thread, likeness: Likeness) -> tuple[str, ...]:
    """Return in words what speaks for a story, and what against it."""
    why = []
    for what, vector, sums in (
        ("words", portrait.words, thread.words),
        ("names", portrait.names, thread.names),
    ):
        weights = {term: weight * sums[term] for term, weight in vector.items() if term in sums}
        if weights:
            heaviest = nlargest(5, weights, key=weights.__getitem__)
            why.append(f"same {what}: " + ", ".join(heaviest))
    if likeness.other_countries:
        why.append("but other countries: " + ", ".join(sorted(portrait.countries)))
    if likeness.numbered_otherwise:
        why.append("but another number of the same thing")
    if likeness.days:
        why.append(f"{likeness.days} day{'s' if likeness.days > 1 else ''} apart")
    return tuple(why)
