"""Months, seasons, quarters and halves, with the year they are told in or counted from."""

from __future__ import annotations

from datetime import date

from livebrief.language.numbers import parse_ordinal
from livebrief.language.times import calendar
from livebrief.language.times.calendar import When, shift
from livebrief.language.times.meaning import (
    Match,
    Meaning,
    dated,
    find_year,
    in_year_bc,
    pick_year,
    read_count,
    step_of,
    undated,
    without_article,
    write_duration,
)
from livebrief.language.times.words import (
    MONTHS,
    NO_MONTH_BEHIND,
    PREPOSITIONS,
    SEASON_OPENERS,
    SEASONS,
    UNITS,
)
from livebrief.language.times.years import tell_decade


def month(match: Match) -> Meaning | None:
    """Read March 2020, last May, early December, the end of January, March of last year."""
    context = match.context
    name = match.first("MONTH") or ""
    number = MONTHS[name]
    which = match.group("which")
    year = match.first("YEAR")
    if match.first("BC"):
        year = year or match.first("NUMERAL") or ""
        return undated(f"BC{int(year):04d}-{number:02d}", "month") if year.isdigit() else None
    if year:
        return dated(When("month", date(int(year), number, 1)))
    if "year" in match.words:
        base = find_year(context, which)
        return (
            dated(When("month", date(base, number, 1)), context.today)
            if base
            else undated(f"XXXX-{number:02d}", "month")
        )
    if not which and len(match.words) == 1 and not _is_month(match, name):
        return None
    if long_ago := in_year_bc(context, f"{number:02d}", "month"):
        return long_ago
    picked = pick_year(
        context, lambda year: When("month", date(year, number, 1)), which="".join(which[-1:])
    )
    return dated(*picked) if picked else undated(f"XXXX-{number:02d}", "month")


def _is_month(match: Match, name: str) -> bool:
    """Return whether a month's name alone is one: "March" is a verb, "April" and "May" people."""
    context = match.context
    before = context.previous()
    if before in NO_MONTH_BEHIND or (
        before == "-" and context.previous(2) not in ("mid", "post", "pre")
    ):
        return False
    if name.rstrip(".") in ("may", "march"):
        if not before:
            return False
        return before in PREPOSITIONS
    if match.tokens[match.found.start].text.islower():
        return before in PREPOSITIONS
    if name in ("april", "june", "august"):
        start = match.found.start
        was_name = start > 1 and match.tokens[start - 1].text[:1].isupper()
        return before in PREPOSITIONS or not was_name
    return not (name.isalpha() and len(name) < 5 and name not in ("june", "july"))


def two_months(match: Match) -> list[Meaning] | None:
    """Read August and September 1914: two months of one year, each with its own words."""
    year = int(match.group("year")[0])
    groups = match.found.groups
    first, second = (
        dated(When("month", date(year, MONTHS[match.group(name)[0]], 1)))
        for name in ("first", "second")
    )
    return [
        first._replace(span=groups["first"]),
        second._replace(span=(groups["second"][0], match.found.end)),
    ]


def part_of_month(match: Match) -> Meaning | None:
    """Read the last week of August: so long, within that month."""
    code = UNITS[match.group("unit")[0]]
    within = month(match) if match.first("MONTH") else None
    length = write_duration(read_count(match) if match.group("count") else 1, code)
    if within is None:
        return Meaning("DURATION", length)
    return within._replace(type="DURATION", value=length)


def season(match: Match) -> Meaning | None:
    """Read the summer of 2019, last fall, this spring."""
    return without_article(match, _season(match))


def _season(match: Match) -> Meaning | None:
    context = match.context
    code = SEASONS[match.first("SEASON") or ""]
    year = match.first("YEAR") or match.first("NUMERAL")
    which = match.group("which")
    if year:
        if match.first("BC"):
            return undated(f"BC{int(year):04d}-{code}", "season")
        return dated(calendar.make_season(int(year), code))
    if "year" in match.words:
        base = find_year(context, which)
        return (
            dated(calendar.make_season(base, code), context.today)
            if base
            else undated(f"XXXX-{code}", "season")
        )
    if not which and match.words[-1] in ("spring", "fall", "springs", "winter", "summer"):
        before = context.previous() if len(match.words) == 1 else match.words[-2]
        # A history's campaigns have theirs: "their main summer offensive".
        is_told = context.is_retrospective and (
            match.words[-1] in ("summer", "winter") or match.is_capital()
        )
        if before not in SEASON_OPENERS and not is_told:
            return None
        after = context.following()
        if match.words[-1] == "fall" and (before == "the" or before == "to") and after in (
            "of", "in", "from", "to",
        ):  # fmt: skip
            return None
    if long_ago := in_year_bc(context, code, "season"):
        return long_ago
    picked = pick_year(
        context, lambda year: calendar.make_season(year, code), which="".join(which[:1])
    )
    return dated(*picked) if picked else undated(f"XXXX-{code}", "season")


def quarter(match: Match) -> Meaning | None:
    """Read "last year's quarter", "third-quarter", "the third quarter of 1990", "fiscal Q2"."""
    meaning = _quarter(match)
    words = match.words
    if meaning and "fiscal" in words:
        # A fiscal year's quarters lie where the company or the state says.
        meaning = meaning._replace(earliest=None, latest=None)
    if meaning and words[0] == "the" and words[-2:] == ["-", "quarter"]:
        # As an adjective it stands without its article: "the [third-quarter] loss".
        return meaning._replace(span=(match.found.start + 1, match.found.end))
    return meaning


def _quarter(match: Match) -> Meaning | None:
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
        base = find_year(context, which or ["last"])
    elif number is not None:
        today = context.here
        if today is None:
            return undated(f"XXXX-Q{number}", "month")
        told = When("quarter", date(today.year, number * 3 - 2, 1))
        # Quarters are reported when they are over: one to come must be said to come, and be near.
        if told.start > today:
            is_near = context.looks_ahead() and (told.start - today).days < 100
            told = told if is_near else shift(told, -4) or told
        return dated(told, today)
    if number is None:
        reported = context.reported_quarter
        if reported is None or base is None:
            return undated("XXXX-QX", "month") if base is None else undated(f"{base:04d}-QX")
        return dated(When("quarter", reported.start.replace(year=base)), context.today)
    if base is None:
        return undated(f"XXXX-Q{number}", "month")
    return dated(
        When("quarter", date(base, number * 3 - 2, 1)), None if year_word else context.today
    )


def half(match: Match) -> Meaning | None:
    """Read the first half of 2008."""
    number = 1 if match.group("which") == ["first"] else 2
    year = match.first("YEAR")
    base = int(year) if year else find_year(match.context, match.group("year"))
    if match.first("DECADE"):
        return tell_decade(match.first("DECADE") or "")
    if not base:
        return undated(f"XXXX-H{number}")
    return dated(When("half", date(base, 1 if number == 1 else 7, 1)))


def year_of_period(match: Match) -> Meaning | None:
    """Read the 1988 period: the quarter or months told before, in that year."""
    year = int(match.first("YEAR") or 0)
    told = match.context.told
    if told and told.unit == "quarter":
        return dated(When("quarter", told.start.replace(year=year)))
    return dated(When("year", date(year, 1, 1)))


def period_a_year_ago(match: Match) -> Meaning | None:
    """Read the year-earlier quarter, year-ago."""
    told = match.context.told
    today = match.context.today
    if "quarter" in match.words:
        told = match.context.reported_quarter
    # As an adjective it stands without its article: "the [year-ago] results".
    span = match.found.groups.get("ago")
    if told and told.unit == "quarter":
        earlier = shift(told, -4)
        return dated(earlier, told.start)._replace(span=span) if earlier else None
    if today is None:
        return undated("XXXX")._replace(span=span)
    return dated(When("year", date(max(1, today.year - 1), 1, 1)), today)._replace(span=span)


def fiscal(match: Match) -> Meaning | None:
    """Read fiscal 1989, the current fiscal year: its calendar days are the company's to say."""
    year = match.first("YEAR")
    if year:
        return Meaning("DATE", year, precision="year")
    today = match.context.today
    if match.context.following() in ("ended", "ending"):
        return Meaning("DURATION", "P1Y")
    step = step_of(match.words)
    if today is None:
        return undated("XXXX", "year")
    return Meaning("DATE", f"{today.year + step:04d}", precision="year", anchor=today.isoformat())


def school_year(match: Match) -> Meaning:
    """Read the 2019-20 academic year: when it begins is each country's to say."""
    year = match.first("YEAR")
    return undated(year or "XXXX", "year")


def other_calendar(match: Match) -> Meaning | None:
    """Read 15 Ramadan 1445, 1440 AH: of our calendar it tells no day for sure."""
    if match.first("DAY", "NTHDAY") and match.first("HIJRI"):
        return undated("XXXX-XX-XX", "day")
    return undated("XXXX", "year")
