"""Where a text may name a place: capitalized words that the gazetteer knows, and how sure that is.

One walk over the runs of capitalized words: the longest part of a run that the gazetteer knows is a
candidate.  Its neighbours say how sure it is (`evidence.py`), and so do the other candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from livebrief.language.capitals import find_runs, find_words
from livebrief.language.evidence import REJECTED, Reader, is_short_form
from livebrief.language.gazetteer import Entry, load_gazetteer, normalize_name
from livebrief.language.levels import FAIR, STRONG, WEAK
from livebrief.language.listed import find_listed
from livebrief.language.passage import Sentence

# The longest name that is looked up, in capitalized words.
LONGEST = 5

# Kinds of listed names that are no places, though a place somewhere may be called so too.
NO_PLACES = frozenset(("organization", "armed_group", "nationality"))

# What a site's name may end with in lower case.
SITE_WORDS_RE = re.compile(
    r" (?:(?:air|military|naval|army) ?base|airbase|base|airfield|airport|prison|crossing"
    r"|nuclear (?:power )?(?:plant|site))\b"
)


class Candidate(NamedTuple):
    """Words that may name a place."""

    start: int
    end: int
    surface: str
    entries: tuple[Entry, ...]
    score: float
    """Above 0 where a place is likelier meant than not."""


@lru_cache(maxsize=50_000)
def find_entries(surface: str) -> tuple[Entry, ...]:
    """Return the gazetteer's places of this name, as a text writes it."""
    return load_gazetteer().find(normalize_name(surface))


def find_candidates(text: str, sentences: Sequence[Sentence]) -> list[Candidate]:
    """Return the words that may name a place, in order, never overlapping.

    >>> [c.surface for c in find_candidates("Officials in Baghdad said Mr. London left.", ())]
    ['Baghdad']
    """
    threshold = REJECTED
    if text.islower() and len(text.title()) == len(text):
        # Without any capital each word might name a place: only the great ones count.
        text, threshold = text.title(), 0.0
    words = find_words(text)
    reader = Reader(text, words, sentences)
    found: list[Candidate] = []
    for first, last in find_runs(words):
        at = first
        while at < last:
            for upto in range(min(at + LONGEST, last), at, -1):
                surface = text[words[at].start : words[upto - 1].end]
                listed = find_listed(surface)
                if listed and listed.kind in NO_PLACES and surface not in ("US", "U.S."):
                    at = upto - 1
                    break
                entries = find_entries(surface)
                if entries:
                    score = reader.judge(first, last, at, upto, entries)
                    if score > threshold:
                        start, end = words[at].start, words[upto - 1].end
                        # "Mass." keeps the stop of its short form.
                        if is_short_form(surface) and text[end : end + 1] == ".":
                            end += 1
                        if entries[0].kind == "site":
                            behind = SITE_WORDS_RE.match(text, end)
                            end = behind.end() if behind else end
                        found.append(Candidate(start, end, text[start:end], entries, score))
                        at = upto - 1
                        break
            at += 1
    return found


def settle(
    text: str,
    candidates: list[Candidate],
    within: Sequence[tuple[tuple[str, str], ...]],
) -> list[Candidate]:
    """Return the candidates with what they say of each other.

    "Paris, Texas" makes both likelier; so does a list with a sure one ("Monroe, Trenton and
    Dayton"); a name that once surely means a place does so again.
    """
    scores = [c.score for c in candidates]
    for at, where in enumerate(within):
        if where:
            scores[at] += CONTAINED
            scores[at + 1] += CONTAINED
    for at in range(len(candidates) - 1):
        if text[candidates[at].end : candidates[at + 1].start] in LIST_GAPS:
            low, high = sorted((scores[at], scores[at + 1]))
            if low < 0.0 < high:
                scores[at if scores[at] == low else at + 1] += LISTED_WITH
    best: dict[str, float] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        key = candidate.surface.casefold()
        best[key] = max(best.get(key, score), score)
    return [
        c._replace(
            score=score
            + (ONE_SENSE if best[c.surface.casefold()] > max(SURELY, score + SURELY) else 0.0)
        )
        for c, score in zip(candidates, scores, strict=True)
    ]


# Chosen on LGL and GeoVirus, as steps of the score in `toponyms.py`.
CONTAINED = STRONG
LISTED_WITH = FAIR
ONE_SENSE = FAIR
SURELY = WEAK
LIST_GAPS = frozenset((", ", " and ", ", and ", " or "))


def find_containers(
    text: str, candidates: Sequence[Candidate]
) -> list[tuple[tuple[str, str], ...]]:
    """Return, for each candidate, where the text says it lies: "Paris, Texas"."""
    found: list[tuple[tuple[str, str], ...]] = [()] * len(candidates)
    for at in range(len(candidates) - 1):
        this, other = candidates[at], candidates[at + 1]
        if other.start - this.end > 12:
            continue
        gap = text[this.end : other.start]
        if gap in CONTAINING_GAPS:
            found[at] = find_fitting(this.entries, other.entries)
    return found


CONTAINING_GAPS = frozenset((", ", " in ", ", in ", " (", ", the ", " "))


def find_fitting(inner: Sequence[Entry], outer: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """Return the (country, division) of the outer name's places that hold one of the inner's."""
    return tuple(
        (o.country, o.admin1)
        for o in outer
        if o.kind in ("admin1", "country")
        and any(
            i.country == o.country
            and (o.kind == "country" or i.admin1 == o.admin1)
            and i.kind not in ("country", "admin1")
            for i in inner
        )
    )


class Host(NamedTuple):
    """What a name is set in by a comma, and whether that can be no list."""

    entry: Entry
    is_sure: bool


def find_hosts(text: str, candidates: Sequence[Candidate]) -> dict[int, Host]:
    """Return where names begin that the text sets where the gazetteer has none of them.

    "HARTSVILLE, Ind.": the places of that name that we know are not it.  "Taji, Iraq" may be one,
    "London, Spain and Italy" is a list.
    """
    found: dict[int, Host] = {}
    for this, other in pairwise(candidates):
        if text[this.end : other.start] != ", " or find_fitting(this.entries, other.entries):
            continue
        entry = other.entries[0]
        if is_short_form(other.surface) or entry.kind == "country":
            found[this.start] = Host(entry, is_short_form(other.surface))
    return found
