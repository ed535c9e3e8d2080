"""The range that a number has with the words around it: "more than 15", "dozens", "10 to 12"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from livebrief.language.numbers import SCALES
from livebrief.language.quantities.units import is_plural
from livebrief.language.quantities.words import BOUNDS, LISTS, Counted

Bounds = tuple[int | None, int | None, bool]
"""At least, at most, and whether that is about right."""

# What a vague word says at least, and at most where it says so: DESIGN.md section 5, and after its
# pattern ("dozens" are at least two dozen) what it leaves open.
VAGUE: Mapping[str, tuple[int, int | None]] = {
    "several": (3, None),
    "few": (3, None),
    "couple": (2, 2),
    "handful": (3, 6),
    "scores": (40, None),
    "dozens": (24, None),
    "tens": (20, None),
    "hundreds": (200, None),
    "thousands": (2_000, None),
    "millions": (2_000_000, None),
    "billions": (2_000_000_000, None),
}


# How newspapers shorten the scales of money, in one word with the number.
SHORT_SCALES: Mapping[str, int] = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


def _read_count(counted: Counted) -> Bounds | None:
    number = counted.number()
    if number is None:
        return None
    return _bound(number, " ".join(counted.group("bound")), " ".join(counted.group("behind")))


def _bound(number: int, before: str, behind: str = "") -> Bounds:
    """Return the range that a number has with the words before and behind it.

    >>> _bound(15, "more than"), _bound(40, "as many as"), _bound(300, "nearly")
    ((16, None, False), (None, 40, False), (300, 300, True))
    """
    if before in BOUNDS["least"] or behind in ("or more", "at least", "plus", "- plus"):
        return number, None, False
    if before in BOUNDS["above"]:
        return number + 1, None, False
    if before in BOUNDS["most"] or behind in ("or fewer", "or less"):
        return None, number, False
    if before in BOUNDS["below"]:
        return None, number - 1, False
    return number, number, bool(before) or behind == "or so"


def _read_between(counted: Counted) -> Bounds | None:
    first, second = counted.number("first"), counted.number("second")
    if first is None or second is None or first >= second:
        return None
    words = counted.words[counted.found.start : counted.found.end]
    start, end = counted.unit
    has_noun = start < end and is_plural(counted.words[end - 1])
    if not has_noun and counted.word(counted.found.end) in LISTS["counted_by"]:
        has_noun = True
    if "between" not in words and "from" not in words and not has_noun:
        # "won 2-3", "a 10-12 record": a score.
        return None
    is_team = start < end and counted.tokens[start].text[0].isupper()
    if is_team and "-" in words and counted.word(counted.found.start - 1) == "the":
        # "The 10-12 Hawks"
        return None
    return first, second, bool(counted.group("bound"))


def _read_vague(counted: Counted) -> Bounds | None:
    words = counted.group("vague")
    low, high = 1, None
    for word in words:
        if word in VAGUE:
            low, high = VAGUE[word] if low == 1 else (low * (VAGUE[word][0] // 2), None)
    for word in words:
        if word in SCALES:
            low, high = low * SCALES[word], None
    if words[0] in ("few", "the") and "few" in words and counted.unit[0] == counted.unit[1]:
        return None
    if "thousands" in words and words[0] == "thousands":
        low = VAGUE["thousands"][0]
    bound = " ".join(counted.group("bound"))
    if bound in BOUNDS["most"] or bound in BOUNDS["below"]:
        return None
    about = "handful" in words or "couple" in words
    return low, high, about


def _read_both(counted: Counted) -> Bounds | None:
    start, end = counted.unit
    if counted.words[counted.found.start] == "both" and (
        start == end or counted.word(end) in ("and", ",")
    ):
        # "both sides" are two; "both crimes and accidents" are not told.
        return None
    return 2, 2, False


def _read_none(counted: Counted) -> Bounds | None:
    words = counted.words[counted.found.start : counted.found.end]
    if words == ["no"]:
        start, end = counted.unit
        if start == end or not is_plural(counted.words[end - 1]):
            return None
        if any(word in LISTS["uncounted"] for word in counted.words[start:end]):
            return None
    if words[0] == "not" and counted.unit[0] == counted.unit[1]:
        return None
    return 0, 0, False


def _read_money(counted: Counted) -> Bounds | None:
    number, second = counted.number(), counted.number("second")
    if number is None:
        return None
    if counted.group("short"):
        # "€30m", in one word.
        short = counted.tokens[counted.found.end - 1]
        if short.start != counted.tokens[counted.found.end - 2].end:
            return None
        number *= SHORT_SCALES[short.text.lower()]
    if second is not None:
        if second <= number:
            scale = next((SCALES[w] for w in counted.group("second") if w in SCALES), None)
            number = number * scale if scale and number * scale < second else number
        return (number, second, False) if number < second else None
    return _bound(number, " ".join(counted.group("bound")))


# By the names of the rules in `en/quantities.toml`.
READERS: Mapping[str, Callable[[Counted], Bounds | None]] = {
    "count": _read_count,
    "between": _read_between,
    "vague": _read_vague,
    "both": _read_both,
    "none": _read_none,
    "money": _read_money,
}
