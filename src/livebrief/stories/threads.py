"""The stories being followed: an online walk through the coverage, in bounded memory and time.

`place` asks, `file` changes.  What a desk has filed, filed again in the same order with the same
placements, makes the same desk: that is how a store brings one back.  An editor's orders (merge,
split, move) are filings too, with a placement that says where: the seam for them is `file`.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from heapq import nlargest
from itertools import chain
from operator import itemgetter

from livebrief.likeness import Copy, Frequencies, NearDuplicates
from livebrief.model import Article, Candidate, Placement, Reading, identify_story
from livebrief.stories.matching import JOIN_FROM, Likeness, Thread, compare, explain
from livebrief.stories.portrait import CHARACTERS_READ, Portrait, draw_portrait

# A story is looked for by so many of an article's heaviest terms, each of which remembers the
# last so many stories that it was heavy in; the stories met most are then compared in full.
# Twice as many of each find nothing more on the development coverage.
TERMS_ASKED = 24
STORIES_A_TERM = 32
STORIES_COMPARED = 12
# After so many days without an article a story is no longer looked for (14 to 60 are equally
# good), and no more stories than this are held in memory: some 12 kB each.
FORGOTTEN_AFTER = 30
MOST_STORIES = 100_000
# The desk's day is the latest that so many articles in a row have reached: one page with a
# date in the future moves nothing.
DAYS_AGREED = 5
# What parts a headline from the outlet's name or section: "Ferry capsizes - Harbour Courier".
HEADLINE_JOINT = re.compile(r"\s[-–—|·»]\s")
# A part of a headline that an outlet has used in so many stories is that outlet's furniture.
FURNITURE_FROM = 2
# So many parts are remembered for that.
HEADLINES_KEPT = 100_000
CANDIDATES_TOLD = 5


def split_headline(article: Article) -> list[str]:
    """Return the parts of an article's headline.

    >>> split_headline(Article(id="1", revision="1", headline="Ferry capsizes | The Courier"))
    ['Ferry capsizes', 'The Courier']
    """
    headline = (article.headline or "")[:CHARACTERS_READ]
    return [part.strip() for part in HEADLINE_JOINT.split(headline)]


class Threads:
    """The stories being followed."""

    def __init__(self) -> None:
        self.frequencies = Frequencies()
        self.copies = NearDuplicates()
        self.threads: dict[str, Thread] = {}
        self.story_of: dict[str, str] = {}
        self.postings: dict[str, dict[str, None]] = {}
        self.filings: deque[tuple[int | None, str]] = deque()
        """The desk's day at each filing, and into which story."""
        self.last_days: deque[int] = deque(maxlen=DAYS_AGREED)
        self.today: int | None = None
        self.headlines: dict[tuple[str | None, str], tuple[str, ...]] = {}
        self.filed = 0
        self.drawn: tuple[Reading, Portrait, int] | None = None

    def place(self, reading: Reading) -> Placement:
        """Return which story a reading belongs to, how sure and why; changes nothing."""
        article = reading.article
        portrait = self.portray(reading)
        copy = self.copies.find(portrait.phrases)
        known = self.story_of.get(article.id)
        if known is not None:
            origin = self.find_origin(article, copy, known)
            return Placement(story=known, score=1.0, why=("revision",), origin=origin)
        compared = self.compare_all(portrait, copy)
        candidates = tuple(
            Candidate(story=thread.id, score=round(likeness.score, 4))
            for likeness, thread in compared[:CANDIDATES_TOLD]
        )
        if not compared or compared[0][0].score < JOIN_FROM:
            return Placement(
                story=None,
                score=round(1.0 - candidates[0].score, 4) if candidates else 1.0,
                why=("nothing enough like it",),
                candidates=candidates,
                origin=article.id,
            )
        likeness, thread = compared[0]
        why = explain(portrait, thread, likeness)
        origin = self.find_origin(article, copy, thread.id)
        if copy is not None and origin != article.id:
            why = (*why, f"the same report: {copy.containment:.0%} of its phrases")
        return Placement(
            story=thread.id,
            score=round(likeness.score, 4),
            why=why,
            candidates=candidates,
            origin=origin,
        )

    def file(self, reading: Reading, placement: Placement) -> str:
        """Take the reading into the story it was placed in, or a new one; return the story's id."""
        article = reading.article
        portrait = self.portray(reading)
        self.advance(reading, portrait)
        story = placement.story or identify_story(article.id)
        before = self.story_of.get(article.id)
        if before is None:
            self.frequencies.learn(portrait.terms)
        elif before != story and before in self.threads:
            self.threads[before].drop(article.id)
            if not self.threads[before].articles:
                self.forget(before)
        thread = self.threads.get(story)
        if thread is None:
            thread = self.threads[story] = Thread(story)
        self.story_of[article.id] = story
        thread.take(article.id, portrait)
        self.post(thread)
        self.remember_headline(article, story)
        self.copies.add(article.id, portrait.phrases, day=self.today or 0, origin=placement.origin)
        self.filings.append((self.today, story))
        thread.filings += 1
        self.expire()
        self.filed += 1
        return story

    def portray(self, reading: Reading) -> Portrait:
        """Return the reading's portrait, kept from `place` for the `file` that follows it."""
        if self.drawn is not None:
            drawn, portrait, filed = self.drawn
            if filed == self.filed and (
                drawn is reading
                or (drawn.article is reading.article and drawn.places is reading.places)
            ):
                return portrait
        portrait = draw_portrait(reading, self.frequencies, headline=self.strip(reading.article))
        self.drawn = (reading, portrait, self.filed)
        return portrait

    def strip(self, article: Article) -> str:
        """Return the article's headline without the parts that its outlet puts everywhere."""
        return " ".join(
            part
            for part in split_headline(article)
            if len(self.headlines.get((article.outlet, part), ())) < FURNITURE_FROM
        )

    def compare_all(self, portrait: Portrait, copy: Copy | None) -> list[tuple[Likeness, Thread]]:
        """Return the stories that an article might belong to, the likeliest first."""
        asked = nlargest(TERMS_ASKED, portrait.words.items(), key=itemgetter(1))
        met = Counter(
            chain.from_iterable(self.postings[term] for term, _ in asked if term in self.postings)
        )
        stories = nlargest(STORIES_COMPARED, met, key=met.__getitem__)
        copied = None if copy is None else self.story_of.get(copy.id)
        if copied is not None and copied not in stories:
            stories.append(copied)
        compared = [
            (compare(portrait, thread, filed=self.filed), thread)
            for thread in map(self.threads.__getitem__, stories)
        ]
        compared.sort(key=lambda pair: (-pair[0].score, pair[1].id))
        return compared

    def find_origin(self, article: Article, copy: Copy | None, story: str) -> str:
        """Return the first carrier of the report that an article carries, itself if it is that.

        Pages of different stories may share phrases too, of a notice or a menu: no report.
        """
        if copy is None or copy.id == article.id or self.story_of.get(copy.id) != story:
            return article.id
        return copy.origin

    def post(self, thread: Thread) -> None:
        """Note the story under its heaviest terms, the latest last."""
        for term in thread.lead_terms():
            if term in thread.posted:
                continue
            thread.posted[term] = None
            stories = self.postings.setdefault(term, {})
            stories[thread.id] = None
            if len(stories) > STORIES_A_TERM:
                oldest = next(iter(stories))
                del stories[oldest]
                del self.threads[oldest].posted[term]

    def advance(self, reading: Reading, portrait: Portrait) -> None:
        """Move the desk's day forward, by the article's own or the day it was learned."""
        day = portrait.day
        if day is None and reading.learned_at is not None:
            day = reading.learned_at.toordinal()
        if day is None:
            return
        self.last_days.append(day)
        if self.today is None:
            self.today = day
        elif len(self.last_days) == DAYS_AGREED:
            self.today = max(self.today, min(self.last_days))

    def remember_headline(self, article: Article, story: str) -> None:
        """Note in which stories an outlet has used the parts of a headline."""
        for part in split_headline(article):
            key = (article.outlet, part)
            stories = self.headlines.get(key, ())
            if part and story not in stories and len(stories) < FURNITURE_FROM:
                self.headlines[key] = (*stories, story)
                if len(self.headlines) > HEADLINES_KEPT:
                    del self.headlines[next(iter(self.headlines))]

    def expire(self) -> None:
        """Forget the stories that have been quiet for long, and the quietest of too many."""
        while self.filings:
            day, story = self.filings[0]
            quiet = (
                day is not None and self.today is not None and day < self.today - FORGOTTEN_AFTER
            )
            if not quiet and len(self.threads) <= MOST_STORIES:
                return
            self.filings.popleft()
            thread = self.threads.get(story)
            if thread is not None:
                thread.filings -= 1
                if thread.filings <= 0:
                    self.forget(story)

    def forget(self, story: str) -> None:
        """Let a story go: no article finds it any more."""
        thread = self.threads.pop(story)
        for article in thread.articles:
            if self.story_of.get(article) == story:
                del self.story_of[article]
        for term in thread.posted:
            stories = self.postings[term]
            del stories[story]
            if not stories:
                del self.postings[term]
