"""Numbers as news writes them: "1,200", "1.2 million", "two hundred and fifty", "2 1/2"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from livebrief.language.vocabulary import load_words

_NUMBERS = load_words("numbers")
SMALL: Mapping[str, int] = _NUMBERS["small"]
TENS: Mapping[str, int] = _NUMBERS["tens"]
SCALES: Mapping[str, int] = _NUMBERS["scales"]
FRACTIONS: Mapping[str, float] = _NUMBERS["fractions"]
ORDINALS: Mapping[str, int] = _NUMBERS["ordinals"]
PATTERNS: Mapping[str, str] = _NUMBERS["patterns"]

# A number of more digits than this counts nothing in the news: an account, a telephone, a prank.
MOST_DIGITS = 15

# Words inside a number that add nothing to it: "a hundred and two", "half a million".
PASSED_OVER = frozenset({"a", "an", "and", "-", ",", "of"})

NUMERAL_RE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}")
FRACTION_RE = re.compile(r"(\d{1,3})/(\d{1,3})")
ORDINAL_RE = re.compile(r"(\d{1,4})(?:st|nd|rd|th)", re.IGNORECASE)


def parse_numeral(word: str) -> Fraction | None:
    """Return what a numeral says, or nothing where it is none that counts.

    >>> parse_numeral("1,200.5"), parse_numeral("1/2"), parse_numeral("1,2,3")
    (Fraction(2401, 2), Fraction(1, 2), None)
    """
    # Some news writes "10,00" for lakhs or lists numbers without spaces: no guess.
    if len(word) <= MOST_DIGITS + 5 and word.isascii():
        if NUMERAL_RE.fullmatch(word):
            if word.count(".") > 1:
                return Fraction(word.replace(".", ""))
            return Fraction(word.replace(",", ""))
        fraction = FRACTION_RE.fullmatch(word)
        if fraction and int(fraction[2]):
            return Fraction(int(fraction[1]), int(fraction[2]))
    return None


def parse_number(words: str | Iterable[str]) -> int | float | None:
    """Return the number that the words write, or `None` where they write none, or none that counts.

    >>> parse_number("1.2 million"), parse_number("two hundred and fifty-three")
    (1200000, 253)
    >>> parse_number("2 1/2"), parse_number("a dozen"), parse_number("half a million")
    (2.5, 12, 500000)
    """
    if isinstance(words, str):
        words = re.findall(r"[^\s-]+", words)
    # `done` holds what a scale from thousand up has closed, `part` what it has not.
    done, part = Fraction(0), Fraction(0)
    seen = False
    for word in words:
        lowered = word.lower()
        if lowered in PASSED_OVER:
            continue
        if lowered in SCALES:
            scale = SCALES[lowered]
            if scale == 100 <= part:
                # "Nine hundred nine hundred" is two numbers, or none.
                return None
            part = (part if seen else Fraction(1)) * scale
            if scale >= 1_000:
                done, part = done + part, Fraction(0)
        else:
            value = _value_of(lowered)
            if value is None:
                return None
            part += value
        seen = True
    total = done + part
    if not seen or total >= 10**MOST_DIGITS:
        return None
    return int(total) if total.denominator == 1 else float(total)


def _value_of(word: str) -> Fraction | None:
    if word in SMALL or word in TENS:
        return Fraction(SMALL.get(word) or TENS.get(word) or 0)
    if word in FRACTIONS:
        return Fraction(FRACTIONS[word]).limit_denominator(12)
    return parse_numeral(word)


def parse_ordinal(word: str) -> int | None:
    """Return the rank that an ordinal names.

    >>> parse_ordinal("third"), parse_ordinal("25th"), parse_ordinal("last")
    (3, 25, None)
    """
    match = ORDINAL_RE.fullmatch(word)
    return int(match[1]) if match else ORDINALS.get(word.lower())
