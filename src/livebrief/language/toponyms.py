"""Where a text may name a place: capitalized words that the gazetteer knows, and how sure that is.

One walk over the capitalized words.  Words that stand together make a run ("Nash General
Hospital"); the longest part of a run that the gazetteer knows is a candidate; its neighbours say
whether a place is meant, a person ("Paris Hilton"), a body ("Boston Globe") or a plain word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from livebrief.language.gazetteer import Entry, load_gazetteer, normalize_name
from livebrief.language.listed import find_listed
from livebrief.language.passage import Sentence
from livebrief.language.vocabulary import load_words

UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"

CAPITALIZED_RE = re.compile(
    rf"""
    # 1. Initials: "U.S.", "N.C.", "W.Va."
      (?<![\w.]) (?: [A-Z] \. ){{2,}} (?! \w )
    | (?<!\w) [A-Z] \. [A-Z][a-z]{{1,3}} \.
    # 2. A word, with an article of Arabic or of French before it: "al-Asad", "d'Ivoire".
    | (?<!\w) (?: (?: a[ldnrstz] | ash | e[ldnrsz] ) [-‐] | d['’] )?
      [{UPPER}] [^\W_]* (?: - \d [^\W_]* )? (?: ['’] (?! (?: s | ll | d | ve | re | m | t | S )\b ) [^\W\d_]+ )*
    """,
    re.VERBOSE,
)

# What may stand between two words of one name, besides a blank or a hyphen.
BETWEEN_RE = re.compile(
    r"[ ]?[-‐–][ ]?(?:(?:e[lnrs]|al|de|upon|on|sur|le|la|au|aux|am|in|of|an|der|under|by|the)[-])*"
    r"|[ ](?:(?:of|de|del|de[ ]la|de[ ]los|da|do|dos|das|di|du|des|la|le|el|al|and|of[ ]the|upon|on|am|"
    r"an[ ]der|bin|ibn|and[ ]the|van|von|y|by)[ ])?"
)
# "St. Louis", "Ft. Worth", "Mt. Vernon", "Lt. Col.": a stop that ends no sentence.
WITH_STOP = frozenset(load_words("toponyms")["stops"]["before_more"])

LOCATIVES: dict[str, float] = load_words("toponyms")["locatives"]
COMMON = frozenset(load_words("toponyms")["common"]["words"])
TITLES = frozenset(
    title for group in load_words("titles")["titles"].values() for title in group
)
GIVEN_NAMES = frozenset(
    name for group in load_words("given_names")["given_names"].values() for name in group
)
INSTITUTIONS = frozenset(
    word
    for group in ("organization", "facility", "event")
    for word in load_words("institutions")["endings"][group]
)
ROADS = frozenset(load_words("institutions")["endings"]["road"])
NOT_LOCAL = frozenset(load_words("institutions")["not_local"]["words"])
DIRECTIONS = frozenset(load_words("toponyms")["directions"]["adjectives"])
REGION_WORDS: dict[str, str] = load_words("toponyms")["region_words"]
# "Ohio State" is a university's team.
CAPITAL_REGION_WORDS = frozenset(w.capitalize() for w in REGION_WORDS if w != "state")
SHORT_FORMS = frozenset(
    form.rstrip(".")
    for divisions in load_words("divisions")["short"].values()
    for forms in divisions.values()
    for form in forms
)
LOCAL_HEADS = frozenset(load_words("toponyms")["local_heads"]["words"])
NOT_LOCAL_AFTER = frozenset(load_words("toponyms")["not_local_after"]["words"])
OPENERS = frozenset(load_words("toponyms")["openers"]["words"])
PARTIES = frozenset(load_words("toponyms")["parties"]["letters"])
BODY_BEGINNINGS = frozenset(load_words("institutions")["beginnings"]["organization"])

# Joins that part two names in a run: "the Army and the Navy".
PARTING_RE = re.compile(r" (?:and|and the|by|upon|on|in|y|am|an der|sur) |[ ]?[–]")

# The longest name that is looked up, in capitalized words.
LONGEST = 5

# What persons do, suffer and have far oftener than towns.
SPEAKS_RE = re.compile(
    r",? (?:said|says|told|added|asked|wrote|explained|recalled|noted|testified|tweeted|pleaded|died)\b"
    r"| (?:was|were|has been|had been) (?:arrested|charged|taken|shot|killed|found|pronounced"
    r"|sentenced|convicted|booked|released|identified|struck|stabbed|treated|hired|born)\b"
    r"|['’]s (?:attorney|lawyer|mother|father|wife|husband|family|death|body|friend|friends|son"
    r"|daughter|brother|sister|girlfriend|boyfriend|parents|uncle|aunt|cousin)\b"
)
# How much it says against a place that a person seems to be named.
PERSON = 5.0
AGE_RE = re.compile(r", \d\d?,")
# What follows a person's name: an age, or a verb of saying.
AGED_RE = re.compile(r", \d\d?,|,? (?:said|says|told|added|recalled|tweeted)\b")
PREVIOUS_RE = re.compile(r"([^\W_][\w.'’&-]*)([^\w]*)\Z")
NEXT_RE = re.compile(r"(['’]s?)?([^\w]{0,3})([^\W_][\w'’&-]*)?")


class Word(NamedTuple):
    """A capitalized word; `joins` says whether the next one may belong to the same name."""

    start: int
    end: int
    joins: bool


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


def find_candidates(text: str, sentences: Sequence[Sentence]) -> list[Candidate]:
    """Return the words that may name a place, in order, never overlapping.

    >>> [c.surface for c in find_candidates("Officials in Baghdad said Mr. London left.", ())]
    ['Baghdad', 'London']
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


# Kinds of listed names that are no places, though a place somewhere may be called so too.
NO_PLACES = frozenset(("organization", "armed_group", "nationality"))

# Kinds whose names may well be made of plain words: "United States", "West Bank".
WORLD = frozenset(("country", "region", "site"))

# What a site's name may end with in lower case.
SITE_WORDS_RE = re.compile(
    r" (?:(?:air|military|naval|army) ?base|airbase|base|airfield|airport|prison|crossing"
    r"|nuclear (?:power )?(?:plant|site))\b"
)

# Candidates below this score are not even weighed against the rest of the article.
REJECTED = -4.0


class Reader:
    """What the text around a name says about it."""

    def __init__(self, text: str, words: Sequence[Word], sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.words = words
        self.starts = frozenset(find_first_letter(text, s.start) for s in sentences)
        self.lower = frozenset(re.findall(r"(?<![^\W])[a-z]+", text))
        self.surnames = self._find_surnames()

    def _find_surnames(self) -> frozenset[str]:
        """Return the last words of names that a title or a given name begins."""
        text, words = self.text, self.words
        surnames = set()
        for first, last in find_runs(words):
            parts = [text[w.start : w.end] for w in words[first:last]]
            for at in range(len(parts) - 1):
                if (
                    parts[at] in GIVEN_NAMES or parts[at].lower().rstrip(".") in TITLES
                ) and text[words[at + first].end] in " .":
                    surname = ""
                    for follower in range(at + 1, min(at + 4, len(parts))):
                        part = parts[follower]
                        gap = text[words[first + follower - 1].end : words[first + follower].start]
                        if gap not in (" ", ". ", "-"):
                            break
                        if part.lower() in INSTITUTIONS or part.lower() in ROADS:
                            break
                        if len(part) > 1:
                            surname = part
                    if surname:
                        surnames.add(surname)
            end = words[last - 1].end
            if 2 <= len(parts) <= 3 and AGED_RE.match(text, end) and parts[-1].istitle():
                surnames.add(parts[-1])
        return frozenset(surnames)

    def judge(
        self, first: int, last: int, at: int, upto: int, entries: tuple[Entry, ...]
    ) -> float:
        """Return how sure it is that the words `at` to `upto` of a run name a place."""
        text, words = self.text, self.words
        start, end = words[at].start, words[upto - 1].end
        surface = text[start:end]
        lower = surface.lower()
        best = entries[0]
        before = PREVIOUS_RE.search(text, max(0, start - 30), start)
        previous = before[1] if before else ""
        gap = before[2] if before else ""
        after = NEXT_RE.match(text, end)
        follows = (after[3] or "") if after else ""
        follows_gap = (after[2] or "") if after else ""
        score = weigh_entries(entries)

        if gap.strip(" ") == "":
            score += LOCATIVES.get(previous.lower(), 0.0)
        if gap == "-" and previous in PARTIES:
            score += 3.0
        if text[end : end + 1] in ("$", "/") or text[start - 1 : start] in ("/", "$"):
            score -= 4.0
        if follows_gap == " " and follows in REGION_WORDS or follows in CAPITAL_REGION_WORDS:
            score += 2.0
        elif follows_gap == " " and follows.lower() in LOCAL_HEADS and lower not in COMMON:
            score += 1.5
        single = upto - at == 1
        if not single:
            score += 1.0
        acronym = surface.isupper() and len(surface) <= 5
        if acronym and best.kind == "country":
            score += 1.0
        elif (single or best.kind not in WORLD) and all(p in COMMON for p in lower.split()):
            score -= 4.0
        elif single and lower in self.lower:
            score -= 2.5
        if not acronym and start in self.starts and single and (lower in COMMON or lower in self.lower):
            score -= 2.0
        if lower in TITLES or lower in WITH_STOP and text[end : end + 1] == ".":
            return 2 * REJECTED
        if is_short_form(surface):
            # Two bare letters ("IN", "OR") need a town before them.
            score += 1.5 if "." in surface or text[end : end + 1] == "." else -2.0 * (
                len(surface) < 3
            )
        elif acronym and best.kind != "country" and not is_dateline(text, end):
            score -= 4.0
        if surface.isupper() and is_dateline(text, end):
            score += 3.0

        # A person's name.
        if gap in (" ", ". "):
            if previous.lower().rstrip(".") in TITLES:
                score -= PERSON
            elif previous in GIVEN_NAMES and at > first:
                score -= PERSON
        if single and surface in self.surnames:
            score -= PERSON
        elif single and surface in GIVEN_NAMES and best.kind != "country":
            score -= 1.5
        if single and AGE_RE.match(text, end):
            score -= PERSON
        joined = upto < last and text[end : words[upto].start] == " "
        if at == first and surface in GIVEN_NAMES and joined:
            tail = text[words[upto].start : words[upto].end].lower()
            if not (tail in INSTITUTIONS or tail in REGION_WORDS or tail in LOCAL_HEADS):
                score -= PERSON

        if single and SPEAKS_RE.match(text, end) and best.kind in ("city", "county", "seat"):
            score -= 2.0

        # Part of a longer name.
        if follows_gap == " " and follows in NOT_LOCAL_AFTER:
            score -= 4.0
        if joined:
            tail = text[words[upto].start : words[upto].end].lower()
            if tail in NOT_LOCAL or tail in ROADS:
                score -= 3.0
            elif not (tail in INSTITUTIONS or tail in REGION_WORDS or tail in LOCAL_HEADS):
                score -= 1.5
        if at > first and previous == "of":
            head = text[words[at - 1].start : words[at - 1].end].lower()
            if head in INSTITUTIONS or f"{head} of" in BODY_BEGINNINGS:
                score -= 3.5
        if at > first and gap == " " and previous[:1].isupper():
            before_it = previous.lower()
            if not (before_it in DIRECTIONS or before_it in LOCATIVES or before_it in OPENERS):
                score -= 1.5
        return score


def is_short_form(surface: str) -> bool:
    """Return whether the words abbreviate a division: "Calif", "N.C."."""
    return surface.rstrip(".") in SHORT_FORMS


def is_dateline(text: str, end: int) -> bool:
    """Return whether what follows ends a dateline: "HUDSON --", "INDIANAPOLIS (AP)"."""
    return DATELINE_RE.match(text, end) is not None


DATELINE_RE = re.compile(r"(?:, [^\W\d_][\w.]{0,14})? ?(?:\([A-Z][\w ]{1,20}\) ?)?(?:--|[—–\x96\x97]|- |\(AP\)|\(Reuters\)|\(AFP\))")


def weigh_entries(entries: Sequence[Entry]) -> float:
    """Return how likely the gazetteer alone makes it that the name means a place."""
    score = -3.0
    for entry in entries:
        if entry.kind in ("country", "admin1", "region"):
            value = 2.5 if entry.is_main_name else 1.0
        elif entry.kind == "county":
            value = 2.5 if entry.is_main_name else -1.5
        elif entry.kind == "site":
            value = 1.5
        else:
            value = len(str(entry.population)) * 0.7 - 3.5 - (0 if entry.is_main_name else 0.8)
        score = max(score, value)
    return score


def find_first_letter(text: str, start: int) -> int:
    """Return where the first letter or digit at or after this offset stands."""
    match = re.compile(r"[^\W_]").search(text, start, start + 40)
    return match.start() if match else start
