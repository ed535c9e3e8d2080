"""Places named in a text, resolved with the article as evidence."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from livebrief.language.capitals import find_words
from livebrief.language.gazetteer import Entry, normalize_name
from livebrief.language.levels import DECISIVE, FAIR
from livebrief.language.passage import Sentence
from livebrief.language.resolve import Choice, Named, choose_entries
from livebrief.language.sites import place_quarters, place_sites
from livebrief.language.toponyms import (
    Candidate,
    find_candidates,
    find_containers,
    find_entries,
    find_hosts,
    settle,
)
from livebrief.language.vocabulary import load_words
from livebrief.model import Part, Place, PlaceKind, Span

KINDS: dict[str, PlaceKind] = {
    "country": "country",
    "admin1": "admin1",
    "city": "city",
    "county": "region",
    "region": "region",
    "site": "site",
    "seat": "city",
    "capital": "city",
}


# How much the other names' word for a place adds to its score, at most, and the score that counts
# as named.  Chosen on LGL and GeoVirus, the last so that "in Taji, Iraq" is named: .25 for .4
# moved no figure there by more than .003.
SUPPORTED = 0.5
MOST_SUPPORTED = FAIR
THRESHOLD = 0.25


def find_places(
    text: str,
    sentences: Sequence[Sentence],
    *,
    part: Part = "text",
    related_index: int | None = None,
    country: str | None = None,
) -> tuple[Place, ...]:
    """Return the places that a text names, in order, each resolved as far as the text allows.

    `country` is where the outlet is at home: one more hint.

    >>> place, state = find_places("Police in Paris, Texas, said so.", ())
    >>> place.name, place.admin1, place.country, state.kind
    ('Paris', 'Texas', 'US', 'admin1')
    """
    candidates = find_candidates(text, sentences)
    within = find_containers(text, candidates)
    candidates = settle(text, candidates, within)
    found: list[Place] = []
    choices = resolve(candidates, within, country)
    hosts = find_hosts(text, candidates)
    tails: dict[str, Place] = {}
    for c, (entry, support), where in zip(candidates, choices, within, strict=True):
        span = Span(start=c.start, end=c.end, part=part, related_index=related_index)
        name = text[c.start : c.end]
        site = tails.get(name)
        if site:
            found.append(msgspec.structs.replace(site, name=name, span=span, refers_to=site.span))
            continue
        if entry is None or c.score + min(support * SUPPORTED, MOST_SUPPORTED) <= THRESHOLD:
            continue
        host = hosts.get(c.start)
        if host and host.is_sure:
            found.append(make_stranger(name, span, host.entry))
        elif is_lone_namesake(entry, support, country) and not where:
            if host or part == "text":
                # A headline alone tells too little: what it names, its text tells more of.
                found.append(make_stranger(name, span, host.entry if host else None))
        elif not is_doubtful(entry, support):
            found.append(make_place(name, span, entry))
            if entry.kind == "site":
                # The last words of a site's name mean that site, whatever else is called so.
                parts = name.split()
                for at in range(1, len(parts)):
                    tails.setdefault(" ".join(parts[at:]), found[-1])
    places = place_quarters(text, refer_back(found))
    return tuple(place_sites(text, find_words(text), places))


def make_stranger(name: str, span: Span, host: Entry | None) -> Place:
    """Return a town of which no more is known than the state or country it is set in, if that."""
    return Place(
        name=name,
        span=span,
        kind="city",
        city=name.title() if name.isupper() else name,
        admin1=host.admin1 or None if host else None,
        country=host.country or None if host else None,
    )


def is_lone_namesake(entry: Entry, support: float, country: str | None) -> bool:
    """Return whether nothing but its name speaks for a smaller town: the text may mean another.

    No gazetteer knows every town.  "Taji" in a report from Iraq is none of the Tajis that it knows,
    if the text names nothing else in their countries and is not from there.
    """
    return (
        entry.kind == "city"
        and entry.population < WELL_KNOWN
        and support < KIN
        and entry.country != country
    )


# A town that comes to mind without its country being told, and less support than one other place of
# the country gives.  Chosen by counting on LGL and GeoVirus, of unsupported towns, those put right
# and those put wrong: 17 to 21 below 100,000 people, 54 to 56 above.
WELL_KNOWN = 100_000
KIN = 0.05


def is_doubtful(entry: Entry, support: float) -> bool:
    """Return whether nothing but another spelling of a small town speaks for this place."""
    return entry.kind == "city" and not entry.is_main_name and support < 0.3


def refer_back(places: Sequence[Place]) -> list[Place]:
    """Return the places, each shorter name with the span of the first that names it in full."""
    full: dict[tuple[float | None, float | None, str | None], Place] = {}
    result = []
    for place in places:
        key = (place.latitude, place.longitude, place.city)
        first = full.setdefault(key, place)
        if place.refers_to is None and len(first.name) > len(place.name):
            place = msgspec.structs.replace(place, refers_to=first.span)
        result.append(place)
    return result


def resolve_spans(
    text: str,
    sentences: Sequence[Sentence],
    spans: Sequence[tuple[int, int]],
    *,
    country: str | None = None,
) -> list[Place | None]:
    """Return the place that each of these spans names, `None` where that is unknown.

    A people or what is of a state ("Georgian") gives the state, since the span is said to be a
    place.

    >>> [place.country for place in resolve_spans("A Georgian of Tbilisi.", (), [(2, 10)]) if place]
    ['GE']
    """
    given = {
        (start, end): Candidate(start, end, text[start:end], find_variants(text[start:end]), SURE)
        for start, end in spans
    }
    taken = sorted(given)
    others = find_candidates(text, sentences)
    candidates = list(given.values()) + [c for c in others if not overlaps(taken, c.start, c.end)]
    candidates.sort(key=lambda c: (c.start, c.end))
    within = find_containers(text, candidates)
    choices = resolve(settle(text, candidates, within), within, country)
    found = {
        (c.start, c.end): make_place(c.surface, Span(start=c.start, end=c.end), choice.entry)
        for c, choice in zip(candidates, choices, strict=True)
        if choice.entry is not None
    }
    return [found.get(span) for span in spans]


# The score of a candidate that somebody else has said to be a place.
SURE = DECISIVE


def overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether sorted spans share a character with this one."""
    at = bisect_right(spans, (start, end))
    return any(
        spans[i][0] < end and spans[i][1] > start for i in (at - 1, at) if 0 <= i < len(spans)
    )


# What a name may carry that the gazetteer's lacks.
AROUND_RE = re.compile(
    r"(?i)^(?:the|city of|town of|village of|greater|downtown|central|old)\s+"
    r"|['’]s?$|\s+(?:city|township|twp\.?|village|town|area|region|province|county|district|borough|"
    r"state|governorate|island|islands)$"
)


def find_variants(surface: str) -> tuple[Entry, ...]:
    """Return the gazetteer's places of a name, or of the name without what stands around it."""
    surface = " ".join(surface.split())
    home = DEMONYMS.get(surface) or DEMONYMS.get(surface.removesuffix("s"))
    if home and surface not in STATES:
        return find_entries(home)
    entries = find_entries(surface)
    if entries and any(e.is_main_name for e in entries):
        return entries
    variant = AROUND_RE.sub("", surface)
    return entries + find_entries(variant) if variant not in ("", surface) else entries


def read_demonyms() -> dict[str, str]:
    """Return the home of each people or adjective: "Iraqi", "Texan"."""
    homes = {
        form: home for home, forms in load_words("divisions")["peoples"].items() for form in forms
    }
    for state in reversed(load_words("states")["states"].values()):
        homes |= dict.fromkeys(state.get("adjective", ()), state["name"])
    return homes


DEMONYMS = read_demonyms()
STATES = frozenset(
    name
    for state in load_words("states")["states"].values()
    for name in (state["name"], *state.get("also", ()))
)


def resolve(
    candidates: Sequence[Candidate],
    within: Sequence[tuple[tuple[str, str], ...]],
    country: str | None,
) -> list[Choice]:
    """Return the place of each candidate; mentions of one name mean one place."""
    names: dict[str, list[int]] = {}
    for at, candidate in enumerate(candidates):
        if candidate.entries:
            names.setdefault(normalize_name(candidate.surface), []).append(at)
    named = [
        Named(
            candidates[ats[0]].entries,
            sum(1 / (1 + math.exp(-candidates[at].score)) for at in ats),
            frozenset(place for at in ats for place in within[at]),
        )
        for ats in names.values()
    ]
    chosen = [Choice(None, 0.0)] * len(candidates)
    for ats, choice in zip(names.values(), choose_entries(named, country), strict=True):
        for at in ats:
            chosen[at] = choice
    return chosen


def make_place(name: str, span: Span, entry: Entry) -> Place:
    """Return a gazetteer's entry as a place of the text."""
    return Place(
        name=name,
        span=span,
        kind=KINDS[entry.kind],
        city=entry.name if KINDS[entry.kind] == "city" else None,
        admin1=entry.admin1 or None,
        country=entry.country or None,
        latitude=entry.latitude,
        longitude=entry.longitude,
        geoname_id=entry.geoname_id or None,
    )
