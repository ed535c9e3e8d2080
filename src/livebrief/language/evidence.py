"""What the words around a name say for and against its being a place's name.

Each piece of evidence adds to a score or takes from it; above 0 a place is likelier than not.  The
steps were set by reading what was missed and what was wrongly found in LGL and GeoVirus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from livebrief.language.capitals import WITH_STOP, Word, find_runs
from livebrief.language.gazetteer import Entry
from livebrief.language.levels import DECISIVE, FAIR, LEVELS, STRONG, WEAK
from livebrief.language.passage import Sentence
from livebrief.language.vocabulary import load_words

LOCATIVES = {
    word: LEVELS[level]
    for level, words in load_words("toponyms")["locatives"].items()
    for word in words
}
COMMON = frozenset(load_words("toponyms")["common"]["words"])
TITLES = frozenset(title for group in load_words("titles")["titles"].values() for title in group)
# Those that have a capital before a name: not "wife" or "driver", which a headline gives one.
FORMAL_TITLES = TITLES - frozenset(load_words("titles")["titles"]["work"])
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

# Below this score a name is not even weighed against the rest of the article.
REJECTED = -DECISIVE
# How much it says against a place that a person seems to be named, that the word is a plain one,
# that another body is named.
PERSON = DECISIVE
PLAIN = DECISIVE
OTHER_BODY = STRONG

# Kinds whose names may well be made of plain words: "United States", "West Bank".
WORLD = frozenset(("country", "region", "site"))

# What persons do, suffer and have far oftener than towns.
SPEAKS_RE = re.compile(
    r",? (?:said|says|told|added|asked|wrote|explained|recalled|noted|testified|tweeted"
    r"|pleaded|died)\b"
    r"| (?:was|were|has been|had been) (?:arrested|charged|taken|shot|killed|found|pronounced"
    r"|sentenced|convicted|booked|released|identified|struck|stabbed|treated|hired|born)\b"
    r"|['’]s (?:attorney|lawyer|mother|father|wife|husband|family|death|body|friend|friends|son"
    r"|daughter|brother|sister|girlfriend|boyfriend|parents|uncle|aunt|cousin)\b"
)
AGE_RE = re.compile(r", \d\d?,")
# What follows a person's name: an age, or a verb of saying.
AGED_RE = re.compile(r", \d\d?,|,? (?:said|says|told|added|recalled|tweeted)\b")
PREVIOUS_RE = re.compile(r"([^\W_][\w.'’&-]*)([^\w]*)\Z")
NEXT_RE = re.compile(r"(['’]s?)?([^\w]{0,3})([^\W_][\w'’&-]{0,40})?")


MARKS = frozenset("$/")
LETTER_RE = re.compile(r"[^\W_]")


class Seen(NamedTuple):
    """A name in its surroundings."""

    surface: str
    start: int
    end: int
    is_single: bool
    entries: tuple[Entry, ...]
    previous: str
    gap_before: str
    gap_after: str
    follows: str
    run_before: str
    """The run's word before it, empty at the run's start."""
    run_after: str
    """The run's word after it, in lower case, where only a blank parts the two."""


class Reader:
    """What one text says about the names in it."""

    def __init__(self, text: str, words: Sequence[Word], sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.words = words
        self.starts = frozenset(find_first_letter(text, s.start) for s in sentences)
        self.lower = frozenset(re.findall(r"(?<![^\W])[a-z]+", text))
        self.surnames = self._find_surnames()

    def _find_surnames(self) -> frozenset[str]:
        """Return the last words of names that a title, a given name, an age or a verb marks."""
        surnames = set()
        for first, last in find_runs(self.words):
            parts = [self.text[w.start : w.end] for w in self.words[first:last]]
            for at in range(len(parts) - 1):
                if parts[at] in GIVEN_NAMES or parts[at].lower() in FORMAL_TITLES:
                    surnames.add(self._last_part(first, parts, at))
            behind = self.words[last - 1].end
            if 2 <= len(parts) <= 3 and AGED_RE.match(self.text, behind) and parts[-1].istitle():
                surnames.add(parts[-1])
        return frozenset(surnames - {""})

    def _last_part(self, first: int, parts: Sequence[str], at: int) -> str:
        """Return the last word of the person's name that a word of a run begins."""
        surname = ""
        for follower in range(at + 1, min(at + 4, len(parts))):
            words = self.words[first + follower - 1], self.words[first + follower]
            lower = parts[follower].lower()
            if self.text[words[0].end : words[1].start] not in (" ", ". ", "-"):
                break
            if lower in INSTITUTIONS or lower in ROADS:
                break
            if len(lower) > 1:
                surname = parts[follower]
        return surname

    def judge(self, first: int, last: int, at: int, upto: int, entries: tuple[Entry, ...]) -> float:
        """Return how sure it is that the words `at` to `upto` of a run name a place."""
        seen = self._see(first, last, at, upto, entries)
        return (
            weigh_entries(entries)
            + self._weigh_setting(seen)
            + self._weigh_word(seen)
            - self._weigh_person(seen)
            - self._weigh_longer_name(seen)
        )

    def _see(self, first: int, last: int, at: int, upto: int, entries: tuple[Entry, ...]) -> Seen:
        text, words = self.text, self.words
        start, end = words[at].start, words[upto - 1].end
        before = PREVIOUS_RE.search(text, max(0, start - 30), start)
        after = NEXT_RE.match(text, end)
        joined = upto < last and text[end : words[upto].start] == " "
        return Seen(
            surface=text[start:end],
            start=start,
            end=end,
            is_single=upto - at == 1,
            entries=entries,
            previous=before[1] if before else "",
            gap_before=before[2] if before else "",
            gap_after=(after[2] or "") if after else "",
            follows=(after[3] or "") if after else "",
            run_before=text[words[at - 1].start : words[at - 1].end] if at > first else "",
            run_after=text[words[upto].start : words[upto].end].lower() if joined else "",
        )

    def _weigh_setting(self, seen: Seen) -> float:
        """Return what stands around it that stands around places: "in", "County", "R-"."""
        score = 0.0
        if not seen.gap_before.strip(" "):
            score += LOCATIVES.get(seen.previous.lower(), 0.0)
        elif seen.gap_before == "-" and seen.previous in PARTIES:
            score += STRONG
        is_local = seen.follows.lower() in LOCAL_HEADS and seen.surface.lower() not in COMMON
        is_region = seen.follows in REGION_WORDS or seen.follows in CAPITAL_REGION_WORDS
        if seen.gap_after == " " and (is_local or is_region):
            score += FAIR
        if seen.surface.isupper() and is_dateline(self.text, seen.end):
            score += STRONG
        return score

    def _weigh_word(self, seen: Seen) -> float:
        """Return what the word itself says: a plain word or an acronym, or two words at once."""
        text, lower, best = self.text, seen.surface.lower(), seen.entries[0]
        has_stop = text[seen.end : seen.end + 1] == "."
        if lower in TITLES or (lower in WITH_STOP and has_stop):
            return 2 * REJECTED
        score = 0.0 if seen.is_single else WEAK
        is_acronym = seen.surface.isupper() and len(seen.surface) <= 5
        is_plain = all(part in COMMON for part in lower.split())
        if is_acronym and best.kind == "country":
            score += WEAK
        elif is_plain and (seen.is_single or is_obscure(best)):
            score -= PLAIN if seen.is_single else PLAIN / 2
        elif seen.is_single and lower in self.lower:
            score -= FAIR
        if seen.is_single and not is_acronym and seen.start in self.starts:
            score -= FAIR if is_plain or lower in self.lower else 0.0
        if is_short_form(seen.surface):
            # Two bare letters ("IN", "OR") need a town before them.
            score += FAIR if "." in seen.surface or has_stop else 0.0
            score -= FAIR if len(seen.surface) < 3 else 0.0
            # "Wash your hands."
            score -= STRONG if not (has_stop or seen.surface[-1] == "." or is_acronym) else 0.0
        elif is_acronym and best.kind != "country" and not is_dateline(text, seen.end):
            score -= PLAIN
        # "US$5", "A/Victoria/361".
        if text[seen.end : seen.end + 1] in MARKS or text[seen.start - 1 : seen.start] in MARKS:
            score -= PLAIN
        return score

    def _weigh_person(self, seen: Seen) -> float:
        """Return how much speaks for a person of that name."""
        against = 0.0
        if seen.gap_before in (" ", ". ") and (
            seen.previous.lower().rstrip(".") in TITLES
            or (seen.previous in GIVEN_NAMES and seen.run_before)
        ):
            against += PERSON
        if seen.is_single:
            if seen.surface in self.surnames:
                against += PERSON
            elif seen.surface in GIVEN_NAMES and seen.entries[0].kind != "country":
                against += WEAK
            if AGE_RE.match(self.text, seen.end):
                against += PERSON
            if seen.entries[0].kind in SMALL and SPEAKS_RE.match(self.text, seen.end):
                against += FAIR
        if seen.surface in GIVEN_NAMES and seen.run_after and not seen.run_before:
            against += 0.0 if explains(seen.run_after) else PERSON
        return against

    def _weigh_longer_name(self, seen: Seen) -> float:
        """Return how much speaks for a longer name that it is part of: "Boston Globe"."""
        against = 0.0
        if seen.gap_after == " " and seen.follows in NOT_LOCAL_AFTER:
            against += PLAIN
        if seen.run_after in NOT_LOCAL or seen.run_after in ROADS:
            against += OTHER_BODY
        elif seen.run_after and not explains(seen.run_after):
            against += FAIR
        if seen.run_before:
            before = seen.previous.lower()
            head = seen.run_before.lower()
            if before == "of" and (head in INSTITUTIONS or f"{head} of" in BODY_BEGINNINGS):
                against += OTHER_BODY
            if seen.gap_before == " " and seen.previous[:1].isupper():
                known = before in DIRECTIONS or before in LOCATIVES or before in OPENERS
                against += 0.0 if known else FAIR
        return against


# Kinds of which a name alone says little.
SMALL = frozenset(("city", "county", "seat"))


def is_obscure(entry: Entry) -> bool:
    """Return whether few know the place: then "West End" is hardly it, but "Little Rock" is."""
    return entry.kind not in WORLD and entry.population < 100_000


def explains(word: str) -> bool:
    """Return whether a word behind a place's name says what of the place is meant."""
    return word in INSTITUTIONS or word in REGION_WORDS or word in LOCAL_HEADS


def is_short_form(surface: str) -> bool:
    """Return whether the words abbreviate a division: "Calif", "N.C."."""
    return surface.rstrip(".") in SHORT_FORMS


def is_dateline(text: str, end: int) -> bool:
    """Return whether what follows ends a dateline: "HUDSON --", "INDIANAPOLIS (AP)"."""
    return DATELINE_RE.match(text, end) is not None


DATELINE_RE = re.compile(
    r"(?:, [^\W\d_][\w.]{0,14})? ?(?:\([A-Z][\w ]{1,20}\) ?)?"
    r"(?:--|[—–\x96\x97]|- |\(AP\)|\(Reuters\)|\(AFP\))"
)


# What each digit of its population says for a town, and what a town must have to say anything.
DIGIT = 0.7
TOWN = 3.5


def weigh_entries(entries: Sequence[Entry]) -> float:
    """Return how likely the gazetteer alone makes it that the name means a place."""
    score = -STRONG
    for entry in entries:
        if entry.kind in ("country", "admin1", "region"):
            value = FAIR if entry.is_main_name else WEAK
        elif entry.kind == "county":
            value = FAIR if entry.is_main_name else -FAIR
        elif entry.kind == "site":
            value = FAIR
        else:
            value = len(str(entry.population)) * DIGIT - TOWN
            value -= 0.0 if entry.is_main_name else WEAK
        score = max(score, value)
    return score


def find_first_letter(text: str, start: int) -> int:
    """Return where the first letter or digit at or after this offset stands."""
    match = LETTER_RE.search(text, start, start + 40)
    return match.start() if match else start
