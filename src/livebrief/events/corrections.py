"""Corrections: "An earlier version said that five people had died. Nine have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from livebrief.events.clauses import Line
from livebrief.events.counts import find_counts
from livebrief.events.hearsay import find_superseded
from livebrief.events.people import Mention
from livebrief.events.tallies import fate_before
from livebrief.events.tolls import Fate, Toll
from livebrief.events.words import word_set
from livebrief.model import Figure

# A number put right stands in a sentence of so many words: "The correct number is nine, not five."
MOST_WORDS = 12
CORRECTING = sorted(word_set("corrections", "correcting"))
ECHOING = word_set("corrections", "echoing")


def find_corrected(line: Line, tolls: Sequence[Toll]) -> Fate | None:
    """Return of which fate a line tells a number that was said before and is wrong."""
    old = next((toll for toll in tolls if toll.is_superseded), None)
    if old is not None:
        return old.fate
    if any(word in line.seen for word in CORRECTING) and find_superseded(line):
        return fate_before(line.words, len(line.words))
    return None


def read_echo(line: Line, fate: Fate, quantities: Mapping[int, list[Figure]]) -> Toll | None:
    """Return the number that a line puts in the place of a wrong one: "Nine have", say.

    Nothing but the number and the small words of such a sentence may stand in it.
    """
    words = line.words
    if len(words) > MOST_WORDS:
        return None
    counts = find_counts(line, quantities)
    found: Toll | None = None
    k = 0
    while k < len(words):
        if k in counts:
            low, high, about, end = counts[k]
            if words[k - 1 : k] != ["not"]:
                if found is not None:
                    return None
                people = Mention(first=k, last=end, low=low, high=high, about=about, is_bare=True)
                found = Toll(fate=fate, people=(people,), first=k, last=end, is_correction=True)
            k = max(end, k + 1)
        elif words[k] in ECHOING:
            k += 1
        else:
            return None
    return found
