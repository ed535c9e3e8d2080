"""Years and what is longer: "1998", "the early 1990s", "the 20th century", "241 BC"."""

from __future__ import annotations

from datetime import MAXYEAR, date
from itertools import takewhile

from livebrief.language.numbers import parse_number, parse_ordinal
from livebrief.language.times.calendar import Unit, When, containing
from livebrief.language.times.context import ASIDE_YEARS, Context
from livebrief.language.times.meaning import UNKNOWN, Match, Meaning, dated, is_in_name, undated
from livebrief.language.times.words import (
    COUNTED,
    DECADES,
    MONTHS,
    NO_YEAR_BEHIND,
    PLAIN_YEAR_OPENERS,
    SEASONS,
    STREETS,
    UNITS,
    VERBS_IN_S,
    YEAR_OPENERS,
)

# How many words a street's name may have: "W. Martin Luther King Jr. Blvd."
MOST_OF_STREET = 7


def decade(match: Match) -> Meaning | None:
    """Read the 1980s, the early '90s, the nineties."""
    word = match.first("DECADE", "DECADEWORD") or ""
    if word in DECADES and is_in_name(match):
        return None
    return tell_decade(word)


def tell_decade(word: str) -> Meaning | None:
    """Return the decade of "1980s", "'80s" or "eighties"."""
    if word in DECADES:
        year = 1900 + DECADES[word] * 10
    else:
        digits = "".join(c for c in word if c.isdigit())
        year = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return dated(When("decade", date(year, 1, 1)))


def century(match: Match) -> Meaning | None:
    """Read the 20th century, the nineteenth-century."""
    number = parse_ordinal(match.first("NTH") or "") or 0
    if not 1 < number < 100:
        return None
    if "BC" in {w.upper().replace(".", "") for w in match.words}:
        return undated(f"BC{number - 1:02d}XX", "century")
    return dated(When("century", date((number - 1) * 100, 1, 1)))


def year_range(match: Match) -> list[Meaning] | None:
    """Read 1950-53: two years, each with its own words."""
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


def years_bc(match: Match) -> list[Meaning] | None:
    """Read 499-493 BC: two years, each with its own words."""
    first, second = match.group("first")[0], match.group("second")[0]
    if not (first.isdigit() and second.isdigit() and 9999 > int(first) > int(second)):
        return None
    groups = match.found.groups
    return [
        undated(f"BC{int(first):04d}", "year")._replace(span=groups["first"]),
        undated(f"BC{int(second):04d}", "year")._replace(span=groups["second"]),
    ]


def year(match: Match) -> Meaning | None:
    """Read 1998, early 1990, the end of 1994, the year two thousand, '99, 241 BC."""
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
        told = words[words.index("year") + 1 :]
        spoken = parse_number(told)
        is_year = spoken == int(spoken or 0) and 1 <= (spoken or 0) <= MAXYEAR
        if spoken is None or not is_year or (spoken < 1000 and not told[0].isdigit()):
            return None
        return dated(When("year", date(int(spoken), 1, 1)))
    number_of_year = int(word)
    is_bare = len(words) == 1 + len(match.group("approx"))
    if is_bare and not _is_year(context, number_of_year):
        return None
    return dated(When("year", date(number_of_year, 1, 1)))


def _is_year(context: Context, number: int) -> bool:
    """Return whether four bare digits are a year rather than a count, a price or a street."""
    before, after = context.previous(), context.following()
    if before == "-" and context.previous(2).isdigit() and len(context.previous(2)) < 4:
        # The end of a telephone number.
        return False
    if (
        before in NO_YEAR_BEHIND
        or after in COUNTED
        or (after in ("-", "/") and (before in ("-", "/")))
    ):
        return False
    if after in UNITS or (
        after == "-"
        and context.words[context.end + 1 : context.end + 2]
        and (context.words[context.end + 1] in UNITS)
    ):
        return False
    if _is_house(context):
        return False
    if before == "the" and 1900 <= number <= 2059:
        # "The 1984 riots": a count of so many would have a comma.
        return True
    if before == "the" and context.is_retrospective and context.story:
        # "The 1784 peace treaty", in a story of 1783.
        return abs(number - context.story.start.year) <= ASIDE_YEARS
    if before in YEAR_OPENERS or before in MONTHS or before in SEASONS:
        return True
    if not 1900 <= number <= 2059:
        return before in ("(", "-", "–") or (after in ("(",) and False)
    is_plural = after.isalpha() and after.endswith("s") and len(after) > 3
    is_named = is_plural and context.tokens[context.end].text[0].isupper()
    return not is_plural or is_named or after in VERBS_IN_S


def _is_house(context: Context) -> bool:
    """Return whether a street's name follows, as in "1101 W. Paterson St.", with capitals."""
    if context.previous() in PLAIN_YEAR_OPENERS:
        return False
    behind = [token.text for token in context.tokens[context.end : context.end + MOST_OF_STREET]]
    name = list(takewhile(lambda word: word[0].isupper() or word[0].isdigit(), behind))
    return any(word.lower() in STREETS for word in name[1:])


def spoken_year(match: Match) -> Meaning | None:
    """Read nineteen ninety-six."""
    words = [w for w in match.words if w not in ("-", "the", "year", "early", "late", "mid", "in")]
    century_, rest = words[0], [w for w in words[1:] if w != "oh"]
    if rest == ["hundred"]:
        return None
    number = (parse_number(century_) or 0) * 100 + (parse_number(rest) or 0)
    if len(words) == 2 and number % 100 < 10:
        return None
    return dated(When("year", date(int(number), 1, 1)))


def year_end(match: Match) -> Meaning | None:
    """Read year-end, the year's end."""
    today = match.context.here
    unit: Unit = "month" if "month" in match.words else "week" if "week" in match.words else "year"
    if today is None:
        return undated(UNKNOWN[unit])
    return dated(containing(today, unit), today)
