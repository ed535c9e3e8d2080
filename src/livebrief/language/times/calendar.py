"""Stretches of the calendar: their TIMEX3 values and their first and last days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal, NamedTuple

from livebrief.model import Precision

Unit = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"
]

# Meteorological, northern: the text hardly ever says whose summer it means.
SEASON_MONTHS: Mapping[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASON_ORDER = ("SP", "SU", "FA", "WI")

PRECISIONS: Mapping[Unit, Precision] = {
    "day": "day",
    "week": "week",
    "weekend": "day",
    "month": "month",
    "quarter": "month",
    "half": "month",
    "season": "season",
    "year": "year",
    "decade": "decade",
    "century": "century",
}

# The named days that move, by month, weekday (Monday is 0) and which one (-1: the last).
MOVING_DAYS: Mapping[str, tuple[int, int, int]] = {
    "thanksgiving": (11, 3, 4),
    "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1),
}


class When(NamedTuple):
    """One stretch of the calendar, by its unit and its first day."""

    unit: Unit
    start: date
    season: str = ""
    """SP, SU, FA or WI.  A winter starts in January of its year here: which December, TIMEX3
    does not say."""


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or nothing where the calendar has none such."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def make_season(year: int, season: str) -> When:
    """Return the season of that year."""
    return When("season", date(year, 1 if season == "WI" else SEASON_MONTHS[season], 1), season)


def containing(day: date, unit: Unit) -> When:
    """Return the stretch of this unit that the day lies in; of seasons, the one by its month."""
    year = day.year
    match unit:
        case "week":
            return When(unit, _plus(day, -day.weekday()))
        case "weekend":
            return When(unit, _plus(day, 5 - day.weekday()))
        case "month":
            return When(unit, day.replace(day=1))
        case "quarter":
            return When(unit, date(year, (day.month - 1) // 3 * 3 + 1, 1))
        case "half":
            return When(unit, date(year, 1 if day.month < 7 else 7, 1))
        case "season":
            return make_season(
                year, SEASON_ORDER[(day.month - 3) // 3] if 3 <= day.month < 12 else "WI"
            )
        case "year":
            return When(unit, date(year, 1, 1))
        case "decade":
            return When(unit, date(max(year // 10 * 10, MINYEAR), 1, 1))
        case "century":
            return When(unit, date(max(year // 100 * 100, MINYEAR), 1, 1))
        case "day":
            return When(unit, day)


def shift(when: When, count: int) -> When | None:
    """Return the stretch that many units later, or nothing beyond the calendar's ends."""
    unit, start, season = when
    try:
        if unit in ("day", "week", "weekend"):
            return When(unit, start + timedelta(days=count * (1 if unit == "day" else 7)))
        months = {"month": 1, "quarter": 3, "half": 6, "decade": 120, "century": 1200}.get(unit, 12)
        at = start.year * 12 + start.month - 1 + count * months
        return When(unit, date(at // 12, at % 12 + 1, 1), season)
    except (ValueError, OverflowError):
        return None


def shift_day(day: date, count: int, unit: Unit) -> date | None:
    """Return the day that many units later; of a shorter month, its last day."""
    if unit in ("day", "week", "weekend"):
        moved = shift(When("day", day), count if unit == "day" else 7 * count)
        return moved.start if moved else None
    month = shift(When(unit, day.replace(day=1)), count)
    return (
        min(_plus(month.start, day.day - 1), last_day(containing(month.start, "month")))
        if (month)
        else None
    )


def write_value(when: When) -> str:
    """Return the TIMEX3 value.

    >>> write_value(containing(date(2020, 3, 11), "week"))
    '2020-W11'
    """
    unit, start, season = when
    year = f"{start.year:04d}"
    match unit:
        case "week" | "weekend":
            iso = start.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}{'-WE' if unit == 'weekend' else ''}"
        case "month":
            return f"{year}-{start.month:02d}"
        case "quarter":
            return f"{year}-Q{(start.month + 2) // 3}"
        case "half":
            return f"{year}-H{1 if start.month < 7 else 2}"
        case "season":
            return f"{year}-{season}"
        case "year":
            return year
        case "decade":
            return f"{year[:3]}X"
        case "century":
            return f"{year[:2]}XX"
        case "day":
            return start.isoformat()


def last_day(when: When) -> date:
    """Return the stretch's last day."""
    if when.unit == "day":
        return when.start
    if when.unit == "weekend":
        return _plus(when.start, 1)
    after = shift(When("month", when.start), 3) if when.season else shift(when, 1)
    return _plus(after.start, -1) if after else date(MAXYEAR, 12, 31)


def first_day(when: When) -> date:
    """Return the stretch's first day: of a winter, the earlier December it may begin in."""
    return _plus(when.start, -31) if when.season == "WI" else when.start


def find_holiday(name: str, year: int) -> date | None:
    """Return the day that the named one falls on, by `MM-DD` or by a rule; `None` if unknown.

    >>> find_holiday("easter", 2020), find_holiday("thanksgiving", 1999)
    (datetime.date(2020, 4, 12), datetime.date(1999, 11, 25))
    """
    if name[:2].isdigit():
        return make_day(year, int(name[:2]), int(name[3:]))
    if name in MOVING_DAYS:
        month, weekday, which = MOVING_DAYS[name]
        if which < 0:
            last = last_day(When("month", date(year, month, 1)))
            return _plus(last, -((last.weekday() - weekday) % 7))
        first = date(year, month, 1)
        return _plus(first, (weekday - first.weekday()) % 7 + 7 * (which - 1))
    if name in ("easter", "good friday"):
        return _plus(_easter(year), 0 if name == "easter" else -2)
    if name == "election day":
        first = date(year, 11, 1)
        return _plus(first, (0 - first.weekday()) % 7 + 1)
    return None


def _easter(year: int) -> date:
    # The anonymous Gregorian algorithm, in the form of Butcher (1876).
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _plus(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
