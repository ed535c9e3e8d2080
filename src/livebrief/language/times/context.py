"""What a time is counted from: the day of writing, the days told before it, the tense."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from livebrief.language.passage import Token
from livebrief.language.times.calendar import When, containing, last_day, shift
from livebrief.language.times.words import AHEAD, BACK, NOT_BACK

# How many words away a verb still tells the tense of a time expression.  From 8 to 25, the share of
# right values on TimeBank and AQUAINT stays within 0.3 points.
REACH = 12

# A text is told in retrospect (a history, a biography), and its bare months then belong to the year
# told last, where most of its full years, and three at least, lie this many years before it was
# written, and where they are more than so many times the words that news counts its days by.  From
# 7 to 11 times, all of TimeBank and AQUAINT is news and all of WikiWars history.
YEARS_BACK = 2
FEWEST_YEARS = 3
YEARS_TO_NEWS_WORDS = 8

# A year alone that lies further than this from the story's is an aside: "an account published in
# 2005", in a story of 1964.  From 5 to 50 years, right values on WikiWars stay within 0.1 points.
ASIDE_YEARS = 20


class Context:
    """What is known at one place of the text; grows as the text is read."""

    def __init__(
        self,
        written_on: date | None,
        years: Sequence[int],
        news_words: int = 0,
        *,
        written_at: datetime | None = None,
        is_headline: bool = False,
    ) -> None:
        """Start before the first sentence.

        `years` are all that the text names in figures, `news_words` how often it says "Tuesday",
        "yesterday", "last week": what a history does not.
        """
        self.written_on = written_on
        self.written_at = written_at
        self.is_headline = is_headline
        far = [year for year in years if not written_on or year <= written_on.year - YEARS_BACK]
        self.is_retrospective = len(far) >= FEWEST_YEARS and len(far) > max(
            len(years) / 2, news_words * YEARS_TO_NEWS_WORDS
        )
        self.told: When | None = None
        """The stretch of the calendar that the text told last, of whatever unit."""
        self.story: When | None = None
        """The one that a story told in retrospect has come to: asides leave it where it was."""
        self.year_bc: int | None = None
        """The year before Christ that the text told last; `None` once it has told a later one."""
        self.quarter: When | None = None
        """The latest quarter that the text told: a company's report compares it with others."""
        self.day: date | None = None
        """The day that the text told last."""
        self.sentence_day: date | None = None
        """The day told last in this very sentence."""
        self.tokens: Sequence[Token] = ()
        self.words: Sequence[str] = ()
        self.at = 0
        self.end = 0

    def open_sentence(self, tokens: Sequence[Token]) -> None:
        """Begin a sentence."""
        self.tokens = tokens
        self.words = [token.text.lower() for token in tokens]
        self.sentence_day = None

    def tell(self, when: When, *, is_deictic: bool = False) -> None:
        """Note what the text told; `is_deictic` if it was counted from the day of writing."""
        if is_deictic and self.is_retrospective:
            return
        self.told = when
        self.year_bc = None
        is_over = self.written_on is not None and last_day(when) <= self.written_on
        if when.unit == "quarter" and is_over:
            self.quarter = when if self.quarter is None else max(self.quarter, when)
        if self._goes_on(when):
            self.story = when
        if when.unit == "day":
            self.day = self.sentence_day = when.start

    def tell_bc(self, value: str) -> None:
        """Note a date before Christ, where it tells its year: `BC0480-09`."""
        if value[2:6].isdigit():
            self.year_bc = int(value[2:6])

    def _goes_on(self, when: When) -> bool:
        """Return whether the story goes on from there: not from a year alone that says no more."""
        if when.unit in ("decade", "century"):
            return False
        if self.story is None or when.unit not in ("year", "half"):
            return True
        return 0 < abs(when.start.year - self.story.start.year) <= ASIDE_YEARS

    @property
    def reported_quarter(self) -> When | None:
        """The quarter that a company reports on: the latest told, else the last that is over."""
        if self.quarter or self.written_on is None:
            return self.quarter
        return shift(containing(self.written_on, "quarter"), -1)

    @property
    def today(self) -> date | None:
        """The day that deictic words count from: "yesterday", "last week", "two weeks ago"."""
        return self.written_on

    @property
    def here(self) -> date | None:
        """The day that a story told in retrospect has come to, else the day of writing."""
        if self.is_retrospective:
            return self.story.start if self.story else None
        return self.written_on

    def previous(self, count: int = 1) -> str:
        """Return the word before the expression, in lower case; empty at the sentence's start."""
        return self.words[self.at - count] if self.at >= count else ""

    def following(self) -> str:
        """Return the word behind the expression, in lower case."""
        return self.words[self.end] if self.end < len(self.words) else ""

    def looks_ahead(self) -> bool | None:
        """Return whether the nearest verb says what is to come; `None` where none is near."""
        before = self.words[max(0, self.at - REACH) : self.at]
        behind = self.words[self.end : self.end + REACH]
        nearest = [*reversed(before), *behind]
        for at, word in enumerate(nearest):
            if word in AHEAD or (self.is_headline and word == "to"):
                return True
            if at + 1 < len(before) and nearest[at + 1] == "be":
                # "will be held", "is to be announced"
                return True
            if word in BACK or (word.endswith("ed") and word[:2] != "un" and word not in NOT_BACK):
                return False
        return None
