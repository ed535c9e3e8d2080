"""Capitalized words, and the runs of them that may be one name ("Nash General Hospital")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from livebrief.language.vocabulary import load_words

UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"

CAPITALIZED_RE = re.compile(
    rf"""
    # 1. Initials: "U.S.", "N.C.", "W.Va."
      (?<![\w.]) (?: [A-Z] \. ){{2,}} (?! \w )
    | (?<!\w) [A-Z] \. [A-Z][a-z]{{1,3}} \.
    # 2. A word, with an article of Arabic or of French before it: "al-Asad", "d'Ivoire".
    | (?<!\w) (?: (?: a[ldnrstz] | ash | e[ldnrsz] ) [-‐] | d['’] )?
      [{UPPER}] [^\W_]* (?: - \d [^\W_]* )?
      (?: ['’] (?! (?: s | ll | d | ve | re | m | t | S )\b ) [^\W\d_]+ )*
    """,
    re.VERBOSE,
)

# What may stand between two words of one name, besides a blank or a hyphen.
BETWEEN_RE = re.compile(
    r"[ ]?[-‐–][ ]?(?:(?:e[lnrs]|al|de|upon|on|sur|le|la|au|aux|am|in|of|an|der|under|by|the)[-])*"
    r"|[ ](?:(?:of|de|del|de[ ]la|de[ ]los|da|do|dos|das|di|du|des|la|le|el|al|and|of[ ]the|upon|on"
    r"|am|an[ ]der|bin|ibn|and[ ]the|van|von|y|by)[ ])?"
)
# "St. Louis", "Ft. Worth", "Mt. Vernon", "Lt. Col.": a stop that ends no sentence.
WITH_STOP = frozenset(load_words("toponyms")["stops"]["before_more"])

# Joins that part two names in a run: "the Army and the Navy".
PARTING_RE = re.compile(r" (?:and|and the|by|upon|on|in|y|am|an der|sur) |[ ]?[–]")


class Word(NamedTuple):
    """A capitalized word; `joins` says whether the next one may belong to the same name."""

    start: int
    end: int
    joins: bool


# Places, sites and names walk over the same text one after the other.
@lru_cache(maxsize=2)
def find_words(text: str) -> tuple[Word, ...]:
    """Return the capitalized words of a text, in order."""
    words: list[Word] = []
    matches = [m.span() for m in CAPITALIZED_RE.finditer(text)]
    last = len(matches) - 1
    for at, (start, end) in enumerate(matches):
        joins = False
        if at < last:
            gap_end = matches[at + 1][0]
            if gap_end - end <= 12:
                gap_start = end
                if text[end] == "." and text[start:end].lower() in WITH_STOP:
                    gap_start += 1
                joins = BETWEEN_RE.fullmatch(text, gap_start, gap_end) is not None
        words.append(Word(start, end, joins))
    return tuple(words)


def find_runs(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return where runs of joined words begin and end (exclusive)."""
    runs = []
    start = 0
    for at, word in enumerate(words):
        if not word.joins:
            runs.append((start, at + 1))
            start = at + 1
    return runs
