"""What one line has told: events, tolls that belong to none of them, and what was answered."""

from __future__ import annotations

from livebrief.events.clauses import Line
from livebrief.events.drafts import Draft
from livebrief.events.locations import Spot
from livebrief.events.tolls import Fate, Toll
from livebrief.events.triggers import Trigger
from livebrief.events.whereabouts import Moment
from livebrief.model import LinkKind, Span


class Telling:
    """What one line tells; `tolls` are those that belong to no event of the line itself."""

    __slots__ = (
        "answered",
        "corrected",
        "drafts",
        "hit",
        "implied",
        "is_background",
        "line",
        "none_killed",
        "order",
        "places",
        "self_killings",
        "times",
        "tolls",
        "triggers",
    )

    def __init__(self, order: int, line: Line) -> None:
        """Begin with nothing told."""
        self.order = order
        self.line = line
        self.triggers: list[Trigger] = []
        self.drafts: list[Draft] = []
        self.tolls: list[Toll] = []
        self.answered: list[tuple[LinkKind, Draft, Span]] = []
        """What an event told in an earlier line followed or answered."""
        self.implied: list[tuple[int, Span]] = []
        self.hit: list[tuple[int, Span]] = []
        self.none_killed: list[Span] = []
        self.self_killings: list[Span] = []
        self.times: list[Moment] = []
        self.places: list[Spot] = []
        self.corrected: Fate | None = None
        """Of which fate it tells a number as wrong, so that the next line may put it right."""
        self.is_background = False
