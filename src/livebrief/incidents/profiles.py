"""What of a testimony can be compared with another's: worked out once, then only looked at."""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from livebrief.incidents.testimonies import Silence, Testimony
from livebrief.model import Moment, Party, Place, day_of

_KINDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
GROUPS: dict[str, str] = {kind: name for name, kinds in _KINDS["groups"].items() for kind in kinds}

# Longer windows ("this year", "since 2015") hold too many incidents for a day to tell them apart.
LONGEST_WINDOW_DAYS = 45

# One that may have happened on more days than this is not found by its day.
MOST_DAYS_POSTED = 3

# Cells of half a degree are some 55 km high: places a city's width apart share one of four.
CELLS_A_DEGREE = 2

# The odds that count for a story an article is not likely to belong to: one in twenty.
UNLIKELY = -3.0

Key = tuple[str, str, str]
"""A group of kinds; "name", "spot", "site" or "story"; and which."""

Order = tuple[float, float, str, str, str, str]


class Verdict(NamedTuple):
    """What was decided of a testimony last: the bundle most speaks for, and how much."""

    first: object | None
    highest: float
    runner_up: object | None
    second: float
    """No other bundle has more."""


UNDECIDED = Verdict(None, 0.0, None, 0.0)


class Profile:
    """A testimony made ready for comparison.

    `order` is its place in the one order in which testimonies are taken, whichever order they
    came in.
    """

    __slots__ = (
        "actors", "asked_days", "country", "day_high", "day_low", "group", "is_vague", "key",
        "linked", "named", "names", "numbers", "order", "page", "place", "posted_days",
        "printed_day", "site", "sought", "spots", "stories", "targets", "testimony", "tokens",
        "told_at", "told_of", "verdict",
    )  # fmt: skip

    def __init__(self, testimony: Testimony) -> None:
        event = testimony.event
        self.testimony = testimony
        self.page = (testimony.article, testimony.revision)
        self.linked = frozenset(link.event for link in event.links)
        self.key = (testimony.article, testimony.revision, event.id)
        self.told_at = seconds_of(testimony.published_at, testimony.learned_at)
        printed = testimony.printed_at or testimony.published_at
        self.printed_day = _ordinal(printed)
        self.group = GROUPS.get(event.kind, event.kind)
        self.day_low, self.day_high = _window_of(testimony)
        self.is_vague = (
            self.day_low is None
            or self.day_high is None
            or self.day_high - self.day_low > LONGEST_WINDOW_DAYS
        )
        self.place = event.place
        self.country = event.place.country if event.place else None
        # Of one page's events the exact ones come first: the vague ones then find them.
        is_loose = str(int(self.is_vague)) + str(int(self.place is None))
        self.order = (
            printed_seconds(testimony),
            seconds_of(None, testimony.learned_at),
            *self.page,
            is_loose,
            event.id,
        )
        self.site = fold(event.place.name) if event.place and event.place.kind == "site" else None
        self.numbers = _numbers_of(testimony)
        self.named = frozenset(_people(event.targets))
        self.names = self.named | frozenset(
            key for name in testimony.names if (key := name_key(name))
        )
        self.spots = frozenset(map(fold, testimony.spots))
        self.actors = frozenset(_parties(event.actors))
        self.targets = frozenset(_parties(event.targets))
        self.stories = _weigh_stories(testimony)
        self.verdict: Verdict = UNDECIDED
        self.told_of: str | None = None
        """The id of the incident it was last kept under."""
        days = self.find_days()
        self.posted_days = days if len(days) <= MOST_DAYS_POSTED else range(0)
        """The days under which it is found."""
        self.asked_days = range(days.start - 1, days.stop + 1) if days else days
        """The days under which others are found that may tell of the same incident."""
        self.tokens, self.sought = find_tokens(event.place)
        """The names of places under which it is found, and under which others are."""

    def find_days(self) -> range:
        """Return the days on which it may have happened; untold, the last ones before print."""
        low, high = self.day_low, self.day_high
        if low is not None and high is not None:
            return range(low, high + 1) if not self.is_vague else range(0)
        if low is None and high is None and self.testimony.is_main and self.printed_day is not None:
            return range(self.printed_day - 2, self.printed_day + 1)
        return range(0)

    def find_posts(self) -> Iterator[Key]:
        """Return the keys beside day and place under which this testimony is found."""
        yield from self._own_keys()
        if self.testimony.story is not None and self.testimony.is_main:
            yield (self.group, "story", self.testimony.story)

    def find_asks(self) -> Iterator[Key]:
        """Return the keys beside day and place under which others are found."""
        yield from self._own_keys()
        for story, weight in self.stories.items():
            if weight > UNLIKELY:
                yield (self.group, "story", story)

    def _own_keys(self) -> Iterator[Key]:
        for name in sorted(self.names):
            yield (self.group, "name", name)
        for spot in sorted(self.spots):
            yield (self.group, "spot", spot)
        if self.site is not None:
            yield (self.group, "site", self.site)


@lru_cache(maxsize=50_000)
def fold(words: str) -> str:
    """Return the words without case, accents and marks, so that spellings of one name meet.

    >>> fold("U.S. Service-members"), fold("Elâzığ")
    ('us service members', 'elazıg')
    """
    plain = unicodedata.normalize("NFKD", words.casefold().replace(".", "").replace("’", "'"))
    return " ".join(
        "".join(
            letter if letter.isalnum() else " "
            for letter in plain
            if not unicodedata.combining(letter)
        ).split()
    )


def name_key(name: str) -> str | None:
    """Return a person's first and last name, folded; `None` for less than a full name.

    >>> name_key("Nyreek J. Horne Jr."), name_key("Horne")
    ('nyreek horne', None)
    """
    words = [word for word in fold(name).split() if len(word) > 1 and word not in SUFFIXES]
    return f"{words[0]} {words[-1]}" if len(words) > 1 else None


SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def seconds_of(moment: Moment | None, learned_at: datetime | None) -> float:
    """Return where in time a report stands: a bare day at its noon; unknown comes last."""
    seconds = None if moment is None else _seconds_of(moment)
    if seconds is not None:
        return seconds
    return math.inf if learned_at is None else _timestamp(learned_at)


def printed_seconds(witness: Testimony | Silence) -> float:
    """Return when the page of a testimony was printed, as far as known."""
    printed = witness.printed_at
    if printed is None and isinstance(witness, Testimony):
        printed = witness.published_at
    return seconds_of(printed, witness.learned_at)


# The events of one article share their moments.
@lru_cache(maxsize=4096)
def _seconds_of(moment: Moment) -> float | None:
    try:
        instant = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if len(moment) == 10:
        instant = datetime.combine(instant.date(), time(12), tzinfo=UTC)
    return _timestamp(instant)


def _timestamp(instant: datetime) -> float:
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()


@lru_cache(maxsize=4096)
def _ordinal(moment: Moment | None) -> int | None:
    try:
        day: date | None = day_of(moment)
    except ValueError:
        return None
    return None if day is None else day.toordinal()


def _window_of(testimony: Testimony) -> tuple[int | None, int | None]:
    when = testimony.event.time
    if when is None or when.type in ("DURATION", "SET"):
        return None, None
    low, high = _ordinal(when.earliest), _ordinal(when.latest)
    printed = _ordinal(testimony.printed_at or testimony.published_at)
    if low is not None and (
        (high is not None and low > high) or (printed is not None and low > printed + 1)
    ):
        # What has happened is not of tomorrow: the day was counted wrong.
        return None, None
    return low, high


def _numbers_of(testimony: Testimony) -> dict[str, tuple[int | None, int | None]]:
    """Return the totals (never a group's) of dead and hurt, the first told of each."""
    numbers: dict[str, tuple[int | None, int | None]] = {}
    for figure in testimony.event.figures:
        if figure.party is None and figure.what in ("killed", "injured"):
            numbers.setdefault(figure.what, (figure.low, figure.high))
    return numbers


def _weigh_stories(testimony: Testimony) -> dict[str, float]:
    """Return how likely each story is, as the logarithm of its odds within bounds."""
    likely = {each.story: each.score for each in testimony.likely_stories}
    if testimony.story is not None:
        likely.setdefault(testimony.story, 1.0)
    return {
        story: max(UNLIKELY, min(-UNLIKELY, math.log((score + 1e-9) / (1.0 - score + 1e-9))))
        for story, score in likely.items()
    }


def _people(parties: Iterable[Party]) -> Iterator[str]:
    """Return the keys of people named in full; "two women" names nobody."""
    for party in parties:
        if party.kind == "person" and all(word[0].isupper() for word in party.name.split()):
            key = name_key(party.name)
            if key is not None:
                yield key


def _parties(parties: Iterable[Party]) -> Iterator[str]:
    for party in parties:
        if party.kind not in ("person", "civilian", "unknown", "object"):
            yield party.id or fold(party.name)


def cell_of(country: str | None, latitude: float, longitude: float) -> str:
    """Return the name of a country's half-degree cell that a point lies in."""
    north, east = math.floor(latitude * CELLS_A_DEGREE), math.floor(longitude * CELLS_A_DEGREE)
    return f"{country}@{north},{east}"


def is_exact(place: Place) -> bool:
    """Tell whether the place is a spot with coordinates, not an area."""
    return (
        place.kind in ("site", "city", "point")
        and place.latitude is not None
        and place.longitude is not None
    )


def find_tokens(place: Place | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names under which a place is found, and those under which it finds others."""
    if place is None or place.country is None:
        return ("*", "?"), ("*",)
    return _find_tokens(
        place.country,
        fold(place.admin1) if place.admin1 is not None else None,
        fold(place.city) if place.city is not None else None,
        place.latitude,
        place.longitude,
        place.kind in ("site", "city", "point"),
    )


# Places are told of again and again: their names are shared, not made and kept for each report.
@lru_cache(maxsize=50_000)
def _find_tokens(
    country: str,
    admin1: str | None,
    city: str | None,
    latitude: float | None,
    longitude: float | None,
    is_spot: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what `find_tokens` does: of its own (=), and of what it lies in (<)."""
    own, sought = ["*", f"<{country}"], ["?"]
    cells: list[str] = []
    if latitude is not None and longitude is not None:
        half = 0.5 / CELLS_A_DEGREE
        cells = [
            cell_of(country, latitude + north, longitude + east)
            for north in (-half, half)
            for east in (-half, half)
        ]
    if admin1 is not None:
        own.append(f"<{country}/{admin1}")
    if is_spot and cells:
        own.append(cell_of(country, latitude or 0.0, longitude or 0.0))
    if city is not None:
        own.append(f"={country}/{city}")
    elif is_spot and cells:
        pass
    elif admin1 is not None:
        own.append(f"={country}/{admin1}/")
    else:
        own.append(f"={country}")
    if is_spot or city is not None:
        sought.append(f"={country}")
        if admin1 is not None:
            sought.append(f"={country}/{admin1}/")
        if city is not None:
            sought.append(f"={country}/{city}")
        sought += dict.fromkeys(cells) or [f"<{country}/{admin1 or ''}"]
    elif admin1 is not None:
        sought += [f"={country}", f"<{country}/{admin1}"]
    else:
        sought.append(f"<{country}")
    return tuple(own), tuple(sought)
