"""Cues: the words that tell that somebody says something, with their stance."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from livebrief.events.clauses import Line
from livebrief.events.words import Phrases, inflect, make_phrases, split_phrase, word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Stance

Strength = Literal["strong", "plain", "nominal", "phrase", "noun"]

_LISTS = load_words("reporting")
AUXILIARIES = frozenset(_LISTS["cue_parts"]["auxiliaries"])
ADVERBS = frozenset(_LISTS["cue_parts"]["adverbs"])
PRONOUNS = frozenset(_LISTS["sources"]["pronouns"])
SOURCE_NOUNS = frozenset(noun for noun in _LISTS["sources"]["nouns"] if " " not in noun)
ANONYMITY: Phrases[str] = make_phrases(_LISTS["anonymity"])
CHANNELS: Phrases[str] = make_phrases(_LISTS["channels"])

# Before a word of the list these tell a noun ("the report", "a claim"), not a verb.
NOUN_LEADS = word_set("cues", "noun_leads")
MOST_LEADS = 4
QUOTE_MARKS = word_set("cues", "quote_marks")
AMBIGUOUS = frozenset(_LISTS["ambiguous"]["words"])
BEFORE_VERB = frozenset(_LISTS["ambiguous"]["before"])
AFTER_VERB = word_set("cues", "after_verb")


class Cue(Struct, frozen=True, kw_only=True):
    """Where a cue stands in its line, and what kind it is."""

    first: int
    last: int
    head: int
    """Its verb."""
    stance: Stance
    strength: Strength
    form: str
    word: str


class _Entry(Struct, frozen=True):
    stance: Stance
    strength: Strength
    form: str


def _load() -> Phrases[dict[str, _Entry]]:
    irregular = _LISTS["irregular"]
    found: dict[str, dict[str, _Entry]] = {}
    stances: tuple[Stance, ...] = (
        "asserts", "confirms", "denies", "doubts", "retracts", "blames", "claims_responsibility"
    )  # fmt: skip
    for stance in stances:
        table = _LISTS[stance]
        for strength in ("strong", "plain", "nominal"):
            for verb in table.get(strength, ()):
                s, past, participle, ing = inflect(verb, irregular)
                forms = {"base": verb, "s": s, "past": past, "participle": participle, "ing": ing}
                for form, words in forms.items():
                    key = " ".join(split_phrase(words))
                    entries = found.setdefault(key, {})
                    known = entries.get("strong")
                    if known is None or stance != "asserts":
                        entries.setdefault(strength, _Entry(stance, strength, form))
                    if known is not None and stance != "asserts" and known.stance == "asserts":
                        entries["strong"] = _Entry(stance, "strong", known.form)
        for phrase in table.get("phrases", ()):
            entries = found.setdefault(" ".join(split_phrase(phrase)), {})
            entries["phrase"] = _Entry(stance, "phrase", "phrase")
    phrases: Phrases[dict[str, _Entry]] = Phrases()
    for words, entries in found.items():
        phrases.add(words, entries)
    return phrases


CUES = _load()


def find_cues(line: Line) -> list[Cue]:
    """Return the cues of a line, left to right."""
    words = line.words
    cues = []
    for first, last, entries in CUES.find(words, line.seen):
        entry = (
            entries.get("phrase")
            or entries.get("strong")
            or entries.get("plain")
            or entries["nominal"]
        )
        before = words[first - 1] if first else ""
        if entry.strength != "phrase":
            if (
                first
                and line.tokens[first].text[0].isupper()
                and line.part == "text"
                and words[first - 1] not in QUOTE_MARKS
            ):
                # "the United States": a verb of a title or a name.
                continue
            if before in NOUN_LEADS or (first and before == "'s" and entry.form == "base"):
                continue
            if (
                words[first] in AMBIGUOUS
                and before not in BEFORE_VERB
                and not _is_after_name(line, first, entry.form)
            ):
                continue
            if (first + 1 < len(words) and words[first + 1] == "-") or before == "-":
                continue
        start = first
        if entry.strength != "phrase":
            while (
                start
                and first - start < MOST_LEADS
                and (words[start - 1] in AUXILIARIES or words[start - 1] in ADVERBS)
            ):
                start -= 1
            if "to" in words[start:first] and words[start] == "to":
                start += 1
        cues.append(
            Cue(first=start, last=last, head=first, stance=entry.stance, strength=entry.strength,
                form=entry.form, word=words[first])
        )  # fmt: skip
    return cues


def _is_after_name(line: Line, first: int, form: str) -> bool:
    """Return whether an -s form stands behind a name and before an object: "Trump calls her"."""
    if form not in ("s", "past", "participle") or not first or first + 1 >= len(line.words):
        return False
    is_name = line.tokens[first - 1].text[:1].isupper() or line.words[first - 1] in SOURCE_NOUNS
    return is_name and line.words[first + 1] in AFTER_VERB
