"""What each rule's match means: one function a rule of `en/times.toml`, named like it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from livebrief.language.grammar import Found
from livebrief.language.numbers import parse_number, parse_ordinal
from livebrief.language.passage import Token
from livebrief.language.times import calendar
from livebrief.language.times.calendar import Unit, When, containing, make_day, shift, shift_day
from livebrief.language.times.context import Context
from livebrief.language.times.words import (
    DAYS,
    DECADES,
    GRAMMAR,
    HOLIDAYS,
    MONTHS,
    NOONS,
    OFTEN,
    PARTS,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
    ZONES,
)
from livebrief.language.vocabulary import load_words
from livebrief.model import Precision, TimeType


class Meaning(NamedTuple):
    """A time's value, and what is known of its bounds."""

    type: TimeType
    value: str
    earliest: str | None = None
    latest: str | None = None
    precision: Precision = "vague"
    anchor: str | None = None
    when: When | None = None
    """What it tells of the calendar, for what is counted from it."""
    span: tuple[int, int] | None = None
    """The tokens it covers, where these are not all of the match's."""


class Match(NamedTuple):
    """A rule's match in its sentence."""

    found: Found
    tokens: Sequence[Token]
    context: Context

    @property
    def words(self) -> list[str]:
        """The matched words in lower case."""
        return self.context.words[self.found.start : self.found.end]  # type: ignore[return-value]

    def group(self, name: str) -> list[str]:
        """Return the words of a named group in lower case; none where it did not match."""
        start, end = self.found.groups.get(name, (0, 0))
        return list(self.context.words[start:end])

    def first(self, *classes: str) -> str | None:
        """Return the first matched word of one of these classes, in lower case."""
        for token in self.tokens[self.found.start : self.found.end]:
            if any(GRAMMAR.has(token.text, class_) for class_ in classes):
                return token.text.lower().replace("’", "'")
        return None


UNIT_NAMES: Mapping[str, Unit] = {
    "D": "day",
    "W": "week",
    "2W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "10Y": "decade",
    "100Y": "century",
}
UNKNOWN: Mapping[Unit, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX",
    "year": "XXXX",
    "decade": "XXXX",
    "century": "XXXX",
}


def dated(when: When, anchor: date | None = None) -> Meaning:
    """Return a resolved date."""
    first, last = calendar.first_day(when), calendar.last_day(when)
    return Meaning(
        "DATE",
        calendar.write_value(when),
        first.isoformat(),
        last.isoformat(),
        calendar.PRECISIONS[when.unit],
        anchor.isoformat() if anchor else None,
        when,
    )


def undated(value: str, precision: Precision = "vague") -> Meaning:
    """Return a date that the text does not say enough to resolve."""
    return Meaning("DATE", value, precision=precision)


def pick_year(
    context: Context, make: Callable[[int], When | None], *, which: str = ""
) -> tuple[When, date] | None:
    """Return which year's month, day or season of that name is meant, and from when it is told.

    In retrospect it lies in the year told last; in the news it is the last or the next one, by the
    words before it ("last", "next"), else by the tense, else the nearest.
    """
    base = context.here
    if base is None:
        return None
    options = [
        option
        for year in (base.year - 1, base.year, base.year + 1)
        if 1 < year < 9999 and (option := make(year))
    ]
    if not options:
        return None
    if context.is_retrospective and not which:
        return next((o for o in options if o.start.year == base.year), options[0]), base
    past = [o for o in options if o.start <= base]
    coming = [o for o in options if calendar.last_day(o) >= base]
    if which in ("last", "past", "previous"):
        done = [o for o in past if calendar.last_day(o) < base]
        return (done or past or options)[-1], base
    if which in ("next", "coming", "following"):
        new = [o for o in coming if o.start > base]
        return (new or coming or options)[0], base
    if which == "this":
        return next((o for o in options if o.start.year == base.year), options[0]), base
    ahead = context.looks_ahead()
    if ahead and coming:
        return coming[0], base
    if ahead is False and past and options[0].unit != "day":
        return past[-1], base
    return min(options, key=lambda o: abs((o.start - base).days)), base


# Days and clocks


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


def iso(match: Match) -> Meaning | None:
    """2020-03-11, 2020-03-11T19:30:00+03:00, 3/11/2020 where only one reading is possible."""
    word = match.tokens[match.found.start].text
    if "/" in word:
        parts = [int(part) for part in word.split("/")]
        if parts[0] > 99:
            exact = make_day(*parts)  # type: ignore[call-arg]
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


def clock(match: Match) -> Meaning | None:
    """10 p.m. Wednesday, 3:30 a.m., noon Thursday, 0300 GMT, four o'clock."""
    words = match.group("clock")
    hour = minute = None
    is_bare = len(words) == 1 and ":" in words[0]
    for word in words:
        if word in NOONS:
            hour, minute = int(NOONS[word][:2]), 0
            break
        if ":" in word or (word.count(".") == 1 and word.replace(".", "").isdigit()):
            parts = word.replace(".", ":").split(":")
            hour, minute = int(parts[0]), int(parts[1])
        elif word.isdigit():
            number = int(word)
            hour, minute = divmod(number, 100) if len(word) == 4 else (number, 0)
        elif hour is None:
            hour, minute = int(parse_number(word) or 0), 0
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    text = "".join(words).replace(".", "")
    part = next((PARTS[word] for word in words if word in PARTS), None)
    if text.endswith("pm") or part in ("AF", "EV") or (part == "NI" and hour > 5):
        if hour > 12:
            return None if text.endswith("pm") and hour > 23 else None
        hour = hour % 12 + 12
    elif text.endswith("am") or part == "MO":
        if hour > 12:
            return None
        hour %= 12
    # "won 3:2", "2:11 lap": a bare one is a score as often as a time.
    if is_bare and len(words[0]) < 5 and not match.found.groups.get("date"):
        if match.context.previous() not in ("at", "by", "until", "from", "before", "after", "to"):
            return None
    on = read_day(match, match.group("date")) if match.group("date") else None
    context = match.context
    day = context.sentence_day or context.day or context.written_on
    if on is not None:
        day = on.when.start if on.when else None
    written = f"T{hour:02d}:{minute:02d}"
    if day is None:
        unknown = on.value if on else "XXXX-XX-XX"
        return Meaning("TIME", f"{unknown}{written}", precision="minute")
    zone = next((ZONES[word] for word in match.group("zone") if word in ZONES), None)
    moment: str | None = day.isoformat()
    if zone is not None and hour < 24:
        sign = "+" if zone >= 0 else "-"
        offset = f"{sign}{int(abs(zone)):02d}:{int(math.fmod(abs(zone), 1) * 60):02d}"
        moment = f"{day.isoformat()}{written}:00{offset}"
    return Meaning(
        "TIME",
        f"{day.isoformat()}{written}",
        moment,
        moment,
        "minute" if minute or ":" in text else "hour",
        None if on else day.isoformat(),
        When("day", day),
    )


def part_of_day(match: Match) -> Meaning | None:
    """Friday morning, this evening, last night, the night of April 18, overnight."""
    context = match.context
    words = match.words
    named = match.group("part")
    part = "NI" if {"tonight", "overnight"} & set(words) else ""
    for word in named:
        part = PARTS.get(word) or ("DT" if word in NOONS else "")
    if not part and not named:
        part = next((PARTS[word] for word in words if word in PARTS), "")
    clock_value = next((NOONS[word] for word in named if word in NOONS), None)
    suffix = f"T{clock_value}" if clock_value else f"T{part}"
    day: date | None
    date_words = match.group("date")
    if date_words:
        on = read_day(match, date_words)
        if on is None:
            return None
        if on.when is None:
            return Meaning("TIME", f"{on.value}{suffix}", precision="part_of_day")
        day = on.when.start
    else:
        told = context.sentence_day or context.day
        today = context.written_on
        if "last" in words or "yesterday" in words:
            day = shift_day(today, -1, "day") if today else None
        elif "tomorrow" in words:
            day = shift_day(today, 1, "day") if today else None
        elif {"next", "following"} & set(words):
            base = told or today
            day = shift_day(base, 1, "day") if base else None
        elif "previous" in words:
            base = told or today
            day = shift_day(base, -1, "day") if base else None
        elif {"that", "same", "very", "overnight"} & set(words):
            day = told or today
        elif words[0] == "this" or "tonight" in words:
            day = today if not context.is_retrospective else None
        else:
            day = told or today
    if day is None:
        return Meaning("TIME", f"XXXX-XX-XX{suffix}", precision="part_of_day")
    text = day.isoformat()
    return Meaning(
        "TIME", f"{text}{suffix}", text, text, "part_of_day",
        None if date_words else text, When("day", day),
    )  # fmt: skip


def two_days(match: Match) -> list[Meaning] | None:
    """March 8-9: two days, each with its own words."""
    first, second = match.group("first"), match.group("second")
    month = [word for word in (*first, *second) if word in MONTHS]
    year = [word for word in match.words if GRAMMAR.has(word, "YEAR")]
    one = read_day(match, [*(w for w in first if w not in MONTHS), *month, *year])
    two = read_day(
        match, [*(w for w in second if w not in MONTHS and w not in year), *month, *year]
    )
    if one is None or two is None or not GRAMMAR.has(match.words[-1], "YEAR") and (
        match.context.following() in _COUNTED
    ):
        return None
    groups = match.found.groups
    second_end = match.found.end if year else groups["second"][1]
    return [
        one._replace(span=groups["first"]),
        two._replace(span=(groups["second"][0], second_end)),
    ]


def day(match: Match) -> Meaning | None:
    """Wednesday, March 11; late Tuesday; earlier today."""
    words = match.group("date")
    last = match.tokens[match.found.end - 1].text
    # "in March 20 people died": the number counts the people.
    if last.isdigit() and match.context.following() in _COUNTED:
        return None
    if len(words) == 1 and _in_name(match):
        return None
    before = [w for w in match.words if w in ("last", "this", "next", "coming")]
    if before and words[0] in WEEKDAYS:
        which = "next" if "coming" in before else before[0]
        if len(words) == 1:
            return read_weekday(match.context, WEEKDAYS[words[0]], which)
    meaning = read_day(match, words)
    if meaning and {"early", "late", "earlier", "later", "mid"} & set(match.words[:2]):
        if meaning.precision == "day":
            return meaning._replace(precision="part_of_day")
    return meaning


def weekday(match: Match) -> Meaning | None:
    """Last Tuesday; Friday last week; the previous Friday."""
    context = match.context
    name = match.first("WEEKDAY") or ""
    which = match.group("which")
    if "week" in match.words:
        if context.today is None:
            return undated(f"XXXX-WXX-{WEEKDAYS[name]}", "day")
        week = shift(containing(context.today, "week"), _step(which))
        moved = shift_day(week.start, WEEKDAYS[name] - 1, "day") if week else None
        return dated(When("day", moved), context.today) if moved else None
    if not which and _in_name(match):
        return None
    return read_weekday(context, WEEKDAYS[name], "next" if "coming" in which else "".join(which[:1]))


def holiday(match: Match) -> Meaning | None:
    """Christmas Day, last Thanksgiving, Easter Sunday."""
    context = match.context
    words = [word for word in match.words]
    which = match.group("which")
    name = next(
        (h for i in range(len(words)) if (h := " ".join(words[i:])) in HOLIDAYS), ""
    ).replace("’", "'")
    rule = HOLIDAYS.get(name, "")
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


# Months, seasons, quarters


def month(match: Match) -> Meaning | None:
    """March 2020, last May, early December, the end of January, March of last year."""
    context = match.context
    name = match.first("MONTH") or ""
    number = MONTHS[name]
    which = match.group("which")
    year = match.first("YEAR")
    if year:
        if "BC" in {w.upper().replace(".", "") for w in match.words}:
            return undated(f"BC{int(year):04d}-{number:02d}", "month")
        return dated(When("month", date(int(year), number, 1)))
    if "year" in match.words:
        base = _year_base(context, which)
        return (
            dated(When("month", date(base, number, 1)), context.today)
            if base
            else undated(f"XXXX-{number:02d}", "month")
        )
    if not which and len(match.words) == 1 and not _is_month(match, name):
        return None
    picked = pick_year(
        context, lambda year: When("month", date(year, number, 1)), which="".join(which[-1:])
    )
    return dated(*picked) if picked else undated(f"XXXX-{number:02d}", "month")


def _is_month(match: Match, name: str) -> bool:
    """Return whether a month's name alone is one: "March" is a verb, "April" and "May" people."""
    context = match.context
    before = context.previous()
    if before in _NOT_MONTH or (before == "-" and context.previous(2) not in ("mid", "post", "pre")):
        return False
    if name.rstrip(".") in ("may", "march"):
        if not before:
            return False
        return before in _PREPOSITIONS
    if match.tokens[match.found.start].text.islower():
        return before in _PREPOSITIONS
    if name in ("april", "june", "august", "jan", "apr"):
        start = match.found.start
        was_name = start > 1 and match.tokens[start - 1].text[:1].isupper()
        return before in _PREPOSITIONS or not was_name
    return not (name.isalpha() and len(name) < 5 and name not in ("june", "july", "sept"))


def season(match: Match) -> Meaning | None:
    """The summer of 2019, last fall, this spring."""
    context = match.context
    code = SEASONS[match.first("SEASON") or ""]
    year = match.first("YEAR")
    which = match.group("which")
    if year:
        if "BC" in {w.upper().replace(".", "") for w in match.words}:
            return undated(f"BC{int(year):04d}-{code}", "season")
        return dated(calendar.make_season(int(year), code))
    if "year" in match.words:
        base = _year_base(context, which)
        return (
            dated(calendar.make_season(base, code), context.today)
            if base
            else undated(f"XXXX-{code}", "season")
        )
    if not which and match.words[-1] in ("spring", "fall", "springs", "winter", "summer"):
        before = context.previous() if len(match.words) == 1 else match.words[-2]
        if before not in _SEASON_OPENERS:
            return None
        after = context.following()
        if match.words[-1] == "fall" and (before == "the" or before == "to") and after in (
            "of", "in", "from", "to",
        ):  # fmt: skip
            return None
    picked = pick_year(
        context, lambda year: calendar.make_season(year, code), which="".join(which[:1])
    )
    return dated(*picked) if picked else undated(f"XXXX-{code}", "season")


def quarter(match: Match) -> Meaning | None:
    """The third quarter of 1990, last year's quarter, third-quarter, the 1988 second quarter."""
    context = match.context
    nth = match.first("NTH")
    number = parse_ordinal(nth) if nth else None
    if number is not None and number > 4:
        return None
    year_word = match.first("YEAR")
    which = match.group("which")
    base: int | None = None
    if year_word:
        base = int(year_word)
    elif which or match.group("ago"):
        base = _year_base(context, which or ["last"])
    elif number is not None:
        picked = pick_year(
            context,
            lambda year: When("quarter", date(year, number * 3 - 2, 1)),
            which="" if context.looks_ahead() else "past or now",
        )
        if picked is None:
            return undated(f"XXXX-Q{number}", "month")
        told, today = picked
        if told.start > today and not context.looks_ahead():
            told = shift(told, -4) or told
        return dated(told, today)
    if number is None:
        told_quarter = context.told if context.told and context.told.unit == "quarter" else None
        if told_quarter is None or base is None:
            return undated("XXXX-QX", "month") if base is None else undated(f"{base:04d}-QX")
        return dated(When("quarter", told_quarter.start.replace(year=base)), context.today)
    if base is None:
        return undated(f"XXXX-Q{number}", "month")
    return dated(When("quarter", date(base, number * 3 - 2, 1)), None if year_word else context.today)


def half(match: Match) -> Meaning | None:
    """The first half of 2008."""
    number = 1 if match.group("which") == ["first"] else 2
    year = match.first("YEAR")
    base = int(year) if year else _year_base(match.context, match.group("year"))
    if match.first("DECADE"):
        return _decade(match, match.first("DECADE") or "")
    if not base:
        return undated(f"XXXX-H{number}")
    return dated(When("half", date(base, 1 if number == 1 else 7, 1)))


def year_of_period(match: Match) -> Meaning | None:
    """The 1988 period: the quarter or months told before, in that year."""
    year = int(match.first("YEAR") or 0)
    told = match.context.told
    if told and told.unit == "quarter":
        return dated(When("quarter", told.start.replace(year=year)))
    return dated(When("year", date(year, 1, 1)))


def period_a_year_ago(match: Match) -> Meaning | None:
    """The year-earlier quarter, year-ago."""
    told = match.context.told
    today = match.context.today
    if told and told.unit == "quarter":
        earlier = shift(told, -4)
        return dated(earlier, told.start) if earlier else None
    if today is None:
        return undated("XXXX")
    return dated(When("year", date(max(1, today.year - 1), 1, 1)), today)


def fiscal(match: Match) -> Meaning | None:
    """Fiscal 1989, the current fiscal year: its calendar days are the company's to say."""
    year = match.first("YEAR")
    if year:
        return Meaning("DATE", year, precision="year")
    today = match.context.today
    step = _step(match.words)
    if today is None:
        return undated("XXXX", "year")
    return Meaning("DATE", f"{today.year + step:04d}", precision="year", anchor=today.isoformat())


# Counting


def ago(match: Match) -> Meaning | None:
    """Two weeks ago, a year earlier, three days later."""
    context = match.context
    unit_word = match.first("UNIT") or ""
    code = UNITS[unit_word]
    way = match.group("way")
    is_deictic = bool({"ago", "now", "today"} & set(way))
    sign = -1 if {"ago", "earlier", "before", "previously"} & set(way) else 1
    base = context.today if is_deictic else (context.day if code in ("D", "W", "2W") else None)
    if base is None and not is_deictic:
        base = context.told.start if context.told else context.today
    fuzzy = "PAST_REF" if sign < 0 else "FUTURE_REF"
    count = _count(match)
    if count is None:
        return undated(fuzzy)
    if code.startswith("T"):
        if base is None or is_deictic is False and context.day is None:
            return undated(fuzzy)
        # The hour of writing is not kept, so that nothing finer than the day can be told.
        text = base.isoformat()
        return Meaning("TIME", f"{text}TXX", precision="vague", anchor=text)
    unit = UNIT_NAMES[code]
    if base is None:
        return undated(UNKNOWN[unit])
    if code == "2W":
        count *= 2
    if unit == "decade":
        unit, count = "year", count * 10
    elif unit == "century":
        unit, count = "year", count * 100
    if count != int(count):
        if unit == "year":
            unit, count = "month", round(count * 12)
        elif unit == "month":
            unit, count = "week", round(count * 4)
        else:
            return undated(fuzzy)
    moved = shift_day(base, sign * int(count), unit)
    if moved is None:
        return undated(fuzzy)
    return dated(containing(moved, unit), base)


def stretch(match: Match) -> Meaning | None:
    """The past three months, the first nine months, recent weeks, the next few days."""
    codes = [UNITS[word] for word in match.words if word in UNITS]
    code = codes[-1] if codes else "D"
    if match.first("AN") and not match.group("count"):
        return None
    if not match.group("count") and match.group("unit"):
        return Meaning("DURATION", _duration(1, code))
    count = _count(match) if match.group("count") else None
    return Meaning("DURATION", _duration(count, codes[0] if codes else code))


def relative(match: Match) -> Meaning | None:
    """Last year, this week, the following day, earlier this month, the end of next week."""
    context = match.context
    which = match.group("which")
    unit_word = match.group("unit")[0]
    code = UNITS[unit_word]
    if code.startswith("T"):
        return None
    unit = UNIT_NAMES[code]
    if unit == "day" and which in (["this"], ["current"], ["last"], ["past"], ["latest"]):
        return None
    step = _step(which)
    told = context.told
    if set(which) & {"that", "same", "following", "previous", "preceding", "subsequent"} or (
        unit == "day" and "next" in which
    ):
        base = (context.day if unit in ("day", "week", "weekend") else None) or (
            told.start if told else context.today
        )
        if {"that", "same"} & set(which) and told is None and not context.today:
            base = None
    elif context.is_retrospective and "next" in which:
        base = told.start if told else context.today
    else:
        base = context.today
    if set(which) & {"past"}:
        return Meaning("DURATION", _duration(1, code))
    if base is None:
        return undated(UNKNOWN[unit])
    when = shift(containing(base, unit), step)
    return dated(when, base) if when else None


def duration(match: Match) -> Meaning | None:
    """Two weeks, nearly two years, three-day, half an hour, months."""
    words = match.words
    code = UNITS[match.first("UNIT") or "day"]
    if words[-1] in ("second", "min", "sec") and "-" not in words:
        return None
    if match.first("AN") and words[-1] in ("second",):
        return None
    if not match.group("count"):
        if words[0] == "half":
            return Meaning("DURATION", _duration(0.5, code))
        if match.first("HALF"):
            return Meaning("DURATION", _duration(1.5, code))
        return Meaning("DURATION", _duration(None, code))
    count = _count(match)
    if count is None and not (set(match.group("count")) & _FUZZY):
        return None
    return Meaning("DURATION", _duration(count, code))


def age(match: Match) -> None:
    """A 12-year-old: no time of anything that happened."""


def set_(match: Match) -> Meaning | None:
    """Every Friday, each July, Tuesday nights, daily."""
    words = match.words
    if words[0] in OFTEN:
        if _in_name(match):
            return None
        return Meaning("SET", OFTEN[words[0]])
    parts = next((PARTS[w] for w in words if w in PARTS), None)
    named = next((w for w in words if w in WEEKDAYS), None)
    if named:
        return Meaning("SET", f"XXXX-WXX-{WEEKDAYS[named]}{parts and f'T{parts}' or ''}")
    if parts:
        return Meaning("SET", f"XXXX-XX-XXT{parts}")
    name = match.first("MONTH")
    if name and name in MONTHS:
        return Meaning("SET", f"XXXX-{MONTHS[name]:02d}")
    name = match.first("SEASON")
    if name and name in SEASONS:
        return Meaning("SET", f"XXXX-{SEASONS[name]}")
    unit = match.group("unit")
    if not unit:
        return None
    count: float | None = 1
    if match.group("count") and words[0] in ("every", "each"):
        nth = parse_ordinal(match.group("count")[0])
        count = nth or (2 if match.group("count") == ["other"] else _count(match))
    return Meaning("SET", _duration(count, UNITS[unit[0]]))


# Years and longer


def decade(match: Match) -> Meaning | None:
    """The 1980s, the early '90s, the nineties."""
    word = match.first("DECADE", "DECADEWORD") or ""
    if word in DECADES and _in_name(match):
        return None
    return _decade(match, word)


def _decade(match: Match, word: str) -> Meaning | None:
    if word in DECADES:
        year = 1900 + DECADES[word] * 10
    else:
        digits = "".join(c for c in word if c.isdigit())
        year = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return dated(When("decade", date(year, 1, 1)))


def century(match: Match) -> Meaning | None:
    """The 20th century, the nineteenth-century."""
    number = parse_ordinal(match.first("NTH") or "") or 0
    if not 1 < number < 100:
        return None
    if "BC" in {w.upper().replace(".", "") for w in match.words}:
        return undated(f"BC{number - 1:02d}XX", "century")
    return dated(When("century", date((number - 1) * 100, 1, 1)))


def year_range(match: Match) -> list[Meaning] | None:
    """1950-53: two years, each with its own words."""
    first, second = match.group("first")[0], match.group("second")[0]
    one = int(first)
    two = int(second) if len(second) == 4 else one // 100 * 100 + int(second)
    if not one < two < one + 200:
        return None
    groups = match.found.groups
    return [
        dated(When("year", date(one, 1, 1)))._replace(span=groups["first"]),
        dated(When("year", date(two, 1, 1)))._replace(span=groups["second"]),
    ]


def year(match: Match) -> Meaning | None:
    """1998, early 1990, the end of 1994, the year two thousand, '99, 241 BC."""
    words = match.words
    context = match.context
    word = match.first("YEAR")
    if words[-1].replace(".", "") in ("bc", "bce"):
        number = parse_number(words[-2])
        return undated(f"BC{int(number):04d}", "year") if number and number < 9999 else None
    if word is None:
        short = match.first("SHORTYEAR")
        if short:
            if context.previous() in ("``", "`"):
                return None
            return dated(When("year", date(1900 + int(short[-2:]), 1, 1)))
        spoken = parse_number(words[words.index("year") + 1 :])
        if spoken is None or not 1000 <= spoken < 2200:
            return None
        return dated(When("year", date(int(spoken), 1, 1)))
    number_of_year = int(word)
    if len(words) == 1 and not _is_year(context, number_of_year):
        return None
    return dated(When("year", date(number_of_year, 1, 1)))


def _is_year(context: Context, number: int) -> bool:
    """Return whether four bare digits are a year rather than a count, a price or a street."""
    before, after = context.previous(), context.following()
    if before in _NOT_YEAR_BEHIND or after in _COUNTED or after in ("-", "/") and (
        before in ("-", "/")
    ):
        return False
    if after in UNITS or (after == "-" and context.words[context.end + 1 : context.end + 2] and (
        context.words[context.end + 1] in UNITS
    )):
        return False
    if before in _YEAR_OPENERS or before in MONTHS or before in SEASONS:
        return True
    if not 1900 <= number <= 2059:
        return before in ("(", "-", "–") or after in ("(",) and False
    return not (after.isalpha() and after.endswith("s") and len(after) > 3 and after not in _VERBS_S)


def spoken_year(match: Match) -> Meaning | None:
    """Nineteen ninety-six."""
    words = [w for w in match.words if w not in ("-", "the", "year", "early", "late", "mid", "in")]
    century_, rest = words[0], [w for w in words[1:] if w != "oh"]
    if rest == ["hundred"]:
        return None
    number = (parse_number(century_) or 0) * 100 + (parse_number(rest) or 0)
    if len(words) == 2 and number % 100 < 10:
        return None
    return dated(When("year", date(int(number), 1, 1)))


def year_end(match: Match) -> Meaning | None:
    """Year-end, the year's end."""
    today = match.context.here
    unit: Unit = "month" if "month" in match.words else "week" if "week" in match.words else "year"
    if today is None:
        return undated(UNKNOWN[unit])
    return dated(containing(today, unit), today)


def weekend(match: Match) -> Meaning | None:
    """The weekend: the last one, or the coming one, by the tense."""
    context = match.context
    if context.today is None:
        return undated("XXXX-WXX-WE")
    when = containing(context.today, "weekend")
    if when.start > context.today and not context.looks_ahead():
        when = shift(when, -1) or when
    return dated(when, context.today)


def reference(match: Match) -> Meaning | None:
    """Now, recently, in the past, the near future."""
    words = match.words
    last = words[-1]
    if last in ("past", "present"):
        if words[0] not in ("the", "at"):
            return None
        return undated("PAST_REF" if last == "past" else "PRESENT_REF")
    if last in ("days", "moment", "time", "now"):
        return undated("PRESENT_REF")
    if last == "future":
        return undated("FUTURE_REF")
    if _in_name(match):
        return None
    return undated(REFERENCES[last])


MEANINGS: Mapping[str, Callable[[Match], Meaning | list[Meaning] | None]] = {
    "iso": iso,
    "clock": clock,
    "part_of_day": part_of_day,
    "two_days": two_days,
    "day": day,
    "weekday": weekday,
    "holiday": holiday,
    "month": month,
    "season": season,
    "quarter": quarter,
    "half": half,
    "year_of_period": year_of_period,
    "period_a_year_ago": period_a_year_ago,
    "fiscal": fiscal,
    "ago": ago,
    "stretch": stretch,
    "relative": relative,
    "duration": duration,
    "age": age,
    "set": set_,
    "decade": decade,
    "century": century,
    "year_range": year_range,
    "year": year,
    "spoken_year": spoken_year,
    "year_end": year_end,
    "weekend": weekend,
    "reference": reference,
}


_BESIDE = load_words("times")["beside"]
_COUNTED = frozenset(_BESIDE["counted"])
_NOT_YEAR_BEHIND = frozenset(_BESIDE["no_year_behind"])
_YEAR_OPENERS = frozenset(_BESIDE["year_openers"])
_PREPOSITIONS = frozenset(_BESIDE["prepositions"])
_NOT_MONTH = frozenset(_BESIDE["no_month_behind"])
_SEASON_OPENERS = frozenset(_BESIDE["season_openers"])
_VERBS_S = frozenset(_BESIDE["verbs_in_s"])
_FUZZY = frozenset(_BESIDE["fuzzy"])
_NOT_TIMES_BEHIND = frozenset(_BESIDE["not_times_behind"])

STEPS: Mapping[str, int] = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1,
    "next": 1, "coming": 1, "following": 1, "subsequent": 1, "upcoming": 1,
}  # fmt: skip


def _step(words: Sequence[str]) -> int:
    """Return how many units ahead the word points: "last" -1, "this" 0, "next" 1."""
    return next((STEPS[word] for word in words if word in STEPS), 0)


def _year_base(context: Context, which: Sequence[str]) -> int | None:
    """Return the year that "last year", "the same year" means."""
    is_told = bool({"that", "same", "following", "previous"} & set(which))
    told = context.told.start if context.told else None
    base = (told or context.today) if is_told else context.today
    return base.year + _step(which) if base else None


def _count(match: Match) -> float | None:
    """Return how many units the match counts; `None` for "several"."""
    words = match.group("count")
    if _FUZZY & set(words):
        # "a couple of" is two in every style book; "a few" is not.
        return 2 if "couple" in words else None
    number = parse_number(words)
    if number is None and words and words[0] in ("a", "an"):
        number = 1
    if number is not None and "half" in match.words and not {"half"} & set(words):
        number += 0.5
    return number


def _duration(count: float | None, code: str) -> str:
    """Return the TIMEX3 duration.

    >>> _duration(2, "W"), _duration(None, "TH"), _duration(1.5, "TM"), _duration(2, "10Y")
    ('P2W', 'PTXH', 'PT1M30S', 'P20Y')
    """
    time = "T" if code[0] == "T" else ""
    code = code.removeprefix("T")
    size = int(code[:-1]) if code[0].isdigit() else 1
    letter = code[-1] if code[0].isdigit() else code
    if count is None:
        return f"P{time}X{'E' if size == 10 else 'C' if size > 10 else letter}"
    count *= size
    if count > 10**9:
        return f"P{time}X{letter}"
    whole = int(count)
    if count == whole:
        return f"P{time}{whole}{letter}"
    smaller = {"Y": (12, "M"), "H": (60, "M")}.get(letter)
    if letter == "M" and time:
        smaller = (60, "S")
    if smaller is None:
        return f"P{time}{count:g}{letter}"
    rest = round((count - whole) * smaller[0])
    return f"P{time}{f'{whole}{letter}' if whole else ''}{rest}{smaller[1]}"


def _in_name(match: Match) -> bool:
    """Return whether a capital says that the word is part of a name: "the Daily Mail"."""
    start, end = match.found.start, match.found.end
    tokens = match.tokens
    word = tokens[start].text
    if not word[:1].isupper():
        return False
    before = tokens[start - 1].text if start else ""
    after = tokens[end].text if end < len(tokens) else ""
    if before.lower() in _NOT_TIMES_BEHIND:
        return True
    is_named = GRAMMAR.has(word, "WEEKDAY") or word.lower() in MONTHS
    if is_named:
        return after in ("Times", "Telegraph", "Mirror", "Night", "Mail", "Herald", "School")
    return bool(
        start and (after[:1].isupper() or (before[:1].isupper() and start > 1))
        and before not in ("``", '"', "“", "_", "-", "--")
    )
