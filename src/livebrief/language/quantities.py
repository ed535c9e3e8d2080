"""How many: numbers that count something, as ranges, with the words they count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from livebrief.language.grammar import Found, Grammar
from livebrief.language.numbers import (
    FRACTIONS,
    NUMERAL_RE,
    PATTERNS,
    SCALES,
    SMALL,
    TENS,
    parse_number,
)
from livebrief.language.passage import Sentence, Token
from livebrief.language.vocabulary import load_words
from livebrief.model import Figure, Part, Span, Time, What

_QUANTITIES = load_words("quantities")
_LISTS = {
    name: frozenset(_QUANTITIES["units"][name])
    for name in (
        "many", "stops", "adjectives_in_ed", "measures", "currencies", "designators", "streets",
        "uncounted", "calibres", "fates",
    )
}  # fmt: skip
_WHAT: Mapping[str, What] = {
    word: what for what, words in _QUANTITIES["what"].items() for word in words
}

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

# How many words behind a number its noun may end: "15 small Iranian-made 107 mm Katyusha rockets".
UNIT_REACH = 8

Bounds = tuple[int | None, int | None, bool]


def _shape_of(word: str) -> str | None:
    if not word[0].isdigit():
        return None
    return "numeral" if NUMERAL_RE.fullmatch(word) else ""


GRAMMAR = Grammar(
    classes={
        "SMALL": SMALL,
        "TENS": TENS,
        "SCALE": SCALES,
        "FRACTION": FRACTIONS,
        **_QUANTITIES["classes"],
    },
    shapes={"numeral": frozenset({"NUMERAL"})},
    shape=_shape_of,
    macros=PATTERNS | _QUANTITIES["patterns"],
    rules=[
        (rule["means"], pattern) for rule in _QUANTITIES["rules"] for pattern in rule["patterns"]
    ],
    triggers=_QUANTITIES["triggers"]["words"],
)


class Counted(NamedTuple):
    """A rule's match in its sentence."""

    found: Found
    tokens: Sequence[Token]
    words: Sequence[str]
    unit: tuple[int, int]
    """The tokens of the noun that is counted; empty where there is none."""

    def group(self, name: str) -> list[str]:
        """Return the words of a named group; none where it did not match."""
        start, end = self.found.groups.get(name, (0, 0))
        return list(self.words[start:end])

    def number(self, name: str = "number") -> int | None:
        """Return the whole number that a group writes."""
        number = parse_number(self.group(name))
        return number if isinstance(number, int) else None

    def word(self, at: int) -> str:
        """Return a word of the sentence; empty beyond its ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""


def find_quantities(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[Time] = (),
    *,
    part: Part = "text",
    related_index: int | None = None,
) -> tuple[Figure, ...]:
    """Return what the text counts: never a date, an age, a distance, a share or a name's number.

    >>> from livebrief.language.sentences import find_sentences
    >>> text = "More than 15 small rockets hit the base, wounding a dozen people."
    >>> [(f.what, str(f), f.unit) for f in find_quantities(text, find_sentences(text))]
    [('munitions', '16..', 'small rockets'), ('other', '12', 'people')]
    """
    figures: list[Figure] = []
    starts = [time.span.start for time in times]
    for sentence in sentences:
        codes = GRAMMAR.code(sentence.tokens)
        if not GRAMMAR.has_trigger(codes):
            continue
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end, first)
        taken = _find_taken(sentence.tokens, times[first:last])
        words = [token.text.lower() for token in sentence.tokens]
        start = 0
        while (at := GRAMMAR.next(codes, start)) is not None:
            start = at + 1
            for found in GRAMMAR.matches(codes, at):
                if not taken.isdisjoint(range(found.start, found.end)):
                    continue
                unit = _find_unit(sentence.tokens, words, found.end)
                counted = Counted(found, sentence.tokens, words, unit)
                bounds = READERS[found.means](counted)
                start = max(start, found.end)
                if bounds is not None and _counts(counted):
                    figures.append(_write(text, counted, bounds, part, related_index))
                    break
    return tuple(figures)


def _find_taken(tokens: Sequence[Token], times: Sequence[Time]) -> set[int]:
    taken: set[int] = set()
    for time in times:
        at = bisect_left(tokens, time.span.start, key=lambda token: token.start)
        while at < len(tokens) and tokens[at].start < time.span.end:
            taken.add(at)
            at += 1
    return taken


def _write(
    text: str, counted: Counted, bounds: Bounds, part: Part, related_index: int | None
) -> Figure:
    found, tokens, words, unit = counted
    low, high, about = bounds
    what: What = "other"
    unit_text = None
    if found.means == "money":
        what = "money"
        matched = tokens[found.start : found.end]
        unit_text = next(t.text for t in matched if GRAMMAR.has(t.text, "CURRENCY"))
    elif unit[0] < unit[1]:
        head = words[unit[1] - 1]
        what = "money" if head in _LISTS["currencies"] else _WHAT.get(head, "other")
        unit_text = text[tokens[unit[0]].start : tokens[unit[1] - 1].end]
    return Figure(
        what=what,
        unit=unit_text,
        low=low,
        high=high,
        about=about,
        span=Span(
            start=tokens[found.start].start,
            end=tokens[found.end - 1].end,
            part=part,
            related_index=related_index,
        ),
    )


# What the counted noun is


def _find_unit(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int, int]:
    """Return the tokens of the noun phrase that a number counts: "of the small rockets".

    Without a parser: it ends with the first plural, or else before the first word that no noun
    phrase goes over.
    """
    first = at
    if at < len(words) and words[at] == "of":
        at += 1
    while at < len(words) and words[at] in _DETERMINERS:
        at += 1
    start = end = at
    for end in range(at, min(at + UNIT_REACH, len(words))):
        word = words[end]
        after = words[end + 1] if end + 1 < len(words) else ""
        is_calibre = word[0].isdigit() and (
            after in _LISTS["calibres"]
            or (after == "-" and end + 2 < len(words) and words[end + 2] in _LISTS["calibres"])
        )
        if not is_calibre and not _may_be_in_unit(tokens[end], word):
            break
        if _is_plural(word) and after != "-":
            if end == at == first and word in _LISTS["fates"]:
                return start, start
            # "8 service members", but "5 Iraqi police officers" as well.
            is_whole = after in _LISTS["stops"] or not _is_plural(after) or word == "others"
            return start, end + (1 if is_whole else 2)
    else:
        end = min(at + UNIT_REACH, len(words))
    return (start, end) if end - start < UNIT_REACH else (start, start)


_DETERMINERS = frozenset(_QUANTITIES["units"]["determiners"])


def _may_be_in_unit(token: Token, word: str) -> bool:
    if word in _LISTS["stops"]:
        return False
    if word.endswith("ed") and word not in _LISTS["adjectives_in_ed"]:
        return False
    if word == "-":
        return True
    return token.text[0].isalpha()


def _is_plural(word: str) -> bool:
    if word in _LISTS["many"]:
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "su'’." and word != "series"


# What is no count at all


def _counts(counted: Counted) -> bool:
    """Return whether the number counts, rather than measures, names or dates something."""
    found, tokens, words, unit = counted
    if found.means == "money":
        return True
    before, after = counted.word(found.start - 1), counted.word(found.end)
    if before in ("$", "#", "/", ":") or after in ("%", "°", "/", ":") or before == "no.":
        return False
    if after in ("-", "–") and tokens[found.end].start == tokens[found.end - 1].end:
        # "a 10-year war", "3-1", "a 12-person crew": part of a word or of a score.
        return False
    if before in ("-", "–") and counted.word(found.start - 2).isalnum():
        # "F-16", "COVID-19", "mid-90s": part of a word.
        return False
    if (after in _LISTS["measures"] and after not in ("pounds", "points")) or (
        before in _LISTS["designators"] and found.means == "count"
    ):
        return False
    if (
        unit[0] < unit[1]
        and words[unit[1] - 1] in _LISTS["streets"]
        and tokens[unit[0]].text[0].isupper()
    ):
        return False
    if found.means != "count":
        return True
    number = tokens[found.end - 1].text
    if number[0] == "0" or before[:1].isdigit() or (after[:1].isdigit() and unit[0] == unit[1]):
        # A telephone number, a list of results.
        return False
    is_figure = number.isdigit() and found.end - found.start == 1
    has_noun = unit[0] < unit[1] or after in _COUNTED_BY
    if is_figure and found.start > 0:
        named = tokens[found.start - 1].text[0].isupper() and found.start > 1
        if named and not has_noun:
            # "Boeing 737", "Apollo 11"
            return False
        if before == "," and tokens[found.start - 2].text[0].isupper() and after in (",", ".", ""):
            # "Maria Otieno, 34,": an age.
            return False
    if is_figure and len(number) > 3 and not has_noun and 1900 <= int(number) <= 2059:
        return False
    if words[found.start : found.end] == ["one"]:
        return has_noun and after not in _NOT_ONE and before not in ("no", "the", "this", "that")
    return True


_COUNTED_BY = frozenset(_QUANTITIES["units"]["counted_by"])
_NOT_ONE = frozenset(_QUANTITIES["units"]["not_one"])


# What each rule's match says, named like the rules of en/quantities.toml


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
    if before in _LEAST or behind in ("or more", "at least", "plus"):
        return number, None, False
    if before in _ABOVE:
        return number + 1, None, False
    if before in _MOST or behind in ("or fewer", "or less"):
        return None, number, False
    if before in _BELOW:
        return None, number - 1, False
    return number, number, bool(before) or behind == "or so"


_LEAST, _ABOVE, _MOST, _BELOW = (
    frozenset(_QUANTITIES["bounds"][name]) for name in ("least", "above", "most", "below")
)


def _read_between(counted: Counted) -> Bounds | None:
    first, second = counted.number("first"), counted.number("second")
    if first is None or second is None or first >= second:
        return None
    words = counted.words[counted.found.start : counted.found.end]
    start, end = counted.unit
    has_noun = start < end and _is_plural(counted.words[end - 1])
    if not has_noun and counted.word(counted.found.end) in _COUNTED_BY:
        has_noun = True
    if "between" not in words and "from" not in words and not has_noun:
        # "won 2-3", "a 10-12 record": a score.
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
    if bound in _MOST or bound in _BELOW:
        return None
    about = "handful" in words or "couple" in words
    return low, high, about


def _read_both(counted: Counted) -> Bounds | None:
    if counted.words[counted.found.start] == "both" and counted.unit[0] == counted.unit[1]:
        return None
    return 2, 2, False


def _read_none(counted: Counted) -> Bounds | None:
    words = counted.words[counted.found.start : counted.found.end]
    if words == ["no"]:
        start, end = counted.unit
        if start == end or not _is_plural(counted.words[end - 1]):
            return None
        if any(word in _LISTS["uncounted"] for word in counted.words[start:end]):
            return None
    return 0, 0, False


def _read_money(counted: Counted) -> Bounds | None:
    number, second = counted.number(), counted.number("second")
    if number is None:
        return None
    if second is not None:
        if second <= number:
            scale = next((SCALES[w] for w in counted.group("second") if w in SCALES), None)
            number = number * scale if scale and number * scale < second else number
        return (number, second, False) if number < second else None
    return _bound(number, " ".join(counted.group("bound")))


READERS: Mapping[str, Callable[[Counted], Bounds | None]] = {
    "count": _read_count,
    "between": _read_between,
    "vague": _read_vague,
    "both": _read_both,
    "none": _read_none,
    "money": _read_money,
}
