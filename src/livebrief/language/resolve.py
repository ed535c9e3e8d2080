"""Which of the places that bear a name is meant, with the rest of the article as evidence.

Every name of an article keeps all its places in play, each with a probability; places that lie
near, in the same division or in the same country as likely places of the other names gain, and
after a few rounds one place per name leads.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from livebrief.language.gazetteer import Entry

# At most so many names and places are weighed against each other: bounds the work on a text that
# is one long list of places.  Names beyond go by their own evidence.
MOST_NAMES = 80
MOST_PLACES = 24

# NEAR to KIND were searched one after the other for the best on LGL and GeoVirus together: accuracy
# at 161 km rose from .850 to .871 on the first and did not change on the second.  NAMESAKE,
# BARE_COUNTY, CAPITAL_TWIN and HOME were then set by hand.  TOLD outweighs all else: what a text
# says is so.
POPULATION = 0.9
NEAR = 3.0
NEAR_KM = 70.0
SAME_DIVISION = 1.6
SAME_COUNTRY = 0.85
TOLD = 8.0
HOME = 1.5
NAMESAKE = 3.0
BARE_COUNTY = 1.0
CAPITAL_TWIN = 2.0
OTHER_NAME = 2.2
ROUNDS = 4
CONTEXT = 3.0
CONTEXT_HALF = 1.0
KIND = {
    "country": 6.0,
    "admin1": 2.0,
    "region": 1.0,
    "county": 1.5,
    "site": 2.0,
    "city": 0.0,
    "seat": 0.0,
    "capital": 1.0,
}

EARTH_KM = 6371.0


class Named(NamedTuple):
    """One name of an article, with all that its mentions say."""

    entries: tuple[Entry, ...]
    mentions: float
    """How often it is named, each time as sure as a place is meant."""
    within: frozenset[tuple[str, str]]
    """(country, division) that the text says it lies in; either may be empty."""


class Choice(NamedTuple):
    """The place that a name means, and how much the other names of the article speak for it."""

    entry: Entry | None
    support: float


def choose_entries(names: Sequence[Named], country: str | None = None) -> list[Choice]:
    """Return the place that each name means."""
    head, rest = names[:MOST_NAMES], names[MOST_NAMES:]
    together = weigh_together(head, country)
    told = {choice.entry.country for choice in together if choice.entry}
    alone = [choose_alone(name, country) for name in rest]
    return together + [
        Choice(entry, SAME_COUNTRY if entry and entry.country in told else 0.0) for entry in alone
    ]


def choose_alone(name: Named, country: str | None) -> Entry | None:
    """Return the place a name means by its own evidence."""
    return max(name.entries, key=lambda e: weigh_alone(e, name, country), default=None)


def weigh_alone(entry: Entry, name: Named, country: str | None) -> float:
    """Return how likely a place is meant, by its size, its kind and what the text says of it."""
    population = entry.population
    if entry.kind == "county":
        population = 30_000
    weight = POPULATION * math.log(population + 200) * 0.5 + KIND[entry.kind]
    if not entry.is_main_name:
        weight -= OTHER_NAME + (BARE_COUNTY if entry.kind == "county" else 0.0)
    if entry.kind == "admin1" and entry.is_main_name and has_namesake(entry, name.entries):
        weight -= NAMESAKE
    if entry.kind != "capital" and any(
        e.kind == "capital" and e.country == entry.country and e.is_main_name for e in name.entries
    ):
        weight -= CAPITAL_TWIN
    if country and entry.country == country:
        weight += HOME
    if name.within and any(
        where[0] in ("", entry.country) and where[1] in ("", entry.admin1) for where in name.within
    ):
        weight += TOLD
    return weight


def has_namesake(division: Entry, entries: Sequence[Entry]) -> bool:
    """Return whether a great town of the division bears its name: "New York", "Murmansk"."""
    return any(
        e.kind in ("city", "seat", "capital")
        and e.country == division.country
        and (e.admin1 == division.admin1 or e.kind == "capital")
        and e.population > 200_000
        for e in entries
    )


def weigh_together(names: Sequence[Named], country: str | None) -> list[Choice]:
    """Return the place each name means, weighing all names together."""
    places: list[Entry] = []
    owner: list[int] = []
    alone: list[float] = []
    for at, name in enumerate(names):
        scored = [(weigh_alone(entry, name, country), entry) for entry in name.entries]
        scored.sort(key=lambda pair: (-pair[0], pair[1].id))
        for weight, entry in scored[:MOST_PLACES]:
            places.append(entry)
            owner.append(at)
            alone.append(weight)
    if not places:
        return [Choice(None, 0.0)] * len(names)
    owners = np.array(owner)
    prior = np.array(alone)
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    groups = np.cumsum(np.diff(owners, prepend=-1) != 0) - 1
    kinship = measure_kinship(places, owners)
    count = np.array([names[at].mentions for at in owner], dtype=float)
    share = soften(prior, starts, groups)
    weight = np.minimum(count, 1.0) + np.log(np.maximum(count, 1.0))
    total = float(weight[starts].sum())
    support = np.zeros(len(places))
    for _ in range(ROUNDS):
        support = kinship @ (share * weight)
        share = soften(prior + support * (CONTEXT / (CONTEXT_HALF + total**0.5)), starts, groups)
    chosen = [Choice(None, 0.0)] * len(names)
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(places)
        best = start + int(np.argmax(share[start:end]))
        chosen[owner[start]] = Choice(places[best], float(support[best]))
    return chosen


def measure_kinship(places: Sequence[Entry], owners: np.ndarray) -> np.ndarray:
    """Return how much each place speaks for each other one; nothing for its own rivals."""
    lat = np.radians([p.latitude for p in places])
    lon = np.radians([p.longitude for p in places])
    points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    kilometres = np.arccos(np.clip(points.T @ points, -1.0, 1.0)) * EARTH_KM
    # A country's middle is near nothing in particular.
    small = np.array(
        [p.kind != "country" and (p.kind != "region" or p.country != "") for p in places]
    )
    both = small[:, None] & small[None, :]
    codes: dict[str, int] = {"": 0}
    country = np.array([codes.setdefault(p.country, len(codes)) for p in places])
    division = np.array(
        [
            codes.setdefault(f"{p.country}/{p.admin1}" if p.admin1 else "", len(codes))
            for p in places
        ]
    )
    kinship = NEAR * np.exp(-kilometres / NEAR_KM) * both
    kinship += SAME_COUNTRY * ((country[:, None] == country[None, :]) & (country > 0)[:, None])
    kinship += SAME_DIVISION * ((division[:, None] == division[None, :]) & (division > 0)[:, None])
    kinship[owners[:, None] == owners[None, :]] = 0.0
    result: np.ndarray = kinship
    return result


def soften(weights: np.ndarray, starts: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the weights as shares that add up to 1 for each name."""
    top = np.maximum.reduceat(weights, starts)
    shares = np.exp(weights - top[groups])
    result: np.ndarray = shares / np.add.reduceat(shares, starts)[groups]
    return result
