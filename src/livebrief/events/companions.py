"""Companions: who shared a fate beside those it is told of, "killed along with his son"."""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.people import Mention
from livebrief.events.words import word_set
from livebrief.model import Time

# "Died in a helicopter crash together with": so many words apart at most.
COMPANY_REACH = 14

POSSESSIVES = word_set("companions", "possessives")
BETWEEN = word_set("companions", "between")
# What follows makes them bystanders: "shot with two friends watching".
BYSTANDING = word_set("companions", "bystanding")
BREAKS = word_set("companions", "breaks")


def find_companions(
    line: Line,
    fate_end: int,
    groups: Sequence[tuple[Mention, ...]],
    times: Sequence[Time],
    *,
    is_bare_with: bool,
) -> tuple[Mention, ...] | None:
    """Return who is said behind a fate to have shared it.

    "Along with", "together with", "as well as" and "alongside" always say so; a bare "with" only
    where nothing but a time stands before it, since one also dies in a fight with others.
    """
    words = line.words
    if not ("with" in line.seen or "alongside" in line.seen or "well" in line.seen):
        return None
    for group in groups:
        lead, tail = group[0], group[-1]
        first = lead.first
        if first <= fate_end:
            continue
        if first - fate_end > COMPANY_REACH or not BREAKS.isdisjoint(words[fate_end:first]):
            return None
        if lead.is_pronoun or lead.low == 0 or tail.is_possessor:
            continue
        behind = words[tail.last] if tail.last < len(words) else "."
        if behind in BYSTANDING or behind.endswith("ing"):
            continue
        start = _strong_start(words, first)
        if start is not None and start >= fate_end:
            return group
        if (
            is_bare_with
            and words[first - 1] == "with"
            and (words[lead.first] in POSSESSIVES or group[0].is_more or bool(lead.name))
            and _is_time_only(line, fate_end, first - 1, times)
        ):
            return group
    return None


def _strong_start(words: Sequence[str], first: int) -> int | None:
    """Return where "along with", "together with", "as well as" begins right before a word."""
    if words[first - 1] == "alongside":
        return first - 1
    if words[first - 2 : first] in (["along", "with"], ["together", "with"]):
        return first - 2
    return first - 3 if words[first - 3 : first] == ["as", "well", "as"] else None


def _is_time_only(line: Line, start: int, end: int, times: Sequence[Time]) -> bool:
    """Return whether only times and small words stand between two words."""
    told: set[int] = set()
    for time in times:
        at = line.words_of(time.span)
        if at is not None:
            told.update(range(*at))
    return all(k in told or line.words[k] in BETWEEN for k in range(start, end))
