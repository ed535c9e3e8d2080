"""An event while it is read: what its sentences have told so far, and which of them tell of it."""

from __future__ import annotations

from datetime import date

from livebrief.events.casualties import Toll
from livebrief.events.clauses import Line
from livebrief.events.triggers import Trigger
from livebrief.model import (
    EventKind,
    Figure,
    Instrument,
    LinkKind,
    Party,
    Place,
    Reality,
    Span,
    Stage,
    Time,
)

# Which kind stands when words of two kinds tell of one event: "died when a bomb exploded".
RANK: dict[EventKind, int] = {"ASSAULT": 5, "HAZARD": 4, "ACCIDENT": 3, "CRIME": 2, "DEATH": 1}

# Modes that a more exact one may stand in for.
EXPLOSIVE = frozenset(("bombing", "explosion"))

# Two times of one event may be this many days apart: "overnight", time zones, a late victim.
DAYS_APART = 1

NEW_LEADS = frozenset(
    "another similar previous earlier separate other recent past prior second third two three "
    "several such latest string series spate wave unrelated different first last next fourth".split()
)


class Draft:
    """An event while it is read."""

    __slots__ = ("actors", "instruments", "is_background", "is_new", "kind", "line", "links",
                 "linked", "mentions", "merged_into", "mode", "orders", "places", "reality", "stage",
                 "figures", "targets", "times", "tolls", "trigger")  # fmt: skip

    def __init__(self, order: int, line: Line, trigger: Trigger) -> None:
        """Begin an event at a trigger."""
        self.line = line
        self.trigger = trigger
        self.kind: EventKind = trigger.kind
        self.mode = trigger.mode
        self.reality: Reality = "actual"
        self.stage: Stage = "done"
        self.mentions: list[tuple[int, Line, Trigger]] = [(order, line, trigger)]
        self.orders: list[int] = [order]
        self.tolls: list[tuple[int, Line, Toll]] = []
        self.times: list[tuple[int, Time]] = []
        self.places: list[tuple[int, Place]] = []
        self.actors: list[Party] = []
        self.targets: list[Party] = []
        self.instruments: list[Instrument] = []
        self.figures: list[Figure] = []
        self.linked: list[tuple[LinkKind, Draft, Span]] = []
        """Kind, the earlier event, and the words that link."""
        self.merged_into: Draft | None = None
        self.is_background = False
        self.is_new = is_told_as_new(line, trigger)
        """Told as one beside others: "a similar attack", "attacks"."""

    @property
    def is_harm(self) -> bool:
        """Whether it hurts people."""
        return self.kind in RANK

    def take_trigger(self, order: int, line: Line, trigger: Trigger) -> None:
        """Take in one more trigger of the same event."""
        self.mentions.append((order, line, trigger))
        self._sharpen(trigger.kind, trigger.mode)

    def take(self, other: Draft) -> None:
        """Take in what another sentence tells of the same event."""
        self.mentions += other.mentions
        if other.reality == "actual" and self.reality == "alleged":
            self.reality = "actual"
        self.orders += other.orders
        self.tolls += other.tolls
        self.times += other.times
        self.places += other.places
        for mine, theirs in (
            (self.actors, other.actors),
            (self.targets, other.targets),
        ):
            known = {party.name.lower() for party in mine}
            mine += [party for party in theirs if party.name.lower() not in known]
        names = {instrument.name for instrument in self.instruments}
        self.instruments += [i for i in other.instruments if i.name not in names]
        self.linked += other.linked
        self.figures += other.figures
        self._sharpen(other.kind, other.mode)

    def _sharpen(self, kind: EventKind, mode: str | None) -> None:
        if kind != self.kind:
            if RANK.get(kind, 0) > RANK.get(self.kind, 0):
                self.kind = kind
                self.mode = mode or (self.mode if self.mode not in EXPLOSIVE else "bombing")
            elif kind == "ACCIDENT" and mode == "explosion" and self.mode is None:
                self.mode = "bombing"
        else:
            self.mode = self.mode or mode


def is_told_as_new(line: Line, trigger: Trigger) -> bool:
    """Return whether the words before a noun set its event beside others: "a similar attack"."""
    if trigger.form == "plural":
        return line.words[trigger.first - 1 : trigger.first] != ["the"]
    if trigger.form != "noun":
        return False
    return any(word in NEW_LEADS for word in line.words[max(0, trigger.first - 3) : trigger.first])


def fits(draft: Draft, other: Draft) -> bool:
    """Return whether two drafts may tell of the same event."""
    if draft.is_background != other.is_background or draft.is_new or other.is_new and not draft.is_new:
        if not (other.is_new and not draft.is_new and draft.is_background == other.is_background and other.orders[0] <= 1):
            return False
    if _reality(draft) != _reality(other) or _stage(draft) != _stage(other):
        return False
    if draft.kind != other.kind and not {draft.kind, other.kind} <= {"ASSAULT", "DEATH"} and not (
        {draft.kind, other.kind} <= {"ACCIDENT", "DEATH"} or {draft.kind, other.kind} <= {"HAZARD", "DEATH"}
    ):  # fmt: skip
        return draft.mode in EXPLOSIVE and other.mode in EXPLOSIVE
    if draft.mode and other.mode and draft.mode != other.mode and draft.kind == other.kind:
        return draft.mode in EXPLOSIVE and other.mode in EXPLOSIVE
    return _times_fit(draft, other) and _places_fit(draft, other)


def _reality(draft: Draft) -> Reality:
    """Return the reality, an alleged event being told of as an actual one is."""
    return "actual" if draft.reality == "alleged" else draft.reality


def _stage(draft: Draft) -> Stage:
    return "done" if draft.stage == "ongoing" else draft.stage


def _times_fit(draft: Draft, other: Draft) -> bool:
    for _, one in draft.times:
        for _, two in other.times:
            if one.earliest and one.latest and two.earliest and two.latest:
                if _days(one.earliest) > _days(two.latest) + DAYS_APART:
                    return False
                if _days(two.earliest) > _days(one.latest) + DAYS_APART:
                    return False
    return True


def _days(moment: str) -> int:
    return date.fromisoformat(moment[:10]).toordinal()


def _places_fit(draft: Draft, other: Draft) -> bool:
    for _, one in draft.places:
        for _, two in other.places:
            if one.country and two.country and one.country != two.country:
                return False
    return True
