"""Names in a text: persons, bodies, states, peoples and more, each with its kind.

The runs of capitalized words are read from left to right.  What a list knows comes first, then
what the last word of a run tells ("... Hospital"), then places as already resolved, then persons
by title, given name or an earlier full name.  Short forms mean what the first full form meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from livebrief.language.capitals import PARTING_RE, Word, find_runs, find_words
from livebrief.language.evidence import COMMON, FORMAL_TITLES, GIVEN_NAMES, ROADS, explains
from livebrief.language.listed import Listed, find_listed, make_id
from livebrief.language.passage import Sentence
from livebrief.language.vocabulary import load_words
from livebrief.model import Name, Part, Place, Span

ENDINGS: dict[str, str] = {
    word: kind
    for kind in ("event", "facility", "organization")
    for word in load_words("institutions")["endings"][kind]
}
BEGINNINGS: dict[str, str] = {
    word: kind
    for kind in ("facility", "vessel")
    for word in load_words("institutions")["beginnings"][kind]
}

# The longest listed name, in capitalized words.
LONGEST = 7
# The longest name that is no listed one: a run beyond is a heading in capitals.
LONGEST_RUN = 9

ACRONYM_RE = re.compile(r" ?\((?:the |or )?[\"“']?([A-Z][A-Za-z&.-]{1,9})[\"”']?\)")
# A person's name has at most so many words where nothing but its look tells it.
MOST_PARTS = 4
# What follows a person's name: an age, or a verb of saying.
PERSONAL_RE = re.compile(r", (?:\d\d?|an? |the |who )|,? (?:said|says|told|added|tweeted|wrote)\b")


def find_names(
    text: str,
    sentences: Sequence[Sentence],
    places: Sequence[Place],
    *,
    part: Part = "text",
    related_index: int | None = None,
) -> tuple[Name, ...]:
    """Return the names that a text holds, in order, none within another.

    >>> names = find_names("Gen. Ann Lee blamed Kataib Hezbollah (KH). KH denied it.", (), ())
    >>> [name.id for name in names]
    ['ann-lee', 'kataib-hezbollah', 'kataib-hezbollah', 'kataib-hezbollah']
    """
    finder = Finder(text, sentences, places)
    return tuple(
        Name(
            span=Span(start=start, end=end, part=part, related_index=related_index),
            kind=kind,
            id=name_id,
        )
        for start, end, kind, name_id in finder.find()
    )


# At the start of a sentence these have a capital and are no part of a name.
ARTICLES = frozenset(("The", "A", "An"))

Found = tuple[int, int, str, str | None]


class Finder:
    """One text's names, with what its earlier ones say of later, shorter ones."""

    def __init__(self, text: str, sentences: Sequence[Sentence], places: Sequence[Place]) -> None:
        self.text = text
        self.words = find_words(text)
        self.starts = {s.start for s in sentences}
        self.places = sorted(places, key=lambda p: p.span.start)
        self.place_starts = [p.span.start for p in self.places]
        # Acronyms and last names that this article has introduced.
        self.known: dict[str, Listed] = {}

    def find(self) -> list[Found]:
        """Return all names in order."""
        found: list[Found] = []
        for first, last in find_runs(self.words):
            for start, end in self._part_run(first, last):
                self._read_run(start, end, found)
        return found

    def _part_run(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the parts of a run that "and" and the like separate, listed names kept whole."""
        parts = []
        start = first
        at = first
        while at < last - 1:
            gap = self.text[self.words[at].end : self.words[at + 1].start]
            if PARTING_RE.fullmatch(gap) and not self._longest_listed(start, last, beyond=at):
                parts.append((start, at + 1))
                start = at + 1
            at += 1
        parts.append((start, last))
        return parts

    def _longest_listed(self, first: int, last: int, beyond: int = -1) -> tuple[int, Listed] | None:
        """Return the end and meaning of the longest listed name that begins here."""
        words = self.words
        for upto in range(min(last, first + LONGEST), max(first, beyond + 1), -1):
            surface = self.text[words[first].start : words[upto - 1].end]
            listed = self.known.get(surface) or find_listed(surface)
            if listed:
                return upto, listed
        return None

    def _read_run(self, first: int, last: int, found: list[Found]) -> None:
        """Add the names in one run of words."""
        at = first
        while at < last:
            upto, name = self._read_name(at, last)
            at = max(upto, at + 1)
            if name:
                found.append(name)
                self._introduce(name)
                if name[2] == "office" and at < last and self.text[name[1]] == " ":
                    at, holder = self._read_titled(at, last)
                    if holder:
                        found.append(holder)
                        self._introduce(holder)

    def _read_name(self, at: int, last: int) -> tuple[int, Found | None]:
        """Return the name that begins at a word, and where to read on."""
        text, words = self.text, self.words
        word = text[words[at].start : words[at].end]
        if word in ARTICLES and at + 1 < last:
            return at + 1, None
        lower = word.lower()
        ending = self._find_ending(at, last)
        listed = self._longest_listed(at, last)
        place = self._place_at(self.words[at])
        if place and listed and listed[1].kind == "person":
            # A town that a person of the article is called after, or that was taken for one.
            listed = None
        if listed and (not ending or listed[0] >= ending[0]):
            upto, meaning = listed
            if meaning.kind == "person" and upto < last and word in GIVEN_NAMES:
                return self._read_person(at, last)
            return upto, self._make(at, upto, meaning.kind, meaning.id)
        if lower in FORMAL_TITLES and at + 1 < last:
            return self._read_titled(at, last)
        if ending and (lower not in COMMON or ending[0] - at > 1):
            upto, kind = ending
            return upto, self._make(at, upto, kind)
        if lower in BEGINNINGS and at + 1 < last and last - at <= 4:
            return last, self._make(at, last, BEGINNINGS[lower])
        if place:
            upto = bisect_left(words, place.span.end, lo=at, hi=last, key=lambda w: w.start)
            kind = "country" if place.kind == "country" else "place"
            kind = "facility" if place.kind == "site" else kind
            told = place.city or (place.admin1 if place.kind == "admin1" else None)
            if not told:
                full = place.refers_to
                told = (
                    text[full.start : full.end] if full else text[words[at].start : place.span.end]
                )
            name_id = place.country if kind == "country" else make_id(told)
            return upto, (words[at].start, place.span.end, kind, name_id)
        if word in GIVEN_NAMES and at + 1 < last:
            return self._read_person(at, last)
        return self._read_unknown(at, last)

    def _read_titled(self, at: int, last: int) -> tuple[int, Found | None]:
        """Return the person after a title: "Lt. Col. Ann Lee"."""
        while at < last and self._word(at).lower() in FORMAL_TITLES:
            at += 1
            # "Secretary of State Ann Lee", "Director of the Office": what is held comes first.
            while at < last and " of" in self._gap(at):
                at += 1
        if at == last or self._word(at).lower() in ENDINGS:
            return at, None
        listed = self._longest_listed(at, last)
        if listed and listed[1].kind != "person":
            return at, None
        return self._read_person(at, last)

    def _read_person(self, at: int, last: int) -> tuple[int, Found | None]:
        """Return the person whose name begins here, as far as it goes."""
        upto = at + 1
        while upto < last and upto - at < 5:
            word = self._word(upto)
            if word.lower() in ROADS or word.lower() in ENDINGS:
                break
            if self._gap(upto).startswith(" of"):
                break
            upto += 1
        return upto, self._make(at, upto, "person")

    def _read_unknown(self, at: int, last: int) -> tuple[int, Found | None]:
        """Return what no list and no place tells: an acronym, or two words that name a person."""
        word = self._word(at)
        if word.isupper() and 3 <= len(word) <= 6 and word.isalpha():
            shouted = any(
                self._word(i).isupper() for i in (at - 1, at + 1) if 0 <= i < len(self.words)
            )
            return at + 1, None if shouted else self._make(at, at + 1, "organization")
        if last - at > MOST_PARTS:
            return at + 1, None
        parts = [self._word(i) for i in range(at, last)]
        is_marked = PERSONAL_RE.match(self.text, self.words[last - 1].end) is not None
        is_close = all(self._gap(i) in (" ", ". ", "-") for i in range(at + 1, last))
        plain = any(p.lower() in COMMON or explains(p.lower()) or p.isupper() for p in parts)
        # Two words with capitals that nothing else explains are a person's name far more often
        # than not; more of them are a heading, unless an age or a verb follows.
        if not plain and ((len(parts) == 2 and is_close) or (is_marked and len(parts) > 1)):
            return last, self._make(at, last, "person")
        if word in GIVEN_NAMES and len(parts) == 1:
            return last, self._make(at, last, "person")
        return at + 1, None

    def _find_ending(self, at: int, last: int) -> tuple[int, str] | None:
        """Return where a name that its last word explains ends, and its kind."""
        last = min(last, at + LONGEST_RUN)
        for upto in range(last, at + 1, -1):
            word = self._word(upto - 1).lower()
            if word in ROADS:
                return upto, "facility"
            kind = ENDINGS.get(word)
            if kind:
                return upto, kind
        return None

    def _introduce(self, name: Found) -> None:
        """Remember the short forms of a name: "(KH)" behind it, the last word of a person's."""
        start, end, kind, name_id = name
        if name_id is None:
            return
        acronym = ACRONYM_RE.match(self.text, end)
        if acronym and abbreviates(acronym[1], self.text[start:end]):
            self.known[acronym[1]] = Listed(kind, name_id)
        if kind == "person":
            surname = self.text[start:end].rsplit(" ", 1)[-1]
            if surname and find_listed(surname) is None:
                self.known.setdefault(surname, Listed(kind, name_id))

    def _place_at(self, word: Word) -> Place | None:
        """Return the place whose name begins with this word, or whose words it ends."""
        at = bisect_right(self.place_starts, word.start) - 1
        if at >= 0 and word.start < self.places[at].span.end:
            place = self.places[at]
            if place.span.start == word.start or place.kind == "point":
                return place
        return None

    def _word(self, at: int) -> str:
        word = self.words[at]
        return self.text[word.start : word.end]

    def _gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else ""

    def _make(self, at: int, upto: int, kind: str, name_id: str | None = None) -> Found:
        start, end = self.words[at].start, self.words[upto - 1].end
        return start, end, kind, name_id or make_id(self.text[start:end]) or None


def abbreviates(acronym: str, name: str) -> bool:
    """Return whether the letters of an acronym stand in that order at starts of the name's words.

    >>> abbreviates("KH", "Kataib Hezbollah"), abbreviates("UN", "Kataib Hezbollah")
    (True, False)
    """
    initials = [word[0].casefold() for word in re.findall(r"[^\W_]+", name)]
    letters = [c.casefold() for c in acronym if c.isalpha()]
    at = 0
    for letter in letters:
        while at < len(initials) and initials[at] != letter:
            at += 1
        if at == len(initials):
            return False
        at += 1
    return bool(letters)
