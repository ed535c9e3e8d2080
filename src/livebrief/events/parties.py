"""Parties: who acts, who is hit, who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.triggers import Trigger
from livebrief.events.words import word_set
from livebrief.language.vocabulary import load_words
from livebrief.model import Name, Party, PartyKind

_WORDS = load_words("parties")
KINDS: dict[str, PartyKind] = {
    word: kind for kind, entry in _WORDS["kinds"].items() for word in entry
}
NAME_KINDS: dict[str, PartyKind] = {
    "person": "person",
    "armed_group": "militia",
    "organization": "organization",
    "country": "state",
    "nationality": "civilian",
    "office": "person",
}
DETERMINERS = word_set("parties", "determiners")
PASSIVE = word_set("parties", "passive")
STOPS = word_set("parties", "stops")
MOST_WORDS = 8


class Cast:
    """Reads parties, with what the article has told of them."""

    def read_party(self, line: Line, first: int, last: int, *, names: Sequence[Name] = ()) -> Party:
        """Return the party that these words name."""
        while last - first > 1 and line.words[first] in DETERMINERS:
            first += 1
        span = line.span(first, last)
        kind: PartyKind = "unknown"
        head = first
        for k in range(first, last):
            if line.words[k] in (",", "(", "of", "for", "who", "with", "from", "at", "in"):
                break
            head = k
        for k in range(head, first - 1, -1):
            found = KINDS.get(line.words[k]) or KINDS.get(line.words[k].removesuffix("s"))
            if found:
                kind = found
                break
        country = None
        id_ = None
        for name in names:
            if span.start <= name.span.start and name.span.end <= span.end:
                if kind == "unknown":
                    kind = NAME_KINDS.get(name.kind, "unknown")
                if name.kind in ("country", "nationality") and country is None:
                    country = name.id
                elif id_ is None and name.kind not in ("country", "nationality"):
                    id_ = name.id
        return Party(
            name=line.text[span.start : span.end], span=span, kind=kind, country=country, id=id_
        )

    def find_actor(self, line: Line, trigger: Trigger, names: Sequence[Name]) -> Party | None:
        """Return who did it: "by X" behind a passive or a noun, the subject of an active verb."""
        words = line.words
        for k in range(trigger.last, min(trigger.last + 14, len(words))):
            if words[k] == "by" and k + 1 < len(words):
                end = k + 1
                while end < len(words) and end - k <= MOST_WORDS and (words[end] not in STOPS):
                    end += 1
                if end > k + 1 and not words[k + 1].endswith("ing"):
                    return self.read_party(line, k + 1, end, names=names)
                return None
            if words[k] in (".", ";", ","):
                break
        if trigger.form not in ("past", "s", "base") or trigger.first == 0:
            return None
        if words[trigger.first].startswith(("die", "perish")):
            return None
        before = words[max(0, trigger.first - 3) : trigger.first]
        if any(word in PASSIVE for word in before):
            return None
        start = trigger.first
        while start > 0 and trigger.first - start < MOST_WORDS and words[start - 1] not in STOPS:
            start -= 1
        if start == trigger.first:
            return None
        party = self.read_party(line, start, trigger.first, names=names)
        follows = words[trigger.last : trigger.last + 1]
        if follows in ([], ["."], [","], ["in"], ["at"], ["on"], ["by"], ["and"], ["while"]):
            # No object: a headline's passive ("two men shot at a party").
            return None
        return party if party.kind != "unknown" else None
