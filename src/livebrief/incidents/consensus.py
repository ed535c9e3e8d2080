"""What testimonies of one incident agree on, as far as another can be compared with it."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import TypeVar

from livebrief.incidents.profiles import Profile, is_exact
from livebrief.model import Place

Value = TypeVar("Value", bound=Hashable)


class Consensus:
    """What testimonies, taken in their order, agree on: each value with the origins that tell it.

    Thirty copies of one report are one origin, so they cannot outvote two reporters.
    """

    __slots__ = (
        "actors", "day", "days", "events", "group", "high", "kind", "kinds", "last_printed",
        "linked", "low", "mode", "modes", "named", "numbers", "pages", "place", "places", "sites",
        "targets",
    )  # fmt: skip

    def __init__(self, first: Profile) -> None:
        self.group = first.group
        self.days: dict[int, set[str]] = {}
        self.low: int | None = None
        self.high: int | None = None
        self.last_printed: int | None = None
        self.kinds: dict[str, set[str]] = {}
        self.modes: dict[str, set[str]] = {}
        self.places: dict[tuple[object, ...], tuple[Place, set[str]]] = {}
        self.sites: set[str] = set()
        self.numbers: dict[str, dict[tuple[int | None, int | None], float]] = {}
        self.named: set[str] = set()
        self.actors: set[str] = set()
        self.targets: set[str] = set()
        self.pages: set[tuple[str, str]] = set()
        self.events: set[str] = set()
        self.linked: set[str] = set()
        self.day: int | None = None
        self.mode: str | None = None
        self.kind: str = first.group
        self.place: Place | None = None
        self.add(first)
        self.settle()

    def add(self, profile: Profile) -> None:
        """Take in one more testimony, later in the order than all before; then `settle`."""
        testimony = profile.testimony
        origin = testimony.origin
        self.pages.add(profile.page)
        self.events.add(testimony.event.id)
        self.linked |= profile.linked
        self.kinds.setdefault(testimony.event.kind, set()).add(origin)
        if testimony.event.mode is not None:
            self.modes.setdefault(testimony.event.mode, set()).add(origin)
        low, high = profile.day_low, profile.day_high
        if low is not None and high is not None:
            if high - low <= 1:
                self.days.setdefault(low, set()).add(origin)
            elif self.low is None or self.high is None or high - low < self.high - self.low:
                self.low, self.high = low, high
        if profile.printed_day is not None:
            self.last_printed = max(self.last_printed or 0, profile.printed_day)
        place = profile.place
        if place is not None:
            key = (place.country, place.admin1, place.city, is_exact(place))
            self.places.setdefault(key, (place, set()))[1].add(origin)
        if profile.site is not None:
            self.sites.add(profile.site)
        for what, number in profile.numbers.items():
            told = self.numbers.setdefault(what, {})
            told[number] = max(told.get(number, -math.inf), profile.told_at)
        self.named |= profile.named
        self.actors |= profile.actors
        self.targets |= profile.targets

    def settle(self) -> None:
        """Count the votes."""
        self.day = _most(self.days)
        self.mode = _most(self.modes)
        self.kind = _most(self.kinds) or self.group
        self.place = _most_exact(self.places)


def _most_exact(places: dict[tuple[object, ...], tuple[Place, set[str]]]) -> Place | None:
    """Return the most exact place that most origins tell, the first told of those."""
    best, most = None, (-1, 0)
    for place, origins in places.values():
        weight = (_exactness(place), len(origins))
        if weight > most:
            best, most = place, weight
    return best


def _most(votes: dict[Value, set[str]]) -> Value | None:
    """Return the value that most origins tell, the first told of those."""
    best, most = None, 0
    for value, origins in votes.items():
        if len(origins) > most:
            best, most = value, len(origins)
    return best


def _exactness(place: Place) -> int:
    if is_exact(place) or place.city is not None:
        return 2
    return 1 if place.admin1 is not None else 0
