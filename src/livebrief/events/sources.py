"""Sources: the words around a cue that name who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.cues import PRONOUNS, SOURCE_NOUNS, Cue
from livebrief.events.words import word_set

# A source is rarely longer: beyond it a comma was missed.
MOST_SOURCE_WORDS = 28
BREAKS = word_set("claims", "breaks")
MARKS = word_set("claims", "marks")
DAYS = word_set("claims", "days")
CONNECTORS = word_set("claims", "connectors")


def find_subject(line: Line, cue: Cue) -> tuple[int, int] | None:
    """Return the words before a cue that name its source."""
    words = line.words
    end = cue.first
    if end and words[end - 1] in ("who", "which", "that") and end >= 2:
        # "officials who said": the noun before; "who" itself stands where it is too far.
        return end - 1, end
    if end and words[end - 1] == ",":
        return _with_apposition(line, end)
    start = phrase_start(line, end)
    if start >= end:
        return None
    return start, end


def _with_apposition(line: Line, end: int) -> tuple[int, int] | None:
    """Return the source before a comma: "X, a spokesman for Y," or "X, who saw it,"."""
    words = line.words
    k = end - 2
    best = None
    while k > 0 and end - k < MOST_SOURCE_WORDS:
        if words[k] in BREAKS:
            break
        if words[k] == ",":
            start = phrase_start(line, k)
            is_name = start < k and (
                line.tokens[k - 1].text[:1].isupper() or words[start] in ("the", "a", "an")
            )
            if (
                is_name
                and k - start <= 10
                and (
                    start == 0
                    or words[start - 1] in CONNECTORS
                    or words[start - 1] in BREAKS
                    or words[start - 1] == ","
                )
            ):
                best = start
                if start == 0 or words[start - 1] != ",":
                    break
        k -= 1
    return (best, end - 1) if best is not None else None


def phrase_start(line: Line, end: int) -> int:
    """Return where the noun phrase begins that ends right before a word."""
    words = line.words
    if end and words[end - 1] in PRONOUNS:
        return end - 1
    k = end - 1
    while k >= 0 and end - k <= MOST_SOURCE_WORDS:
        word = words[k]
        if word in BREAKS or word in CONNECTORS or word == ",":
            if (
                word == "and"
                and k
                and line.tokens[k - 1].text[:1].isupper()
                and line.tokens[k + 1].text[:1].isupper()
            ):
                k -= 1
                continue
            break
        k -= 1
    start = k + 1
    while start < end and words[start] in (
        "meanwhile",
        "still",
        "yet",
        "then",
        "also",
        "later",
        "instead",
        "earlier",
    ):
        start += 1
    return start


def without_time(line: Line, first: int, last: int) -> tuple[int, int] | None:
    """Return a source without the time of its words: "Sanders on Tuesday"."""
    words = line.words
    if last - first > 1 and words[last - 1] in DAYS:
        last -= 1
        if last - first > 1 and words[last - 1] == "on":
            last -= 1
    return (first, last) if last > first else None


def is_apposition(words: Sequence[str], comma: int) -> bool:
    """Return whether a comma opens "a spokesman for X" or "who ...", which belong to the name."""
    if comma + 1 >= len(words):
        return False
    if words[comma + 1] in ("a", "an", "the", "who", "whose", "of"):
        return True
    # "..., said Jane Li, director of the institute.": nothing else follows.
    rest = words[comma + 1 :]
    return len(rest) <= 14 and not any(
        word in MARKS or word in CONNECTORS or word.endswith("ing") for word in rest
    )


def looks_like_source(line: Line, first: int, last: int) -> bool:
    """Return whether words can speak: a name, a pronoun, a noun of the list."""
    return any(
        line.tokens[k].text[:1].isupper()
        or line.words[k] in SOURCE_NOUNS
        or line.words[k] in PRONOUNS
        for k in range(first, min(last, first + 12))
    )
