"""The stories being followed: an online walk through the coverage, in bounded memory and time."""

from __future__ import annotations

from collections import deque
from heapq import nlargest

from livebrief.likeness import Frequencies, NearDuplicates
from livebrief.model import Article, Candidate, Placement, Reading, identify
from livebrief.stories.matching import JOIN_FROM, Thread, compare, explain
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
# A headline carried by so many different stories of an outlet is that outlet's furniture.
FURNITURE_FROM = 2
CANDIDATES_TOLD = 5


class Threads:
    """The stories being followed.  `place` asks, `file` changes."""

    def __init__(self) -> None:
        self.frequencies = Frequencies()
        self.copies = NearDuplicates()
        self.threads: dict[str, Thread] = {}
        self.story_of: dict[str, str] = {}
        self.postings: dict[str, list[str]] = {}
        self.queue: deque[tuple[int, str]] = deque()
        self.last_days: deque[int] = deque(maxlen=DAYS_AGREED)
        self.today: int | None = None
        self.headlines: dict[tuple[str | None, str], list[str]] = {}
        self.drawn: tuple[tuple[str, int], Portrait] | None = None
        self.filed = 0

    def place(self, reading: Reading) -> Placement:
        """Return which story a reading belongs to, how sure and why; changes nothing."""
        article = reading.article
        portrait = self.portray(reading)
        copy = self.copies.find(article.text, portrait.phrases)
        origin = article.id if copy is None or copy.origin == article.id else copy.origin
        known = self.story_of.get(article.id)
        if known is not None:
            return Placement(story=known, score=1.0, why=("revision",), origin=origin)
        compared = []
        copied = None if copy is None else self.story_of.get(copy.id)
        for thread in self.find_candidates(portrait, copied):
            containment = copy.containment if copy and copied == thread.id else 0.0
            likeness = compare(portrait, thread, containment=containment)
            compared.append((likeness.score, thread.id, likeness))
        compared.sort(key=lambda item: (-item[0], item[1]))
        candidates = tuple(
            Candidate(story=story, score=round(score, 4))
            for score, story, _ in compared[:CANDIDATES_TOLD]
        )
        if not compared or compared[0][0] < JOIN_FROM:
            score = 1.0 - (compared[0][0] if compared else 0.0)
            why = ("nothing like it",) if not compared else ("not like enough to any story",)
            return Placement(
                story=None, score=round(score, 4), why=why, candidates=candidates, origin=origin
            )
        score, story, likeness = compared[0]
        return Placement(
            story=story,
            score=round(score, 4),
            why=explain(portrait, self.threads[story], likeness),
            candidates=candidates,
            origin=origin,
        )

    def file(self, reading: Reading, placement: Placement) -> str:
        """Take the reading into the story it was placed in, or a new one; return the story's id."""
        article = reading.article
        portrait = self.portray(reading)
        self.drawn = None
        day = self.advance(portrait.day)
        story = placement.story or identify("story", article.id)
        thread = self.threads.get(story)
        if thread is None:
            thread = self.threads[story] = Thread(story, day)
        if self.story_of.get(article.id) is None:
            self.frequencies.learn(portrait.terms)
        self.story_of[article.id] = story
        thread.take(article.id, portrait, day)
        self.post(thread)
        self.queue.append((day, story))
        self.copies.add(
            article.id, article.text, day=day, origin=placement.origin, phrases=portrait.phrases
        )
        self.remember_headline(article, story)
        self.expire()
        self.filed += 1
        return story

    def portray(self, reading: Reading) -> Portrait:
        """Return the reading's portrait, kept from `place` for the `file` that follows it."""
        article = reading.article
        key = (article.id + article.revision, self.filed)
        if self.drawn is not None and self.drawn[0] == key:
            return self.drawn[1]
        seen = self.headlines.get((article.outlet, article.headline or ""), ())
        portrait = draw_portrait(
            reading, self.frequencies, mind_headline=len(seen) < FURNITURE_FROM
        )
        self.drawn = (key, portrait)
        return portrait

    def find_candidates(self, portrait: Portrait, copied: str | None) -> list[Thread]:
        """Return the stories that share most of the article's heaviest terms."""
        met: dict[str, float] = {}
        asked = nlargest(TERMS_ASKED, portrait.words.items(), key=lambda pair: pair[1])
        for term, weight in asked:
            for story in self.postings.get(term, ()):
                met[story] = met.get(story, 0.0) + weight
        best = nlargest(STORIES_COMPARED, met, key=lambda story: (met[story], story))
        if copied is not None and copied not in best:
            best.append(copied)
        return [self.threads[story] for story in best]

    def post(self, thread: Thread) -> None:
        """Note the story under its heaviest terms, newest last."""
        for term in thread.lead_terms():
            if term in thread.posted:
                continue
            thread.posted.add(term)
            stories = self.postings.setdefault(term, [])
            stories.append(thread.id)
            if len(stories) > STORIES_A_TERM:
                self.threads[stories.pop(0)].posted.discard(term)

    def advance(self, day: int | None) -> int:
        """Move the desk's day forward; return the article's day, the desk's where unknown."""
        if day is not None:
            self.last_days.append(day)
            agreed = min(self.last_days)
            if self.today is None or agreed > self.today:
                self.today = agreed
            return day
        return self.today if self.today is not None else 0

    def remember_headline(self, article: Article, story: str) -> None:
        """Count in how many stories an outlet has used a headline."""
        if not article.headline:
            return
        seen = self.headlines.setdefault((article.outlet, article.headline), [])
        if len(seen) < FURNITURE_FROM and story not in seen:
            seen.append(story)

    def expire(self) -> None:
        """Forget the stories that have been quiet for long."""
        assert self.today is not None or not self.queue or True
        while self.queue and self.today is not None:
            day, story = self.queue[0]
            if day >= self.today - FORGOTTEN_AFTER:
                return
            self.queue.popleft()
            thread = self.threads.get(story)
            if thread is None or thread.last_day >= self.today - FORGOTTEN_AFTER:
                continue
            del self.threads[story]
            for article in thread.articles:
                self.story_of.pop(article, None)
            for term in sorted(thread.posted):
                stories = self.postings[term]
                stories.remove(story)
                if not stories:
                    del self.postings[term]
