"""The few phrases a brief composes itself: days, outlets, kinds of incident."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from livebrief.model import Figure, Incident, Moment, Place, day_of

# Written out, since `calendar.month_name` follows the locale and a brief does not.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Return the words of `phrases.toml`: for kinds, modes, slots, links and changes."""
    path = Path(__file__).with_name("phrases.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def write_day(moment: Moment | datetime | date | None, *, year: bool = True) -> str:
    """Return the day as a reader writes it.

    >>> write_day("2020-03-11T19:35:00+03:00"), write_day("2020-03-11", year=False)
    ('11 March 2020', '11 March')
    """
    day = day_of(moment)
    if day is None:
        return "undated"
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def write_instant(moment: Moment | datetime | date | None) -> str:
    """Return the day, and the hour where it is known, in the offset it was printed with.

    >>> write_instant("2020-03-11T19:35:00+03:00"), write_instant("2020-03-11")
    ('11 March 2020, 19:35 +03:00', '11 March 2020')
    """
    if isinstance(moment, str) and "T" in moment:
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        return write_day(moment)
    offset = moment.strftime("%z")
    zone = "UTC" if offset in ("", "+0000") else f"{offset[:3]}:{offset[3:5]}"
    return f"{write_day(moment)}, {moment:%H:%M} {zone}"


def write_list(words: Iterable[str], *, most: int = 4) -> str:
    """Return the words as one phrase.

    >>> write_list(["A", "B", "C"]), write_list("ABCDEF"), write_list(["A"])
    ('A, B and C', 'A, B, C and 3 others', 'A')
    """
    each = list(dict.fromkeys(words))
    if len(each) > most:
        each = [*each[: most - 1], f"{len(each) - most + 1} others"]
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} and {each[-1]}"


def write_slot(slot: str) -> str:
    """Return a slot's name as a reader's word, its party beside it.

    >>> write_slot("injured"), write_slot("killed (civilians)")
    ('Wounded', 'Killed (civilians)')
    """
    name, _, party = slot.partition(" (")
    word = phrases()["slots"].get(name, name.replace("_", " ").capitalize())
    return f"{word} ({party}" if party else word


def write_place(place: Place | None) -> str:
    """Return a place with what contains it.

    >>> from livebrief.model import Span
    >>> write_place(Place(name="Camp Taji", span=Span(start=0, end=9), kind="site", city="Taji",
    ...                   country="IQ"))
    'Camp Taji, Taji, IQ'
    """
    if place is None:
        return ""
    parts = [place.name]
    for part in (place.city, place.admin1 if not place.city else None, place.country):
        # A country's code beside the country's own name says nothing.
        if part and part not in parts and not (place.kind == "country" and part == place.country):
            parts.append(part)
    return ", ".join(parts)


def name_incident(incident: Incident) -> str:
    """Return what to call the incident: how, where, when, as far as is known.

    >>> name_incident(Incident(id="x", kind="ASSAULT", mode="rocket"))
    'Rocket attack'
    """
    words = phrases()
    kind = words["modes"].get(incident.mode or "") or words["kinds"].get(incident.kind)
    name = kind or incident.kind.capitalize()
    if incident.place:
        name += f", {write_place(incident.place)}"
    if incident.time and incident.time.earliest:
        first, last = day_of(incident.time.earliest), day_of(incident.time.latest)
        if last and last != first:
            name += f", between {write_day(incident.time.earliest, year=False)} and "
            name += write_day(incident.time.latest)
        else:
            name += f", {write_day(incident.time.earliest)}"
    return name


def write_value(value: Figure | str | None) -> str:
    """Return a value of a change: the range, in words that a reader knows.

    >>> from livebrief.model import Span
    >>> here = Span(start=0, end=1)
    >>> write_value(Figure(what="killed", span=here, low=12)), write_value(None)
    ('at least 12', 'nothing')
    >>> write_value(Figure(what="killed", span=here, low=9, high=12))
    'between 9 and 12'
    """
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return value
    return write_bounds(value.low, value.high, about=value.about)


def write_bounds(low: int | None, high: int | None, *, about: bool = False) -> str:
    """Return a range of numbers in words.

    >>> write_bounds(3, 3), write_bounds(0, 0), write_bounds(None, 40)
    ('3', 'none', 'at most 40')
    >>> write_bounds(30, 30, about=True)
    'about 30'
    """
    if low is None and high is None:
        return "an unsaid number"
    if low == high:
        return "none" if low == 0 else f"{'about ' if about else ''}{low}"
    if high is None:
        return f"at least {low}"
    if low is None or low == 0:
        return f"at most {high}"
    return f"between {low} and {high}"
