"""The words of counting and the grammar over them, built once from `en/quantities.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from livebrief.language.passage import Token
from livebrief.language.vocabulary import load_words
from livebrief.model import What

_QUANTITIES = load_words("quantities")
LISTS: Mapping[str, frozenset[str]] = {
    name: frozenset(words) for name, words in _QUANTITIES["units"].items()
}
BOUNDS: Mapping[str, frozenset[str]] = {
    name: frozenset(words) for name, words in _QUANTITIES["bounds"].items()
}
WHAT: Mapping[str, What] = {
    word: what for what, words in _QUANTITIES["what"].items() for word in words
}


def _shape_of(word: str) -> str | None:
    if not word[0].isdigit():
        return None
    return "numeral" if NUMERAL_RE.fullmatch(word) else ""


GRAMMAR = Grammar(
    classes={
        "SMALL": SMALL,
        "TENS": TENS,
        "SCALE": SCALES,
        "NUMBER": (*SMALL, *TENS),
        "FRACTION": FRACTIONS,
        **_QUANTITIES["classes"],
    },
    shapes={"numeral": frozenset({"NUMERAL", "NUMBER"})},
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
