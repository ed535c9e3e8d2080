"""Triggers: the words that tell of an event, with its kind and mode."""

from __future__ import annotations

from typing import Literal, cast, get_args

from msgspec import Struct

from livebrief.events.clauses import Line
from livebrief.events.counts import is_number
from livebrief.events.words import Phrases, inflect, pluralize, split_phrase, word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import EventKind

Form = Literal["base", "s", "past", "ing", "noun", "plural", "phrase"]

HARM: frozenset[EventKind] = frozenset(("ASSAULT", "HAZARD", "ACCIDENT", "CRIME", "DEATH"))
"""The kinds that hurt or rob people: what a report with casualties is about."""

VERB_LEADS = word_set("triggers", "verb_leads")
NOUN_LEADS = word_set("triggers", "noun_leads")
FIGHTING = word_set("triggers", "fighting")
DOERS = word_set("triggers", "doers")
OBJECT_LEADS = word_set("triggers", "object_leads")


class Trigger(Struct, frozen=True, kw_only=True):
    """Words that tell of an event: the first and the last (exclusive) word of a line."""

    first: int
    last: int
    kind: EventKind
    mode: str | None
    form: Form
    is_weak: bool = False
    """It tells of the event only beside a weapon, or where an armed party does it."""
    is_soft: bool = False
    """A weapon tells its mode better than it does: "rockets were fired at"."""


class _Entry(Struct, frozen=True):
    kind: EventKind
    mode: str | None
    form: Form
    is_weak: bool
    is_soft: bool


def _load() -> Phrases[tuple[_Entry, ...]]:
    table = load_words("triggers")
    irregular = table["irregular"]
    found: dict[str, list[_Entry]] = {}

    def add(
        words: str,
        kind: EventKind,
        mode: str | None,
        form: Form,
        weak: bool = False,
        soft: bool = False,
    ) -> None:
        entries = found.setdefault(" ".join(split_phrase(words)), [])
        entries.append(_Entry(kind, mode, form, weak, soft))

    for name in get_args(EventKind):
        kind = cast("EventKind", name)
        for mode_name, entry in table.get(kind, {}).items():
            mode = None if mode_name == "_" else mode_name
            for noun in entry.get("nouns", ()):
                add(noun, kind, mode, "noun")
                add(pluralize(noun), kind, mode, "plural")
            for verb, is_weak in [(v, False) for v in entry.get("verbs", ())] + [
                (v, True) for v in entry.get("weak", ())
            ]:
                s, past, participle, ing = inflect(verb, irregular)
                add(verb, kind, mode, "base", is_weak)
                add(s, kind, mode, "s", is_weak)
                add(past, kind, mode, "past", is_weak)
                if participle != past:
                    add(participle, kind, mode, "past", is_weak)
                add(ing, kind, mode, "ing", is_weak)
            for phrase in entry.get("phrases", ()):
                add(phrase, kind, mode, "phrase")
            for phrase in entry.get("soft", ()):
                add(phrase, kind, mode, "phrase", soft=True)
            for noun in entry.get("weak_nouns", ()):
                add(noun, kind, mode, "noun", weak=True)
                add(pluralize(noun), kind, mode, "plural", weak=True)
    phrases: Phrases[tuple[_Entry, ...]] = Phrases()
    for words, entries in found.items():
        phrases.add(words, tuple(entries))
    for words in table["shields"]["phrases"]:
        # The longest phrase is found first: "tear gas" hides "gas".
        phrases.add(words, ())
    return phrases


TRIGGERS = _load()


def find_triggers(line: Line) -> list[Trigger]:
    """Return the triggers of a line, left to right."""
    triggers = []
    for first, last, entries in TRIGGERS.find(line.words, line.seen):
        if not entries:
            continue
        before = line.words[first - 1] if first else ""
        is_compound = before == "-" and line.tokens[first - 1].end == line.tokens[first].start
        if is_compound or (before in FIGHTING and entries[0].kind == "HAZARD"):
            # "fire-fighting"; "flying against bush fires"
            continue
        entry = _choose(line, first, last, entries)
        if entry is not None:
            triggers.append(
                Trigger(
                    first=first,
                    last=last,
                    kind=entry.kind,
                    mode=entry.mode,
                    form=entry.form,
                    is_weak=entry.is_weak,
                    is_soft=entry.is_soft,
                )
            )
    return triggers


def _choose(line: Line, first: int, last: int, entries: tuple[_Entry, ...]) -> _Entry | None:
    """Return which of its meanings a word has here: a noun behind "the", a verb behind "to"."""
    words = line.words
    before = words[first - 1] if first else ""
    by_form = {entry.form: entry for entry in entries}
    noun = by_form.get("noun") or by_form.get("plural")
    verb = by_form.get("base") or by_form.get("s")
    if noun and verb:
        if before in VERB_LEADS:
            return verb
        is_done = verb.is_weak and before not in NOUN_LEADS and _opens_object(line, last)
        if is_done or before in DOERS:
            # "jets strike five depots", not "strikes kill 25"
            return verb
        return noun
    doing = by_form.get("ing")
    if noun and doing and before not in NOUN_LEADS and _opens_object(line, last):
        # "killing all aboard", not "the killing of"
        return doing
    if verb and len(entries) == 1 and verb.form == "base" and before in NOUN_LEADS:
        return None
    return by_form.get("phrase") or noun or by_form.get("past") or verb or entries[0]


def _opens_object(line: Line, at: int) -> bool:
    """Return whether the words behind a verb begin an object: a number, an article, a name."""
    if at >= len(line.words):
        return False
    word = line.words[at]
    return word in OBJECT_LEADS or is_number(word) or line.tokens[at].text[:1].isupper()
