"""Casualties that a line only implies: "a fatal shooting", "a double homicide", "nobody died"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from livebrief.events.clauses import Line
from livebrief.events.words import Phrases
from livebrief.language.numbers import SMALL
from livebrief.language.vocabulary import load_words


def _load(lists: Mapping[str, Iterable[str]]) -> Phrases[int]:
    """Return phrases, each with the number that its list is called by."""
    phrases: Phrases[int] = Phrases()
    for name, entries in lists.items():
        for entry in entries:
            phrases.add(entry, SMALL.get(name, 0))
    return phrases


_WORDS = load_words("casualties")
SELF = _load(_WORDS["self_killing"])
IMPLIED = _load(_WORDS["implied"])
HIT = _load(_WORDS["implied_hit"])
NOBODY_KILLED = _load(_WORDS["nobody_killed"])


def find_implied(line: Line) -> tuple[int, int, int] | None:
    """Return how many dead a line implies, and by which words: "a fatal shooting" at least one."""
    best = None
    for first, last, number in IMPLIED.find(line.words, line.seen):
        if first and line.words[first - 1] in ("attempted", "no", "not"):
            continue
        if best is None or number > best[0]:
            best = (number, first, last)
    return best


def find_hit(line: Line) -> tuple[int, int, int] | None:
    """Return how many were hit in a "double shooting", and by which words."""
    return next(
        ((number, first, last) for first, last, number in HIT.find(line.words, line.seen)), None
    )


def find_none_killed(line: Line) -> tuple[int, int] | None:
    """Return the words by which a line says that nobody was killed."""
    return next(
        ((first, last) for first, last, _ in NOBODY_KILLED.find(line.words, line.seen)), None
    )


def find_self_killing(line: Line) -> tuple[int, int] | None:
    """Return the words by which a line says that who did it killed himself."""
    return next(((first, last) for first, last, _ in SELF.find(line.words, line.seen)), None)
