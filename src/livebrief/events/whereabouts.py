"""When an event happened: of the event, not of the statement about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct, structs

from livebrief.events.clauses import Line
from livebrief.events.words import word_set
from livebrief.language.numbers import SMALL
from livebrief.model import Precision, Time, day_of

FINE: frozenset[Precision] = frozenset(("second", "minute", "hour", "part_of_day", "day"))
COARSE: frozenset[Precision] = frozenset(("week", "month", "season", "year"))

# Beside a time these say that it is of what was said or done afterwards, not of the deed.
AFTERWARDS = word_set("whereabouts", "afterwards")

# What is told behind these lies before what is said.
BEFORE_NEWS = word_set("whereabouts", "before_news")

DEATHS = word_set("whereabouts", "deaths")
# "A Christmas party": the day that a thing is named for.
NAMESAKES = word_set("whereabouts", "namesakes")
# "The man killed on Thursday was identified Friday": so near the verb stands a time of its own.
OWN_TIME_REACH = 4

# Of what came of it: who was shot on Monday may have died on Friday.
OUTCOMES = word_set("whereabouts", "outcomes")
CLOCK_WORDS = word_set("whereabouts", "clock_words")

# "Died at the hospital of Saint Mary on Monday": so many words apart at most.
OUTCOME_REACH = 8

LAG_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}

# Bare numbers before it are as often a street's as a year's.
FIRST_YEAR = "1900"

# Worth of a time: told with the deed, told as when "it happened", of an outcome, of what was said;
# an hour without a day is worth this share of it.  Chosen on 800 stories of casualties/gva.
SURE, TOLD_WHEN, OUTCOME, SPOKEN, CLOCK = 1.0, 1.5, 0.4, 0.2, 0.3
# Worth of a time of dying: who died on Friday may have been shot on Monday.
DYING = 0.7
# How much each telling adds to the likeliest one.
REPEATED = 0.3
# A day of less worth than this, only said in some other line, does not sharpen a sure month.
LEAST = 0.1
# "Overnight" and "2 a.m." are one night.
DAWN = "06"
EVENING = "18"

# These say that a line tells when something happened, whatever it was.
HAPPENED = word_set("whereabouts", "happened")

# A deed may lie this many days ahead of the day a text was written on, by time zones and by
# texts that were updated; beyond it, it is another matter.
DAYS_AHEAD = 1


class Moment(Struct, frozen=True, kw_only=True):
    """A time that may be an event's, and how likely."""

    order: int
    time: Time
    weight: float
    is_overnight: bool = False
    """Told by that word, which leaves open on which side of midnight."""


def weigh_times(order: int, line: Line, at: int, times: Sequence[Time]) -> list[Moment]:
    """Return the times of a line that may be those of what it tells at a word, likeliest first."""
    scored: list[tuple[float, int, Moment]] = []
    written = line.passage.written_on
    behind_dateline = line.dateline_end if times else 0
    for number, time in enumerate(times):
        if (
            time.type not in ("DATE", "TIME")
            or time.earliest is None
            or time.earliest < FIRST_YEAR
            or not _is_past(time, written)
        ):
            continue
        where = line.words_of(time.span)
        if where is None:
            continue
        first, last = where
        if last <= behind_dateline:
            # "BAGHDAD, March 11 (Agency) -": when it was written.
            continue
        low, high = min(at, first), max(at, first)
        distance = high - low
        between = line.words[low + 1 : high]
        beside = line.words[max(0, first - 3) : first]
        if not _has_own_time(line, last, times):
            beside += line.words[last : last + 2]
        weight = SURE
        # A tweet and a picture end with a name in brackets and their own date.
        is_stamp = first > 0 and line.words[first - 1] == ")"
        if is_stamp or not AFTERWARDS.isdisjoint((*beside, *between)):
            weight = SPOKEN
            if not BEFORE_NEWS.isdisjoint(line.words[max(0, at - 6) : at]):
                # "Fifty were diagnosed after the attack, he said Tuesday": long after, maybe.
                continue
        elif words_behind(line, last) in NAMESAKES:
            weight = SPOKEN
        elif _is_outcome(line, at, first, last):
            weight = OUTCOME
        elif not HAPPENED.isdisjoint(line.words[max(0, first - 4) : first]):
            weight = TOLD_WHEN
        elif words_behind(line, last) == "'s" and 0 < at - last <= 3:
            # "Friday's quake"
            weight = TOLD_WHEN
        elif line.words[at] in DEATHS:
            weight = DYING
        if _is_clock(line.words[first:last]):
            # "9:30": the day is a guess unless another time of the line tells it.
            weight *= CLOCK
        moment = Moment(
            order=order, time=time, weight=weight, is_overnight=line.words[first] == "overnight"
        )
        scored.append((distance / weight, number, moment))
    return [moment for *_, moment in sorted(scored, key=lambda one: one[:2])]


def _is_outcome(line: Line, at: int, first: int, last: int) -> bool:
    """Return whether a time is of what came of the deed: "died Friday", "in hospital Monday".

    What stands before the deed does not count: "died hours after he was shot on Wednesday".
    """
    start = max(0, first - OUTCOME_REACH)
    end = last + 2
    if start <= at < first:
        # "A boy shot on Monday has died"
        start, end = at + 1, last
    return not OUTCOMES.isdisjoint(line.words[start:end])


def _has_own_time(line: Line, at: int, times: Sequence[Time]) -> bool:
    """Return whether what stands behind a time has one of its own, right behind it."""
    for time in times:
        where = line.words_of(time.span)
        if where is not None and at < where[0] <= at + OWN_TIME_REACH:
            return True
    return False


def words_behind(line: Line, at: int) -> str:
    """Return the word at a place of a line, nothing behind its end."""
    return line.words[at] if at < len(line.words) else ""


def _is_clock(words: Sequence[str]) -> bool:
    """Return whether a time names an hour and no day."""
    return all(
        (word[0].isdigit() and not (len(word) == 4 and word.isdigit())) or word in CLOCK_WORDS
        for word in words
    )


def _is_past(time: Time, written: date | None) -> bool:
    day = day_of(time.earliest)
    return written is None or day is None or (day - written).days <= DAYS_AHEAD


def tells_when(line: Line) -> int | None:
    """Return the word by which a line tells when something happened, or `None`."""
    return next((k for k, word in enumerate(line.words) if word in HAPPENED), None)


def choose_time(moments: Sequence[Moment]) -> Time | None:
    """Return the time that tells best when: to the day before coarser, likelier before less.

    A day told by one likely time outweighs one told by many unlikely ones: a page says "police
    said Sunday" more often than when it happened.
    """
    is_coarse = any(m.weight >= SURE and m.time.precision in COARSE for m in moments)
    for grades in (FINE, COARSE):
        days: dict[str, list[Moment]] = {}
        for moment in moments:
            is_weak = is_coarse and moment.weight < LEAST
            if moment.time.precision in grades and not is_weak:
                days.setdefault(_day(moment.time), []).append(moment)
        if days:
            best = max(days.values(), key=_likelihood)
            surest = max(best, key=lambda moment: (moment.weight, -moment.order))
            return _past_midnight(surest, moments) or surest.time
    return None


def _past_midnight(moment: Moment, others: Sequence[Moment]) -> Time | None:
    """Return the hour after midnight by which a night is told elsewhere, if any.

    "Overnight" is of the small hours, unless an hour before midnight is told: on casualties/gva
    what is told so and published in the morning happened that day in 36 stories of 46.
    """
    if not moment.time.value.endswith("TNI"):
        return None
    day = _day(moment.time)
    next_day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    for other in others:
        hour = _hour(other.time)
        is_sure = other.weight >= SURE or moment.is_overnight
        if is_sure and hour is not None and hour < DAWN and _day(other.time) == next_day:
            return other.time
    if not moment.is_overnight:
        return None
    hours = [hour for other in others if (hour := _hour(other.time)) and _day(other.time) == day]
    if any(hour >= EVENING for hour in hours):
        return None
    return structs.replace(moment.time, value=f"{next_day}TMO")


def _hour(time: Time) -> str | None:
    """Return the hour that a time tells, of a time of day: "02"."""
    is_clock = time.type == "TIME" and ":" in time.value
    return time.value[11:13] if is_clock else None


def _likelihood(moments: Sequence[Moment]) -> float:
    weights = [moment.weight for moment in moments]
    return max(weights) + REPEATED * sum(weights)


def _day(time: Time) -> str:
    return (time.earliest or "")[:10]


def is_apart(one: Time, other: Time) -> int:
    """Return 1 where one time lies wholly behind the other, -1 where before, 0 where they touch."""
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return 0
    if one.precision not in FINE | COARSE or other.precision not in FINE | COARSE:
        return 0
    if one.earliest[:10] > other.latest[:10]:
        return 1
    return -1 if one.latest[:10] < other.earliest[:10] else 0


def read_lag(line: Line, at: int) -> int | None:
    """Return how many days lie between two events by "two days after" around a word.

    >>> from livebrief.events.clauses import make_lines
    >>> from livebrief.language import annotate
    >>> line = make_lines(annotate("He fell two days after the storm."))[0]
    >>> read_lag(line, 3)
    2
    """
    words = line.words
    for k in range(max(0, at - 2), min(at + 3, len(words) - 1)):
        days = LAG_UNITS.get(words[k])
        if days is None or words[k + 1] not in ("after", "later"):
            continue
        number = words[k - 1] if k else ""
        if number in ("a", "one", "the"):
            return days
        count = SMALL.get(number) or (int(number) if number.isdigit() and len(number) < 3 else None)
        return count * days if count else None
    return None


def count_back(moment: Moment, days: int, line: Line, first: int, last: int) -> Moment | None:
    """Return the day so many days before another, told by words of a line."""
    time = moment.time
    if time.precision not in FINE or not time.earliest:
        return None
    try:
        value = (date.fromisoformat(_day(time)) - timedelta(days=days)).isoformat()
    except (OverflowError, ValueError):
        return None
    told = Time(
        span=line.span(first, last),
        type="DATE",
        value=value,
        earliest=value,
        latest=value,
        precision="day",
        anchor=_day(time),
    )
    return Moment(order=moment.order, time=told, weight=moment.weight)
