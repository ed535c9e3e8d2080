"""Days: "Wednesday, March 11", "late Tuesday", "March 8-9", "the weekend", "Christmas Day"."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.language.numbers import parse_number, parse_ordinal
from livebrief.language.times import calendar
from livebrief.language.times.calendar import When, containing, make_day, shift, shift_day
from livebrief.language.times.context import Context
from livebrief.language.times.meaning import (
    Match,
    Meaning,
    dated,
    in_year_bc,
    is_in_name,
    pick_year,
    step_of,
    undated,
    without_article,
)
from livebrief.language.times.words import COUNTED, DAYS, GRAMMAR, HOLIDAYS, MONTHS, WEEKDAYS


def iso(match: Match) -> Meaning | None:
    """Read 2020-03-11, 2020-03-11T19:30:00+03:00, 3/11/2020 where only one reading is possible."""
    word = match.tokens[match.found.start].text
    if "/" in word:
        parts = [int(part) for part in word.split("/")]
        if parts[0] > 99:
            exact = make_day(*parts)
        else:
            first, second, year = parts
            options = {make_day(year, first, second), make_day(year, second, first)} - {None}
            exact = options.pop() if len(options) == 1 else None
        return dated(When("day", exact)) if exact else None
    exact = make_day(int(word[:4]), int(word[5:7]), int(word[8:10]))
    if exact is None:
        return None
    if "T" not in word:
        return dated(When("day", exact))
    moment = word.replace("Z", "+00:00")
    return Meaning("TIME", word, moment, moment, "minute", None, When("day", exact))


def read_day(match: Match, words: Sequence[str]) -> Meaning | None:
    """Return the day that these words name: "Wednesday, March 11, 2020", "today", "11 March"."""
    context = match.context
    month = day = year = weekday = None
    for word in words:
        if word in MONTHS:
            month = MONTHS[word]
        elif word in WEEKDAYS:
            weekday = WEEKDAYS[word]
        elif word in DAYS:
            if context.today is None:
                return undated("XXXX-XX-XX", "day")
            if context.is_retrospective and word == "today":
                return undated("PRESENT_REF")
            moved = shift_day(context.today, DAYS[word], "day")
            return dated(When("day", moved), context.today) if moved else None
        elif word[0].isdigit() or parse_ordinal(word):
            number = parse_ordinal(word) or int(parse_number(word) or 0)
            if day is None and number < 32:
                day = number
            elif number > 99:
                year = number
    if month and day:
        if "bc" in "".join(words).replace(".", "") and year:
            return undated(f"BC{year:04d}-{month:02d}-{day:02d}", "day")
        if "that" in words and context.told:
            year = context.told.start.year
        if year:
            exact = make_day(year, month, day)
            return dated(When("day", exact)) if exact else None
        if make_day(2000, month, day) is None:
            return None
        if long_ago := in_year_bc(context, f"{month:02d}-{day:02d}", "day"):
            return long_ago
        number_of_month, number_of_day = month, day

        def of_year(year: int) -> When | None:
            exact = make_day(year, number_of_month, number_of_day)
            return When("day", exact) if exact else None

        picked = pick_year(context, of_year)
        if picked is None:
            return undated(f"XXXX-{month:02d}-{day:02d}", "day")
        return dated(*picked)
    if weekday:
        return read_weekday(context, weekday)
    return None


def read_weekday(context: Context, weekday: int, which: str = "") -> Meaning:
    """Return the last or the next day of that name, by the words before it, or by the tense."""
    base = context.here
    if context.is_retrospective:
        base = context.day
    if base is None:
        return undated(f"XXXX-WXX-{weekday}", "day")
    back = (base.isoweekday() - weekday) % 7
    if which in ("last", "past", "previous"):
        days = -(back or 7)
    elif which in ("next", "coming", "following"):
        days = 7 - back
    elif which == "this" or (not context.is_retrospective and context.looks_ahead()):
        days = (7 - back) % 7
    else:
        days = -back
    moved = shift_day(base, days, "day")
    return dated(When("day", moved), base) if moved else undated(f"XXXX-WXX-{weekday}", "day")


def two_days(match: Match) -> list[Meaning] | None:
    """Read March 8-9: two days, each with its own words."""
    first, second = match.group("first"), match.group("second")
    month = [word for word in (*first, *second) if word in MONTHS]
    year = [word for word in match.words if GRAMMAR.has(word, "YEAR")]
    second = [word for word in second if word not in year]
    one = read_day(match, [*(first if month[0] in first else [*first, month[0]]), *year])
    two = read_day(match, [*(second if month[-1] in second else [*second, month[-1]]), *year])
    if (
        one is None
        or two is None
        or (not GRAMMAR.has(match.words[-1], "YEAR") and (match.context.following() in COUNTED))
    ):
        return None
    groups = match.found.groups
    second_end = match.found.end if year else groups["second"][1]
    return [
        one._replace(span=groups["first"]),
        two._replace(span=(groups["second"][0], second_end)),
    ]


def day(match: Match) -> Meaning | list[Meaning] | None:
    """Read Wednesday, March 11; late Tuesday; earlier today."""
    words = match.group("date")
    last = match.tokens[match.found.end - 1].text
    # "in March 20 people died": the number counts the people.
    if last.isdigit() and match.context.following() in COUNTED:
        return None
    if len(words) == 1 and is_in_name(match):
        return None
    before = [w for w in match.words if w in ("last", "this", "next", "coming")]
    if before and words[0] in WEEKDAYS:
        which = "next" if "coming" in before else before[0]
        if len(words) == 1:
            return read_weekday(match.context, WEEKDAYS[words[0]], which)
    meaning = read_day(match, words)
    if meaning is None and len(words) > 1:
        # February 30: no day, and its month and year alone would be a guess.
        return []
    is_part = bool({"early", "late", "earlier", "later", "mid"} & set(match.words[:2]))
    if meaning and is_part and meaning.precision == "day":
        return meaning._replace(precision="part_of_day")
    return meaning


def weekday(match: Match) -> Meaning | None:
    """Read last Tuesday; Friday last week; the previous Friday."""
    context = match.context
    name = match.first("WEEKDAY") or ""
    which = match.group("which")
    if "week" in match.words:
        if context.today is None:
            return undated(f"XXXX-WXX-{WEEKDAYS[name]}", "day")
        week = shift(containing(context.today, "week"), step_of(which))
        moved = shift_day(week.start, WEEKDAYS[name] - 1, "day") if week else None
        return dated(When("day", moved), context.today) if moved else None
    if not which and is_in_name(match):
        return None
    meaning = read_weekday(
        context, WEEKDAYS[name], "next" if "coming" in which else "".join(which[:1])
    )
    if match.words[0] == "the" and not which:
        # As an adjective it stands without its article: "the [Friday] explosions".
        return meaning._replace(span=(match.found.start + 1, match.found.end))
    return meaning


def holiday(match: Match) -> Meaning | None:
    """Read Christmas Day, last Thanksgiving, Easter Sunday."""
    return without_article(match, _holiday(match))


def _holiday(match: Match) -> Meaning | None:
    context = match.context
    words = [word.replace("’", "'") for word in match.words]
    which = match.group("which")
    year = match.first("YEAR")
    if year:
        words = words[: words.index(year)]
        words = words[:-1] if words[-1] == "," else words
    name = next((h for i in range(len(words)) if (h := " ".join(words[i:])) in HOLIDAYS), "")
    rule = HOLIDAYS.get(name, "")
    if year:
        exact = calendar.find_holiday(rule, int(year))
        return dated(When("day", exact)) if exact else None
    if {"every", "each"} & set(which):
        value = f"XXXX-{rule}" if rule[:1].isdigit() else "P1Y"
        return Meaning("SET", value)

    def of_year(year: int) -> When | None:
        found = calendar.find_holiday(rule, year)
        return When("day", found) if found else None

    picked = pick_year(context, of_year, which="".join(which[:1]))
    if picked is None:
        return undated(f"XXXX-{rule}" if rule[:1].isdigit() else "XXXX-XX-XX", "day")
    return dated(*picked)


def weekend(match: Match) -> Meaning | None:
    """Read the weekend: the last one, or the coming one, by the tense."""
    context = match.context
    if context.today is None:
        return undated("XXXX-WXX-WE")
    when = containing(context.today, "weekend")
    if when.start > context.today and not context.looks_ahead():
        when = shift(when, -1) or when
    return dated(when, context.today)
