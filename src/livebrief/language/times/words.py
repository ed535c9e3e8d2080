"""The words of time and the grammar over them, built once from `en/times.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from livebrief.language.grammar import Grammar
from livebrief.language.numbers import ORDINALS, PATTERNS, SCALES, SMALL, TENS
from livebrief.language.tokens import find_tokens
from livebrief.language.vocabulary import load_words

_TIMES = load_words("times")
MONTHS: Mapping[str, int] = _TIMES["months"]
WEEKDAYS: Mapping[str, int] = _TIMES["weekdays"] | _TIMES["weekdays_many"]
SEASONS: Mapping[str, str] = _TIMES["seasons"]
PARTS: Mapping[str, str] = _TIMES["parts"] | _TIMES["parts_many"]
NOONS: Mapping[str, str] = _TIMES["noons"]
UNITS: Mapping[str, str] = _TIMES["units"]
DAYS: Mapping[str, int] = _TIMES["days"]
OFTEN: Mapping[str, str] = _TIMES["often"]
DECADES: Mapping[str, int] = _TIMES["decades"]
ZONES: Mapping[str, float] = _TIMES["zones"]
REFERENCES: Mapping[str, str] = _TIMES["references"]
AHEAD = frozenset(_TIMES["tense"]["ahead"])
BACK = frozenset(_TIMES["tense"]["back"])
NOT_BACK = frozenset(_TIMES["tense"]["not_back"])
_CAPITAL_ONLY = frozenset(_TIMES["capital_only"])

# Words beside an expression that tell what it is.
_BESIDE = {name: frozenset(words) for name, words in _TIMES["beside"].items()}
COUNTED = _BESIDE["counted"]
NO_YEAR_BEHIND = _BESIDE["no_year_behind"]
YEAR_OPENERS = _BESIDE["year_openers"]
PREPOSITIONS = _BESIDE["prepositions"]
NO_MONTH_BEHIND = _BESIDE["no_month_behind"]
SEASON_OPENERS = _BESIDE["season_openers"]
VERBS_IN_S = _BESIDE["verbs_in_s"]
CLOCK_OPENERS = _BESIDE["clock_openers"]
FUZZY = _BESIDE["fuzzy"]
PERIOD_OPENERS = _BESIDE["period_openers"]
HISTORY_ONLY = _BESIDE["history_only"]
PLAIN_YEAR_OPENERS = _BESIDE["plain_year_openers"]
STREETS = _BESIDE["streets"]
NO_NOUNS = _BESIDE["no_nouns"]
NO_TIME_BEHIND = _BESIDE["not_times_behind"]

HOLIDAYS: Mapping[str, str] = {
    " ".join(token.text for token in find_tokens(name)): day
    for name, day in _TIMES["holidays"].items()
}

# What a numeral can be by its looks: shape, its form, and the classes of words that it belongs to.
# Four digits may be a year and an hour of the day at once.
_SHAPES: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = tuple(
    (name, re.compile(pattern), frozenset(classes.split()))
    for name, pattern, classes in (
        ("to 12", r"0?[1-9]|1[0-2]", "NUMERAL DAY HOUR YY"),
        ("to 24", r"00|1[3-9]|2[0-4]", "NUMERAL DAY HOUR YY"),
        ("to 31", r"2[5-9]|3[01]", "NUMERAL DAY YY"),
        ("to 99", r"\d\d", "NUMERAL YY"),
        ("year and time", r"(?:1\d|20|21)[0-5]\d", "NUMERAL YEAR HHMM"),
        ("year", r"(?:1\d|20|21)\d\d", "NUMERAL YEAR"),
        ("time", r"(?:[01]\d|2[0-3])[0-5]\d", "NUMERAL HHMM"),
        ("clock", r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?", "CLOCK"),
        ("point clock", r"(?:[01]?\d|2[0-3])\.[0-5]\d", "NUMERAL POINTCLOCK"),
        ("fraction", r"\d{1,2}/\d{1,2}", "FRACTION"),
        ("number", r"\d[\d,]*(?:\.\d+)?", "NUMERAL"),
        ("iso", r"\d{4}-\d\d-\d\d(?:T\S+)?", "ISO"),
        ("slash", r"\d{1,2}/\d{1,2}/\d{4}|\d{4}/\d{1,2}/\d{1,2}", "SLASH"),
        ("nth day", r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)", "NTH NTHDAY"),
        ("nth", r"\d{1,3}(?:st|nd|rd|th)", "NTH"),
        ("decade", r"(?:1\d|20)\d0['’]?s|['’]\d0s", "DECADE"),
        ("short year", r"['’]\d\d", "SHORTYEAR"),
    )
)


def _shape_of(word: str) -> str | None:
    """Return the name of a word's shape; `""` where it can be no time; `None`: by the lists."""
    first = word[0]
    if first.isdigit() or (first in "'’" and len(word) > 1 and word[1].isdigit()):
        if (len(word) < 32 and word.isascii()) or first == "’":
            for name, pattern, _ in _SHAPES:
                if pattern.fullmatch(word):
                    return name
        return ""
    return "" if word in _CAPITAL_ONLY else None


_MANY_UNITS = [word for word in UNITS if word.endswith("s") or word in ("centuries", "millennia")]

GRAMMAR = Grammar(
    classes={
        "MONTH": MONTHS,
        "WEEKDAY": _TIMES["weekdays"],
        "WEEKDAYS": _TIMES["weekdays_many"],
        "SEASON": SEASONS,
        "PART": _TIMES["parts"],
        "PARTS": _TIMES["parts_many"],
        "NOON": NOONS,
        "UNIT": UNITS,
        "MANYUNIT": _MANY_UNITS,
        "ONEUNIT": [word for word in UNITS if word not in _MANY_UNITS],
        "DAYWORD": DAYS,
        "OFTEN": OFTEN,
        "DECADEWORD": DECADES,
        "ZONE": ZONES,
        "REFERENCE": REFERENCES,
        "SMALL": SMALL,
        "TENS": TENS,
        "SCALE": SCALES,
        "FRACTION": ("half", "½", "¼", "¾"),
        "NTH": ORDINALS,
        "SPOKENCENTURY": ("nineteen", "eighteen", "seventeen", "sixteen"),
        **_TIMES["classes"],
    },
    shapes={name: classes for name, _, classes in _SHAPES},
    shape=_shape_of,
    macros=PATTERNS
    | _TIMES["patterns"]
    | {"holiday": f"({'|'.join(sorted(HOLIDAYS, key=len, reverse=True))})"},
    rules=[(rule["means"], pattern) for rule in _TIMES["rules"] for pattern in rule["patterns"]],
    triggers=_TIMES["triggers"]["words"],
)
