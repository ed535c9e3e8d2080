"""Times in a text, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from livebrief.language.passage import Sentence, Token
from livebrief.language.times.clocks import clock, part_of_day
from livebrief.language.times.context import Context
from livebrief.language.times.counting import age, ago, duration, reference, relative, set_, stretch
from livebrief.language.times.days import day, holiday, iso, two_days, weekday, weekend
from livebrief.language.times.meaning import Match, Meaning
from livebrief.language.times.months import (
    fiscal,
    half,
    month,
    other_calendar,
    part_of_month,
    period_a_year_ago,
    quarter,
    school_year,
    season,
    two_months,
    year_of_period,
)
from livebrief.language.times.words import GRAMMAR
from livebrief.language.times.years import (
    century,
    decade,
    spoken_year,
    year,
    year_end,
    year_range,
    years_bc,
)
from livebrief.model import Part, Span, Time

Meanings = Callable[[Match], Meaning | list[Meaning] | None]

# What each rule of `en/times.toml` means, by its name.
MEANINGS: Mapping[str, Meanings] = {
    function.__name__.rstrip("_"): function
    for function in (
        *(iso, day, two_days, weekday, weekend, holiday),
        *(clock, part_of_day),
        *(month, two_months, part_of_month, season, quarter, half),
        *(year_of_period, period_a_year_ago, fiscal),
        *(other_calendar, school_year),
        *(ago, stretch, relative, duration, age, set_, reference),
        *(decade, century, year_range, year, years_bc, spoken_year, year_end),
    )
}

# Full years, to tell a history from the news.
YEAR_RE = re.compile(r"\b(?:1[0-9]|20)\d\d\b(?![-,.]?\d)|\b\d{1,4} (?=B\.?C\b)")

# Words that news counts its days by, and histories do not.
NEWS_RE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|[Tt]oday"
    r"|[Ll]ast (?:week|month|year))"
)


def find_times(
    text: str,
    sentences: Sequence[Sentence],
    *,
    part: Part = "text",
    related_index: int | None = None,
    written_at: datetime | None = None,
    written_on: date | None = None,
) -> tuple[Time, ...]:
    """Return the time expressions, each with its TIMEX3 value as far as the text says it."""
    if written_on is None and written_at is not None:
        written_on = written_at.date()
    years = [int(year) * (-1 if year[-1] == " " else 1) for year in YEAR_RE.findall(text)]
    news_words = sum(1 for _ in NEWS_RE.finditer(text))
    context = Context(
        written_on, years, news_words, written_at=written_at, is_headline=part == "headline"
    )
    times: list[Time] = []
    for sentence in sentences:
        codes = GRAMMAR.code(sentence.tokens)
        if not GRAMMAR.has_trigger(codes):
            continue
        context.open_sentence(sentence.tokens)
        start = 0
        while (at := GRAMMAR.next(codes, start)) is not None:
            start, meanings = _read(context, sentence.tokens, codes, at)
            for meaning, (first, last) in meanings:
                times.append(
                    Time(
                        span=Span(
                            start=sentence.tokens[first].start,
                            end=sentence.tokens[last - 1].end,
                            part=part,
                            related_index=related_index,
                        ),
                        type=meaning.type,
                        value=meaning.value,
                        earliest=meaning.earliest,
                        latest=meaning.latest,
                        precision=meaning.precision,
                        anchor=meaning.anchor,
                    )
                )
    return tuple(times)


def _read(
    context: Context, tokens: Sequence[Token], codes: str, at: int
) -> tuple[int, list[tuple[Meaning, tuple[int, int]]]]:
    """Return what the words from this one on mean, where they stand, and where to read on."""
    for found in GRAMMAR.matches(codes, at):
        context.at, context.end = found.start, found.end
        meanings = MEANINGS[found.means](Match(found, tokens, context))
        if found.means == "age":
            return found.end, []
        if meanings is None:
            continue
        placed = []
        for meaning in meanings if isinstance(meanings, list) else [meanings]:
            placed.append((meaning, meaning.span or (found.start, found.end)))
            if meaning.type == "DATE" and meaning.value[:2] == "BC":
                context.tell_bc(meaning.value)
            if meaning.when is not None:
                today = context.written_on.isoformat() if context.written_on else ""
                context.tell(meaning.when, is_deictic=meaning.anchor == today)
        return found.end, placed
    return at + 1, []
