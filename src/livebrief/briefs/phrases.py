"""The few phrases a brief composes itself: days, outlets, kinds of incident."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from livebrief.language.vocabulary import load_words
from livebrief.model import Figure, Incident, Moment, Place, Tally, Time, day_of

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

    >>> write_slot("injured"), write_slot("killed: American troops")
    ('Wounded', 'Killed (American troops)')
    """
    name, _, party = slot.partition(": ")
    word = phrases()["slots"].get(name, name.replace("_", " ").capitalize())
    return f"{word} ({party})" if party else word


def name_slot(tally: Tally) -> str:
    """Return the slot of an incident's figure, as changes name it."""
    return tally.what if tally.party is None else f"{tally.what}: {tally.party}"


def write_place(place: Place | None) -> str:
    """Return a place with what contains it.

    >>> from livebrief.model import Span
    >>> write_place(Place(name="Camp Taji", span=Span(start=0, end=9), kind="site", city="Taji",
    ...                   country="IQ"))
    'Camp Taji, Iraq'
    >>> write_place(Place(name="BAGHDAD", span=Span(start=0, end=7), kind="city", country="IQ"))
    'Baghdad, Iraq'
    """
    if place is None:
        return ""
    # A dateline's capitals are not the name's.
    name = place.name.title() if place.name.isupper() and len(place.name) > 3 else place.name
    parts = [name]
    # One containing name and the country place it for a reader; three would be an address.
    for part in (place.city or place.admin1, write_country(place.country)):
        if part and not any(_fold(part) in _fold(given) for given in parts):
            parts.append(part)
    return ", ".join(parts)


def _fold(name: str) -> str:
    """Return a name without case and accents: gazetteers write "Ālbū Kamāl", papers do not."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


def write_country(code: str | None) -> str | None:
    """Return a country's name; of a code that is none of ours, the code itself.

    >>> write_country("IQ"), write_country(None)
    ('Iraq', None)
    """
    if code is None:
        return None
    states = load_words("states")["states"]
    return str(states[code]["name"]) if code in states else code


def write_when(time: Time | None) -> str:
    """Return when it happened, exactly as far as is known; empty where nothing is.

    >>> from livebrief.model import Span
    >>> here = Span(start=0, end=1)
    >>> write_when(Time(span=here, type="DATE", value="2019-12", earliest="2019-12-01",
    ...                 latest="2019-12-31"))
    'December 2019'
    >>> write_when(Time(span=here, type="DATE", value="2020-03-11TEV",
    ...                 earliest="2020-03-11T18:00", latest="2020-03-11T23:59"))
    '11 March 2020'
    >>> write_when(Time(span=here, type="DATE", value="2020-W11", earliest="2020-03-09",
    ...                 latest="2020-03-15"))
    'between 9 and 15 March 2020'
    """
    first = day_of(time.earliest) if time else None
    last = day_of(time.latest) if time else None
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"since {write_day(first)}" if first else f"by {write_day(last)}"
    if first == last:
        return write_day(first)
    following = last + timedelta(days=1)
    if first.day == following.day == 1:
        if (following.year, following.month) == _month_after(first):
            return f"{MONTHS[first.month - 1]} {first.year}"
        if first.month == following.month == 1 and following.year == first.year + 1:
            return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {write_day(last)}"
    return f"between {write_day(first)} and {write_day(last)}"


def _month_after(day: date) -> tuple[int, int]:
    return (day.year + day.month // 12, day.month % 12 + 1)


def name_incident(incident: Incident) -> str:
    """Return what to call the incident: how, where, when, as far as is known.

    >>> name_incident(Incident(id="x", kind="ASSAULT", mode="rocket"))
    'Rocket attack'
    """
    words = phrases()
    kind = words["modes"].get(incident.mode or "") or words["kinds"].get(incident.kind)
    parts = [kind or incident.kind.capitalize(), write_place(incident.place)]
    return ", ".join(part for part in (*parts, write_when(incident.time)) if part)


TIMEX = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d)(T.*)?)?")


def write_timex(value: str) -> str:
    """Return a TIMEX3 value as a reader writes it, as far as it is a day or a month.

    >>> write_timex("2020-02-18TMO"), write_timex("2020-03"), write_timex("2020-W11")
    ('18 February 2020, morning', 'March 2020', '2020-W11')
    """
    match = TIMEX.fullmatch(value)
    if match is None:
        return value
    year, month, day, clock = match.groups()
    try:
        words = write_day(f"{year}-{month}-{day or '01'}")
    except ValueError:
        return value
    if day is None:
        return words.partition(" ")[2]
    clock = phrases()["parts_of_day"].get(clock or "", (clock or "").removeprefix("T"))
    return f"{words}, {clock}" if clock else words


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
        return write_timex(value)
    return write_bounds(value.low, value.high, about=value.about)


def write_bounds(low: int | None, high: int | None, *, about: bool = False) -> str:
    """Return a range of numbers in words.

    >>> write_bounds(3, 3), write_bounds(0, 0), write_bounds(None, 40)
    ('3', 'none', 'at most 40')
    >>> write_bounds(30, 30, about=True), write_bounds(1200, None)
    ('about 30', 'at least 1,200')
    """
    if low is None and high is None:
        return "an unsaid number"
    if low == high:
        return "none" if low == 0 else f"{'about ' if about else ''}{low:,}"
    if high is None:
        return f"at least {low:,}"
    if low is None or low == 0:
        return f"at most {high:,}"
    return f"between {low:,} and {high:,}"
