"""Causes: one thing brought about another, in so many words."""

from __future__ import annotations

from livebrief.events.clauses import Line
from livebrief.events.triggers import Trigger
from livebrief.events.words import Phrases
from livebrief.language.vocabulary import load_words
from livebrief.model import Cause

_LISTS = load_words("causes")
_UNSURE = frozenset(_LISTS["unsure"]["phrases"])
SIGNALS: Phrases[tuple[bool, bool]] = Phrases()
"""Of each signal: does the cause come first, and is it too common to be taken alone?"""
for _phrase in _LISTS["forward"]["phrases"]:
    SIGNALS.add(_phrase, (True, _phrase in _UNSURE))
for _phrase in _LISTS["backward"]["phrases"]:
    SIGNALS.add(_phrase, (False, _phrase in _UNSURE))

FEWEST_WORDS = 2


def find_causes(line: Line, triggers: list[Trigger]) -> list[Cause]:
    """Return the causes that a line states: one for each signal."""
    words = line.words
    causes: list[Cause] = []
    for first, last, (is_forward, is_unsure) in SIGNALS.find(words, line.seen):
        start, end = _arguments(line, first, last)
        if first - start < FEWEST_WORDS or end - last < FEWEST_WORDS:
            continue
        if is_unsure and not (
            any(start <= trigger.first < first for trigger in triggers)
            and any(last <= trigger.first < end for trigger in triggers)
        ):
            continue
        before, after = line.span(start, first), line.span(last, end)
        causes.append(
            Cause(
                cause=before if is_forward else after,
                effect=after if is_forward else before,
                signal=line.span(first, last),
            )
        )
    return causes


def _arguments(line: Line, first: int, last: int) -> tuple[int, int]:
    """Return where the words before a signal begin and the words behind it end."""
    words = line.words
    start = 0
    for k in range(first - 1, -1, -1):
        if words[k] in (";", ":", '"', "“", "”"):
            start = k + 1
            break
    end = len(words)
    for k in range(last, len(words)):
        if words[k] in (";", '"', "“", "”"):
            end = k
            break
    while end > last and words[end - 1] in (".", ",", "!", "?"):
        end -= 1
    return start, end
