"""Crowds: who storms or burns in one protests, where soldiers would attack."""

from __future__ import annotations

from msgspec.structs import replace

from livebrief.events.clauses import Line
from livebrief.events.triggers import Trigger
from livebrief.events.words import word_set

CROWDS = word_set("crowds", "people")
STORMING = word_set("crowds", "storming")
PASSIVE = word_set("crowds", "passive")
# "Protesters angry at air strikes have stormed": so many words apart at most.
CROWD_REACH = 20


def read_crowd(line: Line, trigger: Trigger) -> Trigger:
    """Return a trigger, that of a crowd which storms or burns being of a protest."""
    if line.words[trigger.first] not in STORMING or trigger.form == "noun":
        return trigger
    before = line.words[max(0, trigger.first - CROWD_REACH) : trigger.first]
    is_passive = bool(before) and before[-1] in PASSIVE
    if CROWDS.isdisjoint(before) or is_passive:
        return trigger
    return replace(trigger, kind="PROTEST", mode="riot", form="phrase")
