"""An event while it is read: what its sentences have told so far, and which of them tell of it."""

from __future__ import annotations

from datetime import date

from livebrief.events.clauses import Line
from livebrief.events.locations import Spot
from livebrief.events.tolls import Toll
from livebrief.events.triggers import Trigger
from livebrief.events.whereabouts import DYING, Moment
from livebrief.events.words import word_set
from livebrief.model import (
    EventKind,
    Figure,
    Instrument,
    LinkKind,
    Party,
    Reality,
    Span,
    Stage,
    Time,
)

# Which kind stands when words of two kinds tell of one event: "died when a bomb exploded".
RANK: dict[EventKind, int] = {"ASSAULT": 5, "HAZARD": 4, "ACCIDENT": 3, "CRIME": 2, "DEATH": 1}

# Behind "the attack" these tell which one: it is not the one told of before.
RESTRICTIONS = (["of"], ["on"], ["against"], ["at"], ["that"], ["which"])

# Modes that a more exact one may stand in for.
DEFINITE = word_set("drafts", "definite")
BLASTING = word_set("drafts", "blasting")
EXPLOSIVE = word_set("drafts", "explosive")

# So many times and places of an event are enough to compare it by.
MOST_COMPARED = 6

# Two times of one event may be this many days apart: "overnight", time zones, a late victim.
DAYS_APART = 1

# Words before a noun that set its event beside others; the numbers only right before it.
NEW_LEADS = word_set("drafts", "new_leads")
NEW_NUMBERS = word_set("drafts", "new_numbers")

# "A fourth shooting victim": the number is the victim's.
COMPOUNDS = word_set("drafts", "compounds")


class Draft:
    """An event while it is read."""

    __slots__ = (
        "actors",
        "figures",
        "hit",
        "implied",
        "instruments",
        "is_background",
        "is_denial",
        "is_earlier",
        "is_linked",
        "is_new",
        "is_soft",
        "kind",
        "line",
        "linked",
        "links",
        "mentions",
        "merged_into",
        "mode",
        "none_killed",
        "orders",
        "places",
        "reality",
        "self_killings",
        "stage",
        "targets",
        "times",
        "tolls",
        "trigger",
    )  # fmt: skip

    def __init__(self, order: int, line: Line, trigger: Trigger) -> None:
        """Begin an event at a trigger."""
        self.line = line
        self.trigger = trigger
        self.kind: EventKind = trigger.kind
        self.mode = trigger.mode
        self.is_soft = trigger.is_soft
        """A surer word may tell another mode."""
        self.reality: Reality = "actual"
        self.stage: Stage = "done"
        self.mentions: list[tuple[int, Line, Trigger]] = [(order, line, trigger)]
        self.orders: list[int] = [order]
        self.tolls: list[tuple[int, Line, Toll]] = []
        self.times: list[Moment] = []
        self.places: list[Spot] = []
        self.actors: list[Party] = []
        self.targets: list[Party] = []
        self.instruments: list[Instrument] = []
        self.figures: list[Figure] = []
        self.implied: list[tuple[int, Span]] = []
        """How many dead words imply: "a fatal shooting"."""
        self.hit: list[tuple[int, Span]] = []
        """How many words tell were hit: "a double shooting"."""
        self.none_killed: list[Span] = []
        self.self_killings: list[Span] = []
        self.linked: list[tuple[LinkKind, Draft, Span]] = []
        """Kind, the earlier event, and the words that link."""
        self.merged_into: Draft | None = None
        self.is_background = False
        self.is_denial = False
        """Its line says flatly that nothing of the kind happened."""
        self.is_earlier = False
        """Told as what went before the line's own news: "after strikes that killed 25"."""
        self.is_linked = False
        """Its line tells what it led to, or what led to it."""
        self.is_new = is_told_as_new(line, trigger)
        """Told as one beside others: "a similar attack", "attacks"."""

    @property
    def is_harm(self) -> bool:
        """Whether it hurts people."""
        return self.kind in RANK

    def take_trigger(self, order: int, line: Line, trigger: Trigger) -> None:
        """Take in one more trigger of the same event."""
        self.mentions.append((order, line, trigger))
        self._sharpen(trigger.kind, trigger.mode, is_soft=trigger.is_soft)

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
        self.implied += other.implied
        self.hit += other.hit
        self.none_killed += other.none_killed
        self.self_killings += other.self_killings
        self._sharpen(other.kind, other.mode, is_soft=other.is_soft)

    def add_target(self, party: Party) -> None:
        """Take in who was hit, each by the same words once."""
        if all(party.name.lower() != known.name.lower() for known in self.targets):
            self.targets.append(party)

    @property
    def firm_mode(self) -> str | None:
        """Its mode, where the words that tell it are sure."""
        return None if self.is_soft else self.mode

    def _sharpen(self, kind: EventKind, mode: str | None, *, is_soft: bool = False) -> None:
        if mode and (self.mode is None or (self.is_soft and not is_soft)) and kind == self.kind:
            self.mode, self.is_soft = mode, is_soft
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
        return not _is_definite(line, trigger.first)
    if trigger.form != "noun":
        return False
    if line.words[trigger.last : trigger.last + 1] and line.words[trigger.last] in COMPOUNDS:
        return False
    before = line.words[max(0, trigger.first - 3) : trigger.first]
    return any(word in NEW_LEADS for word in before) or (
        before[-1:] != [] and before[-1] in NEW_NUMBERS
    )


def _is_definite(line: Line, first: int) -> bool:
    """Return whether a plural is of what is known: "the raids", "Sunday's American air strikes"."""
    for k in range(first - 1, max(-1, first - 4), -1):
        if line.words[k] in DEFINITE:
            return True
        if not (line.tokens[k].text[:1].isupper() or line.words[k] in ("air", "drone", "two")):
            return False
    return False


def fits(draft: Draft, other: Draft, lede: int) -> bool:
    """Return whether two drafts may tell of the same event.

    The headline and the first sentence, whose order `lede` is, tell the same news however they
    put it.
    """
    if draft.is_background != other.is_background or draft.is_new:
        return False
    if other.is_new:
        return False
    if draft.orders[-1] == other.orders[0]:
        # One line told them apart.
        return False
    if other.is_earlier and other.orders[0] > lede and not _is_reference(other):
        return False
    is_beginning = max(draft.orders[0], other.orders[0]) <= lede
    if is_beginning and not other.is_earlier and _same_harm(draft, other):
        return True
    if _reality(draft) != _reality(other) or _stage(draft) != _stage(other):
        return False
    is_blast = (draft.mode in EXPLOSIVE and other.mode in EXPLOSIVE) or (
        # "The blasts": of the missiles told of.
        draft.mode in BLASTING and other.mode == "explosion" and _is_reference(other)
    )
    if draft.kind == other.kind:
        one, two = draft.firm_mode, other.firm_mode
        if one and two and one != two:
            return is_blast
    elif not is_blast and not _kinds_fit(draft, other):
        return False
    return _times_fit(draft, other) and _places_fit(draft, other)


def _kinds_fit(draft: Draft, other: Draft) -> bool:
    """Return whether two kinds may tell of one event: deaths, and what people died of."""
    kinds = {draft.kind, other.kind}
    if "DEATH" in kinds:
        return bool(kinds & {"ASSAULT", "ACCIDENT", "HAZARD"})
    return kinds == {"ASSAULT", "CRIME"} and "robbery" in (draft.mode, other.mode)


def _is_reference(draft: Draft) -> bool:
    """Return whether a trigger refers back: "the attack", not "the attack on the port"."""
    words, trigger = draft.line.words, draft.trigger
    return (
        trigger.form in ("noun", "plural")
        and words[trigger.first - 1 : trigger.first] in (["the"], ["this"], ["that"], ["'s"])
        and words[trigger.last : trigger.last + 1] not in RESTRICTIONS
    )


def _same_harm(draft: Draft, other: Draft) -> bool:
    """Return whether two drafts tell of harm of one kind and mode."""
    kinds = {draft.kind, other.kind}
    is_one = len(kinds) == 1 or kinds <= {"ASSAULT", "DEATH"}
    if (
        not is_one
        or not draft.is_harm
        or {draft.reality, other.reality} & {"denied", "conditional"}
    ):
        return False
    one, two = draft.firm_mode, other.firm_mode
    return not (one and two) or one == two


def _reality(draft: Draft) -> Reality:
    """Return the reality, an alleged event being told of as an actual one is."""
    return "actual" if draft.reality == "alleged" else draft.reality


def _stage(draft: Draft) -> Stage:
    return "done" if draft.stage == "ongoing" else draft.stage


def _times_fit(draft: Draft, other: Draft) -> bool:
    for one in _sure(draft):
        for two in _sure(other):
            if one.earliest and one.latest and two.earliest and two.latest:
                if _days(one.earliest) > _days(two.latest) + DAYS_APART:
                    return False
                if _days(two.earliest) > _days(one.latest) + DAYS_APART:
                    return False
    return True


def _sure(draft: Draft) -> list[Time]:
    """Return the times that are surely the event's, the first few of them."""
    return [moment.time for moment in draft.times if moment.weight >= DYING][:MOST_COMPARED]


def _days(moment: str) -> int:
    return date.fromisoformat(moment[:10]).toordinal()


def _places_fit(draft: Draft, other: Draft) -> bool:
    """Return whether two events may lie in one country; what is only referred to, may."""
    if _is_reference(other):
        return True
    one, two = (
        {spot.place.country for spot in some.places[:MOST_COMPARED] if spot.place.country}
        for some in (draft, other)
    )
    return not one or not two or bool(one & two)
