"""Places named in a text, resolved with the article as evidence."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

from livebrief.language.gazetteer import Entry, normalize_name
from livebrief.language.passage import Sentence
from livebrief.language.resolve import Named, choose_entries
from livebrief.language.toponyms import Candidate, find_candidates, find_entries
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
    candidates = settle(candidates, within)
    entries = resolve(candidates, within, country)
    return tuple(
        make_place(
            c.surface, Span(start=c.start, end=c.end, part=part, related_index=related_index), entry
        )
        for c, entry in zip(candidates, entries, strict=True)
        if entry is not None and c.score > 0
    )


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
    candidates = list(given.values()) + [
        c for c in others if not overlaps(taken, c.start, c.end)
    ]
    candidates.sort(key=lambda c: (c.start, c.end))
    within = find_containers(text, candidates)
    entries = resolve(settle(candidates, within), within, country)
    found = {
        (c.start, c.end): make_place(c.surface, Span(start=c.start, end=c.end), entry)
        for c, entry in zip(candidates, entries, strict=True)
        if entry is not None
    }
    return [found.get(span) for span in spans]


# The score of a candidate that somebody else has said to be a place.
SURE = 5.0


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
    entries = find_entries(surface)
    if entries and any(e.is_main_name for e in entries):
        return entries
    for variant in (state_of(surface), AROUND_RE.sub("", surface)):
        if variant and variant != surface:
            entries += find_entries(variant)
    return entries


def state_of(adjective: str) -> str | None:
    """Return the state of an adjective or a people: "Iraqi", "Americans"."""
    states = DEMONYMS.get(adjective) or DEMONYMS.get(adjective.removesuffix("s"))
    return states


DEMONYMS: dict[str, str] = {
    adjective: state["name"]
    for state in reversed(load_words("states")["states"].values())
    for adjective in state.get("adjective", ())
}


def settle(
    candidates: list[Candidate], within: Sequence[tuple[tuple[str, str], ...]]
) -> list[Candidate]:
    """Return the candidates with what they say of each other: one sense in one article.

    "Paris, Texas" makes both likelier; a name that once surely means a place does so again.
    """
    scores = [c.score for c in candidates]
    for at, where in enumerate(within):
        if where:
            scores[at] += CONTAINED
            scores[at + 1] += CONTAINED
    best: dict[str, float] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        key = candidate.surface.casefold()
        best[key] = max(best.get(key, score), score)
    return [
        c._replace(score=score + (ONE_SENSE if best[c.surface.casefold()] > score + 1.0 and best[c.surface.casefold()] > 1.0 else 0.0))
        for c, score in zip(candidates, scores, strict=True)
    ]


CONTAINED = 3.5
ONE_SENSE = 2.0


def resolve(
    candidates: Sequence[Candidate],
    within: Sequence[tuple[tuple[str, str], ...]],
    country: str | None,
) -> list[Entry | None]:
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
    chosen: list[Entry | None] = [None] * len(candidates)
    for ats, entry in zip(names.values(), choose_entries(named, country), strict=True):
        for at in ats:
            chosen[at] = entry
    return chosen


def find_containers(
    text: str, candidates: Sequence[Candidate]
) -> list[tuple[tuple[str, str], ...]]:
    """Return, for each candidate, where the text says it lies: "Paris, Texas"."""
    found: list[tuple[tuple[str, str], ...]] = [()] * len(candidates)
    for at in range(len(candidates) - 1):
        this, other = candidates[at], candidates[at + 1]
        if other.start - this.end > 12:
            continue
        gap = text[this.end : other.start]
        if gap in CONTAINING_GAPS:
            found[at] = find_fitting(this.entries, other.entries)
    return found


CONTAINING_GAPS = frozenset((", ", " in ", ", in ", " (", ", the ", " "))


def find_fitting(
    inner: Sequence[Entry], outer: Sequence[Entry]
) -> tuple[tuple[str, str], ...]:
    """Return the (country, division) of the outer name's places that hold one of the inner's."""
    return tuple(
        (o.country, o.admin1)
        for o in outer
        if o.kind in ("admin1", "country")
        and any(
            i.country == o.country
            and (o.kind == "country" or i.admin1 == o.admin1)
            and i.kind not in ("country", "admin1")
            for i in inner
        )
    )


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
