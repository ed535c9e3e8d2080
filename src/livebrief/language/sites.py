"""Places that a text describes by others: "the embassy in Baghdad", "27 km north of Taji"."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from livebrief.language.capitals import PARTING_RE, Word, find_runs
from livebrief.language.vocabulary import load_words
from livebrief.model import Place, Span

FACILITIES = frozenset(load_words("institutions")["endings"]["facility"])
LOWER_FACILITIES = frozenset(load_words("toponyms")["lower_facilities"]["words"])
FACILITY_KINDS = frozenset(load_words("toponyms")["facility_kinds"]["words"])
COMMON = frozenset(load_words("toponyms")["common"]["words"])
QUARTERS = load_words("toponyms")["quarters"]
BEARINGS: dict[str, float] = load_words("toponyms")["bearings"]
KILOMETRES: dict[str, float] = load_words("toponyms")["kilometres"]

EARTH_KM = 6371.0

# The end of "... 27 km (17 miles) north of " before a place.
OFFSET_RE = re.compile(
    r"""
    (?: (?P<the> \bthe\s+ )?
      | (?<![\d.,]) (?P<number> \d{1,4} (?: [.,]\d+ )? ) [ -]? (?P<unit> [A-Za-z]{2,10} )
        (?: \s* \( [^()]{1,24} \) )? \s+ (?: (?: to \s+ )? the \s+ )? )
    (?P<bearing> (?:north|south)(?:[ -]?(?:east|west))? | east | west ) (?:ern\s+edge)? \s+ of \s+
    (?: the \s+ (?: [\w-]+ \s+ ){0,3} )? \Z
    """,
    re.VERBOSE,
)

# From the end of a capitalized name to the place it lies in: " air base in western ".
WITHIN_RE = re.compile(
    r"((?: [a-z]+){0,3}),? (?:in|near|outside|at) (?:the )?(?:[a-z]+ (?:of )?(?:the )?){0,3}"
)

# No name of a site is longer.
LONGEST = 8

# "South Side", "Lower East Side": hundreds of towns have one.
QUARTER_RE = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(QUARTERS['before'])}) )?(?:{'|'.join(QUARTERS['bearings'])})"
    rf" (?:{'|'.join(QUARTERS['words'])})(?![\w-]| [A-Z])"
)


def read_verbs() -> Iterator[str]:
    """Yield the forms of the verbs that tell of events: a site's name holds none of them."""
    triggers = load_words("triggers")
    irregular = triggers["irregular"]
    for table in triggers.values():
        for mode in table.values():
            for verb in mode.get("verbs", ()) if isinstance(mode, dict) else ():
                stem = verb.removesuffix("e")
                regular = (f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing")
                yield from (verb, *irregular.get(verb, regular))


NOT_IN_SITES = frozenset((*load_words("toponyms")["not_in_sites"]["words"], *read_verbs()))


def place_sites(text: str, words: Sequence[Word], places: Sequence[Place]) -> list[Place]:
    """Return the places with those added or moved that the text describes by them.

    A site that a text sets in a place keeps its name and takes that place's position: it is told
    no more exactly.  A distance and a direction give a point.
    """
    ends = [word.end for word in words]
    run_of: dict[int, tuple[int, int]] = {}
    for first, last in find_runs(words):
        for at in range(first, last):
            run_of[at] = (first, last)
    known = {p.span.start for p in places if p.kind == "site"}
    sites: list[Place] = []
    kept: list[Place] = []
    for place in places:
        if place.kind in ("city", "site"):
            kept.append(displace(text, place))
        else:
            kept.append(place)
        at = bisect_left(ends, place.span.start) - 1
        # The name's own article of Arabic stands before its capital.
        if at >= 0 and place.kind != "point":
            site = find_site(text, words, run_of[at], place)
            if site and site.span.start not in known:
                sites.append(site)
    if not sites:
        return kept
    taken = [(s.span.start, s.span.end) for s in sites]
    rest = (
        [
            p
            for p in kept
            if not any(start < p.span.end and p.span.start < end for start, end in taken)
        ]
        if len(taken) < 50
        else kept
    )
    return sorted(rest + sites, key=lambda p: (p.span.start, p.span.end))


def find_site(text: str, words: Sequence[Word], run: tuple[int, int], place: Place) -> Place | None:
    """Return the facility that the run of words before a place names, set in that place."""
    first, last = run
    end = words[last - 1].end
    if end > place.span.start or place.span.start - end > 60:
        return None
    first = max(first, last - LONGEST - 1)
    for at in range(last - 1, first, -1):
        if PARTING_RE.fullmatch(text, words[at - 1].end, words[at].start):
            first = at
            break
    for at in range(last - 1, first - 1, -1):
        # A headline's verb has a capital too: "Protesters Storm U.S. Embassy in Baghdad".
        if text[words[at].start : words[at].end].lower() in NOT_IN_SITES:
            first = at + 1
            break
    if first >= last:
        return None
    if text[words[first].start : words[first].end] in ("The", "A", "An") and last - first > 1:
        first += 1
    start, end = words[first].start, words[last - 1].end
    if last - first > LONGEST:
        return None
    between = WITHIN_RE.fullmatch(text, end, place.span.start)
    if not between:
        return None
    lower = between[1].split()
    while lower and lower[-1] not in LOWER_FACILITIES:
        lower.pop()
    if any(word not in FACILITY_KINDS for word in lower[:-1]):
        # "Protesters stormed the embassy": a sentence, not a name.
        return None
    if lower:
        if all(text[w.start : w.end].lower() in COMMON for w in words[first:last]):
            return None
        end = end + between[1].rindex(lower[-1]) + len(lower[-1])
    elif text[words[last - 1].start : end].lower() not in FACILITIES or last - first < 2:
        return None
    return msgspec.structs.replace(
        place,
        name=text[start:end],
        span=msgspec.structs.replace(place.span, start=start, end=end),
        kind="site",
        geoname_id=None,
        refers_to=None,
    )


def displace(text: str, place: Place) -> Place:
    """Return the point that a distance and a direction from a place give, or the place itself.

    A direction alone ("north of Baghdad") leaves the position and makes it a point: not in the
    city, and not told how far from it.
    """
    start = max(0, place.span.start - 80)
    before = text[start : place.span.start]
    if " of " not in before:
        return place
    match = OFFSET_RE.search(before)
    if not match or match["the"]:
        return place
    bearing = BEARINGS.get(re.sub(r"[ -]", "", match["bearing"].lower()))
    if bearing is None:
        return place
    kilometres = KILOMETRES.get((match["unit"] or "").lower())
    if match["number"] is None or kilometres is None:
        return msgspec.structs.replace(place, kind="point")
    if place.latitude is None or place.longitude is None:
        return place
    distance = float(match["number"].replace(",", "")) * kilometres
    position = move(place.latitude, place.longitude, bearing, distance)
    latitude, longitude = position if distance <= FARTHEST else (None, None)
    begin = start + match.start()
    return Place(
        name=" ".join(text[begin : place.span.end].split()),
        span=Span(
            start=begin,
            end=place.span.end,
            part=place.span.part,
            related_index=place.span.related_index,
        ),
        kind="point",
        country=place.country,
        latitude=latitude,
        longitude=longitude,
    )


# Nobody tells where a place lies from farther off: some other number, or a slip.
FARTHEST = 2000.0


def place_quarters(text: str, places: Sequence[Place]) -> list[Place]:
    """Return the places with parts of towns ("South Side") set in the town that the text tells of.

    That is the town named beside it ("Chicago's South Side", "the South Side of Chicago"), else the
    only town, or the one that most mentions name; else it is unknown.
    """
    found = [match.span() for match in QUARTER_RE.finditer(text)]
    if not found:
        return list(places)
    spans = sorted(found)
    starts = [start for start, _ in spans]
    rest = []
    for place in places:
        at = bisect_right(starts, place.span.end - 1) - 1
        if at < 0 or spans[at][1] <= place.span.start:
            rest.append(place)
    towns = [place for place in rest if place.kind == "city" and place.city]
    ends = {place.span.end: place for place in towns}
    begins = {place.span.start: place for place in towns}
    counts = Counter((p.city, p.admin1, p.country) for p in towns)
    top, times = counts.most_common(1)[0] if counts else (None, 0)
    main = next(
        (p for p in towns if times * 2 > len(towns) and (p.city, p.admin1, p.country) == top), None
    )
    for start, end in spans:
        before = BESIDE_RE.search(text, max(0, start - 4), start)
        town = (
            (ends.get(before.start()) if before else None)
            or (begins.get(end + 4) if text.startswith(" of ", end) else None)
            or main
        )
        span = msgspec.structs.replace(places[0].span, start=start, end=end) if places else None
        name = text[start:end]
        if town:
            rest.append(
                msgspec.structs.replace(
                    town,
                    name=name,
                    span=msgspec.structs.replace(town.span, start=start, end=end),
                    kind="site",
                    geoname_id=None,
                    refers_to=None,
                )
            )
        elif span:
            rest.append(Place(name=name, span=span, kind="site"))
    return sorted(rest, key=lambda p: (p.span.start, p.span.end))


# Between a town and its part: "Chicago's South Side", "Chicago South Side".
BESIDE_RE = re.compile(r"(?:['’]s)? \Z")


def move(
    latitude: float, longitude: float, bearing: float, kilometres: float
) -> tuple[float, float]:
    """Return the position so far in this direction (degrees, clockwise from north).

    >>> move(33.34, 44.40, 0, 27)
    (33.583, 44.4)
    """
    angle = math.radians(bearing)
    new = latitude + math.degrees(kilometres / EARTH_KM) * math.cos(angle)
    new = max(-90.0, min(90.0, new))
    shrunk = max(0.01, math.cos(math.radians((latitude + new) / 2)))
    turned = longitude + math.degrees(kilometres / EARTH_KM) * math.sin(angle) / shrunk
    return round(new, 3), round((turned + 180) % 360 - 180, 3)
