"""What a match of a rule means, and what all kinds of times share to say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from livebrief.language.grammar import Found
from livebrief.language.numbers import parse_number
from livebrief.language.passage import Token
from livebrief.language.times import calendar
from livebrief.language.times.calendar import Unit, When
from livebrief.language.times.context import Context
from livebrief.language.times.words import FUZZY, GRAMMAR, MONTHS, NO_NOUNS, NO_TIME_BEHIND
from livebrief.model import Precision, TimeType

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


STEPS: Mapping[str, int] = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1,
    "next": 1, "coming": 1, "following": 1, "subsequent": 1, "upcoming": 1,
}  # fmt: skip


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

    def is_capital(self) -> bool:
        """Return whether the last matched word has a capital inside its sentence."""
        return self.found.start > 0 and self.tokens[self.found.end - 1].text[:1].isupper()

    def first(self, *classes: str) -> str | None:
        """Return the first matched word of one of these classes, in lower case."""
        for token in self.tokens[self.found.start : self.found.end]:
            if any(GRAMMAR.has(token.text, class_) for class_ in classes):
                return token.text.lower().replace("’", "'")
        return None


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


def in_year_bc(context: Context, rest: str, precision: Precision = "vague") -> Meaning | None:
    """Return what stands in the year before Christ that the text told last, where it did."""
    if context.year_bc is None:
        return None
    return undated(f"BC{context.year_bc:04d}-{rest}", precision)


def undated(value: str, precision: Precision = "vague") -> Meaning:
    """Return a date that the text does not say enough to resolve."""
    return Meaning("DATE", value, precision=precision)


# Within how many days the nearest date without a year is meant whatever the verb says: "the
# deadline of Jan. 14 will not be met", on Jan. 15.  From 60 to 150, the share of right values on
# TimeBank stays within 0.2 points.
NEAR = 90

# How many days a story goes back to a day or month without a year, rather than on to the next.
# Best of 60, 90, ... 300 on WikiWars, where 150 to 230 are within 0.5 points.
MOST_DAYS_BACK = 190


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
        if context.story is None or context.story.unit in ("year", "half"):
            return next((o for o in options if o.start.year == base.year), options[0]), base
        # A story that has come to December goes on in January; one that has come to January may
        # still look back at November.
        after = [o for o in options if (base - o.start).days <= MOST_DAYS_BACK]
        return (after or options)[0], base
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
    nearest = min(options, key=lambda o: abs((o.start - base).days))
    ahead = context.looks_ahead()
    if ahead is None and context.previous() == "by":
        ahead = True
    if options[0].unit == "day" and abs((base - nearest.start).days) < NEAR:
        return nearest, base
    if ahead and coming:
        return coming[0], base
    if ahead is False and past:
        return past[-1], base
    return nearest, base


def step_of(words: Sequence[str]) -> int:
    """Return how many units ahead the word points: "last" -1, "this" 0, "next" 1."""
    return next((STEPS[word] for word in words if word in STEPS), 0)


def find_year(context: Context, which: Sequence[str]) -> int | None:
    """Return the year that "last year", "the same year" means."""
    is_told = bool({"that", "same", "following", "previous"} & set(which))
    told = context.told.start if context.told else None
    base = (told or context.today) if is_told else context.today
    year = base.year + step_of(which) if base else 0
    return year if MINYEAR < year < MAXYEAR else None


def read_count(match: Match) -> float | None:
    """Return how many units the match counts; `None` for "several"."""
    words = match.group("count")
    if FUZZY & set(words):
        # "a couple of" is two in every style book; "a few" is not.
        return 2 if "couple" in words else None
    number = parse_number(words)
    if number is None and words and words[0] in ("a", "an"):
        number = 1
    if number is not None and "half" in match.words and not {"half"} & set(words):
        number += 0.5
    return number


def read_unit(code: str) -> tuple[Unit, int]:
    """Return the unit of the calendar that a unit of time is counted in, and how many it is.

    >>> read_unit("W"), read_unit("2W"), read_unit("1000Y")
    (('week', 1), ('week', 2), ('year', 1000))
    """
    if code[0].isdigit():
        return UNIT_NAMES.get(code[-1], "day"), int(code[:-1])
    return UNIT_NAMES.get(code, "day"), 1


def write_duration(count: float | None, code: str) -> str:
    """Return the TIMEX3 duration.

    >>> [write_duration(n, unit) for n, unit in [(2, "W"), (None, "TH"), (1.5, "TM"), (2, "10Y")]]
    ['P2W', 'PTXH', 'PT1M30S', 'P20Y']
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


def without_article(match: Match, meaning: Meaning | None) -> Meaning | None:
    """Return the meaning without its article before a noun: "the [summer] offensive"."""
    if meaning is None or len(match.words) != 2 or match.words[0] != "the":
        return meaning
    after = match.context.following()
    if not after[:1].isalpha() or after in NO_NOUNS:
        return meaning
    return meaning._replace(span=(match.found.start + 1, match.found.end))


def is_in_name(match: Match) -> bool:
    """Return whether a capital says that the word is part of a name: "the Daily Mail"."""
    start, end = match.found.start, match.found.end
    tokens = match.tokens
    word = tokens[start].text
    if not word[:1].isupper():
        return False
    before = tokens[start - 1].text if start else ""
    after = tokens[end].text if end < len(tokens) else ""
    if before.lower() in NO_TIME_BEHIND:
        return True
    is_named = GRAMMAR.has(word, "WEEKDAY") or word.lower() in MONTHS
    if is_named:
        return after in ("Times", "Telegraph", "Mirror", "Night", "Mail", "Herald", "School")
    return bool(
        start
        and (after[:1].isupper() or (before[:1].isupper() and start > 1))
        and before not in ("``", '"', "“", "_", "-", "--")
    )
