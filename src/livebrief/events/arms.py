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
from livebrief.events.triggers import Trigger
from livebrief.events.words import word_set
from livebrief.model import Instrument, Name, Party, PartyKind

ARMED: frozenset[PartyKind] = frozenset(("state", "military", "rebel", "militia", "terrorist"))
BY_ARMS = ("hit", "strike", "struck", "target", "bomb", "raid")
PEACEFUL = word_set("arms", "peaceful")
COMPANY = word_set("arms", "company")
PEACEFUL_STRIKES = word_set("arms", "peaceful_strikes")
ANSWERS = word_set("arms", "answers")


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
    if any(one.type in MODES for one in instruments):
        return True
    line = actors.line
    if not line.words[trigger.first].startswith(BY_ARMS) or not PEACEFUL.isdisjoint(line.seen):
        return False
    actor = actors.of(trigger)
    return actor is not None and actor.kind in ARMED


def find_answers(line: Line, triggers: Sequence[Trigger], actors: Actors) -> list[Signal]:
    """Return where an armed party answers a deed: "jets struck depots after a rocket attack"."""
    if ANSWERS.isdisjoint(line.seen):
        return []
    found = []
    deeds = [trigger for trigger in triggers if trigger.kind in ("ASSAULT", "DEATH", "ACCIDENT")]
    for number, trigger in enumerate(deeds[:-1]):
        actor = actors.of(trigger)
        is_deed = (actor is not None and actor.kind in ARMED) or trigger.mode == "airstrike"
        other = deeds[number + 1]
        if not is_deed or other.form not in ("noun", "plural"):
            continue
        at = next(
            (k for k in range(other.first - 1, trigger.last - 1, -1) if line.words[k] in ANSWERS),
            None,
        )
        if at is not None:
            found.append(Signal(at, at + 1, "follows", is_forward=False))
    return found
