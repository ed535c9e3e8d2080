"""The stories being followed: an online walk through the coverage, in bounded memory and time.

`place` asks, `file` changes.  What a desk has filed, filed again in the same order with the same
placements, makes the same desk: that is how a store brings one back.  An editor's orders (merge,
split, move) are filings too, with a placement that says where: the seam for them is `file`.
"""

from __future__ import annotations

from collections import Counter, deque
from heapq import nlargest
from itertools import chain
from operator import itemgetter

from livebrief.likeness import Copy, Frequencies, NearDuplicates
from livebrief.model import Article, Candidate, Placement, Reading, identify
from livebrief.stories.matching import JOIN_FROM, Likeness, Thread, compare, explain
from livebrief.stories.portrait import Portrait, draw_portrait

# A story is looked for by so many of an article's heaviest terms, each of which remembers the
# last so many stories that it was heavy in; the stories met most are then compared in full.
TERMS_ASKED = 40
STORIES_A_TERM = 64
STORIES_COMPARED = 12
# After so many days without an article a story is no longer looked for.
FORGOTTEN_AFTER = 60
# The desk's day is the latest that so many articles in a row have reached: one page with a
# date in the future moves nothing.
DAYS_AGREED = 5
# A headline that an outlet has used in so many stories is that outlet's furniture.
FURNITURE_FROM = 2
# So many headlines are remembered for that.
HEADLINES_KEPT = 100_000
CANDIDATES_TOLD = 5


class Threads:
    """The stories being followed."""

    def __init__(self) -> None:
        self.frequencies = Frequencies()
        self.copies = NearDuplicates()
        self.threads: dict[str, Thread] = {}
        self.story_of: dict[str, str] = {}
        self.postings: dict[str, dict[str, None]] = {}
        self.quiet: deque[tuple[int, str]] = deque()
        self.last_days: deque[int] = deque(maxlen=DAYS_AGREED)
        self.today: int | None = None
        self.headlines: dict[tuple[str | None, str], tuple[str, ...]] = {}
        self.filed = 0
        self.drawn: tuple[tuple[str, str, int], Portrait] | None = None

    def place(self, reading: Reading) -> Placement:
        """Return which story a reading belongs to, how sure and why; changes nothing."""
        article = reading.article
        portrait = self.portray(reading)
        copy = self.copies.find(portrait.phrases)
        known = self.story_of.get(article.id)
        if known is not None:
            return Placement(
                story=known, score=1.0, why=("revision",), origin=self.origin_of(article, copy)
            )
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
        origin = article.id
        if copy is not None and self.story_of.get(copy.id) == thread.id:
            origin = self.origin_of(article, copy)
            why = (*why, f"{copy.containment:.0%} of the same report")
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
        day = self.advance(portrait.day)
        story = placement.story or identify("story", article.id)
        thread = self.threads.get(story)
        if thread is None:
            thread = self.threads[story] = Thread(story, day)
        if article.id not in self.story_of:
            self.frequencies.learn(portrait.terms)
        self.story_of[article.id] = story
        thread.take(article.id, portrait, day)
        self.post(thread)
        self.quiet.append((day, story))
        self.copies.add(article.id, portrait.phrases, day=day, origin=placement.origin)
        self.remember_headline(article, story)
        self.expire()
        self.filed += 1
        return story

    def portray(self, reading: Reading) -> Portrait:
        """Return the reading's portrait, kept from `place` for the `file` that follows it."""
        article = reading.article
        key = (article.id, article.revision, self.filed)
        if self.drawn is not None and self.drawn[0] == key:
            return self.drawn[1]
        stories = self.headlines.get((article.outlet, article.headline or ""), ())
        portrait = draw_portrait(
            reading, self.frequencies, mind_headline=len(stories) < FURNITURE_FROM
        )
        self.drawn = (key, portrait)
        return portrait

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
            (compare(portrait, thread), thread) for thread in map(self.threads.__getitem__, stories)
        ]
        compared.sort(key=lambda pair: (-pair[0].score, pair[1].id))
        return compared

    def origin_of(self, article: Article, copy: Copy | None) -> str:
        """Return the first carrier of the report that an article carries, itself if it is that.

        Pages of different stories may share words too, a notice or a menu: that is no report.
        """
        return article.id if copy is None else copy.origin

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

    def advance(self, day: int | None) -> int:
        """Move the desk's day forward; return the article's day, the desk's where unknown."""
        if day is None:
            return self.today or 0
        self.last_days.append(day)
        if len(self.last_days) == DAYS_AGREED or self.today is None:
            self.today = max(self.today or 0, min(self.last_days))
        return day

    def remember_headline(self, article: Article, story: str) -> None:
        """Note in which stories an outlet has used a headline."""
        if not article.headline:
            return
        key = (article.outlet, article.headline)
        stories = self.headlines.get(key, ())
        if story not in stories and len(stories) < FURNITURE_FROM:
            self.headlines[key] = (*stories, story)
            if len(self.headlines) > HEADLINES_KEPT:
                del self.headlines[next(iter(self.headlines))]

    def expire(self) -> None:
        """Forget the stories that have been quiet for long."""
        last = (self.today or 0) - FORGOTTEN_AFTER
        while self.quiet and self.quiet[0][0] < last:
            _, story = self.quiet.popleft()
            thread = self.threads.get(story)
            if thread is None or thread.last_day >= last:
                continue
            del self.threads[story]
            for article in thread.articles:
                if self.story_of.get(article) == story:
                    del self.story_of[article]
            for term in thread.posted:
                stories = self.postings[term]
                del stories[story]
                if not stories:
                    del self.postings[term]
