"""Tolls that do not stand as told: what one side claims, what was said at first, what is denied."""

from __future__ import annotations

from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.tolls import Toll
from livebrief.events.words import Phrases, word_set
from livebrief.language.vocabulary import load_words

CLAIMING = word_set("hearsay", "claiming")
DOUBTS = word_set("hearsay", "doubts")
NOT_CLAIMING = word_set("hearsay", "not_claiming")
SUPERSEDED = Phrases[None]()
for _phrase in load_words("casualties")["superseded"]["phrases"]:
    SUPERSEDED.add(_phrase, None)


def judge_tolls(line: Line, tolls: list[Toll]) -> list[Toll]:
    """Return the tolls of a line, each marked as claimed or superseded; denied ones left out."""
    words = line.words
    old = find_superseded(line)
    if old:
        tolls = [
            replace(toll, is_superseded=any(first < toll.first < last for first, last in old))
            for toll in tolls
        ]
    at = _claim_at(words)
    if at < len(words) and not DOUBTS.isdisjoint(words[at:]):
        # "They claimed that 80 had been killed, which the army denied."
        return [toll for toll in tolls if toll.first < at]
    return [replace(toll, is_claimed=True) if at < toll.first else toll for toll in tolls]


def find_superseded(line: Line) -> list[tuple[int, int]]:
    """Return the words that tell what was said at first: "officials first said ..., but"."""
    words = line.words
    found = []
    for first, last, _ in SUPERSEDED.find(words, line.seen):
        end = next((k for k in range(last, len(words)) if words[k] in (";", "but")), len(words))
        found.append((first, end))
    return found


def _claim_at(words: list[str]) -> int:
    """Return the word by which a line tells what somebody claims, its end where none does."""
    for k in range(len(words) - 1):
        if words[k] in CLAIMING and words[k + 1] not in NOT_CLAIMING:
            return k
    return len(words)
