"""Armed parties: who a verb's doer is, and whether "hit" or "strike" is done with arms.

"Hit", "strike" and "fire" tell of an attack beside a weapon ("rockets hit the base") or where an
armed party does it ("jets struck five depots"); else of tariffs, workers, or the weather.
"""

from __future__ import annotations

from collections.abc import Sequence

from livebrief.events.clauses import Line
from livebrief.events.instruments import DOER_MODES, MODES
from livebrief.events.links import Signal
from livebrief.events.parties import Cast
from livebrief.events.tolls import Toll
from livebrief.events.triggers import Trigger
from livebrief.events.words import word_set
from livebrief.model import Instrument, Name, Party, PartyKind

ARMED: frozenset[PartyKind] = frozenset(("state", "military", "rebel", "militia", "terrorist"))
DEEDS = ("ASSAULT", "DEATH", "ACCIDENT")
BY_ARMS = ("hit", "strike", "struck", "target", "bomb", "raid")
PEACEFUL = word_set("arms", "peaceful")
COMPANY = word_set("arms", "company")
PEACEFUL_STRIKES = word_set("arms", "peaceful_strikes")
TARGETS = word_set("arms", "targets")
PASSIVE = word_set("arms", "passive")
# "The base in the north of the country was hit": so many words apart at most.
TARGET_REACH = 8
ANSWERS = word_set("arms", "answers")
VEHICLES = word_set("arms", "vehicles")
ARMS = ("rocket", "artillery", "bomb", "aircraft")
"""Weapons that wound by themselves: "a bomb wounded nine"."""
# "Rockets fired from there wounded a farmer": so many words apart at most.
DEED_REACH = 5


class Actors:
    """Who does what in a line, each found once."""

    __slots__ = ("_cast", "_found", "_names", "line", "nations")

    def __init__(self, line: Line, names: Sequence[Name], cast: Cast) -> None:
        """Take a line and the names in it."""
        self.line = line
        self._names = names
        self._cast = cast
        self._found: dict[int, Party | None] = {}
        self.nations = frozenset(
            at[1]
            for name in names
            if name.kind in ("country", "nationality") and (at := line.words_of(name.span))
        )
        """The words right behind a nation's name."""

    def of(self, trigger: Trigger) -> Party | None:
        """Return who did what a trigger tells, as far as the line says."""
        if trigger.first not in self._found:
            actor = self._cast.find_actor(self.line, trigger, self._names)
            self._found[trigger.first] = actor
        return self._found[trigger.first]

    def mode_of(self, trigger: Trigger) -> str | None:
        """Return the mode that its doer tells: jets strike from the air."""
        actor = self.of(trigger)
        if actor is None:
            return None
        words = actor.name.lower().split()
        return next((DOER_MODES[word] for word in reversed(words) if word in DOER_MODES), None)

    def has_company(self, trigger: Trigger) -> bool:
        """Return whether a noun like "strike" is of arms here, not of workers."""
        line = self.line
        if not PEACEFUL_STRIKES.isdisjoint(line.seen):
            return False
        return trigger.first in self.nations or not COMPANY.isdisjoint(line.seen)


def is_armed(trigger: Trigger, actors: Actors, instruments: Sequence[Instrument]) -> bool:
    """Return whether a weak trigger tells of violence here."""
    if trigger.form in ("noun", "plural"):
        return actors.has_company(trigger)
    line = actors.line
    if trigger.kind == "ACCIDENT":
        return not VEHICLES.isdisjoint(line.seen)
    if any(one.type in MODES for one in instruments):
        return True
    if not line.words[trigger.first].startswith(BY_ARMS) or not PEACEFUL.isdisjoint(line.seen):
        return False
    before = line.words[max(0, trigger.first - TARGET_REACH) : trigger.first]
    if before[-1:] != [] and before[-1] in PASSIVE:
        return not TARGETS.isdisjoint(before)
    actor = actors.of(trigger)
    return actor is not None and actor.kind in ARMED


def find_answers(line: Line, triggers: Sequence[Trigger], actors: Actors) -> list[Signal]:
    """Return where an armed party answers a deed: "jets struck depots after a rocket attack"."""
    if ANSWERS.isdisjoint(line.seen):
        return []
    found = []
    deeds = [t for t in triggers if t.kind in DEEDS or t.mode == "riot"]
    for number, trigger in enumerate(deeds[:-1]):
        actor = actors.of(trigger)
        is_deed = (actor is not None and actor.kind in ARMED) or trigger.mode in (
            "airstrike",
            "riot",
        )
        other = deeds[number + 1]
        if not is_deed or not (other.form in ("noun", "plural", "phrase") or other.is_weak):
            continue
        at = next(
            (k for k in range(other.first - 1, trigger.last - 1, -1) if line.words[k] in ANSWERS),
            None,
        )
        if at is not None:
            found.append(Signal(at, at + 1, "follows", is_forward=False))
    return found


def add_deeds(
    line: Line,
    triggers: Sequence[Trigger],
    tolls: Sequence[Toll],
    instruments: Sequence[Instrument],
) -> list[Trigger]:
    """Return the triggers and, where only a toll tells of a weapon's deed, one for it.

    "Missiles injured 11 soldiers" tells of an attack without a word for it.
    """
    added = []
    for toll in tolls:
        if toll.fate == "killed" or not toll.is_deed:
            continue
        for one in instruments:
            at = line.words_of(one.span)
            if one.type not in ARMS or at is None:
                continue
            is_free = all(not at[0] - 1 <= trigger.first <= toll.first for trigger in triggers)
            if 0 <= toll.first - at[1] <= DEED_REACH and is_free:
                added.append(
                    Trigger(first=at[0], last=toll.last, kind="ASSAULT", mode=MODES[one.type],
                            form="phrase", is_soft=True)
                )  # fmt: skip
                break
    return sorted([*triggers, *added], key=lambda trigger: trigger.first)
