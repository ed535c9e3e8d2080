"""How well an article fits a story, and the story's side of the comparison."""

from __future__ import annotations

from heapq import nlargest
from math import exp, log, sqrt

from msgspec import Struct

from livebrief.likeness import Vector, cosine
from livebrief.stories.portrait import Portrait

JOIN_FROM = 0.5
# So many of a story's latest articles are compared one by one.
MEMBERS_COMPARED = 6
WORDS_KEPT = 200
LEAD_TERMS = 48


class Thread:
    """One story as far as placing needs it: its words so far and its latest articles."""

    def __init__(self, id: str, day: int) -> None:
        self.id = id
        self.first_day = day
        self.last_day = day
        self.articles: list[str] = []
        self.members: list[tuple[str, Portrait]] = []
        self.words: dict[str, float] = {}
        self.names: dict[str, float] = {}
        self.length = 0.0
        self.names_length = 0.0
        self.posted: set[str] = set()

    def take(self, article: str, portrait: Portrait, day: int) -> None:
        """Take an article in; a revision takes the place of what it revises."""
        self.members = [pair for pair in self.members if pair[0] != article]
        if article not in self.articles:
            self.articles.append(article)
        self.members.append((article, portrait))
        self.first_day = min(self.first_day, day)
        self.last_day = max(self.last_day, day)
        self.words = add(self.words, portrait.words)
        self.names = add(self.names, portrait.names)
        self.length = length_of(self.words)
        self.names_length = length_of(self.names)
        del self.members[:-MEMBERS_COMPARED]

    def lead_terms(self) -> list[str]:
        """Return the story's heaviest terms."""
        return nlargest(LEAD_TERMS, self.words, key=lambda term: (self.words[term], term))


def add(sums: dict[str, float], vector: Vector) -> dict[str, float]:
    """Return the sums with a vector added, the heaviest terms only."""
    for term, weight in vector.items():
        sums[term] = sums.get(term, 0.0) + weight
    if len(sums) > WORDS_KEPT * 2:
        return dict(nlargest(WORDS_KEPT, sums.items(), key=lambda pair: (pair[1], pair[0])))
    return sums


def length_of(sums: dict[str, float]) -> float:
    """Return the length of a vector."""
    return sqrt(sum(weight * weight for weight in sums.values()))


class Likeness(Struct, frozen=True, kw_only=True):
    """How an article and a story compare, feature by feature."""

    words: float
    nearest: float
    names: float
    headline: float
    days: int
    containment: float
    score: float


def compare(portrait: Portrait, thread: Thread, *, containment: float = 0.0) -> Likeness:
    """Return how well an article fits a story."""
    words = cosine(portrait.words, thread.words) / (thread.length or 1.0)
    names = cosine(portrait.names, thread.names) / (thread.names_length or 1.0)
    nearest = max(cosine(portrait.words, member.words) for _, member in thread.members)
    headline = max(cosine(portrait.headline, member.headline) for _, member in thread.members)
    days = 0
    if portrait.day is not None:
        days = max(thread.first_day - portrait.day, portrait.day - thread.last_day, 0)
    sum_ = -4.2 + 8 * words + 6 * nearest + 3 * names + 2 * headline - 0.5 * log(1 + days)
    sum_ += 4 * containment
    return Likeness(
        words=words,
        nearest=nearest,
        names=names,
        headline=headline,
        days=days,
        containment=containment,
        score=1.0 / (1.0 + exp(-sum_)),
    )


def explain(portrait: Portrait, thread: Thread, likeness: Likeness) -> tuple[str, ...]:
    """Return the reasons in words."""
    shared = nlargest(
        5,
        (term for term in portrait.words if term in thread.words),
        key=lambda term: (portrait.words[term] * thread.words[term], term),
    )
    why = ["shares " + ", ".join(shared)] if shared else []
    if likeness.containment:
        why.append(f"carries {likeness.containment:.0%} of an earlier report")
    return tuple(why)
